//! What is delivered in `deploy/` fits the program: metrics, settings, and the values that have to agree.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use safir::config::{self, Config};
use safir::decode::DecodeError;
use safir::pipeline::{EVENT_TOO_LARGE, PANIC, TIMEOUT, dead_letter_headers as headers};
use safir::telemetry::{METRICS, MetricKind};
use serde_json::Value;
use support::tools;

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn read(relative: &str) -> String {
    fs::read_to_string(path(relative)).unwrap_or_else(|error| panic!("cannot read {relative}: {error}"))
}

/// The PromQL queries of the dashboard, with the title of their panel.
fn dashboard_queries() -> Vec<(String, String)> {
    fn walk(value: &Value, title: &str, found: &mut Vec<(String, String)>) {
        match value {
            Value::Object(object) => {
                let title = object.get("title").and_then(Value::as_str).unwrap_or(title);
                if let Some(expr) = object.get("expr").and_then(Value::as_str) {
                    found.push((title.to_owned(), expr.to_owned()));
                }
                // Queries of the variables: label_values(metric, label) is no PromQL, its first argument is.
                if let Some(query) = object.get("definition").and_then(Value::as_str) {
                    let selector = query.strip_prefix("label_values(").and_then(|rest| rest.rsplit_once(','));
                    let (selector, _) = selector.unwrap_or_else(|| panic!("an unknown kind of variable: {query}"));
                    found.push(("variables".to_owned(), selector.to_owned()));
                }
                object.values().for_each(|value| walk(value, title, found));
            }
            Value::Array(values) => values.iter().for_each(|value| walk(value, title, found)),
            _ => {}
        }
    }
    let dashboard: Value = serde_json::from_str(&read("deploy/grafana/dashboard.json")).expect("JSON");
    let mut found = Vec::new();
    walk(&dashboard, "", &mut found);
    assert!(found.len() > 30, "only {} queries found: the test reads the dashboard wrongly", found.len());
    found
}

/// The queries of the alert rules, with the name of their alert.
fn rule_queries() -> Vec<(String, String)> {
    let text = read("deploy/prometheus/alerts.yml");
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix("- alert: ") {
            found.push((name.to_owned(), String::new()));
        } else if let Some(expr) = trimmed.strip_prefix("expr: ") {
            found.last_mut().expect("an alert before its query").1 = expr.trim_matches('|').to_owned();
            inside = true;
        } else if inside && line.starts_with("          ") {
            let query = &mut found.last_mut().expect("an alert before its query").1;
            query.push('\n');
            query.push_str(trimmed);
        } else {
            inside = false;
        }
    }
    assert_eq!(found.len(), text.matches("alert:").count());
    found
}

/// Every metric that a query names, with the labels that the query's matchers ask of it.
fn metrics_of(query: &str) -> Vec<(String, Vec<String>)> {
    let word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let mut found = Vec::new();
    let mut rest = query;
    while let Some(start) = rest.find("safir_") {
        let tail = &rest[start..];
        let end = tail.find(|char| !word(char)).unwrap_or(tail.len());
        let (name, after) = tail.split_at(end);
        let matchers = after.strip_prefix('{').and_then(|after| after.split_once('}')).map_or("", |(inside, _)| inside);
        let labels = matchers
            .split(',')
            .filter(|matcher| !matcher.is_empty())
            .map(|matcher| matcher.trim().chars().take_while(|char| word(*char)).collect())
            .collect();
        found.push((name.to_owned(), labels));
        rest = after;
    }
    found
}

/// Labels that Prometheus adds to every series, and the one of histogram buckets.
const ADDED: [&str; 3] = ["job", "instance", "le"];

/// The series that the program exposes, with their labels.
fn exposed() -> BTreeMap<String, &'static [&'static str]> {
    let mut series = BTreeMap::new();
    for metric in METRICS {
        let suffixes: &[&str] = match metric.kind {
            MetricKind::Histogram => &["_bucket", "_sum", "_count"],
            MetricKind::Counter | MetricKind::Gauge => &[""],
        };
        for suffix in suffixes {
            series.insert(format!("{}{suffix}", metric.name), metric.labels);
        }
    }
    series
}

