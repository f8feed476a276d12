//! The configuration: file, environment, flags, and what is said when they are wrong.

use std::io::Write as _;
use std::time::Duration;

use safir::config::{self, Config, KEYS, Override, Place};
use safir::decode::Format;

fn parse(text: &str) -> config::Loaded {
    config::parse("safir.toml", text).unwrap_or_else(|error| panic!("{error}"))
}

fn problems(text: &str) -> String {
    config::parse("safir.toml", text).expect_err("this configuration is faulty").to_string()
}

fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn of_environment(pairs: &[(&str, &str)]) -> Result<config::Loaded, config::ConfigError> {
    config::load(None, variables(pairs), &[])
}

#[test]
fn nothing_given_is_the_default() {
    assert_eq!(parse("").config, Config::default());
    assert!(parse("").places.is_empty());
}

#[test]
fn what_show_prints_is_read_back_as_the_same() {
    let defaults = parse("");
    for explained in [false, true] {
        assert_eq!(parse(&defaults.show(explained)).config, defaults.config, "{}", defaults.show(explained));
    }
    let other = parse(
        "[kafka]\nbrokers = 'a:1,b:2'\n[kafka.consumer]\n'fetch.min.bytes' = 7\n[input]\nformat = 'protobuf'\n\
         max_bytes = '100kB'\n[input.fields]\nbody = ['/a', '/b/c']\n[pipeline]\nshutdown_timeout = '1500ms'\n\
         [http]\nlisten = 'off'\n[extract]\nmin_confidence = 0.25\n",
    );
    assert_eq!(parse(&other.show(true)).config, other.config);
}

#[test]
fn every_key_can_be_set_by_its_systematic_variable() {
    for key in KEYS {
        let shown = parse("").show(true);
        let name = key.path.rsplit('.').next().unwrap();
        let section = key.path.strip_suffix(name).unwrap().trim_end_matches('.');
        let block = shown.split(&format!("[{section}]\n")).nth(1).unwrap_or_else(|| panic!("{section} is shown"));
        let line = block.lines().find_map(|line| line.strip_prefix(&format!("{name} = "))).unwrap();
        let value = line.trim_matches(['[', ']']).replace('"', "");
        // An empty variable is an absent one: a list that is empty by default cannot be written so.
        if value.is_empty() {
            continue;
        }
        let loaded = of_environment(&[(&key.variable(), &value)]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(loaded.config, Config::default(), "{} at its default changes nothing", key.path);
        assert_eq!(loaded.places.get(key.path), Some(&Place::Variable(key.variable())));
    }
}

#[test]
fn environment_beats_file_and_flags_beat_both() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "[pipeline]\nworkers = 2\n[kafka]\nbrokers = 'file:1'\ngroup_id = 'file'").unwrap();
    let environment = variables(&[("SAFIR_KAFKA__BROKERS", "environment:1"), ("SAFIR_KAFKA__GROUP_ID", "environment")]);
    let flags = [Override { path: "kafka.brokers".into(), value: "flag:1".into(), flag: "--brokers".into() }];
    let loaded = config::load(Some(file.path()), environment, &flags).unwrap();
    assert_eq!(loaded.config.kafka.brokers, "flag:1");
    assert_eq!(loaded.config.kafka.group_id, "environment");
    assert_eq!(loaded.config.pipeline.workers, 2);
    assert_eq!(loaded.places["kafka.brokers"].to_string(), "flag --brokers");
    assert_eq!(loaded.places["kafka.group_id"].to_string(), "environment variable SAFIR_KAFKA__GROUP_ID");
    assert!(loaded.places["pipeline.workers"].to_string().ends_with(":2"), "the line of the file");
}

