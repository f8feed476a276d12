//! `safir dlq` as operators use it, against librdkafka's mock cluster.

use std::process::{Command, Output, Stdio};
use std::time::Duration;

use safir::kafka::{ArticlePublisher, EmbeddedBroker, EventReader, ReceivedRecord, Settings, Start};
use safir::pipeline::Header;

const PATIENCE: Duration = Duration::from_secs(30);

fn dlq(broker: &EmbeddedBroker, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_safir"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAFIR_") {
            command.env_remove(name);
        }
    }
    let output = command
        .arg("dlq")
        .args(arguments)
        .args(["--brokers", broker.bootstrap_servers(), "--input-topic", "in", "--dead-letter-topic", "dead"])
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn letter(reason: &str, more: &[(&'static str, &str)]) -> Vec<Header> {
    let mut headers = vec![Header::new("trace", vec![0, 0xff]), Header { name: "none".into(), value: None }];
    headers.extend(more.iter().map(|(name, value)| Header::new(*name, value.as_bytes().to_vec())));
    headers.push(Header::new("safir-dlq-reason", reason.as_bytes().to_vec()));
    headers.push(Header::new("safir-dlq-message", b"it \x1b[2J is bad".to_vec()));
    headers.push(Header::new("safir-dlq-offset", b"17".to_vec()));
    headers
}

fn start() -> (EmbeddedBroker, Settings) {
    let broker = EmbeddedBroker::start(&[("in", 1), ("dead", 2)]).expect("it starts");
    let settings =
        Settings { brokers: broker.bootstrap_servers().to_owned(), input_topic: "dead".into(), ..Settings::default() };
    let publisher = ArticlePublisher::new(&settings).expect("valid");
    for (partition, key, value, headers) in [
        (0, Some(&[1, 0xfe][..]), Some(&b"{\"body\": 7}"[..]), letter("wrong_type", &[])),
        (0, None, None, letter("empty", &[])),
        (1, Some(b"k"), Some(b"not \xff text"), letter("invalid_utf8", &[])),
        (1, Some(b"r"), Some(b"{\"body\": 8}"), letter("wrong_type", &[("safir-replayed", "1")])),
    ] {
        publisher.publish_to(Some(partition), key, value, &headers).expect("queued");
    }
    publisher.flush(PATIENCE).expect("delivered");
    (broker, settings)
}

fn read(settings: &Settings, topic: &str) -> Vec<ReceivedRecord> {
    let mut reader = EventReader::of_topic(settings, topic, Start::Beginning, PATIENCE).expect("the topic is there");
    let mut records = Vec::new();
    while !reader.at_end() {
        records.extend(reader.next(Duration::from_millis(200)).expect("readable"));
    }
    records
}

#[test]
fn a_replay_restores_key_value_and_headers_and_leaves_out_what_it_is_told_to() {
    let (broker, settings) = start();
    let said = |output: Output| String::from_utf8(output.stderr).expect("text");
    let dry = said(dlq(&broker, &["replay", "--dry-run"]));
    assert!(dry.contains("3 records of dead would be published to in, 1 left out"), "{dry}");
    assert!(read(&settings, "in").is_empty(), "a dry run publishes nothing");

    let done = said(dlq(&broker, &["replay", "--reason", "wrong_type,empty"]));
    assert!(done.contains("2 records of dead published to in, 2 left out"), "{done}");
    assert!(done.contains("--since 20"), "{done}");
    let mut records = read(&settings, "in");
    records.sort_by_key(|record| record.key.is_none());
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].key.as_deref(), Some(&[1, 0xfe][..]));
    assert_eq!(records[0].value.as_deref(), Some(&b"{\"body\": 7}"[..]));
    assert_eq!((&records[1].key, &records[1].value), (&None, &None));
    for record in &records {
        let expected = [
            Header::new("trace", vec![0, 0xff]),
            Header { name: "none".into(), value: None },
            Header::new("safir-replayed", b"1".to_vec()),
        ];
        assert_eq!(record.headers, expected);
    }

    let again = said(dlq(&broker, &["replay", "--again", "--limit", "1", "--reason", "wrong_type,invalid_utf8"]));
    assert!(again.contains("1 records of dead published"), "{again}");
    let later = said(dlq(&broker, &["replay", "--since", "2999-01-01T00:00:00Z"]));
    assert!(later.contains("0 records of dead published"), "{later}");
}

#[test]
fn the_list_says_what_is_there_and_lets_nothing_through_that_a_terminal_would_obey() {
    let (broker, _settings) = start();
    for format in ["text", "json"] {
        let output = dlq(&broker, &["list", "--value", "--format", format]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.matches("wrong_type").count() == 2 && text.contains("invalid_utf8"), "{text}");
        assert!(!text.chars().any(|char| char.is_control() && char != '\n'), "{text:?}");
    }
    let output = dlq(&broker, &["list", "--format", "json", "--reason", "empty"]);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one line of JSON");
    assert_eq!((&line["reason"], &line["sourceOffset"]), (&"empty".into(), &"17".into()));
    assert_eq!(line["bytes"], serde_json::Value::Null);
}
