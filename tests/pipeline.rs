//! What the pipeline promises, on memory ends. Each test's name is the promise.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use safir::pipeline::{
    Conclusion, DeliveryError, Destination, Header, InputRecord, MemorySink, MemorySource, MemoryTopic, OutputRecord,
    Partition, PipelineError, Process, Rejection, Settings, Source, SourcePort, Summary, run,
};

/// A text that asks for a behaviour: "n=3" for three outputs, "bad", "panic", "slow=20" for milliseconds.
fn scripted(partition: &Partition, record: &InputRecord) -> Result<Vec<OutputRecord>, Rejection> {
    let value = record.value.as_deref().unwrap_or_default();
    let text = std::str::from_utf8(value).unwrap_or("bad");
    let mut outputs = 1;
    for word in text.split_whitespace() {
        match word.split_once('=') {
            Some(("n", count)) => outputs = count.parse().expect("a number of outputs"),
            Some(("slow", millis)) => {
                std::thread::sleep(Duration::from_millis(millis.parse().expect("milliseconds")));
            }
            _ if word == "panic" => panic!("asked to"),
            _ if word == "bad" => return Err(Rejection { reason: "bad", message: "it says so".into() }),
            _ => {}
        }
    }
    let output = |number| OutputRecord {
        destination: Destination::Events,
        key: Some(partition.number.to_string().into_bytes()),
        value: Some(format!("{}/{}/{number}", partition.number, record.offset).into_bytes()),
        headers: Vec::new(),
    };
    Ok((0..outputs).map(output).collect())
}

fn record(text: &str) -> InputRecord {
    InputRecord { timestamp_ms: Some(1), value: Some(text.as_bytes().to_vec()), ..InputRecord::default() }
}

fn topic(partitions: i32, records: usize, text: &str) -> MemoryTopic {
    let topic = MemoryTopic::new("news", partitions);
    for _ in 0..records {
        for partition in 0..partitions {
            topic.append(partition, record(text));
        }
    }
    topic
}

fn settings() -> Settings {
    Settings { workers: 4, shutdown_timeout: Duration::from_secs(10), ..Settings::default() }
}

fn values(sink: &MemorySink) -> Vec<String> {
    let value = |record: OutputRecord| String::from_utf8(record.value.unwrap_or_default()).unwrap_or_default();
    sink.records().into_iter().map(value).collect()
}

/// Partition, offset and number of each event, in the order of acknowledgement.
fn events(sink: &MemorySink) -> Vec<(i32, i64, usize)> {
    values(sink)
        .iter()
        .map(|value| {
            let mut parts = value.split('/');
            let mut next = || parts.next().unwrap_or_default();
            (next().parse().unwrap_or(-1), next().parse().unwrap_or(-1), next().parse().unwrap_or(usize::MAX))
        })
        .collect()
}

/// Runs to the end of the topic.
async fn to_the_end(topic: &MemoryTopic, sink: &MemorySink, settings: Settings) -> Result<Summary, PipelineError> {
    run(settings, Arc::new(scripted), MemorySource::new(topic), sink.clone(), std::future::pending()).await
}

/// Waits for something that another thread brings about.
async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(20), "not within 20 s: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn every_article_gives_its_events_once_and_its_offset_is_committed() {
    let topic = topic(3, 500, "n=2");
    let sink = MemorySink::default();
    let summary = to_the_end(&topic, &sink, settings()).await.expect("the run succeeds");
    assert_eq!(summary, Summary { articles: 1500, events: 3000, dead_letters: 0 });
    let mut events = events(&sink);
    events.sort_unstable();
    let expected: Vec<_> = (0..3).flat_map(|p| (0..500).flat_map(move |o| (0..2).map(move |n| (p, o, n)))).collect();
    assert_eq!(events, expected);
    assert_eq!([0, 1, 2].map(|partition| topic.committed(partition)), [Some(500); 3]);
}

#[tokio::test]
async fn output_order_within_a_partition_follows_input_order_whatever_the_workers_speed() {
    let topic = MemoryTopic::new("news", 2);
    for at in 0..400 {
        // Every seventh is slow, so that later ones are ready before it.
        topic.append(at % 2, record(if at % 7 == 0 { "n=3 slow=3" } else { "n=3" }));
    }
    let sink = MemorySink::default();
    to_the_end(&topic, &sink, settings()).await.expect("the run succeeds");
    for partition in 0..2 {
        let order: Vec<_> = events(&sink).into_iter().filter(|event| event.0 == partition).collect();
        assert_eq!(order.len(), 600);
        assert!(order.is_sorted(), "{order:?}");
    }
}

