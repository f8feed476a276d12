//! Nothing lost, nothing twice: what Safir promises while everything around it fails, on three Apache Kafka brokers.
//!
//! Each test's name is the promise. Each runs in every mode of delivery at once, under load, on numbered articles of which
//! each tells exactly one event or becomes one dead letter; afterwards the committed records are compared one by one
//! (`tests/support/ledger.rs`). `at_least_once` may repeat an event with the same bytes; `exactly_once` may not.
//!
//! `a_storm_of_all_faults_loses_nothing` plays the faults at random for 15 seconds. A long one:
//!
//! ```sh
//! SAFIR_STORM_SECONDS=1800 cargo test --release --test faults a_storm -- --nocapture
//! ```
//!
//! It prints its seed; `SAFIR_STORM_SEED` plays the same faults again, `SAFIR_STORM_DELIVERY` takes one mode alone,
//! `SAFIR_STORM_LOGS` names a folder for what the instances say, and `SAFIR_STORM_DEBUG` what librdkafka is to say.

mod support;

use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::dice::{Dice, number};
use support::eventually;
use support::kafka::Received;
use support::ledger::{self, Account, Fate, Feeder};
use support::proxy::Weather;
use support::trial::{LIMIT, Plan, Trial};

fn sleep(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}

#[test]
fn every_numbered_article_tells_one_event_or_is_refused() {
    for article in ledger::articles_of(340, 4) {
        let decoder = safir::config::Config::default().decoder().expect("the default pointers are sound");
        match article.fate() {
            Fate::DeadLetter => {
                let error = decoder.decode(&article.value()).expect_err("not an article");
                assert!(!error.reason().is_empty());
            }
            Fate::Event => {
                let events = support::articles::expected(&article.value());
                assert_eq!(events.len(), 1, "{}: {events:?}", String::from_utf8_lossy(&article.value()));
            }
        }
    }
}

#[test]
fn an_article_that_stands_in_the_input_twice_has_to_be_told_twice_and_no_more() {
    let mut articles = ledger::articles_of(12, 2);
    let refused = articles.iter().position(|article| article.fate() == Fate::DeadLetter).expect("one of twelve");
    let record = |number: usize, partition: i32, offset: i64, header: (&str, String)| Received {
        partition,
        offset,
        key: None,
        value: Some(articles[number].value()),
        headers: vec![("number", number.to_string()), header]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Some(value.into_bytes())))
            .collect(),
        timestamp_ms: None,
    };
    let partition = articles[refused].partition;
    // All of one partition, this one article twice.
    let input: Vec<Received> = articles
        .iter()
        .flat_map(|article| vec![article; if article.number == refused { 2 } else { 1 }])
        .filter(|article| article.partition == partition)
        .enumerate()
        .map(|(offset, article)| record(article.number, partition, offset as i64, ("", String::new())))
        .collect();
    let letter = |offset: usize| record(refused, 0, offset as i64, ("safir-dlq-offset", offset.to_string()));
    let first = articles[refused].sequence;
    let letters = [letter(first), letter(first + 1), letter(first + 1)];
    ledger::locate(&mut articles, &input);
    assert_eq!(articles[refused].offsets, [first, first + 1]);
    let account = |letters| Account::take(&articles, "input", &[], letters);
    assert!(account(&letters[..1]).lost.contains(&refused));
    let all = account(&letters[..2]);
    assert!(!all.lost.contains(&refused) && all.repeated.is_empty() && all.wrong.is_empty(), "{all}");
    assert_eq!(all.doubled, 1);
    assert_eq!(account(&letters).repeated, [refused]);
}

#[test]
fn instances_that_are_killed_under_load_lose_nothing() {
    let mut trial = Trial::beside_others(&Plan::new("kill", 3));
    for victim in [0, 2] {
        for run in &mut trial.runs {
            run.instances[victim].kill();
            // The next one has a name of its own and does not wait for the dead one's session.
            run.replace(victim);
        }
        trial.flows(100);
    }
    trial.holds();
}

