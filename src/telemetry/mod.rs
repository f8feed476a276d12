//! What an operator sees: metrics, health and the HTTP port.

mod health;
pub mod http;
pub mod log;
mod metrics;

pub use health::Health;
pub use metrics::{METRICS, Metric, MetricKind, Metrics};
