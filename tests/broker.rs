//! What Safir promises about articles and events, held against a real Apache Kafka.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rustix::process::Signal;
use safir::record;
use support::articles::{self, arabic, english, expected, quiet};
use support::eventually;
use support::kafka::{Kafka, Received, Sent};
use support::service::{LIMIT, Line};
use support::tools;

/// Long articles that take an instance seconds to read: time enough to stop it in the middle.
const BACKLOG: usize = 3000;

fn ids(records: &[Received]) -> BTreeSet<&str> {
    records.iter().map(Received::key).collect()
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{prefix}-{index:04}")).collect()
}

#[test]
fn every_event_arrives_with_the_key_the_headers_and_the_payload_of_the_contract() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "contract", 3, 3);
    let sent = [
        Sent { timestamp_ms: Some(1_709_625_600_123), ..Sent::new("any key", english("en-1")).to(0) },
        Sent::new("another", quiet("en-2")).to(0),
        Sent { key: None, ..Sent::new("", arabic("ar-1")).to(2) },
    ];
    kafka.produce(&line.input, &sent);
    let mut safir = line.start_ready();
    line.wait_until_done(kafka);
    assert!(safir.terminate().success());

    let records = kafka.read_all(&line.output);
    for (id, language, partition, offset, value) in
        [("en-1", "en", 0, 0, english("en-1")), ("ar-1", "ar", 2, 0, arabic("ar-1"))]
    {
        let found: Vec<_> = records.iter().filter(|record| record.key() == id).collect();
        let expected = expected(&value);
        assert!(!expected.is_empty(), "extraction finds nothing in {id}: the test proves nothing");
        assert_eq!(found.len(), expected.len(), "events of {id}");
        for (record, (event_id, kind)) in found.iter().zip(&expected) {
            let headers: BTreeMap<_, _> =
                record.headers.iter().map(|(key, _)| (key.as_str(), record.header(key).expect("a value"))).collect();
            let contract = BTreeMap::from([
                ("safir-event-id", event_id.as_str()),
                ("safir-event-type", kind),
                ("safir-language", language),
                ("safir-schema", "safir.v1.DiplomaticEvent"),
                ("safir-schema-version", "1"),
                ("content-type", "application/x-protobuf"),
            ]);
            assert_eq!(headers, contract);
            let event = record::decode_event(record.value()).expect("a DiplomaticEvent");
            assert_eq!(event.id, *event_id);
            let article = event.article.expect("the article it was read from");
            assert_eq!((article.id.as_str(), article.language.as_str()), (id, language));
            assert_eq!((article.topic, article.partition, article.offset), (line.input.clone(), partition, offset));
            assert_eq!(article.source, "Safir tests");
            assert_eq!(article.url, format!("https://example.org/{id}"));
            if id == "en-1" {
                assert_eq!(article.timestamp, 1_709_625_600_123);
            } else {
                assert!(article.timestamp > 1_709_625_600_123, "the timestamp that the producer set");
            }
        }
        let partitions: BTreeSet<_> = found.iter().map(|record| record.partition).collect();
        assert_eq!(partitions.len(), 1, "the events of one article are in one partition");
    }
    assert!(!ids(&records).contains("en-2"), "an article without events gives no record");
    assert_eq!(kafka.read_all(&line.dead_letters).len(), 0);
}

