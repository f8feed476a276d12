//! Every metric, in one table, and the handles to count with.
//!
//! Metrics are a value and not a global: a test has its own, and what a pipeline counts is visible in its signature.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use metrics::{Counter, Gauge, Histogram, Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use rustc_hash::FxHashMap;

use crate::pipeline::Partition;

/// What kind of series a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    Counter,
    Gauge,
    Histogram,
}

impl MetricKind {
    /// The name of the kind in the Prometheus exposition.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
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

const fn counter(
    name: &'static str,
    unit: &'static str,
    labels: &'static [&'static str],
    help: &'static str,
) -> Metric {
    Metric { name, kind: MetricKind::Counter, unit, labels, help }
}

const fn gauge(name: &'static str, unit: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, kind: MetricKind::Gauge, unit, labels, help }
}

const fn histogram(name: &'static str, help: &'static str) -> Metric {
    Metric { name, kind: MetricKind::Histogram, unit: "seconds", labels: &[], help }
}

/// Every metric that Safir exposes.
#[rustfmt::skip]
pub static METRICS: &[Metric] = &[
    counter("safir_articles_consumed_total", "articles", &[], "Articles taken from the input topic."),
    counter("safir_consumed_bytes_total", "bytes", &[], "Bytes of articles taken from the input topic, with an allowance for each record's overhead."),
    counter("safir_articles_decoded_total", "articles", &["format"], "Articles decoded, by input format (json, protobuf)."),
    counter("safir_articles_failed_total", "articles", &["reason"], "Articles that could not be processed, by class of error. Each goes to the dead-letter topic."),
    counter("safir_articles_extracted_total", "articles", &["language"], "Articles read for events, by language; \"other\" has no language data."),
    counter("safir_articles_without_events_total", "articles", &["language"], "Articles in which no event was found, by language."),
    counter("safir_events_total", "events", &["type", "language", "modality"], "Events found."),
    histogram("safir_extraction_seconds", "Time that extraction took on one article, decoding not included."),
    histogram("safir_end_to_end_latency_seconds", "Time from the Kafka timestamp of an article until its last record was acknowledged. Covers articles that had events or went to the dead-letter topic."),
    gauge("safir_in_flight_records", "articles", &[], "Articles inside the process, from the consumer to the last acknowledgement."),
    gauge("safir_in_flight_bytes", "bytes", &[], "Bytes of articles and of their events inside the process."),
    gauge("safir_queue_records", "records", &["queue"], "Records waiting: articles handed over by the consumer (source), articles waiting for or with a worker, or for their turn to be sent (work), output records awaiting acknowledgement (sink)."),
    gauge("safir_consumer_lag_records", "records", &["topic", "partition"], "Offsets between the first unfinished article and the end of an owned partition."),
    gauge("safir_first_unfinished_offset", "offset", &["topic", "partition"], "Offset of the first unfinished article of an owned partition: what is, or is about to be, committed."),
    gauge("safir_oldest_in_flight_age_seconds", "seconds", &[], "Time that the oldest unfinished article has been inside the process; 0 when there is none."),
    gauge("safir_assigned_partitions", "partitions", &[], "Partitions that the process owns."),
    gauge("safir_paused_partitions", "partitions", &[], "Owned partitions that are paused because they, or the process, are over budget."),
    counter("safir_produced_records_total", "records", &["topic_kind"], "Output records acknowledged by the broker, by kind of topic (events, dead_letters)."),
    counter("safir_produced_bytes_total", "bytes", &[], "Bytes of acknowledged output records, with an allowance for each record's overhead."),
    counter("safir_produce_errors_total", "errors", &["kind"], "Output records that were not delivered, by class of error: too_large leads to a dead letter, any other ends the process."),
    counter("safir_dead_letters_total", "articles", &["reason"], "Articles acknowledged by the dead-letter topic, by class of error."),
    counter("safir_rebalances_total", "rebalances", &["kind"], "Changes of the assignment: assigned, revoked, lost."),
    counter("safir_commits_total", "commits", &["result"], "Offset commits, by result (ok, error)."),
    counter("safir_transactions_total", "transactions", &["result"], "Transactions under exactly_once delivery, by result (committed, aborted, unknown). The articles of an aborted one are read again, those of an unknown one where the group has not moved past them."),
    counter("safir_producer_renewals_total", "producers", &[], "Producers that were replaced under exactly_once delivery because their transaction could be neither committed nor given up."),
    histogram("safir_transaction_seconds", "Time from the first article in a transaction until it was committed."),
    histogram("safir_transaction_commit_seconds", "Time that the brokers took to commit a transaction."),
    counter("safir_abandoned_articles_total", "articles", &[], "Started articles that were unfinished when a drain's deadline passed. They are read again."),
    counter("safir_worker_panics_total", "panics", &[], "Panics caught in the workers. The article goes to the dead-letter topic."),
    gauge("safir_ready", "boolean", &[], "1 when the readiness probe succeeds."),
    gauge("safir_start_time_seconds", "seconds", &[], "When the process started, in seconds since the Unix epoch."),
    gauge("safir_build_info", "boolean", &["version", "lexicon_version"], "Always 1; the labels tell what is running."),
    gauge("safir_kafka_broker_rtt_seconds", "seconds", &["client", "broker"], "Average round trip to a broker over the last statistics interval."),
    gauge("safir_kafka_broker_connected", "boolean", &["client", "broker"], "1 when the connection to a broker is up."),
    counter("safir_kafka_broker_requests_total", "requests", &["client", "broker"], "Requests sent to a broker."),
    counter("safir_kafka_broker_errors_total", "errors", &["client", "broker"], "Transmission and receive errors and request timeouts with a broker."),
    gauge("safir_kafka_client_queue_records", "records", &["client"], "Records in librdkafka's own queues: prefetched (consumer) or unacknowledged (producer)."),
];

