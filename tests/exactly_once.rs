//! What `pipeline.delivery = "exactly_once"` promises, held against a real Apache Kafka: to those who read committed
//! records, every event and dead letter once, in order, whatever happens to the process.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::producer::{BaseProducer, Producer as _};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use rustix::process::Signal;
use safir::record;
use support::articles::{self, expected};
use support::eventually;
use support::kafka::{Kafka, Sent};
use support::service::{LIMIT, Line, Safir};

fn line(kafka: &Kafka, name: &str, partitions: usize) -> Line {
    Line::new(kafka, name, partitions, partitions)
        .set("pipeline", "delivery = \"exactly_once\"")
        .set("pipeline", "transaction_interval = \"50ms\"")
        // What a killed instance leaves open must end within a test.
        .set("kafka.producer", "\"transaction.timeout.ms\" = \"8000\"")
        .set("log", "filter = \"info\"")
}

/// Articles spread over the partitions, of which every seventh is no article.
fn sent(count: usize, partitions: usize, paragraphs: usize) -> Vec<Sent> {
    (0..count)
        .map(|at| {
            let name = format!("article-{at:05}");
            let value = if at % 7 == 3 { b"{\"body\": 7}".to_vec() } else { articles::long(&name, paragraphs) };
            Sent::new(&name, value).to(i32::try_from(at % partitions).expect("few"))
        })
        .collect()
}

/// Compares what committed readers see with what was sent, record by record.
fn check(kafka: &Kafka, line: &Line, sent: &[Sent]) {
    let letters = kafka.read_committed(&line.dead_letters);
    let found = articles::count(letters.iter().map(|letter| letter.key()));
    let names: Vec<String> = sent.iter().filter(is_bad).map(name).collect();
    assert_eq!(found, names.iter().map(|name| (name.as_str(), 1)).collect(), "each dead letter once");

    check_events(kafka, line, sent);
}

fn is_bad(sent: &&Sent) -> bool {
    sent.value.as_deref() == Some(b"{\"body\": 7}")
}

fn name(sent: &Sent) -> String {
    String::from_utf8(sent.key.clone().expect("a key")).expect("text")
}

fn check_events(kafka: &Kafka, line: &Line, sent: &[Sent]) {
    let of_one = expected(&articles::long("article", 0)).len();
    assert!(of_one > 0, "extraction finds nothing: the test proves nothing");
    let records = kafka.read_committed(&line.output);
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last: BTreeMap<(i32, i32), i64> = BTreeMap::new();
    for record in &records {
        *ids.entry(record.header("safir-event-id").expect("an id")).or_default() += 1;
        let article = record::decode_event(record.value()).expect("an event").article.expect("an article");
        let before = last.insert((record.partition, article.partition), article.offset).unwrap_or(-1);
        assert!(before <= article.offset, "{before} stands before {} in {}", article.offset, record.partition);
    }
    let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{} events are there more than once", twice.len());
    let names: Vec<String> = sent.iter().filter(|one| !is_bad(one)).map(name).collect();
    let found = articles::count(records.iter().map(|record| record.key()));
    let missing: Vec<_> = names.iter().filter(|name| found.get(name.as_str()) != Some(&of_one)).collect();
    assert!(missing.is_empty(), "{} articles have not all their events: {missing:?}", missing.len());
    assert_eq!(found.len(), names.len());
}

fn transactions(safir: &Safir, result: &str) -> f64 {
    safir.series("safir_transactions_total")[&format!("{{result=\"{result}\"}}")]
}

/// Fills the input topic while `play` goes on.
fn under_load(kafka: &Kafka, line: &Line, sent: &[Sent], play: impl FnOnce()) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for part in sent.chunks(100) {
                kafka.produce(&line.input, part);
                std::thread::sleep(Duration::from_millis(150));
            }
        });
        play();
    });
}

fn all_sent(kafka: &Kafka, line: &Line, sent: &[Sent]) {
    eventually("all articles are in the input topic", LIMIT, || {
        (kafka.ends(&line.input).values().sum::<i64>() == i64::try_from(sent.len()).expect("few")).then_some(())
    });
}

#[test]
fn events_dead_letters_and_offsets_are_committed_together_and_a_clean_restart_repeats_nothing() {
    let kafka = Kafka::shared();
    let line = line(kafka, "eos-restart", 2);
    let sent = sent(600, 2, 0);
    kafka.produce(&line.input, &sent[..400]);
    let mut first = line.start_ready();
    line.wait_until_done(kafka);
    assert!(transactions(&first, "committed") >= 1.0);
    assert_eq!(transactions(&first, "aborted"), 0.0, "{}", first.log());
    assert_eq!(first.terminate().code(), Some(0), "{}", first.log());
    kafka.produce(&line.input, &sent[400..]);
    let mut second = line.start_ready();
    line.wait_until_done(kafka);
    assert_eq!(second.metric("safir_articles_consumed_total"), 200.0);
    assert_eq!(second.terminate().code(), Some(0), "{}", second.log());
    check(kafka, &line, &sent);
}