#[test]
fn instances_that_are_told_to_end_under_load_lose_nothing_and_repeat_nothing() {
    let mut trial = Trial::beside_others(&Plan::patient("term", 2));
    for victim in [0, 1] {
        for run in &mut trial.runs {
            let status = run.instances[victim].terminate();
            assert!(status.success(), "{}: {status}", run.delivery);
            run.replace(victim);
        }
        trial.flows(100);
    }
    for (delivery, account) in trial.holds() {
        assert!(account.repeated.is_empty(), "{delivery}: {account}");
    }
}

#[test]
fn members_that_join_and_leave_every_second_lose_nothing_and_repeat_nothing() {
    let mut trial = Trial::beside_others(&Plan::patient("churn", 1));
    for _ in 0..4 {
        for run in &mut trial.runs {
            let mut newcomer = run.line.start();
            newcomer.wait_until_running();
            run.instances.push(newcomer);
        }
        sleep(1000);
        for run in &mut trial.runs {
            let mut oldest = run.instances.remove(0);
            let status = oldest.terminate();
            assert!(status.success(), "{}: {status}\n{}", run.delivery, oldest.log());
            run.logs.push(oldest.log());
        }
    }
    trial.flows(100);
    for (delivery, account) in trial.holds() {
        assert!(account.repeated.is_empty(), "{delivery}: {account}");
    }
}

#[test]
fn an_instance_that_slept_past_its_session_is_fenced_and_commits_nothing_of_what_it_held() {
    let mut trial = Trial::beside_others(&Plan::new("sleep", 2));
    for run in &mut trial.runs {
        run.instances[0].signal(Signal::STOP);
    }
    // Its partitions go to the other one, which goes past what the sleeper holds.
    for run in &mut trial.runs {
        let partitions = || run.instances[1].metric("safir_assigned_partitions");
        eventually("the one that is awake has all partitions", LIMIT, || (partitions() == 4.0).then_some(()));
    }
    trial.flows(100);
    let before: Vec<_> = trial.runs.iter().map(|run| trial.kafka.committed(&run.line.group, &run.line.input)).collect();
    for run in &mut trial.runs {
        run.instances[0].signal(Signal::CONT);
    }
    sleep(1500);
    for (run, before) in trial.runs.iter().zip(before) {
        let after = trial.kafka.committed(&run.line.group, &run.line.input);
        for (partition, position) in before {
            assert!(after[&partition] >= position, "{}: a position went back", run.delivery);
        }
    }
    trial.flows(100);
    trial.holds();
}

#[test]
fn a_missing_dead_letter_topic_stops_the_instance_and_drops_nothing() {
    let kafka = Trial::cluster();
    let _hold = Trial::hold();
    for delivery in support::trial::deliveries() {
        let mut line = support::trial::line(kafka, "letterless", delivery, 1)
            .set("kafka.producer", "\"topic.metadata.propagation.max.ms\" = 1000");
        let there = std::mem::replace(&mut line.dead_letters, support::kafka::unique("missing"));
        let feeder = Feeder::start(kafka, &line.input, 1, 200);
        let mut first = line.start();
        let status = first.wait();
        assert!(!status.success(), "{delivery}: it went on\n{}", first.log());
        assert!(first.log().contains(&line.dead_letters), "{delivery}: the log does not name the topic");
        let articles = feeder.stop();
        let refused = articles.iter().position(|article| article.fate() == Fate::DeadLetter).expect("a bad one");
        let committed = kafka.committed(&line.group, &line.input).get(&0).copied().unwrap_or(0);
        assert!(committed <= refused as i64, "{delivery}: {committed} is committed, and {refused} was kept nowhere");
        line.dead_letters = there;
        let mut second = line.start();
        line.wait_until_done(kafka);
        assert!(second.terminate().success());
        let events = kafka.read_committed(&line.output);
        let account = Account::take(&articles, &line.input, &events, &kafka.read_committed(&line.dead_letters));
        println!("{delivery}: {account}");
        account.assert_at_least_once();
        assert!(*delivery != "exactly_once" || account.repeated.is_empty(), "{delivery}: {account}");
    }
}

