//! The program as its users meet it: arguments in; stdout, stderr and the exit code out.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn safir() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_safir"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("SAFIR_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    safir().args(arguments).output().expect("the program starts")
}

fn run_with_stdin(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = safir()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The program may refuse its arguments before it reads.
    let _ = child.stdin.take().expect("stdin is piped").write_all(input);
    child.wait_with_output().expect("the program ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("stdout is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("stderr is UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {:?}", output.status))
}

fn events(output: &Output) -> Vec<serde_json::Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("each line is one JSON event")).collect()
}

fn samples() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/samples").to_owned()
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the file is written");
    path.display().to_string()
}

fn article(id: &str) -> String {
    let body = "Portuguese Foreign Minister Duarte Meireles arrived in Oslo on Tuesday.";
    format!(r#"{{"id":"{id}","body":"{body}","language":"en"}}"#)
}

#[test]
fn extract_prints_one_json_event_a_line_when_piped() {
    let output = run(&["extract", &samples()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(stderr(&output), "", "nothing but events, and no progress bar, when nobody watches");
    let events = events(&output);
    assert!(events.len() > 20);
    for event in &events {
        assert!(event["type"].as_str().unwrap().starts_with("EVENT_TYPE_"));
        assert_eq!(event["extractor"]["name"], "safir");
    }
}

#[test]
fn extract_writes_in_the_order_of_the_input_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<_> = (0..700).map(|number| article(&format!("a-{number}"))).collect();
    let file = write(folder.path(), "many.jsonl", lines.join("\n"));
    let one = run(&["extract", &file, "--threads", "1"]);
    let many = run(&["extract", &file, "--threads", "5"]);
    assert_eq!((code(&one), code(&many)), (0, 0));
    assert!(one.stdout == many.stdout, "the same bytes");
    let numbers: Vec<u32> = events(&one)
        .iter()
        .map(|event| event["article"]["id"].as_str().unwrap().strip_prefix("a-").unwrap().parse().unwrap())
        .collect();
    assert!(numbers.is_sorted());
    assert_eq!(numbers.last(), Some(&699));
}

#[test]
fn a_bad_line_is_named_the_rest_goes_on_and_the_exit_code_is_3() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [article("good-1"), "{\"id\":\"x\",\"body\":\"cut".into(), "{\"body\":7}".into(), article("good-2")];
    let file = write(folder.path(), "mixed.jsonl", lines.join("\n"));
    let output = run(&["extract", &file]);
    assert_eq!(code(&output), 3);
    let ids: Vec<_> = events(&output).iter().map(|event| event["article"]["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.contains(&"good-1".to_owned()) && ids.contains(&"good-2".to_owned()));
    let messages = stderr(&output);
    let messages: Vec<_> = messages.lines().collect();
    assert_eq!(messages.len(), 2);
    assert!(
        messages[0].starts_with(&format!("{file}:2: invalid JSON: EOF while parsing a string at byte 21")),
        "{messages:?}"
    );
    assert_eq!(messages[1], format!("{file}:3: /body is a number where text is expected"));
}

#[test]
fn extract_reads_stdin_as_lines_document_or_plain_text() {
    let lines = run_with_stdin(&["extract", "-"], format!("{}\n{}\n", article("a"), article("b")).as_bytes());
    let pretty: serde_json::Value = serde_json::from_str(&article("c")).unwrap();
    let document = run_with_stdin(&["extract", "-"], serde_json::to_string_pretty(&pretty).unwrap().as_bytes());
    let text = run_with_stdin(&["extract", "-"], "التقى وزير الخارجية العراقي نظيره الأردني في عمّان.".as_bytes());
    for (output, id) in [(&lines, "b"), (&document, "c"), (&text, "stdin")] {
        assert_eq!(code(output), 0, "{}", stderr(output));
        assert_eq!(events(output).last().expect("an event")["article"]["id"], id);
    }
}

#[test]
fn a_plain_text_file_is_one_article_with_its_id_from_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Portuguese Foreign Minister Duarte Meireles arrived in Oslo on Tuesday.";
    let file = write(folder.path(), "oslo-visit.txt", text);
    let output = run(&["extract", &file]);
    let events = events(&output);
    assert_eq!(events[0]["article"]["id"], "oslo-visit");
    let sentence = &events[0]["sentence"];
    let start = sentence.get("start").map_or(0, |value| value.as_u64().unwrap()) as usize;
    let end = sentence["end"].as_u64().unwrap() as usize;
    assert_eq!(sentence["text"], text[start..end]);
}

#[test]
fn extract_as_text_is_readable_and_names_articles_without_events() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "calm.txt", "The sea was calm and the bread was warm.");
    let output = run(&["extract", &samples(), &file, "--format", "text"]);
    assert_eq!(code(&output), 0);
    let shown = stdout(&output);
    assert!(shown.contains("  MEETING    ") && shown.contains("  STATEMENT  "));
    assert!(shown.contains("calm\nen · calm\n\n  no events\n"), "{}", &shown[shown.len() - 200..]);
    assert!(!shown.contains('\u{1b}'), "no colour when stdout is no terminal");
    let isolates = shown.matches(['\u{2066}', '\u{2067}', '\u{2068}']).count();
    assert_eq!(isolates, shown.matches('\u{2069}').count());
    let coloured = run(&["--color", "always", "extract", &samples(), "--format", "text"]);
    assert!(stdout(&coloured).contains('\u{1b}'));
}

