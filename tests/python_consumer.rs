//! The Python example does what docs/CONSUMING.md says, against a real Apache Kafka.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use safir::record;
use serde_json::Value;
use support::articles::{arabic, english};
use support::kafka::{Kafka, Sent, unique};
use support::service::Line;
use support::{cache, lock, tools};

fn example(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/python").join(file)
}

/// The Python interpreter of an environment with the pinned requirements of the example.
fn python() -> PathBuf {
    tools::python_with_venv();
    let _lock = lock("python");
    let requirements = fs::read_to_string(example("requirements.txt")).expect("the requirements");
    let folder = cache().join("python");
    let (python, stamp) = (folder.join("bin/python"), folder.join("requirements.txt"));
    // The stamp is written last, so an interrupted or outdated installation is done again.
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements) {
        return python;
    }
    let _ = fs::remove_dir_all(&folder);
    tools::run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    tools::run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(example("requirements.txt")),
    );
    fs::write(&stamp, requirements).expect("writing into the test cache");
    python
}

/// Numbers as they compare, whatever their notation.
fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        Value::Array(values) => values.into_iter().map(normal).collect(),
        Value::Object(object) => object.into_iter().map(|(key, value)| (key, normal(value))).collect(),
        other => other,
    }
}

#[test]
fn the_python_example_reads_every_event_once_and_continues_where_it_stopped() {
    let python = python();
    let generated = tempfile::tempdir().expect("a temporary folder");
    tools::run(Command::new(example("generate.sh")).arg(generated.path()).env("PYTHON", &python));

    let kafka = Kafka::shared();
    let line = Line::new(kafka, "python", 2, 2);
    let sent = [Sent::new("1", english("en-1")), Sent::new("2", arabic("ar-1")), Sent::new("3", english("en-2"))];
    kafka.produce(&line.input, &sent);
    let mut safir = line.start_ready();
    line.wait_until_done(kafka);
    assert!(safir.terminate().success());
    let records = kafka.read_all(&line.output);
    assert!(records.len() >= 3, "{} events", records.len());
    let events: Vec<Value> = records
        .iter()
        .map(|record| {
            let event = record::decode_event(record.value()).expect("an event");
            normal(serde_json::from_str(&record::json_of(&event)).expect("JSON"))
        })
        .collect();

    // Repetitions, a record of a later major version and one that is no event at all, in every partition: the example
    // has to drop them and go on.
    let mut noise = Vec::new();
    for partition in [0, 1] {
        noise.push(Sent { value: records[0].value.clone(), ..Sent::new("en-1", "") }.to(partition));
        noise.push(Sent::new("later", b"\x08\x01".to_vec()).to(partition).header("safir-schema-version", b"2"));
        noise.push(Sent::new("noise", b"\xff\xff\xff".to_vec()).to(partition));
    }
    kafka.produce(&line.output, &noise);
    // After the noise comes one more event, by which the example has seen all of it.
    let last = [english("en-3"), english("en-4"), english("en-5"), english("en-6")];
    let sent: Vec<_> = last.iter().map(|value| Sent::new("more", value.clone())).collect();
    kafka.produce(&line.input, &sent);
    let mut safir = line.start_ready();
    line.wait_until_done(kafka);
    assert!(safir.terminate().success());
    let all: BTreeSet<String> = kafka
        .read_all(&line.output)
        .iter()
        .filter_map(|record| record.header("safir-event-id").map(str::to_owned))
        .collect();

    let group = unique("python-consumer");
    let read = |limit: usize| -> Vec<Value> {
        let output = tools::run(
            Command::new(&python)
                .arg(example("consumer.py"))
                .args(["--brokers", kafka.bootstrap(), "--topic", &line.output, "--group", &group, "--json"])
                .args(["--limit", &limit.to_string()])
                .env("SAFIR_GENERATED", generated.path()),
        );
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().map(|line| normal(serde_json::from_str(line).expect("JSON"))).collect()
    };
    let first = read(2);
    // Its memory of ids does not outlive the process, so the second run may meet the repeated event once more.
    let second = read(all.len() - 2);
    assert_eq!(first.len(), 2);
    let id = |event: &Value| event["id"].as_str().expect("an id").to_owned();
    let found: Vec<_> = first.iter().chain(&second).collect();
    let ids: BTreeSet<_> = found.iter().map(|event| id(event)).collect();
    assert!(ids.len() >= all.len() - 1 && ids.is_subset(&all), "{ids:?}\n{all:?}");
    for event in found {
        if let Some(known) = events.iter().find(|known| id(known) == id(event)) {
            assert_eq!(event, known, "Python and Safir give the same JSON");
        }
    }
}