#[test]
fn a_topic_that_comes_late_is_read_from_its_beginning() {
    let kafka = Trial::cluster();
    let _hold = Trial::hold();
    for delivery in support::trial::deliveries() {
        let mut line = support::trial::line(kafka, "late", delivery, 1);
        line.input = support::kafka::unique("late-articles");
        let mut safir = line.start();
        sleep(1500);
        assert!(safir.ended().is_none(), "{delivery}: it did not wait\n{}", safir.log());
        kafka.create_topic(&line.input, 2);
        let feeder = Feeder::start(kafka, &line.input, 2, 200);
        sleep(500);
        let articles = feeder.stop();
        line.wait_until_done(kafka);
        assert!(safir.terminate().success());
        let events = kafka.read_committed(&line.output);
        let account = Account::take(&articles, &line.input, &events, &kafka.read_committed(&line.dead_letters));
        account.assert_exactly_once();
    }
}

#[test]
fn partitions_added_while_running_are_read_from_their_beginning() {
    let mut trial = Trial::beside_others(&Plan::patient("grow", 2));
    for run in &trial.runs {
        trial.kafka.add_partitions(&run.line.input, 6);
        run.feeder.as_ref().expect("fed").use_partitions(6);
    }
    trial.flows(100);
    for (delivery, account) in trial.holds() {
        assert!(account.repeated.is_empty(), "{delivery}: {account}");
    }
}

#[test]
fn a_log_cut_off_beyond_the_position_is_read_from_what_is_left_of_it() {
    let kafka = Trial::cluster();
    let _hold = Trial::hold();
    for delivery in support::trial::deliveries() {
        let line = support::trial::line(kafka, "cut", delivery, 1);
        let feed = |millis| {
            let feeder = Feeder::start(kafka, &line.input, 1, 300);
            sleep(millis);
            feeder.stop().len() as i64
        };
        let first = feed(300);
        let mut safir = line.start_ready();
        line.wait_until_done(kafka);
        assert!(safir.terminate().success());
        // While nobody reads, retention takes more than what was read.
        let all = first + feed(500);
        let left = first + (all - first) / 2;
        kafka.truncate(&line.input, 0, left);
        let mut safir = line.start_ready();
        line.wait_until_done(kafka);
        assert!(safir.terminate().success());
        let mut offsets: Vec<i64> = kafka
            .read_committed(&line.output)
            .iter()
            .map(|record| safir::record::decode_event(record.value()).expect("an event").article.expect("one").offset)
            .collect();
        let letters = kafka.read_committed(&line.dead_letters);
        let letters = letters.iter().map(|letter| letter.header("safir-dlq-offset").expect("an offset"));
        offsets.extend(letters.map(|offset| offset.parse::<i64>().expect("a number")));
        offsets.sort_unstable();
        let expected: Vec<i64> = (0..first).chain(left..all).collect();
        assert_eq!(offsets, expected, "{delivery}");
    }
}

#[test]
fn a_log_cut_off_beyond_the_position_stops_an_instance_that_was_told_not_to_go_on() {
    let kafka = Trial::cluster();
    let _hold = Trial::hold();
    for delivery in support::trial::deliveries() {
        let line = support::trial::line(kafka, "strict", delivery, 1);
        let feeder = Feeder::start(kafka, &line.input, 1, 300);
        sleep(300);
        feeder.stop();
        let mut safir = line.start_ready();
        line.wait_until_done(kafka);
        assert!(safir.terminate().success());
        let before = kafka.committed(&line.group, &line.input);
        let feeder = Feeder::start(kafka, &line.input, 1, 300);
        sleep(300);
        feeder.stop();
        kafka.truncate(&line.input, 0, before[&0] + 10);
        let strict = support::service::Line { reset: "error", ..line };
        let mut safir = strict.start();
        assert!(!safir.wait().success(), "{delivery}: it skipped what is gone");
        assert_eq!(kafka.committed(&strict.group, &strict.input), before, "{delivery}");
    }
}