#[test]
fn feeds_with_other_field_names_are_read_through_configured_pointers() {
    let input =
        br#"{"data":{"story":"Portuguese Foreign Minister Duarte Meireles arrived in Oslo on Tuesday."},"n":9}"#;
    let output = run_with_stdin(
        &["extract", "-", "--set", "input.fields.body=/data/story", "--set", "input.fields.id=/n"],
        input,
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(events(&output)[0]["article"]["id"], "9");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = safir()
        .args(["extract", &samples(), &samples(), &samples()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""));
}

#[test]
fn wrong_usage_is_exit_code_2_and_says_what_is_wrong() {
    for (arguments, words) in [
        (&["extract", "no/such/file"][..], "safir: no/such/file: No such file"),
        (&["extract"], "required"),
        (&["extrakt"], "a similar subcommand exists: 'extract'"),
        (&["extract", "-", "--set", "pipeline.worker=3"], "did you mean \"pipeline.workers\"?"),
        (&["extract", "-", "--set", "novalue"], "expected NAME=VALUE"),
        (&["config", "check", "--config", "no/such.toml"], "no/such.toml: No such file"),
        (&["config", "check", "-X", "no.such.property=1"], "no.such.property"),
        (&["config", "check", "-X", "group.id=x"], "group.id"),
        (&["explain", "--text", " "], "--text is empty"),
        (&["explain", "--text", "x", "--date", "someday"], "--date is \"someday\""),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["extract", &folder.path().display().to_string()]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no articles: looked for .json, .jsonl"));
}

#[test]
fn help_has_examples_and_the_exit_codes() {
    let help = stdout(&run(&["--help"]));
    for words in
        ["Exit codes:", "  3        some input was bad", "  4        the shutdown deadline", "demo", "completions"]
    {
        assert!(help.contains(words), "{words}\n{help}");
    }
    for command in ["run", "demo", "extract", "explain", "lexicon", "publish", "tail", "config", "completions"] {
        let output = run(&[command, "--help"]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("Examples:"), "{command}");
    }
    assert_eq!(stdout(&run(&["--version"])), format!("safir {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn config_show_names_the_place_of_each_value_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "safir.toml", "[kafka]\nbrokers = 'file:1'\n[pipeline]\nworkers = 3\n");
    let output = safir()
        .args(["config", "show", "--config", &file, "--brokers", "flag:1"])
        .env("SAFIR_KAFKA__PROPERTIES__SASL_PASSWORD", "hunter2")
        .env("SAFIR_GROUP_ID", "night")
        .output()
        .unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let shown = stdout(&output);
    let line = |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key}: {shown}"));
    assert!(line("brokers = \"flag:1\"").ends_with("# flag --brokers"));
    assert!(line("group_id = \"night\"").ends_with("# environment variable SAFIR_GROUP_ID"));
    assert!(line("workers = 3").ends_with(&format!("# {file}:4")));
    assert!(line("client_id").ends_with("# default"));
    assert!(line("\"sasl.password\"").contains("<redacted>"));
    assert!(!shown.contains("hunter2"));
    let from_environment = safir().args(["config", "check"]).env("SAFIR_CONFIG", &file).output().unwrap();
    assert_eq!(stdout(&from_environment), "the configuration is good: 2 set, the rest at defaults\n");
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("safir") && stdout(&output).len() > 1000, "{shell}");
    }
}

#[test]
fn explain_tells_about_an_article_given_on_the_command_line() {
    let output = run(&[
        "explain",
        "--text",
        "Portuguese Foreign Minister Duarte Meireles arrived in Oslo on Tuesday.",
        "--date",
        "2031-03-04",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("arrived"), "{}", stdout(&output));
}

#[test]
fn explain_names_a_bad_article_and_goes_on() {
    let input = format!("{{\"body\":null}}\n{}\n", article("good"));
    let output = run_with_stdin(&["explain", "-"], input.as_bytes());
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).starts_with("stdin:1: no body"), "{}", stderr(&output));
    assert!(!stdout(&output).is_empty());
}