#[test]
fn bad_input_goes_to_the_dead_letter_topic_as_received_and_the_records_behind_it_are_processed() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "bad", 1, 1).set("input", "max_bytes = 20000");
    let large = articles::long("large", 1000);
    assert!(large.len() > 20_000);
    let cases: Vec<(&str, Option<Vec<u8>>)> = vec![
        ("empty", None),
        ("empty", Some(Vec::new())),
        ("invalid_utf8", Some(b"{\"body\": \"\xff\xfe\"}".to_vec())),
        ("invalid_json", Some(b"{\"body\": \"cut".to_vec())),
        ("invalid_json", Some(b"\x00\x00\x00\x00\x01 not json".to_vec())),
        ("wrong_type", Some(b"{\"body\": 7}".to_vec())),
        ("missing_body", Some(b"{\"title\": \"A title alone\"}".to_vec())),
        ("invalid_date", Some(b"{\"body\": \"Text.\", \"published_at\": \"soon\"}".to_vec())),
        ("too_large", Some(large)),
    ];
    let mut sent = Vec::new();
    for (index, (_, value)) in cases.iter().enumerate() {
        let key = (index % 2 == 0).then(|| vec![0xff, u8::try_from(index).expect("a few cases")]);
        let headers = vec![
            ("trace".to_owned(), Some(b"one".to_vec())),
            ("trace".to_owned(), Some(vec![0xfe, 0x00])),
            ("none".to_owned(), None),
        ];
        sent.push(Sent { key, value: value.clone(), headers, partition: Some(0), timestamp_ms: None });
        sent.push(Sent::new("good", english(&format!("good-{index}"))).to(0));
    }
    kafka.produce(&line.input, &sent);
    let mut safir = line.start_ready();
    line.wait_until_done(kafka);
    for (reason, count) in articles::count(cases.iter().map(|(reason, _)| *reason)) {
        let series = safir.series("safir_dead_letters_total");
        assert_eq!(series.get(&format!("{{reason=\"{reason}\"}}")).copied(), Some(count as f64), "{series:?}");
    }
    assert!(safir.terminate().success());

    let dead = kafka.read_all(&line.dead_letters);
    assert_eq!(dead.len(), cases.len());
    for (index, ((reason, value), record)) in cases.iter().zip(&dead).enumerate() {
        let original = &sent[2 * index];
        assert_eq!(&record.value, value, "the bytes of case {index}");
        assert_eq!(record.key, original.key, "the key of case {index}");
        assert_eq!(record.headers[..original.headers.len()], original.headers, "the headers of case {index}");
        assert_eq!(record.header("safir-dlq-reason"), Some(*reason), "{:?}", record.header("safir-dlq-message"));
        assert!(record.header("safir-dlq-message").is_some_and(|message| !message.is_empty()));
        assert_eq!(record.header("safir-dlq-topic"), Some(line.input.as_str()));
        assert_eq!(record.header("safir-dlq-partition"), Some("0"));
        assert_eq!(record.header("safir-dlq-offset"), Some((2 * index).to_string().as_str()));
        assert_eq!(record.header("safir-dlq-version"), Some(env!("CARGO_PKG_VERSION")));
        let time = record.header("safir-dlq-time").expect("a time");
        assert!(time.ends_with('Z') && time.len() >= 20 && time.as_bytes()[10] == b'T', "{time}");
    }
    let good: Vec<_> = (0..cases.len()).map(|index| format!("good-{index}")).collect();
    assert_eq!(ids(&kafka.read_all(&line.output)), good.iter().map(String::as_str).collect());
}

#[test]
fn a_restart_continues_at_the_committed_offset_with_nothing_lost_and_nothing_repeated() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "restart", 2, 2);
    let names = names("article", 300);
    let sent: Vec<_> =
        names.iter().enumerate().map(|(at, name)| Sent::new(name, english(name)).to(at as i32 % 2)).collect();
    kafka.produce(&line.input, &sent[..200]);
    let mut first = line.start_ready();
    line.wait_until_done(kafka);
    assert!(first.terminate().success());
    let before = kafka.ends(&line.output);

    kafka.produce(&line.input, &sent[200..]);
    let mut second = line.start_ready();
    line.wait_until_done(kafka);
    assert!(second.metric("safir_articles_consumed_total") == 100.0, "only what had not been committed is read");
    assert!(second.terminate().success());

    let records = kafka.read_all(&line.output);
    let per_article = expected(&english("article-0000")).len();
    assert!(per_article > 0, "extraction finds nothing: the test proves nothing");
    let counts = articles::count(records.iter().map(Received::key));
    assert_eq!(counts.len(), names.len(), "every article has its events");
    assert!(counts.values().all(|count| *count == per_article), "a clean restart repeats nothing: {counts:?}");
    assert!(before.values().sum::<i64>() > 0);
}