#[test]
fn an_event_too_large_for_its_topic_becomes_one_dead_letter_and_the_others_pass() {
    let kafka = Trial::cluster();
    let _hold = Trial::hold();
    for delivery in support::trial::deliveries() {
        let mut line = support::trial::line(kafka, "large", delivery, 1);
        line.output = support::kafka::unique("small-events");
        kafka.create_topic_with(&line.output, 1, &[("max.message.bytes", "100000")]);
        // An event holds the title of its article, so that a long one makes an event that is too large.
        let mut dice = Dice(7);
        let mut word = || (0..9).map(|_| char::from(b'a' + dice.below(26) as u8)).collect::<String>();
        let mut sent = Vec::new();
        for number in 0..60 {
            // Nonsense, which does not shrink under compression.
            let words = if number % 20 == 7 { 30_000 } else { 100 };
            let title: String = (0..words).map(|_| word() + " ").collect();
            let body = "Chilean President Tomas Alvarado said that the treaty would be signed soon.";
            let id = format!("a-{number}");
            let value = serde_json::json!({ "id": id, "language": "en", "title": title, "body": body }).to_string();
            assert_eq!(support::articles::expected(value.as_bytes()).len(), 1, "{number}");
            sent.push(support::kafka::Sent::new(&format!("a-{number}"), value));
        }
        kafka.produce(&line.input, &sent);
        let mut safir = line.start();
        line.wait_until_done(kafka);
        assert!(safir.terminate().success());
        let keys = |topic| kafka.read_committed(topic).iter().map(|record| record.key().to_owned()).collect::<Vec<_>>();
        let (large, small): (Vec<_>, Vec<_>) = (0..60).partition(|number| number % 20 == 7);
        let named = |numbers: &[i32]| numbers.iter().map(|number| format!("a-{number}")).collect::<Vec<_>>();
        assert_eq!(keys(&line.dead_letters), named(&large), "{delivery}");
        assert_eq!(keys(&line.output), named(&small), "{delivery}");
    }
}

#[test]
fn a_broker_that_restarts_loses_nothing() {
    let mut trial = Trial::alone(&Plan::new("restart", 2));
    trial.kafka.stop(0);
    trial.flows(100);
    trial.kafka.revive(0);
    trial.flows(100);
    trial.holds();
}

#[test]
fn a_leader_that_stops_answering_and_comes_back_after_it_was_replaced_loses_nothing() {
    let mut trial = Trial::alone(&Plan::new("leader", 2));
    let old = trial.kafka.leader(&trial.runs[0].line.output, 0);
    trial.kafka.freeze(old);
    eventually("another broker leads", LIMIT, || {
        (trial.kafka.leader(&trial.runs[0].line.output, 0) != old).then_some(())
    });
    trial.flows(100);
    trial.kafka.thaw(old);
    trial.kafka.wait_until_in_sync();
    trial.flows(100);
    trial.holds();
}

#[test]
fn the_loss_of_the_group_coordinator_loses_nothing() {
    let mut trial = Trial::alone(&Plan::new("coordinator", 2));
    let coordinator = trial.kafka.coordinator(&trial.runs[0].line.group);
    trial.kafka.kill(coordinator);
    trial.flows(100);
    trial.kafka.revive(coordinator);
    trial.holds();
}

#[test]
fn a_slow_network_loses_nothing_and_repeats_nothing() {
    let mut trial = Trial::alone(&Plan::patient("slow", 2));
    let delay = Weather { delay: Duration::from_millis(150), ..Weather::default() };
    trial.kafka.proxies().iter().for_each(|proxy| proxy.set(delay));
    trial.flows(100);
    let throttle = Weather { bytes_per_second: Some(200_000), ..Weather::default() };
    trial.kafka.proxies().iter().for_each(|proxy| proxy.set(throttle));
    trial.flows(100);
    trial.kafka.proxies().iter().for_each(|proxy| proxy.set(Weather::default()));
    for (delivery, account) in trial.holds() {
        assert!(account.repeated.is_empty(), "{delivery}: {account}");
    }
}

#[test]
fn connections_that_are_cut_again_and_again_lose_nothing_and_repeat_nothing() {
    let mut trial = Trial::alone(&Plan::patient("wire", 2));
    for round in 0..8 {
        trial.kafka.proxies()[round % 3].cut();
        sleep(300);
    }
    trial.kafka.proxies()[0].set(Weather { refuse: true, ..Weather::default() });
    trial.kafka.proxies()[0].cut();
    sleep(1500);
    trial.kafka.proxies()[0].set(Weather::default());
    trial.flows(100);
    for (delivery, account) in trial.holds() {
        assert!(account.repeated.is_empty(), "{delivery}: {account}");
    }
}

#[test]
fn half_open_connections_are_given_up_and_lose_nothing() {
    let mut trial = Trial::alone(&Plan::new("half", 2));
    trial.kafka.proxies().iter().for_each(support::proxy::Proxy::half_open);
    trial.flows(100);
    trial.holds();
}

