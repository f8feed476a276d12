/// What kind of series a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    Counter,
    Gauge,
    Histogram,
}

/// One line of the reference of metrics.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    pub name: &'static str,
    pub kind: MetricKind,
    pub unit: &'static str,
    pub labels: &'static [&'static str],
    pub help: &'static str,
}

/// Every metric that Safir exposes.
pub static METRICS: &[Metric] = &[];

/// All metrics of one process (or, in tests, of one pipeline): a value, not a global.
#[derive(Debug, Default)]
pub struct Metrics {}

impl Metrics {
    /// The Prometheus text exposition.
    pub fn render(&self) -> String {
        todo!("signatures first")
    }
}
