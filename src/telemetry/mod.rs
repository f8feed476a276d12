//! What an operator sees: logs, metrics, health and the HTTP port.

mod health;
pub mod http;
pub mod log;
pub mod metrics;

pub use health::{Beat, Health};
pub use metrics::{METRICS, Metric, MetricKind, Metrics, Watermarks};