#[test]
fn a_storm_of_all_faults_loses_nothing() {
    let seed = number("SAFIR_STORM_SEED").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
        u64::from(now.subsec_nanos()) ^ now.as_secs()
    });
    let seconds = number("SAFIR_STORM_SECONDS").unwrap_or(15);
    println!("storm: SAFIR_STORM_SEED={seed} SAFIR_STORM_SECONDS={seconds}");
    let mut dice = Dice(seed);
    let mut trial = Trial::alone(&Plan::new("storm", 3));
    let kafka = trial.kafka;
    let proxies = kafka.proxies();
    let (start, mut played) = (Instant::now(), std::collections::BTreeMap::<&str, usize>::new());
    while start.elapsed() < Duration::from_secs(seconds) {
        let (broker, instance) = (dice.below(3), dice.below(3));
        let name = match dice.below(14) {
            0 | 1 => {
                for run in &mut trial.runs {
                    run.instances[instance].kill();
                    run.replace(instance);
                }
                "instance killed"
            }
            2 | 3 => {
                for run in &mut trial.runs {
                    run.instances[instance].wait_until_running();
                    run.instances[instance].signal(Signal::TERM);
                }
                for run in &mut trial.runs {
                    // In bad weather it may have to give up what it has started, which is an end like a crash.
                    run.instances[instance].wait();
                    run.replace(instance);
                }
                "instance told to end"
            }
            4 => {
                trial.runs.iter().for_each(|run| run.instances[instance].signal(Signal::STOP));
                sleep(8000);
                trial.runs.iter().for_each(|run| run.instances[instance].signal(Signal::CONT));
                "instance asleep past its session"
            }
            5 => {
                for run in &mut trial.runs {
                    let mut newcomer = run.line.start();
                    newcomer.wait_until_running();
                    sleep(300 + dice.roll() % 1500);
                    newcomer.signal(Signal::TERM);
                    newcomer.wait();
                }
                "member comes and goes"
            }
            6 => {
                kafka.kill(broker);
                sleep(1000 + dice.roll() % 4000);
                kafka.revive(broker);
                "broker killed"
            }
            7 => {
                kafka.stop(broker);
                sleep(1000 + dice.roll() % 2000);
                kafka.revive(broker);
                "broker restarted"
            }
            8 => {
                kafka.freeze(broker);
                sleep(1000 + dice.roll() % 8000);
                kafka.thaw(broker);
                kafka.wait_until_in_sync();
                "broker frozen"
            }
            9 => {
                proxies[broker].cut();
                "connections cut"
            }
            10 => {
                proxies[broker].half_open();
                "connections half-open"
            }
            11 => {
                let delay = Duration::from_millis(20 + dice.roll() % 400);
                proxies.iter().for_each(|proxy| proxy.set(Weather { delay, ..Weather::default() }));
                sleep(3000);
                proxies.iter().for_each(|proxy| proxy.set(Weather::default()));
                "network delayed"
            }
            12 => {
                let bytes_per_second = Some(20_000 + (dice.roll() % 100_000) as u32);
                proxies[broker].set(Weather { bytes_per_second, ..Weather::default() });
                sleep(3000);
                proxies[broker].set(Weather::default());
                "network throttled"
            }
            _ => {
                proxies[broker].set(Weather { refuse: true, ..Weather::default() });
                proxies[broker].cut();
                sleep(500 + dice.roll() % 3000);
                proxies[broker].set(Weather::default());
                "broker unreachable"
            }
        };
        *played.entry(name).or_default() += 1;
        println!("storm: {:>4} s {name}", start.elapsed().as_secs());
        trial.runs.iter_mut().for_each(support::trial::Run::tend);
        sleep(dice.roll() % 2000);
    }
    println!("storm: {:.0} s of faults: {played:?}", start.elapsed().as_secs_f64());
    for run in &trial.runs {
        println!("storm: {}: instances that ended by themselves: {:?}", run.delivery, run.ended);
    }
    for (delivery, account) in trial.finish() {
        println!("storm: seed {seed}, {delivery}: {account}");
        match delivery {
            "exactly_once" => account.assert_exactly_once(),
            _ => account.assert_storm(),
        }
    }
}