#[test]
fn every_metric_and_label_in_rules_and_dashboard_is_one_that_the_program_exposes() {
    let exposed = exposed();
    let mut problems = Vec::new();
    for (place, query) in rule_queries().into_iter().chain(dashboard_queries()) {
        let metrics = metrics_of(&query);
        let mut labels: BTreeSet<&str> = ADDED.into();
        for (name, matchers) in &metrics {
            let Some(known) = exposed.get(name) else {
                problems.push(format!("{place}: {name} is no metric of the program"));
                continue;
            };
            labels.extend(*known);
            for matcher in matchers {
                if !known.contains(&matcher.as_str()) && !ADDED.contains(&matcher.as_str()) {
                    problems.push(format!("{place}: {name} has no label {matcher}"));
                }
            }
        }
        for clause in query.split("by (").chain(query.split("on (")).skip(1) {
            let Some((list, _)) = clause.split_once(')').filter(|(list, _)| !list.contains(['(', '{'])) else {
                continue;
            };
            for label in list.split(',').map(str::trim) {
                if !labels.contains(label) && !metrics.is_empty() {
                    problems.push(format!("{place}: groups by {label}, which none of its metrics has"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_metric_is_watched_by_a_rule_or_shown_on_the_dashboard() {
    let shown: BTreeSet<String> = rule_queries()
        .into_iter()
        .chain(dashboard_queries())
        .flat_map(|(_, query)| metrics_of(&query))
        .map(|(name, _)| name)
        .collect();
    // What tells the same as another series, or is of use only in a search for a cause.
    let left_out = ["safir_articles_decoded_total", "safir_kafka_broker_requests_total"];
    let missing: Vec<_> = METRICS
        .iter()
        .filter(|metric| !left_out.contains(&metric.name))
        .filter(|metric| !shown.iter().any(|name| name.starts_with(metric.name)))
        .map(|metric| metric.name)
        .collect();
    assert!(missing.is_empty(), "neither watched nor shown: {missing:?}");
}

#[test]
fn the_alert_rules_pass_their_unit_tests_and_the_scrape_configuration_is_valid() {
    let promtool = tools::promtool();
    let folder = path("deploy/prometheus");
    for arguments in [["check", "config", "prometheus.yml"], ["test", "rules", "alerts.test.yml"]] {
        tools::run(Command::new(&promtool).args(arguments).current_dir(&folder));
    }
}

#[test]
fn every_alert_has_a_unit_test() {
    let tests = read("deploy/prometheus/alerts.test.yml");
    for (alert, _) in rule_queries() {
        let tested = tests.split("alertname: ").skip(1).any(|test| {
            let (name, rest) = test.split_once('\n').unwrap_or_default();
            name == alert && rest.trim_start().starts_with("exp_alerts:\n")
        });
        assert!(tested, "no unit test makes {alert} fire");
    }
}

#[test]
fn every_query_of_the_dashboard_is_valid_promql() {
    let mut rules = String::from("groups:\n  - name: dashboard\n    rules:\n");
    for (index, (_, query)) in dashboard_queries().into_iter().enumerate() {
        let query = query.replace("$__rate_interval", "5m").replace("$__range", "1h");
        // A JSON string is a YAML string too.
        let query = Value::String(query);
        rules.push_str(&format!("      - record: dashboard:query:{index}\n        expr: {query}\n"));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("rules.yml");
    fs::write(&file, rules).expect("writing to a temporary folder");
    tools::run(Command::new(tools::promtool()).args(["check", "rules"]).arg(&file));
}

#[test]
fn every_alert_points_to_its_paragraph_in_the_operations_manual() {
    let manual = read("docs/OPERATIONS.md");
    let rules = read("deploy/prometheus/alerts.yml");
    let headings: BTreeSet<String> =
        manual.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_lowercase).collect();
    for (alert, _) in rule_queries() {
        let anchor = alert.to_lowercase();
        assert!(rules.contains(&format!("runbook: docs/OPERATIONS.md#{anchor}\n")), "{alert} has no runbook");
        assert!(headings.contains(&anchor), "docs/OPERATIONS.md has no heading for {alert}");
    }
}

/// The value of the first line `key: value` of a YAML file, unquoted.
fn yaml_value<'a>(text: &'a str, key: &str) -> &'a str {
    text.lines()
        .find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(": "))
        .unwrap_or_else(|| panic!("no {key}"))
        .trim_matches('"')
}

/// The block of text behind `key: |`, without its indentation.
fn yaml_block(text: &str, key: &str) -> String {
    let mut lines = text.lines().skip_while(|line| line.trim() != format!("{key}: |")).skip(1).peekable();
    let indent = lines.peek().map_or(0, |line| line.len() - line.trim_start().len());
    lines
        .take_while(|line| line.trim().is_empty() || line.len() - line.trim_start().len() >= indent)
        .map(|line| line.get(indent..).unwrap_or("").to_owned() + "\n")
        .collect()
}

fn deployed() -> Vec<(&'static str, Config)> {
    let configmap = yaml_block(&read("deploy/k8s/configmap.yaml"), "safir.toml");
    assert!(configmap.contains("[kafka]"), "the test reads the ConfigMap wrongly");
    [
        ("deploy/config/local.toml", read("deploy/config/local.toml")),
        ("deploy/config/production.toml", read("deploy/config/production.toml")),
        ("deploy/k8s/configmap.yaml", configmap),
    ]
    .into_iter()
    .map(|(name, text)| {
        let loaded = config::parse(name, &text).unwrap_or_else(|error| panic!("{error}"));
        (name, loaded.config)
    })
    .collect()
}

#[test]
fn every_configuration_that_is_delivered_is_accepted() {
    for (name, config) in deployed() {
        config.kafka().check().unwrap_or_else(|error| panic!("{name}: {error}"));
        let listen = config.http.listen.unwrap_or_else(|| panic!("{name}: nothing listens for the probes"));
        assert_eq!(listen.port(), 9464, "{name}: probes, scrapes and published ports say 9464");
    }
}

#[test]
fn the_scaler_and_the_consumer_agree_on_topic_group_and_where_a_new_group_begins() {
    let scaler = read("deploy/k8s/scaledobject.yaml");
    let (_, config) = deployed().pop().expect("the ConfigMap is the last");
    assert_eq!(yaml_value(&scaler, "topic"), config.topics.input);
    assert_eq!(yaml_value(&scaler, "consumerGroup"), config.kafka.group_id);
    assert_eq!(yaml_value(&scaler, "bootstrapServers"), config.kafka.brokers);
    let reset = config.kafka.consumer.0.get("auto.offset.reset").expect("auto.offset.reset is set");
    assert_eq!(yaml_value(&scaler, "offsetResetPolicy"), reset);
}

#[test]
fn the_drain_at_shutdown_ends_before_the_grace_period_does() {
    let (_, config) = deployed().pop().expect("the ConfigMap is the last");
    let grace: u64 =
        yaml_value(&read("deploy/k8s/deployment.yaml"), "terminationGracePeriodSeconds").parse().expect("seconds");
    assert!(config.pipeline.shutdown_timeout.as_secs() + 10 <= grace);
    let (_, config) = deployed().swap_remove(0);
    let grace = yaml_value(&read("docker-compose.yml"), "stop_grace_period").trim_end_matches('s').to_owned();
    assert!(config.pipeline.shutdown_timeout.as_secs() < grace.parse().expect("seconds"));
}

#[test]
fn compose_creates_the_topics_that_its_configuration_names() {
    let compose = read("docker-compose.yml");
    let (name, config) = deployed().swap_remove(0);
    assert!(compose.contains(&format!("./{name}:/etc/safir/safir.toml:ro")));
    for topic in [&config.topics.input, &config.topics.output, &config.topics.dead_letter] {
        assert!(compose.contains(&format!("create --topic {topic} ")), "compose does not create {topic}");
    }
    for mount in compose.lines().filter_map(|line| line.trim().strip_prefix("- ./")) {
        let (file, _) = mount.split_once(':').expect("a mount");
        assert!(path(file).exists(), "compose mounts {file}, which does not exist");
    }
}

#[test]
fn every_reason_of_a_dead_letter_is_explained_in_the_contract() {
    let contract = read("docs/CONSUMING.md");
    for reason in DecodeError::REASONS.into_iter().chain([PANIC, TIMEOUT, EVENT_TOO_LARGE]) {
        assert!(contract.contains(&format!("`{reason}`")), "docs/CONSUMING.md does not explain {reason}");
    }
}

#[test]
fn every_header_of_a_dead_letter_is_named_in_the_contract() {
    let contract = read("docs/CONSUMING.md");
    let places = [headers::TOPIC, headers::PARTITION, headers::OFFSET];
    for header in places.into_iter().chain([headers::REASON, headers::MESSAGE, headers::VERSION, headers::TIME]) {
        assert!(contract.contains(&format!("`{header}`")), "docs/CONSUMING.md does not name {header}");
    }
}