#[test]
fn an_instance_that_is_killed_loses_nothing_and_what_it_repeats_has_the_same_ids() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "kill", 1, 2).set("pipeline", "commit_interval = \"50ms\"");
    // Short articles, then some that take seconds to read, then short ones again: whoever commits more than what is
    // finished commits the long ones while they are read, and loses them with the kill.
    let sizes = [vec![0; 20], vec![60_000; 4], vec![0; 100]].concat();
    let articles: BTreeMap<String, Vec<u8>> = names("article", sizes.len())
        .into_iter()
        .zip(sizes)
        .map(|(name, paragraphs)| (name.clone(), articles::long(&name, paragraphs)))
        .collect();
    let sent: Vec<_> = articles.iter().map(|(name, value)| Sent::new(name, value.clone())).collect();
    kafka.produce(&line.input, &sent);
    let mut first = line.start();
    eventually("what is finished is committed", LIMIT, || {
        kafka.committed(&line.group, &line.input).values().any(|next| *next > 0).then_some(())
    });
    std::thread::sleep(Duration::from_millis(200));
    first.kill();
    let at_the_kill = kafka.committed(&line.group, &line.input)[&0];
    let done = kafka.read_all(&line.output);
    assert!(!ids(&done).contains("article-0023"), "it was killed in the middle of its work");
    assert!(at_the_kill <= 23, "{at_the_kill} is committed, and the long articles have no events yet");
    let mut second = line.start_ready();
    line.wait_until_done(kafka);
    assert!(second.terminate().success());

    let mut events: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in kafka.read_all(&line.output) {
        let id = record.header("safir-event-id").expect("an id").to_owned();
        events.entry(record.key().to_owned()).or_default().insert(id);
    }
    let expected: BTreeMap<String, BTreeSet<String>> = articles
        .iter()
        .map(|(name, value)| (name.clone(), expected(value).into_iter().map(|(id, _)| id).collect()))
        .collect();
    assert_eq!(events, expected, "every article has its events");
}

#[test]
fn events_leave_in_the_order_in_which_the_articles_of_a_partition_arrived() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "order", 1, 1).set("log", "filter = \"warn\"");
    // Long and short ones by turns, so that workers finish them out of order.
    let sent: Vec<_> = names("article", 600)
        .iter()
        .enumerate()
        .map(|(at, name)| Sent::new(name, articles::long(name, if at % 7 == 0 { 400 } else { 0 })))
        .collect();
    kafka.produce(&line.input, &sent);
    let mut safir = line.start_ready();
    line.wait_until_done(kafka);
    assert!(safir.terminate().success());
    let offsets: Vec<_> = kafka
        .read_all(&line.output)
        .iter()
        .map(|record| record::decode_event(record.value()).expect("an event").article.expect("an article").offset)
        .collect();
    assert!(offsets.len() >= 600, "{} events", offsets.len());
    assert!(offsets.is_sorted(), "{offsets:?}");
}

#[test]
fn sigterm_finishes_what_was_started_commits_exactly_that_and_exits_with_zero() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "drain", 2, 2).set("pipeline", "max_in_flight_records = 200");
    let names = names("article", BACKLOG);
    let sent: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Sent::new(name, articles::long(name, 200)).to(at as i32 % 2))
        .collect();
    kafka.produce(&line.input, &sent);
    let mut safir = line.start();
    safir.wait_for_events(100.0);
    assert_eq!(safir.terminate().code(), Some(0), "{}", safir.log());

    let committed = kafka.committed(&line.group, &line.input);
    let done: i64 = committed.values().sum();
    assert!(done < BACKLOG as i64, "it was stopped in the middle of its work");
    let finished: BTreeSet<_> = names
        .iter()
        .enumerate()
        .filter(|(at, _)| committed.get(&(*at as i32 % 2)).is_some_and(|next| (*at as i64 / 2) < *next))
        .map(|(_, name)| name.as_str())
        .collect();
    let records = kafka.read_all(&line.output);
    assert_eq!(ids(&records), finished, "the articles with events are those whose offsets are committed");
}

#[test]
fn two_instances_share_the_partitions_and_a_rebalance_loses_nothing() {
    for strategy in ["range", "cooperative-sticky"] {
        let kafka = Kafka::shared();
        let line = Line::new(kafka, "share", 4, 4)
            .set("kafka.consumer", &format!("\"partition.assignment.strategy\" = \"{strategy}\""))
            .set("pipeline", "max_in_flight_records = 64");
        let names = names("article", 4000);
        let sent: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(at, name)| Sent::new(name, articles::long(name, 5)).to(at as i32 % 4))
            .collect();
        let mut first = line.start_ready();
        // Articles keep arriving while members come and go.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for part in sent.chunks(100) {
                    kafka.produce(&line.input, part);
                    std::thread::sleep(Duration::from_millis(100));
                }
            });
            let mut second = line.start_ready();
            eventually("each has two partitions", LIMIT, || {
                let owned = [&first, &second].map(|one| one.metric("safir_assigned_partitions"));
                (owned == [2.0, 2.0]).then_some(())
            });
            assert!(first.terminate().success(), "{strategy}: {}", first.log());
            eventually("the one that is left has all", LIMIT, || {
                (second.metric("safir_assigned_partitions") == 4.0).then_some(())
            });
            let mut third = line.start_ready();
            // Without a goodbye: the group notices only when the session times out.
            second.kill();
            eventually("the new one has all", LIMIT, || {
                (third.metric("safir_assigned_partitions") == 4.0).then_some(())
            });
            eventually("all articles were sent", LIMIT, || {
                (kafka.ends(&line.input).values().sum::<i64>() == 4000).then_some(())
            });
            line.wait_until_done(kafka);
            assert!(third.terminate().success(), "{strategy}: {}", third.log());
        });
        let records = kafka.read_all(&line.output);
        assert_eq!(
            ids(&records),
            names.iter().map(String::as_str).collect(),
            "{strategy}: every article has its events"
        );
    }
}