#[test]
fn the_systematic_variable_beats_the_short_one() {
    let loaded = of_environment(&[("SAFIR_WORKERS", "3"), ("SAFIR_PIPELINE__WORKERS", "5")]).unwrap();
    assert_eq!(loaded.config.pipeline.workers, 5);
    assert_eq!(of_environment(&[("SAFIR_WORKERS", "3")]).unwrap().config.pipeline.workers, 3);
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_a_suggestion() {
    assert_eq!(
        problems("[pipeline]\n\nworker = 4\n"),
        "safir.toml:3: unknown key \"pipeline.worker\"; did you mean \"pipeline.workers\"?"
    );
    assert_eq!(
        problems("[pipelin]\nworkers = 4\nx = 1\n"),
        "safir.toml:1: unknown key \"pipelin\"; did you mean \"pipeline\"?"
    );
    assert_eq!(problems("brokers = 'x:1'\n"), "safir.toml:1: unknown key \"brokers\"; did you mean \"kafka.brokers\"?");
    assert_eq!(problems("[zzz]\n"), "safir.toml:1: unknown key \"zzz\"");
}

#[test]
fn an_unknown_variable_is_named_with_a_suggestion() {
    let error = of_environment(&[("SAFIR_KAFKA__BROKER", "x:1")]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "environment variable SAFIR_KAFKA__BROKER is unknown; did you mean SAFIR_KAFKA__BROKERS?"
    );
}

#[test]
fn variables_of_a_kubernetes_service_and_empty_ones_are_no_settings() {
    let loaded = of_environment(&[
        ("SAFIR_PORT", "tcp://10.0.0.1:9464"),
        ("SAFIR_PORT_9464_TCP_ADDR", "10.0.0.1"),
        ("SAFIR_SERVICE_HOST", "10.0.0.1"),
        ("SAFIR_METRICS_SERVICE_PORT_HTTP", "9464"),
        ("SAFIR_WORKERS", ""),
        ("SAFIR_CONFIG", "somewhere.toml"),
        ("OTHER", "x"),
    ])
    .unwrap();
    assert_eq!(loaded.config, Config::default());
}

#[test]
fn all_problems_are_reported_together() {
    let text = "[kafka]\nbroker = 'x'\n[pipeline]\nworkers = 'many'\n[log]\nformat = 'xml'\n";
    let report = problems(text);
    assert_eq!(report.lines().count(), 3, "{report}");
    assert!(report.contains("safir.toml:4: pipeline.workers: expected a whole number from 0 to 1024, found \"many\""));
    assert!(report.contains("log.format: expected \"auto\" or \"text\" or \"json\", found \"xml\""));
}

#[test]
fn values_out_of_range_are_refused_with_the_range() {
    for (text, words) in [
        ("[pipeline]\nworkers = -1", "a whole number from 0 to 1024, found -1"),
        ("[pipeline]\nworkers = 1.5", "found a number"),
        ("[pipeline]\nmax_in_flight_records = 0", "from 1 to"),
        ("[pipeline]\nshutdown_timeout = 25", "a time with its unit such as \"25s\""),
        ("[pipeline]\nshutdown_timeout = '-3s'", "from 0s to 3600s"),
        ("[pipeline]\nshutdown_timeout = '2h'", "from 0s to 3600s"),
        ("[pipeline]\nmax_in_flight_bytes = '1 potato'", "a size such as \"16MiB\""),
        ("[input]\nmax_bytes = '99999999999999999999GiB'", "a size such as"),
        ("[input]\nmax_bytes = '4GiB'", "from 1KiB to 1GiB"),
        ("[input.fields]\nbody = 'content'", "it must begin with a slash, as in \"/content\""),
        ("[input.fields]\nbody = [1]", "expected JSON pointers"),
        ("[http]\nlisten = 'everywhere'", "an address and port"),
        ("[extract]\nmin_confidence = 1.5", "a number from 0 to 1"),
        ("[extract]\nmin_confidence = nan", "a number from 0 to 1"),
        ("[kafka]\nbrokers = ''", "must not be empty"),
        ("[kafka]\nbrokers = 5", "expected text, found a number"),
        ("kafka = 5", "this is a section, not a key"),
        ("[topics]\ninput = 'a b'", "is no topic name"),
        ("[topics]\ninput = 'x'\noutput = 'x'", "topics.input and topics.output are both \"x\"; they must differ"),
        ("[log]\nfilter = 'safir=loud'", "is no log filter"),
        ("[kafka.properties]\nx = []", "expected text, a number or a truth value"),
        ("[pipeline]\ndelivery = 'at_most_once'", "expected \"at_least_once\" or \"exactly_once\""),
        ("[pipeline", "safir.toml:1: "),
        ("\n\nx = = 1", "safir.toml:3: "),
    ] {
        let report = problems(text);
        assert!(report.contains(words), "{text:?} gave {report:?} without {words:?}");
    }
}

#[test]
fn units_and_spellings_that_people_write_are_read() {
    let config = parse(
        "[input]\nmax_bytes = '2MB'\nformat = 'Protobuf'\n[pipeline]\nmax_in_flight_bytes = 1_000_000\n\
         shutdown_timeout = '1m 30s'\ncommit_interval = '250ms'\n[http]\nlisten = ':8080'\n\
         [input.fields]\nbody = '/story'\n",
    )
    .config;
    assert_eq!(config.input.max_bytes, 2_000_000);
    assert_eq!(config.input.format, Format::Protobuf);
    assert_eq!(config.pipeline.max_in_flight_bytes, 1_000_000);
    assert_eq!(config.pipeline.shutdown_timeout, Duration::from_secs(90));
    assert_eq!(config.pipeline.commit_interval, Duration::from_millis(250));
    assert_eq!(config.http.listen.unwrap().to_string(), "0.0.0.0:8080");
    assert_eq!(config.input.fields.body, ["/story"]);
    let config = of_environment(&[("SAFIR_INPUT__FIELDS__BODY", "/a, /b/c")]).unwrap().config;
    assert_eq!(config.input.fields.body, ["/a", "/b/c"]);
}

#[test]
fn any_librdkafka_property_passes_through_quoted_or_not_and_from_the_environment() {
    let file = parse(
        "[kafka.properties]\nsecurity.protocol = 'SASL_SSL'\n'socket.keepalive.enable' = true\n\
         [kafka.producer]\n'linger.ms' = 5\n",
    )
    .config;
    assert_eq!(file.kafka.properties.0["security.protocol"], "SASL_SSL");
    assert_eq!(file.kafka.properties.0["socket.keepalive.enable"], "true");
    assert_eq!(file.kafka.producer.0["linger.ms"], "5");
    let environment = of_environment(&[
        ("SAFIR_KAFKA__PROPERTIES__SASL_PASSWORD", "hunter2"),
        ("SAFIR_KAFKA__CONSUMER__FETCH_MIN_BYTES", "9"),
    ])
    .unwrap()
    .config;
    assert_eq!(environment.kafka.properties.0["sasl.password"], "hunter2");
    assert_eq!(environment.kafka.consumer.0["fetch.min.bytes"], "9");
    assert_eq!(environment.kafka().consumer_properties["fetch.min.bytes"], "9");
}

#[test]
fn secrets_are_shown_nowhere() {
    let text = "[kafka.properties]\n'sasl.password' = 'hunter2'\n'ssl.key.pem' = 'hunter2'\n\
                'sasl.oauthbearer.client.secret' = 'hunter2'\n'sasl.username' = 'reader'\n\
                'sasl.oauthbearer.token.endpoint.url' = 'https://t.example'\n'ssl.key.location' = '/k.pem'\n";
    let loaded = parse(text);
    for shown in [loaded.show(false), loaded.show(true), format!("{loaded:?}")] {
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("<redacted>"));
        assert!(shown.contains("reader") && shown.contains("https://t.example") && shown.contains("/k.pem"));
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = config::load(Some(std::path::Path::new("no/such.toml")), [], &[]).unwrap_err();
    assert!(error.to_string().starts_with("no/such.toml: "), "{error}");
}

#[test]
fn the_reference_in_docs_is_the_table_in_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/configuration.md");
    if std::env::var_os("SAFIR_TEST_UPDATE").is_some() {
        std::fs::write(path, config::reference()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == config::reference(),
        "docs/reference/configuration.md is out of date: run `SAFIR_TEST_UPDATE=1 cargo test --test config` once"
    );
}

#[test]
fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
    let flag = safir::config::Override {
        path: "kafka.properties.sasl.password".into(),
        value: "hunter2".into(),
        flag: "--property sasl.password".into(),
    };
    let error = safir::config::load(None, [], &[flag]).expect_err("refused").to_string();
    assert!(error.contains("SAFIR_KAFKA__PROPERTIES__SASL_PASSWORD"), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
}