/// Upper bounds of the extraction histogram: an article takes from tens of microseconds to, with a megabyte, a second.
const EXTRACTION_BUCKETS: &[f64] =
    &[0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
/// Upper bounds of the latency histogram: from an idle broker nearby to a backlog of a day.
const LATENCY_BUCKETS: &[f64] = &[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0, 86_400.0,
];

/// Upper bounds of the histograms of transactions: from a loopback broker to a transaction that nearly times out.
const TRANSACTION_BUCKETS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
const BUCKETS: &[(&str, &[f64])] = &[
    ("safir_extraction_seconds", EXTRACTION_BUCKETS),
    ("safir_end_to_end_latency_seconds", LATENCY_BUCKETS),
    ("safir_transaction_seconds", TRANSACTION_BUCKETS),
    ("safir_transaction_commit_seconds", TRANSACTION_BUCKETS),
];

/// The languages whose series exist from the start; "other" is everything without language data.
const LANGUAGES: &[&str] = &["ar", "en", "other"];
const TYPES: &[&str] = &["MEETING", "VISIT", "STATEMENT"];
const MODALITIES: &[&str] = &["OCCURRED", "ONGOING", "PLANNED", "POSSIBLE", "NEGATED"];

/// Counters of changes of the assignment.
pub struct Rebalances {
    pub assigned: Counter,
    pub revoked: Counter,
    pub lost: Counter,
}

/// What is counted for one language.
pub struct LanguageCounters {
    pub extracted: Counter,
    pub without_events: Counter,
    events: Vec<((&'static str, &'static str), Counter)>,
}

impl LanguageCounters {
    /// Counts one event, by the labels of its type and modality.
    pub fn event(&self, kind: &'static str, modality: &'static str) {
        if let Some((_, counter)) = self.events.iter().find(|(labels, _)| *labels == (kind, modality)) {
            counter.increment(1);
        }
    }
}

/// librdkafka's view of one broker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrokerStatistics {
    pub rtt: Option<Duration>,
    pub connected: bool,
    pub requests: u64,
    pub errors: u64,
}

/// librdkafka's view of one client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientStatistics {
    pub brokers: BTreeMap<String, BrokerStatistics>,
    pub queued_records: u64,
}

/// Where an owned partition stands.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    first_unfinished: Option<i64>,
    /// Where the group stood when the partition was assigned.
    committed: Option<i64>,
    low: Option<i64>,
    end: Option<i64>,
    /// Records that the broker has and the consumer has not fetched.
    unread: i64,
}

/// What the broker says of a partition. `None` stands for what is not known (yet).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watermarks {
    /// The offset that the group has committed.
    pub committed: Option<i64>,
    /// The oldest offset.
    pub low: Option<i64>,
    /// One past the newest offset.
    pub end: Option<i64>,
    /// The next offset that the consumer fetches.
    pub next_fetch: Option<i64>,
}

impl Standing {
    fn position(&self) -> Option<i64> {
        self.first_unfinished.or(self.committed).or(self.low)
    }
}