#[test]
fn a_static_member_that_restarts_moves_no_partition() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "static", 4, 1);
    let line = Line { session_timeout: Duration::from_secs(45), ..line };
    let member = |name: &str| line.clone().set("kafka.consumer", &format!("\"group.instance.id\" = \"{name}\""));
    let mut first = member("first").start_ready();
    let second = member("second").start_ready();
    let owned = |one: &support::service::Safir| one.metric("safir_assigned_partitions");
    eventually("each has two partitions", LIMIT, || (owned(&first) == 2.0 && owned(&second) == 2.0).then_some(()));
    let partitions = |one: &support::service::Safir| -> BTreeSet<_> {
        one.series("safir_consumer_lag_records").into_keys().collect()
    };
    kafka.produce(&line.input, &(0..4).map(|at| Sent::new("one", english("one")).to(at)).collect::<Vec<_>>());
    line.wait_until_done(kafka);
    // The lag of a partition is reported once the statistics have come.
    let both = |one: &support::service::Safir| {
        eventually("the lag of both partitions is reported", LIMIT, || {
            Some(partitions(one)).filter(|two| two.len() == 2)
        })
    };
    let (of_first, of_second) = (both(&first), both(&second));
    let before = second.series("safir_rebalances_total");
    assert!(first.terminate().success());
    let first = member("first").start_ready();
    eventually("it has two partitions again", LIMIT, || (owned(&first) == 2.0).then_some(()));
    kafka.produce(&line.input, &(0..4).map(|at| Sent::new("two", english("two")).to(at)).collect::<Vec<_>>());
    line.wait_until_done(kafka);
    assert_eq!((both(&first), both(&second)), (of_first, of_second));
    assert_eq!(second.series("safir_rebalances_total"), before, "the other member noticed nothing");
}

#[test]
fn lag_is_reported_for_owned_partitions_alone_and_vanishes_with_the_assignment() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "lag", 4, 1);
    let sent: Vec<_> = names("article", 40)
        .iter()
        .enumerate()
        .map(|(at, name)| Sent::new(name, english(name)).to(at as i32 % 4))
        .collect();
    kafka.produce(&line.input, &sent);
    let labels = |partition: i32| format!("{{topic=\"{}\",partition=\"{partition}\"}}", line.input);
    let first = line.start_ready();
    let all: BTreeSet<_> = (0..4).map(labels).collect();
    let lag = |one: &support::service::Safir| one.series("safir_consumer_lag_records");
    eventually("the lag of all partitions is reported and falls to zero", LIMIT, || {
        let lag = lag(&first);
        (lag.keys().cloned().collect::<BTreeSet<_>>() == all && lag.values().all(|lag| *lag == 0.0)).then_some(())
    });
    let (_, metrics) = first.get("/metrics").expect("the port answers");
    tools::check_metrics(&metrics);
    let offsets = first.series("safir_first_unfinished_offset");
    assert_eq!(offsets, all.iter().map(|labels| (labels.clone(), 10.0)).collect());

    let second = line.start_ready();
    eventually("each reports its own partitions", LIMIT, || {
        let (one, two) = (lag(&first), lag(&second));
        let both: BTreeSet<_> = one.keys().chain(two.keys()).cloned().collect();
        (one.len() == 2 && two.len() == 2 && both == all).then_some(())
    });
}

#[test]
fn an_instance_without_a_broker_is_alive_and_not_ready_and_ends_on_sigterm() {
    let kafka = Kafka::shared();
    let mut line = Line::new(kafka, "lost", 1, 1);
    line.brokers = format!("127.0.0.1:{}", support::free_port());
    let mut safir = line.start();
    let (status, _) = eventually("the port answers", LIMIT, || safir.get("/readyz"));
    assert_eq!(status, 503);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(safir.get("/readyz").map(|(status, _)| status), Some(503));
    assert_eq!(safir.get("/healthz").map(|(status, _)| status), Some(200));
    assert_eq!(safir.metric("safir_ready"), 0.0);
    safir.signal(Signal::TERM);
    assert_eq!(safir.wait().code(), Some(0), "{}", safir.log());
}