#[test]
fn the_demonstration_prints_what_extract_finds_in_the_samples_and_exits_with_0() {
    let demo = run(&["demo", "--format", "json"]);
    assert_eq!(code(&demo), 0, "{}", stderr(&demo));
    let ids = |output: &Output| {
        let mut ids: Vec<_> = events(output).iter().map(|event| event["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let extracted = run(&["extract", &samples()]);
    assert_eq!(ids(&demo), ids(&extracted), "the broker adds and loses nothing");
    let one = &events(&demo)[0];
    assert_eq!(one["article"]["topic"], "news.articles");
    assert!(stderr(&demo).contains("1 record in news.articles.dlq: invalid JSON"), "{}", stderr(&demo));
}

#[test]
fn publish_and_tail_speak_to_a_broker_of_another_process() {
    let broker = safir::kafka::EmbeddedBroker::start(&[("news.articles", 2), ("diplomatic.events", 2)]).unwrap();
    let brokers = broker.bootstrap_servers();
    let folder = tempfile::tempdir().unwrap();
    let lines = [article("p-1"), "{\"body\":[]}".to_owned(), article("p-2")].join("\n");
    let file = write(folder.path(), "feed.jsonl", lines);

    let published = run(&["publish", &file, "--brokers", brokers]);
    assert_eq!(code(&published), 3, "{}", stderr(&published));
    assert!(stderr(&published).contains(&format!("{file}:2: /body is an array where text is expected")));
    assert!(stderr(&published).contains("2 records acknowledged by news.articles, 1 bad"), "{}", stderr(&published));

    let mut settings = safir::config::Config::default();
    settings.kafka.brokers = brokers.to_owned();
    settings.topics.input = "diplomatic.events".into();
    let publisher = safir::kafka::ArticlePublisher::new(&settings.kafka()).unwrap();
    for event in events(&run(&["extract", &samples()])) {
        let record = safir::record::event_from_json(&event.to_string()).unwrap();
        publisher.publish(None, &safir::record::encode_record(&record)).unwrap();
    }
    publisher.publish(None, b"\xff\xff").unwrap();
    let total = publisher.flush(std::time::Duration::from_secs(20)).unwrap();

    let all = run(&["tail", "--from-beginning", "--no-follow", "--brokers", brokers]);
    assert_eq!(code(&all), 3, "one record is no event: {}", stderr(&all));
    assert!(stderr(&all).contains("not a safir.v1.DiplomaticEvent message"), "{}", stderr(&all));
    assert_eq!(events(&all).len() as u64, total - 1);
    let visits = run(&["tail", "--from-beginning", "--no-follow", "--type", "visit", "--brokers", brokers]);
    let visits = events(&visits);
    assert!(!visits.is_empty() && visits.len() as u64 + 1 < total);
    assert!(visits.iter().all(|event| event["type"] == "EVENT_TYPE_VISIT"));
    let one = run(&["tail", "--from-beginning", "-n", "1", "--format", "text", "--brokers", brokers]);
    assert_eq!(code(&one), 0, "{}", stderr(&one));
    assert!(stdout(&one).contains("confidence"));
}