/// Series that come and go. They are rendered from here and not kept in the recorder, which never forgets one.
#[derive(Default)]
struct Fleeting {
    partitions: BTreeMap<Partition, Standing>,
    clients: BTreeMap<&'static str, ClientStatistics>,
    lexicon_version: Option<String>,
}

/// All metrics of one process (or, in tests, of one pipeline).
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    articles_consumed: Counter,
    consumed_bytes: Counter,
    pub extraction_seconds: Histogram,
    pub end_to_end_latency_seconds: Histogram,
    pub in_flight_records: Gauge,
    pub in_flight_bytes: Gauge,
    pub queue_source: Gauge,
    pub queue_work: Gauge,
    pub queue_sink: Gauge,
    pub oldest_in_flight_age_seconds: Gauge,
    pub assigned_partitions: Gauge,
    pub paused_partitions: Gauge,
    pub produced_events: Counter,
    pub produced_dead_letters: Counter,
    pub produced_bytes: Counter,
    pub rebalances: Rebalances,
    pub commits_ok: Counter,
    pub commits_failed: Counter,
    pub transactions_committed: Counter,
    pub transactions_aborted: Counter,
    pub transactions_unknown: Counter,
    pub producer_renewals: Counter,
    pub transaction_seconds: Histogram,
    pub transaction_commit_seconds: Histogram,
    pub abandoned_articles: Counter,
    pub worker_panics: Counter,
    pub ready: Gauge,
    languages: RwLock<FxHashMap<String, Arc<LanguageCounters>>>,
    fleeting: Mutex<Fleeting>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

static METADATA: Metadata<'static> = Metadata::new("safir", Level::INFO, Some("safir"));

fn key(name: &'static str, labels: &[(&'static str, &str)]) -> Key {
    let labels: Vec<Label> = labels.iter().map(|(name, value)| Label::new(*name, (*value).to_owned())).collect();
    Key::from_parts(name, labels)
}