#[test]
fn an_instance_that_is_killed_again_and_again_loses_nothing_and_repeats_nothing() {
    let kafka = Kafka::shared();
    // A name that stays: each start ends what the one before left open.
    let line = line(kafka, "eos-kill", 2).set("kafka", "transactional_id = \"eos-kill\"");
    let sent = sent(4000, 2, 20);
    under_load(kafka, &line, &sent, || {
        for round in 0..4 {
            let mut safir = line.start();
            safir.wait_for_events(50.0);
            std::thread::sleep(Duration::from_millis(170 * round));
            safir.kill();
        }
    });
    let mut last = line.start_ready();
    line.wait_until_done(kafka);
    assert_eq!(last.terminate().code(), Some(0), "{}", last.log());
    check(kafka, &line, &sent);
}

#[test]
fn members_that_come_and_go_lose_nothing_and_repeat_nothing_in_either_group_protocol() {
    let kafka = Kafka::shared();
    for settings in ["\"partition.assignment.strategy\" = \"cooperative-sticky\"", "\"group.protocol\" = \"consumer\""]
    {
        let line = line(kafka, "eos-members", 4).set("kafka.consumer", settings);
        let sent = sent(4000, 4, 5);
        under_load(kafka, &line, &sent, || {
            let mut first = line.start_ready();
            let second = line.start_ready();
            eventually("each has two partitions", LIMIT, || {
                let owned = [&first, &second].map(|one| one.metric("safir_assigned_partitions"));
                (owned == [2.0, 2.0]).then_some(())
            });
            let mut third = line.start_ready();
            assert_eq!(first.terminate().code(), Some(0), "{settings}: {}", first.log());
            let mut second = second;
            second.kill();
            eventually("the one that is left has all", LIMIT, || {
                (third.metric("safir_assigned_partitions") == 4.0).then_some(())
            });
            all_sent(kafka, &line, &sent);
            line.wait_until_done(kafka);
            assert_eq!(third.terminate().code(), Some(0), "{settings}: {}", third.log());
        });
        check(kafka, &line, &sent);
    }
}

#[test]
fn an_instance_that_sleeps_past_its_session_is_fenced_and_repeats_nothing() {
    let kafka = Kafka::shared();
    let line = line(kafka, "eos-sleep", 2);
    let sent = sent(3000, 2, 20);
    let mut sleeper = None;
    under_load(kafka, &line, &sent, || {
        let first = line.start_ready();
        first.wait_for_events(100.0);
        first.signal(Signal::STOP);
        let mut second = line.start();
        second.wait_for_events(100.0);
        eventually("the other one has all", LIMIT, || {
            (second.metric("safir_assigned_partitions") == 2.0).then_some(())
        });
        first.signal(Signal::CONT);
        all_sent(kafka, &line, &sent);
        line.wait_until_done(kafka);
        assert_eq!(second.terminate().code(), Some(0), "{}", second.log());
        sleeper = Some(first);
    });
    let mut sleeper = sleeper.expect("it was started");
    eventually("everything is done", LIMIT, || {
        let ends = kafka.ends(&line.input);
        if sleeper.ended().is_some() {
            // Its transaction took too long: a service manager would start it again.
            sleeper = line.start();
        }
        (kafka.committed(&line.group, &line.input) == ends).then_some(())
    });
    check(kafka, &line, &sent);
}

#[test]
fn a_partition_whose_position_is_in_an_open_transaction_is_not_read_from_its_beginning() {
    let kafka = Kafka::shared();
    wait_for_an_open_transaction(kafka, &line(kafka, "eos-pending", 2));
}

#[test]
fn a_group_that_changes_over_to_at_least_once_waits_for_the_transaction_that_holds_its_positions() {
    let kafka = Kafka::shared();
    let line = Line::new(kafka, "eos-changeover", 2, 2)
        .set("pipeline", "delivery = \"at_least_once\"")
        .set("log", "filter = \"info\"");
    wait_for_an_open_transaction(kafka, &line);
}

/// Two instances come one after the other while a transaction holds the positions of their group.
fn wait_for_an_open_transaction(kafka: &Kafka, line: &Line) {
    let sent = sent(600, 2, 0);
    kafka.produce(&line.input, &sent[..400]);
    let mut before = line.start_ready();
    line.wait_until_done(kafka);
    assert_eq!(before.terminate().code(), Some(0), "{}", before.log());
    kafka.produce(&line.input, &sent[400..]);
    let open = hold_positions(kafka, line);
    let mut first = line.start();
    first.wait_until_running();
    // It has both partitions and is not told where they begin; then one of them goes to the second instance.
    std::thread::sleep(Duration::from_secs(4));
    let mut second = line.start();
    second.wait_until_running();
    std::thread::sleep(Duration::from_secs(4));
    open.abort_transaction(LIMIT).expect("given up");
    line.wait_until_done(kafka);
    for safir in [&mut first, &mut second] {
        assert_eq!(safir.terminate().code(), Some(0), "{}", safir.log());
    }
    check(kafka, line, &sent);
}

