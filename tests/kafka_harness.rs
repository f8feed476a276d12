//! The harness itself: a test on a broken broker proves nothing.

mod support;

use std::time::Duration;

use support::kafka::{Kafka, Sent, unique};

#[test]
fn records_come_back_from_a_real_broker_as_they_were_sent() {
    let kafka = Kafka::shared();
    let topic = unique("echo");
    kafka.create_topic(&topic, 2);
    let bytes = vec![0, 159, 146, 150];
    kafka.produce(
        &topic,
        &[
            Sent::new("first", "one").to(1).header("source", b"wire"),
            Sent { value: Some(bytes.clone()), partition: Some(1), ..Sent::default() },
        ],
    );
    let records = kafka.read_until(&topic, "two records", Duration::from_secs(30), |records| records.len() == 2);
    assert_eq!(kafka.ends(&topic), [(0, 0), (1, 2)].into());
    assert_eq!(records[0].key(), "first");
    assert_eq!(records[0].header("source"), Some("wire"));
    assert_eq!((records[1].partition, records[1].offset, records[1].key.as_deref()), (1, 1, None));
    assert_eq!(records[1].value(), bytes);
    assert_eq!(kafka.read_all(&topic).len(), 2);
    assert!(kafka.committed("reader", &topic).is_empty());
}

#[test]
fn a_cluster_of_three_keeps_its_records_when_a_broker_dies_and_comes_back() {
    let kafka = Kafka::start(3);
    let topic = unique("kept");
    kafka.create_topic(&topic, 3);
    kafka.produce(&topic, &[Sent::new("a", "before").to(0), Sent::new("b", "before").to(1)]);
    kafka.kill(1);
    kafka.produce(&topic, &[Sent::new("c", "without").to(2), Sent::new("d", "without").to(0)]);
    kafka.revive(1);
    assert_eq!(kafka.read_all(&topic).len(), 4);
}