impl Metrics {
    /// All counters at zero. Series whose labels are known beforehand exist from the start, so that a rate over them
    /// is 0 and not absent.
    pub fn new() -> Self {
        // The matchers are full names, which cannot be refused; buckets are not empty.
        let builder = PrometheusBuilder::new();
        let builder = BUCKETS.iter().fold(builder, |builder, (name, buckets)| {
            builder.set_buckets_for_metric(Matcher::Full((*name).to_owned()), buckets).unwrap_or_default()
        });
        let recorder = builder.build_recorder();
        for metric in METRICS {
            let (name, help) = (metric.name.into(), metric.help.into());
            match metric.kind {
                MetricKind::Counter => recorder.describe_counter(name, None, help),
                MetricKind::Gauge => recorder.describe_gauge(name, None, help),
                MetricKind::Histogram => recorder.describe_histogram(name, None, help),
            }
        }
        let counter = |name, labels: &[(&'static str, &str)]| recorder.register_counter(&key(name, labels), &METADATA);
        let gauge = |name, labels: &[(&'static str, &str)]| recorder.register_gauge(&key(name, labels), &METADATA);
        let histogram = |name| recorder.register_histogram(&key(name, &[]), &METADATA);
        let rebalances = |kind| counter("safir_rebalances_total", &[("kind", kind)]);
        let queue = |queue| gauge("safir_queue_records", &[("queue", queue)]);
        let produced = |kind| counter("safir_produced_records_total", &[("topic_kind", kind)]);
        let commits = |result| counter("safir_commits_total", &[("result", result)]);
        let transactions = |result| counter("safir_transactions_total", &[("result", result)]);
        let metrics = Self {
            handle: recorder.handle(),
            articles_consumed: counter("safir_articles_consumed_total", &[]),
            consumed_bytes: counter("safir_consumed_bytes_total", &[]),
            extraction_seconds: histogram("safir_extraction_seconds"),
            end_to_end_latency_seconds: histogram("safir_end_to_end_latency_seconds"),
            in_flight_records: gauge("safir_in_flight_records", &[]),
            in_flight_bytes: gauge("safir_in_flight_bytes", &[]),
            queue_source: queue("source"),
            queue_work: queue("work"),
            queue_sink: queue("sink"),
            oldest_in_flight_age_seconds: gauge("safir_oldest_in_flight_age_seconds", &[]),
            assigned_partitions: gauge("safir_assigned_partitions", &[]),
            paused_partitions: gauge("safir_paused_partitions", &[]),
            produced_events: produced("events"),
            produced_dead_letters: produced("dead_letters"),
            produced_bytes: counter("safir_produced_bytes_total", &[]),
            rebalances: Rebalances {
                assigned: rebalances("assigned"),
                revoked: rebalances("revoked"),
                lost: rebalances("lost"),
            },
            commits_ok: commits("ok"),
            commits_failed: commits("error"),
            transactions_committed: transactions("committed"),
            transactions_aborted: transactions("aborted"),
            transactions_unknown: transactions("unknown"),
            producer_renewals: counter("safir_producer_renewals_total", &[]),
            transaction_seconds: histogram("safir_transaction_seconds"),
            transaction_commit_seconds: histogram("safir_transaction_commit_seconds"),
            abandoned_articles: counter("safir_abandoned_articles_total", &[]),
            worker_panics: counter("safir_worker_panics_total", &[]),
            ready: gauge("safir_ready", &[]),
            languages: RwLock::default(),
            fleeting: Mutex::default(),
            recorder,
        };
        for gauge in [&metrics.in_flight_records, &metrics.queue_source, &metrics.queue_work, &metrics.queue_sink] {
            gauge.set(0.0);
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        metrics.gauge("safir_start_time_seconds", &[]).set(now.as_secs_f64());
        for language in LANGUAGES {
            metrics.language(language);
        }
        for format in ["json", "protobuf"] {
            metrics.decoded(format).increment(0);
        }
        for kind in ["too_large", "timed_out", "other"] {
            metrics.produce_error(kind, 0);
        }
        metrics
    }

    /// Makes the series of an error class exist, so that a first failure is an increase and not an appearance.
    pub fn declare_failure(&self, reason: &'static str) {
        self.failed(reason, 0);
        self.dead_letter(reason, 0);
    }

    fn counter(&self, name: &'static str, labels: &[(&'static str, &str)]) -> Counter {
        self.recorder.register_counter(&key(name, labels), &METADATA)
    }

    fn gauge(&self, name: &'static str, labels: &[(&'static str, &str)]) -> Gauge {
        self.recorder.register_gauge(&key(name, labels), &METADATA)
    }

    /// Counts a batch taken from the input topic.
    pub fn consumed(&self, articles: usize, bytes: usize) {
        self.articles_consumed.increment(articles as u64);
        self.consumed_bytes.increment(bytes as u64);
    }

    /// The counter of decoded articles of one input format.
    pub fn decoded(&self, format: &'static str) -> Counter {
        self.counter("safir_articles_decoded_total", &[("format", format)])
    }

    /// Counts articles that could not be processed.
    pub fn failed(&self, reason: &'static str, articles: u64) {
        self.counter("safir_articles_failed_total", &[("reason", reason)]).increment(articles);
    }

    /// Counts acknowledged dead letters.
    pub fn dead_letter(&self, reason: &'static str, articles: u64) {
        self.counter("safir_dead_letters_total", &[("reason", reason)]).increment(articles);
    }

    /// Counts output records that were not delivered.
    pub fn produce_error(&self, kind: &'static str, records: u64) {
        self.counter("safir_produce_errors_total", &[("kind", kind)]).increment(records);
    }

    /// The counters of one language, "other" for those without language data: the caller bounds the set.
    pub fn language(&self, language: &str) -> Arc<LanguageCounters> {
        if let Some(counters) = self.languages.read().unwrap_or_else(PoisonError::into_inner).get(language) {
            return counters.clone();
        }
        let labels = [("language", language)];
        let event = |kind, modality| {
            let labels = [("type", kind), ("language", language), ("modality", modality)];
            ((kind, modality), self.counter("safir_events_total", &labels))
        };
        let counters = Arc::new(LanguageCounters {
            extracted: self.counter("safir_articles_extracted_total", &labels),
            without_events: self.counter("safir_articles_without_events_total", &labels),
            events: TYPES
                .iter()
                .flat_map(|kind| MODALITIES.iter().map(move |modality| (*kind, *modality)))
                .map(|(kind, modality)| event(kind, modality))
                .collect(),
        });
        let mut languages = self.languages.write().unwrap_or_else(PoisonError::into_inner);
        languages.entry(language.to_owned()).or_insert(counters).clone()
    }

    fn fleeting(&self) -> MutexGuard<'_, Fleeting> {
        self.fleeting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the label of `safir_build_info`.
    pub fn set_lexicon_version(&self, version: &str) {
        self.fleeting().lexicon_version = Some(version.to_owned());
    }

    /// Makes a partition's series exist.
    pub fn partition_owned(&self, partition: &Partition) {
        self.fleeting().partitions.entry(partition.clone()).or_default();
    }

    /// Removes a partition's series.
    pub fn partition_gone(&self, partition: &Partition) {
        self.fleeting().partitions.remove(partition);
    }

    /// Sets where an owned partition stands.
    pub fn partition_position(&self, partition: &Partition, first_unfinished: i64) {
        if let Some(standing) = self.fleeting().partitions.get_mut(partition) {
            standing.first_unfinished = Some(first_unfinished);
        }
    }

    /// Sets what the broker says of an owned partition.
    pub fn partition_watermarks(&self, partition: &Partition, watermarks: Watermarks) {
        if let Some(standing) = self.fleeting().partitions.get_mut(partition) {
            standing.committed = watermarks.committed.or(standing.committed);
            standing.low = watermarks.low.or(standing.low);
            standing.end = watermarks.end.or(standing.end);
            standing.unread = match (watermarks.end, watermarks.next_fetch) {
                (Some(end), Some(next)) => (end - next).max(0),
                _ => 0,
            };
        }
    }

    /// Records of owned partitions that the consumer has not fetched, as far as the broker has told.
    pub fn unread(&self) -> i64 {
        self.fleeting().partitions.values().map(|standing| standing.unread).sum()
    }

    /// Replaces the statistics of a librdkafka client ("consumer", "producer").
    pub fn set_client(&self, client: &'static str, statistics: ClientStatistics) {
        self.fleeting().clients.insert(client, statistics);
    }

    /// Folds recorded values into the histograms. Without it they pile up until the next scrape.
    pub fn upkeep(&self) {
        self.handle.run_upkeep();
    }

    /// The Prometheus text exposition.
    pub fn render(&self) -> String {
        let mut text = self.handle.render();
        let fleeting = self.fleeting();
        let mut writer = Exposition { text: &mut text };
        writer.family("safir_build_info");
        let lexicon_version = fleeting.lexicon_version.as_deref().unwrap_or_default();
        let labels = [("version", env!("CARGO_PKG_VERSION")), ("lexicon_version", lexicon_version)];
        writer.sample("safir_build_info", &labels, 1.0);
        let partitions = |writer: &mut Exposition<'_>, name, value: fn(&Standing) -> Option<i64>| {
            writer.family(name);
            for (partition, standing) in &fleeting.partitions {
                if let Some(value) = value(standing) {
                    let number = partition.number.to_string();
                    writer.sample(name, &[("topic", &partition.topic), ("partition", &number)], value as f64);
                }
            }
        };
        partitions(&mut writer, "safir_first_unfinished_offset", Standing::position);
        partitions(&mut writer, "safir_consumer_lag_records", lag);
        let brokers = |writer: &mut Exposition<'_>, name, value: fn(&BrokerStatistics) -> Option<f64>| {
            writer.family(name);
            for (client, statistics) in &fleeting.clients {
                for (broker, statistics) in &statistics.brokers {
                    if let Some(value) = value(statistics) {
                        writer.sample(name, &[("client", client), ("broker", broker)], value);
                    }
                }
            }
        };
        brokers(&mut writer, "safir_kafka_broker_rtt_seconds", |broker| broker.rtt.map(|rtt| rtt.as_secs_f64()));
        brokers(&mut writer, "safir_kafka_broker_connected", |broker| Some(f64::from(u8::from(broker.connected))));
        brokers(&mut writer, "safir_kafka_broker_requests_total", |broker| Some(broker.requests as f64));
        brokers(&mut writer, "safir_kafka_broker_errors_total", |broker| Some(broker.errors as f64));
        writer.family("safir_kafka_client_queue_records");
        for (client, statistics) in &fleeting.clients {
            let queued = statistics.queued_records as f64;
            writer.sample("safir_kafka_client_queue_records", &[("client", client)], queued);
        }
        text
    }
}