/// A transaction that commits the group's positions and stays open, as an instance leaves it behind that is killed.
fn hold_positions(kafka: &Kafka, line: &Line) -> BaseProducer {
    let client = || {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", kafka.bootstrap());
        config
    };
    let member: BaseConsumer = client().set("group.id", &line.group).create().expect("a consumer");
    let producer: BaseProducer = client().set("transactional.id", &line.group).create().expect("a producer");
    producer.init_transactions(LIMIT).expect("a producer id");
    producer.begin_transaction().expect("begun");
    let mut list = TopicPartitionList::new();
    for (partition, offset) in kafka.committed(&line.group, &line.input) {
        list.add_partition_offset(&line.input, partition, Offset::Offset(offset)).expect("a valid offset");
    }
    assert_eq!(list.count(), 2);
    let member = member.group_metadata().expect("the group's name");
    producer.send_offsets_to_transaction(&list, &member, LIMIT).expect("the group takes them");
    producer
}

#[test]
fn of_two_instances_with_one_transactional_id_the_older_one_ends_and_says_why() {
    let kafka = Kafka::shared();
    let line = line(kafka, "eos-fenced", 2).set("kafka", "transactional_id = \"eos-fenced\"");
    let sent = sent(400, 2, 0);
    let mut first = line.start_ready();
    kafka.produce(&line.input, &sent[..200]);
    line.wait_until_done(kafka);
    let mut second = line.start_ready();
    kafka.produce(&line.input, &sent[200..]);
    assert_eq!(first.wait().code(), Some(1), "{}", first.log());
    assert!(first.log().contains("another process uses the same transactional id"), "{}", first.log());
    line.wait_until_done(kafka);
    assert_eq!(second.terminate().code(), Some(0), "{}", second.log());
    check(kafka, &line, &sent);
}

#[test]
fn a_transaction_that_the_broker_spoils_is_given_up_and_its_articles_are_read_again() {
    let kafka = Kafka::shared();
    let line = line(kafka, "eos-abort", 2)
        .set("kafka.producer", "\"compression.type\" = \"none\"\n\"batch.size\" = \"20000\"");
    kafka.create_topic_with("eos-abort-small", 2, &[("max.message.bytes", "30000")]);
    let line = Line { output: "eos-abort-small".into(), ..line };
    let mut sent = sent(400, 2, 0);
    // Every event carries the address of its article: this one's are too large for the topic.
    let mut large: serde_json::Value = serde_json::from_slice(&articles::english("large")).expect("JSON");
    large["url"] = format!("https://example.org/{}", "x".repeat(40_000)).into();
    let large = large.to_string();
    assert!(!expected(large.as_bytes()).is_empty(), "extraction finds nothing: the test proves nothing");
    sent.insert(200, Sent::new("large", large).to(0));
    kafka.produce(&line.input, &sent);
    let mut safir = line.start_ready();
    line.wait_until_done(kafka);
    assert!(transactions(&safir, "aborted") >= 1.0, "{}", safir.log());
    assert_eq!(safir.terminate().code(), Some(0), "{}", safir.log());
    let letters = kafka.read_committed(&line.dead_letters);
    let (large, letters): (Vec<_>, Vec<_>) = letters.into_iter().partition(|letter| letter.key() == "large");
    assert_eq!(large.len(), 1);
    assert_eq!(large[0].header("safir-dlq-reason"), Some("event_too_large"));
    sent.remove(200);
    assert_eq!(letters.len(), sent.iter().filter(is_bad).count());
    check_events(kafka, &line, &sent);
}

#[test]
fn a_dead_letter_topic_that_is_missing_stops_the_process_and_nothing_is_dropped() {
    let kafka = Kafka::shared();
    for delivery in ["at_least_once", "exactly_once"] {
        let mut line = line(kafka, "eos-missing", 1);
        line.settings.remove("pipeline");
        let line = line
            .set("pipeline", &format!("delivery = \"{delivery}\""))
            .set("kafka.producer", "\"topic.metadata.propagation.max.ms\" = \"1000\"");
        let mut line = line;
        line.dead_letters = "not-there".into();
        let sent = sent(20, 1, 0);
        kafka.produce(&line.input, &sent);
        let mut safir = line.start();
        let start = Instant::now();
        assert_eq!(safir.wait().code(), Some(1), "{delivery}: {}", safir.log());
        assert!(start.elapsed() < Duration::from_secs(60));
        assert!(safir.log().contains("not-there"), "{delivery}: {}", safir.log());
        // The fourth record is the first bad one.
        let committed = kafka.committed(&line.group, &line.input).get(&0).copied().unwrap_or(0);
        assert!(committed <= 3, "{delivery}: {committed} is committed, and the dead letter at 3 was written nowhere");
        let done: BTreeSet<_> =
            kafka.read_committed(&line.output).iter().map(|record| record.key().to_owned()).collect();
        assert!(!done.contains("article-00003"));
    }
}
