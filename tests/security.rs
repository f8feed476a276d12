//! Safir on a Kafka that asks who it is and what it may do.

mod support;

use std::path::Path;

use support::articles::{english, expected};
use support::eventually;
use support::kafka::{Kafka, Sent};
use support::secure::{Operation, PASSWORD, PLAIN_USER, Resource, SCRAM_USER, Secured, TLS_USER, allow};
use support::service::{LIMIT, Line};

/// The rules that docs/OPERATIONS.md asks for, read from its table: what is documented is what is granted.
fn documented(exactly_once: bool) -> Vec<(Resource, String, Operation)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/OPERATIONS.md");
    let text = std::fs::read_to_string(path).expect("the manual");
    let (_, table) = text.split_once("| Resource | Operation |").expect("the table of permissions");
    let mut rules = Vec::new();
    for row in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (kind, rest) = cells[0].split_once(" `").expect("a kind and a name");
        let name = rest.split('`').next().unwrap_or_default().to_owned();
        let resource = match kind {
            "topic" => Resource::Topic,
            "group" => Resource::Group,
            "transactional ids beginning with" => Resource::TransactionalIdPrefix,
            other => panic!("an unknown kind of resource: {other}"),
        };
        let operation = match cells[1] {
            "Read" => Operation::Read,
            "Write" => Operation::Write,
            other => panic!("an unknown operation: {other}"),
        };
        if resource != Resource::TransactionalIdPrefix || exactly_once {
            rules.push((resource, name, operation));
        }
    }
    assert!(rules.len() >= 4);
    rules
}

fn grant(kafka: &Kafka, line: &Line, user: &str, exactly_once: bool) {
    for (resource, name, operation) in documented(exactly_once) {
        let name = match (resource, name.as_str()) {
            (Resource::Topic, "news.articles") => line.input.clone(),
            (Resource::Topic, "diplomatic.events") => line.output.clone(),
            (Resource::Topic, "news.articles.dlq") => line.dead_letters.clone(),
            (Resource::Group, "safir") => line.group.clone(),
            (Resource::TransactionalIdPrefix, "safir-") => format!("{}-", line.group),
            other => panic!("an unknown resource: {other:?}"),
        };
        allow(kafka.bootstrap(), user, resource, &name, operation);
    }
}

/// Settings for a user, whose password comes from the environment.
fn as_user(line: Line, secured: &Secured, user: &str) -> Line {
    let authority = format!("\"ssl.ca.location\" = {:?}", secured.file("ca.pem"));
    let line = line.set("kafka.properties", &authority);
    if user == TLS_USER {
        let certificate = format!(
            "\"security.protocol\" = \"SSL\"\n\"ssl.certificate.location\" = {:?}\n\"ssl.key.location\" = {:?}",
            secured.file(&format!("{TLS_USER}.pem")),
            secured.file(&format!("{TLS_USER}.key"))
        );
        return Line { brokers: secured.tls(), ..line.set("kafka.properties", &certificate) };
    }
    let mechanism = if user == PLAIN_USER { "PLAIN" } else { "SCRAM-SHA-512" };
    let password = format!(
        "\"security.protocol\" = \"SASL_SSL\"\n\"sasl.mechanism\" = \"{mechanism}\"\n\"sasl.username\" = \"{user}\""
    );
    let mut line = Line { brokers: secured.sasl(), ..line.set("kafka.properties", &password) };
    line.environment.insert("SAFIR_KAFKA__PROPERTIES__SASL_PASSWORD".into(), PASSWORD.into());
    line
}

#[test]
fn the_documented_permissions_are_enough_by_certificate_and_by_password_in_both_kinds_of_delivery() {
    let (kafka, secured) = Kafka::secured();
    for (at, user) in [PLAIN_USER, SCRAM_USER, TLS_USER].into_iter().enumerate() {
        // Each kind of delivery and each way to say who one is at least once.
        for exactly_once in if at == 0 { vec![false, true] } else { vec![at == 1] } {
            let line = Line::new(&kafka, "secure", 1, 1);
            grant(&kafka, &line, user, exactly_once);
            let delivery = if exactly_once { "exactly_once" } else { "at_least_once" };
            let line = as_user(line, &secured, user).set("pipeline", &format!("delivery = \"{delivery}\""));
            kafka.produce(&line.input, &[Sent::new("good", english("good")), Sent::new("bad", "{\"body\": 7}")]);
            let mut safir = line.start_ready();
            line.wait_until_done(&kafka);
            let (_, metrics) = safir.get("/metrics").expect("the port answers");
            let (_, readiness) = safir.get("/readyz").expect("the port answers");
            assert!(safir.terminate().success(), "{user} {delivery}: {}", safir.log());
            assert_eq!(kafka.read_committed(&line.output).len(), expected(&english("good")).len());
            assert_eq!(kafka.read_committed(&line.dead_letters).len(), 1);
            for text in [safir.log(), metrics, readiness] {
                assert!(!text.contains(PASSWORD), "the password stands in {text}");
            }
        }
    }

    // Without one of them it says what it may not do, and a wrong password is not repeated in the log.
    let line = Line::new(&kafka, "secure", 1, 1);
    let nobody = as_user(line.clone(), &secured, SCRAM_USER);
    let safir = nobody.start();
    eventually("it says that it may not", LIMIT, || safir.log().contains("authorization failed").then_some(()));
    assert_eq!(safir.get("/readyz").map(|(status, _)| status), Some(503));
    let mut wrong = as_user(line, &secured, SCRAM_USER);
    wrong.environment.insert("SAFIR_KAFKA__PROPERTIES__SASL_PASSWORD".into(), "n0t-the-password".into());
    let safir = wrong.start();
    eventually("it says that it is not let in", LIMIT, || {
        safir.log().to_lowercase().contains("authentication").then_some(())
    });
    assert!(!safir.log().contains("n0t-the-password"), "{}", safir.log());
    assert_eq!(safir.get("/readyz").map(|(status, _)| status), Some(503));
}