fn lag(standing: &Standing) -> Option<i64> {
    Some((standing.end? - standing.position()?).max(0))
}

/// Writes the text format for the series that are not in the recorder.
struct Exposition<'a> {
    text: &'a mut String,
}

impl Exposition<'_> {
    fn family(&mut self, name: &str) {
        // Writing into a String cannot fail.
        if let Some(metric) = METRICS.iter().find(|metric| metric.name == name) {
            let _ = writeln!(self.text, "# HELP {name} {}\n# TYPE {name} {}", metric.help, metric.kind.name());
        }
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        let _ = write!(self.text, "{name}{{");
        for (at, (label, value)) in labels.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.text, "{comma}{label}=\"{value}\"");
        }
        let _ = writeln!(self.text, "}} {value}");
    }
}

/// The reference of metrics, in Markdown: what `docs/reference/metrics.md` holds.
pub fn reference() -> String {
    let mut text = String::from(
        "# Metrics\n\nServed at `/metrics` in the Prometheus text format. This page is generated from the table in \
         `src/telemetry/metrics.rs`; a test\nkeeps the two equal (`SAFIR_UPDATE_DOCS=1 cargo test --lib reference` \
         rewrites it).\n\nNo label takes values from article texts. Series with the labels `topic` and `partition` \
         exist only for partitions that the\nprocess owns, and disappear with them.\n\n\
         | Metric | Kind | Unit | Labels | Meaning |\n|---|---|---|---|---|\n",
    );
    for metric in METRICS {
        let labels = metric.labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
        let help = metric.help.replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {} | {} | {labels} | {help} |", metric.name, metric.kind.name(), metric.unit);
    }
    for (name, buckets) in BUCKETS {
        let list = buckets.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
        let _ = write!(text, "\nBuckets of `{name}`: {list}.\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn busy() -> Metrics {
        let metrics = Metrics::new();
        metrics.declare_failure("invalid_json");
        metrics.extraction_seconds.record(0.001);
        metrics.end_to_end_latency_seconds.record(0.2);
        metrics.transaction_seconds.record(0.1);
        metrics.transaction_commit_seconds.record(0.01);
        metrics.set_lexicon_version("0123456789abcdef");
        let partition = Partition::new("news.articles", 3);
        metrics.partition_owned(&partition);
        metrics.partition_position(&partition, 40);
        let watermarks = Watermarks { committed: Some(30), low: Some(0), end: Some(100), next_fetch: Some(90) };
        metrics.partition_watermarks(&partition, watermarks);
        let broker = BrokerStatistics { rtt: Some(Duration::from_millis(2)), connected: true, requests: 5, errors: 0 };
        let brokers = BTreeMap::from([("kafka:9092/1".to_owned(), broker)]);
        metrics.set_client("consumer", ClientStatistics { brokers, queued_records: 7 });
        metrics
    }

    #[test]
    fn the_reference_on_disk_is_the_table() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/metrics.md");
        if std::env::var_os("SAFIR_UPDATE_DOCS").is_some() {
            std::fs::write(&path, reference()).expect("the reference is writable");
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), reference());
    }

    #[test]
    fn every_metric_of_the_table_is_exposed_with_its_kind_and_labels_and_nothing_else_is() {
        let text = busy().render();
        let mut exposed = BTreeSet::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a type line has two parts");
                let metric = METRICS.iter().find(|metric| metric.name == name).expect(name);
                assert_eq!(metric.kind.name(), kind, "{name}");
                assert!(exposed.insert(name.to_owned()), "{name} has two TYPE lines");
            } else if !line.starts_with('#') && !line.is_empty() {
                let name = line.split(['{', ' ']).next().unwrap_or_default();
                let base = ["_bucket", "_sum", "_count"].iter().find_map(|suffix| name.strip_suffix(suffix));
                let metric = METRICS
                    .iter()
                    .find(|metric| metric.name == name || Some(metric.name) == base)
                    .unwrap_or_else(|| panic!("{name} is not in the table"));
                for label in metric.labels {
                    assert!(line.contains(&format!("{label}=\"")), "{line} lacks {label}");
                }
            }
        }
        for metric in METRICS {
            assert!(exposed.contains(metric.name), "{} is not exposed", metric.name);
        }
    }

    #[test]
    fn lag_counts_from_the_first_unfinished_article_and_the_series_of_lost_partitions_disappear() {
        let metrics = busy();
        let series = r#"safir_consumer_lag_records{topic="news.articles",partition="3"} 60"#;
        assert!(metrics.render().contains(series));
        assert_eq!(metrics.unread(), 10);
        metrics.partition_gone(&Partition::new("news.articles", 3));
        assert!(!metrics.render().contains("partition=\"3\""));
    }

    #[test]
    fn counters_that_can_be_known_exist_before_anything_happened() {
        let text = Metrics::new().render();
        for series in [
            r#"safir_events_total{type="MEETING",language="ar",modality="OCCURRED"} 0"#,
            "safir_articles_consumed_total 0",
            r#"safir_produce_errors_total{kind="other"} 0"#,
            r#"safir_rebalances_total{kind="lost"} 0"#,
        ] {
            assert!(text.contains(series), "{series} is missing in\n{text}");
        }
    }
}