#[tokio::test]
async fn articles_without_events_are_finished_too() {
    let topic = topic(2, 100, "n=0");
    let sink = MemorySink::default();
    let summary = to_the_end(&topic, &sink, settings()).await.expect("the run succeeds");
    assert_eq!(summary.articles, 200);
    assert!(sink.records().is_empty());
    assert_eq!((topic.committed(0), topic.committed(1)), (Some(100), Some(100)));
}

#[tokio::test]
async fn gaps_in_offsets_do_not_hold_the_position_back() {
    let topic = MemoryTopic::new("news", 1);
    for offset in [3, 90, 1000] {
        topic.append(0, InputRecord { offset, ..record("n=1") });
    }
    to_the_end(&topic, &MemorySink::default(), settings()).await.expect("the run succeeds");
    assert_eq!(topic.committed(0), Some(1001));
}

#[tokio::test]
async fn bad_input_becomes_a_dead_letter_with_bytes_key_headers_and_reason_and_later_articles_are_unaffected() {
    let topic = MemoryTopic::new("news", 1);
    topic.append(0, record("n=1"));
    let bad = InputRecord {
        key: Some(vec![0, 0xff]),
        value: Some(vec![0xc3, 0x28]),
        headers: vec![Header::new("trace", vec![1, 2])],
        ..record("")
    };
    topic.append(0, bad.clone());
    topic.append(0, record("n=1"));
    let sink = MemorySink::default();
    let settings = settings();
    let metrics = settings.metrics.clone();
    let summary = to_the_end(&topic, &sink, settings).await.expect("the run succeeds");
    assert_eq!(summary, Summary { articles: 3, events: 2, dead_letters: 1 });
    let records = sink.records();
    assert_eq!(records[1].destination, Destination::DeadLetters);
    assert_eq!((&records[1].key, &records[1].value), (&bad.key, &bad.value));
    assert_eq!(records[1].headers[0], bad.headers[0]);
    assert_eq!(records[1].headers[1], Header::new("safir-dlq-reason", b"bad".to_vec()));
    assert_eq!(topic.committed(0), Some(3));
    assert!(metrics.render().contains(r#"safir_dead_letters_total{reason="bad"} 1"#));
}

#[tokio::test]
async fn a_panic_is_caught_counted_and_dead_lettered() {
    let topic = MemoryTopic::new("news", 1);
    for text in ["n=1", "panic", "n=1"] {
        topic.append(0, record(text));
    }
    let sink = MemorySink::default();
    let settings = settings();
    let metrics = settings.metrics.clone();
    let summary = to_the_end(&topic, &sink, settings).await.expect("the run succeeds");
    assert_eq!(summary, Summary { articles: 3, events: 2, dead_letters: 1 });
    assert_eq!(sink.records()[1].headers[0], Header::new("safir-dlq-reason", b"panic".to_vec()));
    assert!(metrics.render().contains("safir_worker_panics_total 1"));
}

#[tokio::test]
async fn an_offset_never_passes_an_unacknowledged_article_even_when_acknowledgements_come_backwards() {
    let topic = topic(1, 50, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let (source, _control) = MemorySource::controlled(&topic);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let run = tokio::spawn(run(settings(), Arc::new(scripted), source.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("all are sent", || sink.held() == 50).await;
    // All but the first article, last one first.
    let mut first = None;
    sink.release(|held| {
        first = Some(held.remove(0));
        held.reverse();
        // Everything else is acknowledged below, when this one is held again.
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(values(&sink).len(), 49);
    assert_eq!(topic.committed(0), None);
    let first = first.expect("the first article's event");
    sink.release(|held| held.push(first));
    eventually("all are committed", || topic.committed(0) == Some(50)).await;
    stop.send(()).expect("the pipeline runs");
    run.await.expect("no panic").expect("the run succeeds");
}

#[tokio::test]
async fn what_is_in_flight_is_bounded_in_records() {
    let topic = topic(2, 2000, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let limit = 64;
    let settings = Settings { max_in_flight_records: limit, ..settings() };
    let metrics = settings.metrics.clone();
    let run = tokio::spawn({
        let (topic, sink) = (topic.clone(), sink.clone());
        async move { to_the_end(&topic, &sink, settings).await }
    });
    eventually("the budget is used", || sink.held() >= limit).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    // One more per partition may have been taken before the source saw that there is no room.
    assert!(sink.held() <= limit + 2, "{} in flight", sink.held());
    assert!(metrics.render().contains("safir_in_flight_records"));
    sink.release(|_| {});
    let summary = run.await.expect("no panic").expect("the run succeeds");
    assert_eq!(summary.events, 4000);
}

#[tokio::test]
async fn what_is_in_flight_is_bounded_in_bytes_and_a_larger_article_passes_all_the_same() {
    let topic = MemoryTopic::new("news", 1);
    for _ in 0..40 {
        topic.append(0, record(&"n=1 ".repeat(2500)));
    }
    topic.append(0, record(&"n=1 ".repeat(250_000)));
    let sink = MemorySink::default();
    sink.hold();
    let settings = Settings { max_in_flight_bytes: 100_000, ..settings() };
    let run = tokio::spawn({
        let (topic, sink) = (topic.clone(), sink.clone());
        async move { to_the_end(&topic, &sink, settings).await }
    });
    eventually("the budget is used", || sink.held() >= 9).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(sink.held() <= 11, "{} articles of 10 kB in flight", sink.held());
    sink.release(|_| {});
    run.await.expect("no panic").expect("the run succeeds");
    assert_eq!(topic.committed(0), Some(41));
}

#[tokio::test]
async fn a_stalled_partition_does_not_hold_up_the_others() {
    let topic = MemoryTopic::new("news", 2);
    topic.append(0, record("n=1 slow=1500"));
    for _ in 0..500 {
        topic.append(0, record("n=1"));
        topic.append(1, record("n=1"));
    }
    let sink = MemorySink::default();
    let settings = Settings { max_in_flight_records: 40, ..settings() };
    let run = tokio::spawn({
        let (topic, sink) = (topic.clone(), sink.clone());
        async move { to_the_end(&topic, &sink, settings).await }
    });
    let start = Instant::now();
    eventually("partition 1 is done", || topic.committed(1) == Some(500)).await;
    assert!(start.elapsed() < Duration::from_millis(1400), "partition 1 waited for partition 0");
    assert_eq!(topic.committed(0), None);
    run.await.expect("no panic").expect("the run succeeds");
    assert_eq!(topic.committed(0), Some(501));
}

#[tokio::test]
async fn a_full_sink_delays_and_loses_nothing() {
    let topic = topic(2, 100, "n=3");
    let sink = MemorySink::default().with_capacity(5);
    sink.hold();
    let run = tokio::spawn({
        let (topic, sink) = (topic.clone(), sink.clone());
        async move { to_the_end(&topic, &sink, settings()).await }
    });
    let mut largest = 0;
    while !run.is_finished() {
        largest = largest.max(sink.held());
        sink.release(|_| {});
        sink.hold();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(largest, 5);
    assert_eq!(run.await.expect("no panic").expect("the run succeeds").events, 600);
    for partition in 0..2 {
        let order: Vec<_> = events(&sink).into_iter().filter(|event| event.0 == partition).collect();
        assert!(order.len() == 300 && order.is_sorted(), "{order:?}");
    }
}

#[tokio::test]
async fn a_failed_delivery_ends_the_run_and_its_offset_is_not_committed() {
    let topic = topic(1, 100, "n=1");
    let sink = MemorySink::default().judged_by(|record| match record.value.as_deref() {
        Some(b"0/60/0") => Err(DeliveryError::Permanent { kind: "other", reason: "no such topic".into() }),
        _ => Ok(()),
    });
    let settings = settings();
    let metrics = settings.metrics.clone();
    let error = to_the_end(&topic, &sink, settings).await.expect_err("a delivery failed");
    assert!(matches!(&error, PipelineError::Delivery { offset: 60, .. }), "{error}");
    assert!(error.to_string().contains("news[0] at offset 60"), "{error}");
    assert!(topic.committed(0).is_none_or(|offset| offset <= 60), "{:?}", topic.committed(0));
    assert!(metrics.render().contains(r#"safir_produce_errors_total{kind="other"} 1"#));
}

#[tokio::test]
async fn an_event_that_is_too_large_for_the_producer_makes_its_article_a_dead_letter() {
    let topic = MemoryTopic::new("news", 1);
    for text in ["n=1", "n=1000", "n=1"] {
        topic.append(0, record(text));
    }
    // "0/1/100" and longer are too large; the letter, "n=1000", is not.
    let sink = MemorySink::default().with_max_bytes(6);
    let summary = to_the_end(&topic, &sink, settings()).await.expect("the run succeeds");
    assert_eq!(summary, Summary { articles: 3, events: 102, dead_letters: 1 });
    let letters: Vec<_> =
        sink.records().into_iter().filter(|record| record.destination == Destination::DeadLetters).collect();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].headers[0], Header::new("safir-dlq-reason", b"event_too_large".to_vec()));
    assert_eq!(letters[0].value.as_deref(), Some(&b"n=1000"[..]));
    assert_eq!(topic.committed(0), Some(3));
}

#[tokio::test]
async fn an_event_that_is_too_large_for_the_broker_makes_its_article_a_dead_letter() {
    let topic = topic(1, 20, "n=3");
    let sink = MemorySink::default().judged_by(|record| match record.value.as_deref() {
        Some(b"0/7/0" | b"0/7/2") => Err(DeliveryError::TooLarge("too large".into())),
        _ => Ok(()),
    });
    let summary = to_the_end(&topic, &sink, settings()).await.expect("the run succeeds");
    assert_eq!(summary, Summary { articles: 20, events: 58, dead_letters: 1 });
    assert_eq!(topic.committed(0), Some(20));
}

#[tokio::test]
async fn a_dead_letter_that_is_too_large_ends_the_run() {
    let topic = topic(1, 3, "bad and too long for this sink");
    let error =
        to_the_end(&topic, &MemorySink::default().with_max_bytes(9), settings()).await.expect_err("it cannot be kept");
    assert!(matches!(error, PipelineError::Delivery { offset: 0, .. }), "{error}");
    assert_eq!(topic.committed(0), None);
}

#[tokio::test]
async fn a_source_that_fails_ends_the_run_with_its_reason() {
    let topic = topic(1, 3, "n=1");
    let (source, control) = MemorySource::controlled(&topic);
    control.fail("the disk is gone");
    let result =
        run(settings(), Arc::new(scripted), source.staying(), MemorySink::default(), std::future::pending()).await;
    assert!(matches!(result, Err(PipelineError::Source(reason)) if reason == "the disk is gone"));
}

#[tokio::test]
async fn a_revoked_partition_is_drained_committed_and_left_and_nothing_is_done_twice_or_lost() {
    let topic = topic(2, 3000, "n=1 slow=1");
    let sink = MemorySink::default();
    let (first, control) = MemorySource::controlled(&topic);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(run(settings(), Arc::new(scripted), first.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("it has begun", || events(&sink).len() > 200).await;
    let start = Instant::now();
    let revocation = control.revoke(&[1], Duration::from_secs(10));
    eventually("the revocation is over", || revocation.try_recv().is_ok()).await;
    // The other partition goes on, and the new owner begins where this one ended.
    let handed_over = topic.committed(1).expect("a position");
    // Thousands were waiting at a millisecond each; only what was started may be waited for.
    assert!(start.elapsed() < Duration::from_secs(2), "the drain took {:?}", start.elapsed());
    assert!(handed_over < 3000);
    let second_sink = MemorySink::default();
    let second = MemorySource::new(&topic).owning(&[1]);
    run(settings(), Arc::new(scripted), second, second_sink.clone(), std::future::pending())
        .await
        .expect("the second run succeeds");
    eventually("partition 0 is done", || topic.committed(0) == Some(3000)).await;
    stop.send(()).expect("the pipeline runs");
    running.await.expect("no panic").expect("the run succeeds");
    let mut both = events(&sink);
    both.extend(events(&second_sink));
    assert_eq!(both.len(), 6000);
    both.sort_unstable();
    both.dedup();
    assert_eq!(both.len(), 6000);
}

#[tokio::test]
async fn acknowledgements_that_come_after_an_assignment_ended_move_no_offset() {
    let topic = topic(1, 10, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let (source, control) = MemorySource::controlled(&topic);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(run(settings(), Arc::new(scripted), source.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("all are sent", || sink.held() == 10).await;
    // The drain's deadline passes with everything unacknowledged, and the partition comes back.
    let _ = control.revoke(&[0], Duration::from_millis(50));
    control.assign(&[0]);
    eventually("all are sent again", || sink.held() == 20).await;
    // The first assignment's acknowledgements arrive now; the second's do not.
    let mut second = Vec::new();
    sink.release(|held| second = held.split_off(10));
    sink.hold();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(topic.committed(0), None);
    sink.release(|held| held.extend(second));
    eventually("the second assignment is committed", || topic.committed(0) == Some(10)).await;
    stop.send(()).expect("the pipeline runs");
    running.await.expect("no panic").expect("the run succeeds");
}

#[tokio::test]
async fn a_lost_partition_is_not_committed_and_its_series_disappear() {
    let topic = topic(1, 10, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let (source, control) = MemorySource::controlled(&topic);
    let settings = settings();
    let metrics = settings.metrics.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(run(settings, Arc::new(scripted), source.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("all are sent", || sink.held() == 10).await;
    // The gauges follow the work by a moment: without this the wait below could end before the loss is heard of.
    eventually("the budget is taken", || metrics.render().contains("safir_in_flight_records 10")).await;
    control.lose(&[0]);
    eventually("the budget is given back", || metrics.render().contains("safir_in_flight_records 0")).await;
    sink.release(|_| {});
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(topic.committed(0), None);
    assert!(!metrics.render().contains("partition=\"0\""));
    stop.send(()).expect("the pipeline runs");
    running.await.expect("no panic").expect("the run succeeds");
}

#[tokio::test]
async fn shutdown_finishes_and_commits_what_was_started_and_leaves_the_rest() {
    let topic = topic(2, 3000, "n=1 slow=1");
    let sink = MemorySink::default();
    let settings = settings();
    let health = settings.health.clone();
    let start = Instant::now();
    let shutdown = async {
        eventually("it has begun", || events(&sink).len() > 200).await;
    };
    run(settings, Arc::new(scripted), MemorySource::new(&topic), sink.clone(), shutdown)
        .await
        .expect("a shutdown is a success");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    for partition in 0..2 {
        let done = events(&sink).into_iter().filter(|event| event.0 == partition).count();
        assert_eq!(
            topic.committed(partition),
            Some(i64::try_from(done).expect("few")),
            "all that was sent is committed"
        );
        assert!(done < 3000);
    }
    assert!(health.unready().contains(&"draining before shutdown"));
}

#[tokio::test]
async fn a_shutdown_that_cannot_finish_in_time_says_what_is_left() {
    let topic = topic(1, 30, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let settings = Settings { shutdown_timeout: Duration::from_millis(100), ..settings() };
    let shutdown = async {
        eventually("all are sent", || sink.held() == 30).await;
    };
    let error = run(settings, Arc::new(scripted), MemorySource::new(&topic), sink.clone(), shutdown)
        .await
        .expect_err("nothing was acknowledged");
    assert!(matches!(error, PipelineError::ShutdownDeadline { unfinished: 30, .. }), "{error}");
    assert_eq!(topic.committed(0), None);
}

#[tokio::test]
async fn an_article_that_does_not_get_finished_makes_the_service_unready() {
    let topic = topic(1, 5, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let settings = Settings { stuck_after: Duration::from_millis(300), ..settings() };
    let health = settings.health.clone();
    let stuck = "there is work but no progress";
    let run = tokio::spawn({
        let (topic, sink) = (topic.clone(), sink.clone());
        async move { to_the_end(&topic, &sink, settings).await }
    });
    eventually("all are sent", || sink.held() == 5).await;
    assert!(!health.unready().contains(&stuck));
    eventually("it is noticed", || health.unready().contains(&stuck)).await;
    sink.release(|_| {});
    run.await.expect("no panic").expect("the run succeeds");
    assert!(!health.unready().contains(&stuck));
}

/// The pool must not sit on one article's core: as many are in work at a time as there are workers.
struct Counting {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Process for Counting {
    fn process(&self, _: &Partition, _: &InputRecord) -> Result<Vec<OutputRecord>, Rejection> {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        self.now.fetch_sub(1, Ordering::SeqCst);
        Ok(Vec::new())
    }
}

#[tokio::test]
async fn few_articles_are_spread_over_all_workers_and_never_more_are_in_work() {
    let topic = topic(1, 12, "");
    let counting = Arc::new(Counting { now: AtomicUsize::new(0), most: AtomicUsize::new(0) });
    let settings = Settings { workers: 3, ..settings() };
    run(settings, counting.clone(), MemorySource::new(&topic), MemorySink::default(), std::future::pending())
        .await
        .expect("the run succeeds");
    assert_eq!(counting.most.load(Ordering::SeqCst), 3);
}

/// Every transaction whose number the pattern names is aborted by the broker.
fn aborting(topic: &MemoryTopic, aborted: impl Fn(usize) -> bool + Send + Sync + 'static) -> MemorySink {
    MemorySink::transactional(topic).concluded_by(move |number| match aborted(number) {
        true => Conclusion::Aborted { reason: "as the test wants it".into() },
        false => Conclusion::Committed,
    })
}

fn transactions() -> Settings {
    Settings { transaction_interval: Duration::from_millis(5), ..settings() }
}

#[tokio::test]
async fn transactions_that_are_given_up_lose_nothing_repeat_nothing_and_keep_the_order() {
    let topic = MemoryTopic::new("news", 3);
    for at in 0..1500 {
        let text = match at % 11 {
            0 => "n=3 slow=2",
            1 => "n=0",
            2 => "bad",
            3 => "n=0 slow=2",
            _ => "n=2",
        };
        topic.append(at % 3, record(text));
    }
    let sink = aborting(&topic, |number| number % 3 == 1);
    let settings = transactions();
    let metrics = settings.metrics.clone();
    let summary = to_the_end(&topic, &sink, settings).await.expect("the run succeeds");
    let rest = |at: i32| at % 11;
    let count = |wanted: &dyn Fn(i32) -> u64| (0..1500).map(|at| wanted(rest(at))).sum::<u64>();
    let expected = Summary {
        articles: 1500,
        events: count(&|rest| match rest {
            0 => 3,
            1..=3 => 0,
            _ => 2,
        }),
        dead_letters: count(&|rest| u64::from(rest == 2)),
    };
    assert_eq!(summary, expected, "what counts is what was committed");
    let events = events(&sink);
    for partition in 0..3 {
        let order: Vec<_> = events.iter().filter(|event| event.0 == partition && event.2 != usize::MAX).collect();
        assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
        assert_eq!(topic.committed(partition), Some(500));
    }
    let letters = sink.records().iter().filter(|record| record.destination == Destination::DeadLetters).count();
    assert_eq!((events.len() - letters) as u64, expected.events);
    assert_eq!(letters as u64, expected.dead_letters);
    let text = metrics.render();
    assert!(text.contains(&format!(r#"safir_produced_records_total{{topic_kind="events"}} {}"#, expected.events)));
    assert!(!text.contains(r#"safir_transactions_total{result="aborted"} 0"#), "{text}");
}

#[tokio::test]
async fn transactions_of_which_nobody_knows_lose_nothing_and_repeat_nothing() {
    let topic = topic(3, 500, "n=2");
    // Of the unknown ones, half were committed.
    let sink = MemorySink::transactional(&topic).concluded_by(|number| match number % 3 {
        0 => Conclusion::Committed,
        _ => Conclusion::Unknown { reason: "the answer was lost".into() },
    });
    let settings = transactions();
    let metrics = settings.metrics.clone();
    to_the_end(&topic, &sink, settings).await.expect("the run succeeds");
    let mut events = events(&sink);
    events.sort_unstable();
    let expected: Vec<_> =
        (0..3).flat_map(|p| (0..500).flat_map(move |o| (0..2).map(move |event| (p, o, event)))).collect();
    assert_eq!(events, expected);
    assert!((0..3).all(|partition| topic.committed(partition) == Some(500)));
    let text = metrics.render();
    assert!(!text.contains(r#"safir_transactions_total{result="unknown"} 0"#), "{text}");
}

#[tokio::test]
async fn nothing_counts_before_the_transaction_is_committed() {
    let topic = topic(1, 20, "n=1");
    let sink = MemorySink::transactional(&topic);
    sink.hold_commits();
    let settings = transactions();
    let metrics = settings.metrics.clone();
    let run = tokio::spawn({
        let (topic, sink) = (topic.clone(), sink.clone());
        async move { to_the_end(&topic, &sink, settings).await }
    });
    eventually("a commit is asked for", || sink.holds_commit()).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!((sink.records().len(), topic.committed(0)), (0, None));
    assert!(metrics.render().contains(r#"safir_produced_records_total{topic_kind="events"} 0"#));
    sink.release_commit();
    let summary = run.await.expect("no panic").expect("the run succeeds");
    assert_eq!(summary.events, 20);
    assert_eq!((sink.records().len(), topic.committed(0)), (20, Some(20)));
}

#[tokio::test]
async fn a_revoked_partition_is_given_up_only_when_its_transaction_is_committed() {
    let topic = topic(2, 2000, "n=1");
    let sink = MemorySink::transactional(&topic);
    let (source, control) = MemorySource::controlled(&topic);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    // So long that only the drain can end it.
    let settings = Settings { transaction_interval: Duration::from_secs(3600), ..settings() };
    let metrics = settings.metrics.clone();
    let running = tokio::spawn(run(settings, Arc::new(scripted), source.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("it works", || metrics.render().contains(r#"safir_articles_consumed_total 4000"#)).await;
    sink.hold_commits();
    let over = control.revoke(&[0], Duration::from_secs(10));
    eventually("a commit is asked for", || sink.holds_commit()).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(over.try_recv().is_err(), "it was given up before the commit");
    sink.release_commit();
    tokio::task::spawn_blocking(move || over.recv()).await.expect("no panic").expect("given up");
    let given_up = topic.committed(0).expect("committed");
    stop.send(()).expect("the pipeline runs");
    running.await.expect("no panic").expect("the run succeeds");
    let zero = events(&sink).into_iter().filter(|event| event.0 == 0).count();
    assert_eq!(i64::try_from(zero).expect("few"), given_up);
    assert_eq!(topic.committed(1), Some(i64::try_from(events(&sink).len() - zero).expect("few")));
}

#[tokio::test]
async fn a_drain_that_ends_too_late_takes_its_transaction_with_it_and_others_are_read_again() {
    let topic = topic(2, 50, "n=1");
    let sink = MemorySink::transactional(&topic);
    sink.hold();
    let (source, control) = MemorySource::controlled(&topic);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(run(transactions(), Arc::new(scripted), source.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("all are sent", || sink.held() == 100).await;
    let over = control.revoke(&[0], Duration::from_millis(50));
    tokio::task::spawn_blocking(move || over.recv()).await.expect("no panic").expect("given up");
    eventually("partition 1 is sent again", || sink.held() == 50).await;
    assert_eq!((topic.committed(0), topic.committed(1)), (None, None));
    sink.release(|_| {});
    eventually("partition 1 is committed", || topic.committed(1) == Some(50)).await;
    control.assign(&[0]);
    eventually("partition 0 is committed", || topic.committed(0) == Some(50)).await;
    stop.send(()).expect("the pipeline runs");
    running.await.expect("no panic").expect("the run succeeds");
    let mut events = events(&sink);
    events.sort_unstable();
    assert_eq!(events, (0..2).flat_map(|p| (0..50).map(move |o| (p, o, 0))).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_lost_partition_takes_its_transaction_with_it() {
    let topic = topic(2, 50, "n=1");
    let sink = MemorySink::transactional(&topic);
    let (source, control) = MemorySource::controlled(&topic);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let settings = Settings { transaction_interval: Duration::from_millis(700), ..settings() };
    let metrics = settings.metrics.clone();
    let running = tokio::spawn(run(settings, Arc::new(scripted), source.staying(), sink.clone(), async {
        let _ = stopped.await;
    }));
    eventually("all are read", || metrics.render().contains("safir_articles_consumed_total 100")).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    control.lose(&[0]);
    eventually("partition 1 is read again and committed", || topic.committed(1) == Some(50)).await;
    assert_eq!(topic.committed(0), None);
    assert!(events(&sink).iter().all(|event| event.0 == 1));
    let text = metrics.render();
    assert!(text.contains(r#"safir_transactions_total{result="aborted"} 1"#), "{text}");
    stop.send(()).expect("the pipeline runs");
    running.await.expect("no panic").expect("the run succeeds");
}

#[tokio::test]
async fn a_transient_delivery_error_is_tried_again_in_another_transaction() {
    let topic = topic(1, 100, "n=1");
    let failures = AtomicUsize::new(0);
    let sink = MemorySink::transactional(&topic).judged_by(move |record| {
        let fails = record.value.as_deref() == Some(b"0/40/0") && failures.fetch_add(1, Ordering::SeqCst) < 3;
        if fails { Err(DeliveryError::Transient { kind: "timed_out", reason: "no answer".into() }) } else { Ok(()) }
    });
    let summary = to_the_end(&topic, &sink, transactions()).await.expect("the run succeeds");
    assert_eq!(summary.events, 100);
    assert_eq!(events(&sink), (0..100).map(|offset| (0, offset, 0)).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_event_that_the_broker_refuses_for_its_size_is_a_dead_letter_of_the_next_transaction() {
    let topic = MemoryTopic::new("news", 1);
    for text in ["n=1", "n=3", "n=1"] {
        topic.append(0, record(text));
    }
    let sink = MemorySink::transactional(&topic).judged_by(|record| {
        let large = record.destination == Destination::Events && record.value.as_deref() == Some(b"0/1/1");
        if large { Err(DeliveryError::TooLarge("more than the topic takes".into())) } else { Ok(()) }
    });
    let summary = to_the_end(&topic, &sink, transactions()).await.expect("the run succeeds");
    assert_eq!(summary.dead_letters, 1);
    let reason = Header::new("safir-dlq-reason", b"event_too_large".to_vec());
    assert_eq!(sink.records().iter().filter(|record| record.headers.first() == Some(&reason)).count(), 1);
    assert_eq!(topic.committed(0), Some(3));
}

#[tokio::test]
async fn a_sink_that_fails_for_good_ends_the_run_and_commits_nothing_more() {
    let topic = topic(1, 500, "n=1 slow=1");
    let sink = MemorySink::transactional(&topic).concluded_by(|number| match number {
        3.. => Conclusion::Failed { reason: "fenced".into() },
        _ => Conclusion::Committed,
    });
    let error = to_the_end(&topic, &sink, transactions()).await.expect_err("the sink failed");
    assert!(matches!(&error, PipelineError::Sink(reason) if reason == "fenced"), "{error}");
    let committed = topic.committed(0).expect("two transactions were committed");
    assert_eq!(events(&sink), (0..committed).map(|offset| (0, offset, 0)).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_shutdown_commits_the_open_transaction() {
    let topic = topic(2, 3000, "n=1 slow=1");
    let sink = MemorySink::transactional(&topic);
    let settings = Settings { transaction_interval: Duration::from_secs(3600), ..settings() };
    let shutdown = tokio::time::sleep(Duration::from_millis(300));
    let summary = run(settings, Arc::new(scripted), MemorySource::new(&topic), sink.clone(), shutdown)
        .await
        .expect("a shutdown is a success");
    assert!(summary.events > 0 && summary.events < 6000, "{summary:?}");
    assert_eq!(summary.events as usize, sink.records().len());
    let committed: i64 = (0..2).filter_map(|partition| topic.committed(partition)).sum();
    assert_eq!(committed as u64, summary.events);
}

#[tokio::test]
async fn transactions_that_never_succeed_make_the_service_unready() {
    let topic = topic(1, 5, "n=1");
    let sink = aborting(&topic, |_| true);
    let settings = Settings { stuck_after: Duration::from_millis(500), ..transactions() };
    let health = settings.health.clone();
    let run = tokio::spawn(async move { to_the_end(&topic, &sink, settings).await });
    eventually("it is noticed", || health.unready().contains(&"there is work but no progress")).await;
    run.abort();
}

#[tokio::test]
async fn a_stall_ends_the_run_and_the_next_one_reads_the_articles_again() {
    let topic = topic(1, 5, "n=1");
    let sink = MemorySink::default();
    sink.hold();
    let (stuck_after, exit_after) = (Duration::from_millis(200), Some(Duration::from_millis(600)));
    let settings = Settings { stuck_after, exit_after, ..settings() };
    let start = Instant::now();
    let error = to_the_end(&topic, &sink, settings).await.expect_err("nothing is acknowledged");
    assert!(matches!(error, PipelineError::Stalled(_)), "{error}");
    assert!(start.elapsed() > Duration::from_millis(600) && start.elapsed() < Duration::from_secs(5));
    assert_eq!(topic.committed(0), None);
    let summary = to_the_end(&topic, &MemorySink::default(), self::settings()).await.expect("the run succeeds");
    assert_eq!(summary.events, 5);
}

/// Says nothing, and does not end either.
struct Silent;

impl Source for Silent {
    fn run(self, port: SourcePort) -> Result<(), String> {
        port.beat();
        std::thread::sleep(Duration::from_secs(30));
        Ok(())
    }
}

#[tokio::test]
async fn a_consumer_that_hangs_ends_the_run() {
    let settings = Settings { exit_after: Some(Duration::from_millis(300)), ..settings() };
    let start = Instant::now();
    let error = run(settings, Arc::new(scripted), Silent, MemorySink::default(), std::future::pending())
        .await
        .expect_err("nothing comes");
    assert!(matches!(error, PipelineError::Stalled(_)), "{error}");
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_article_that_takes_too_long_becomes_a_dead_letter_and_its_worker_is_replaced() {
    let topic = MemoryTopic::new("news", 1);
    // In one batch of the only worker, which would need a minute.
    for text in ["n=1", "slow=20000", "n=1", "slow=20000", "slow=20000", "n=1"] {
        topic.append(0, record(text));
    }
    let sink = MemorySink::default();
    let article_timeout = Some(Duration::from_millis(300));
    let settings = Settings { workers: 1, article_timeout, ..settings() };
    let metrics = settings.metrics.clone();
    let start = Instant::now();
    let summary = to_the_end(&topic, &sink, settings).await.expect("the run succeeds");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(summary, Summary { articles: 6, events: 3, dead_letters: 3 });
    let records = sink.records();
    assert_eq!(records[1].headers[0], Header::new("safir-dlq-reason", b"timeout".to_vec()));
    assert_eq!(records[1].value.as_deref(), Some(&b"slow=20000"[..]));
    let order: Vec<_> = events(&sink).into_iter().filter(|event| event.0 == 0).collect();
    assert_eq!(order, [(0, 0, 0), (0, 2, 0), (0, 5, 0)]);
    assert!(metrics.render().contains(r#"safir_articles_failed_total{reason="timeout"} 3"#));
    assert_eq!(topic.committed(0), Some(6));
}

#[tokio::test]
async fn when_too_many_workers_hang_the_run_ends() {
    let topic = topic(1, 40, "slow=20000");
    let article_timeout = Some(Duration::from_millis(10));
    let settings = Settings { workers: 4, article_timeout, ..settings() };
    let error = to_the_end(&topic, &MemorySink::default(), settings).await.expect_err("too many hang");
    assert!(matches!(&error, PipelineError::Internal(reason) if reason.contains("workers hang")), "{error}");
}
