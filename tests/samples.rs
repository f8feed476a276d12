//! The sample articles, read and rendered as `safir extract --format text` prints them.
//!
//! The snapshots are what Safir says now, its faults included: they show what a change does to whole articles. What is
//! right is said by the corpus under `lang/`, where the faults seen here have cases of their own.
//!
//! The article whose events one of the samples retells is checked too where it is at hand: the file that `SAFIR_SEED`
//! names, or `../shared/seed/article.txt` beside the project (first line the headline, the rest the body). None of its
//! text stands here, only who did what.

#[path = "support/languages.rs"]
mod languages;

use std::path::{Path, PathBuf};

use languages::{EXTRACTOR, samples};
use safir::article::Article;
use safir::event::{Act, Event, EventType, Modality, Role};
use safir::record;
use safir::render::Renderer;

fn rendered(article: &Article) -> String {
    let extraction = EXTRACTOR.extract(article);
    let mut renderer = Renderer::new(false, 110);
    let mut out = String::new();
    for event in &extraction.events {
        let record = record::build(event, article, &extraction.language, None, "");
        out.push_str(&renderer.event(&record::read(&record)));
    }
    out
}

#[test]
fn every_sample_is_rendered_as_in_its_snapshot() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, article) in samples() {
            insta::assert_snapshot!(format!("sample-{name}"), rendered(&article));
        }
    });
}

#[test]
fn every_sample_tells_events_and_together_they_tell_every_type_and_most_modalities() {
    let mut types = Vec::new();
    let mut modalities = Vec::new();
    for (name, article) in samples() {
        let events = EXTRACTOR.extract(&article).events;
        assert!(events.len() >= 3, "{name} tells {} events", events.len());
        types.extend(events.iter().map(|event| event.kind));
        modalities.extend(events.iter().map(|event| event.modality));
    }
    for kind in [EventType::Meeting, EventType::Visit, EventType::Statement] {
        assert!(types.contains(&kind), "no {kind:?}");
    }
    for modality in [Modality::Occurred, Modality::Planned, Modality::Possible, Modality::Negated] {
        assert!(modalities.contains(&modality), "nothing {modality:?}");
    }
}

/// The article that the project began with, if it is at hand.
fn seed() -> Option<Article> {
    let path = match std::env::var_os("SAFIR_SEED") {
        Some(path) => {
            let path = PathBuf::from(path);
            assert!(path.is_file(), "SAFIR_SEED: no file {}", path.display());
            path
        }
        None => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed/article.txt"))
            .filter(|path| path.is_file())?,
    };
    let text = languages::read(&path);
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    Some(languages::article("ar", title, body, "2020-08-19"))
}

/// The names of the participants in a role that have all letters of `part`, folded.
fn has(event: &Event, role: Role, part: &str) -> bool {
    let part = safir::text::fold::fold(part);
    event.participants.iter().any(|p| p.role == role && safir::text::fold::fold(&p.name).contains(&part))
}

fn country(event: &Event, role: Role, code: &str) -> bool {
    event.participants.iter().any(|p| p.role == role && p.country == code)
}

#[test]
fn the_article_that_the_project_began_with_is_read_right() {
    let Some(article) = seed() else {
        println!("the article is not at hand; SAFIR_SEED names it");
        return;
    };
    let events = EXTRACTOR.extract(&article).events;
    let told: String = events.iter().map(|event| languages::line(event, &article) + "\n").collect();
    let of = |kind: EventType, modality: Modality| {
        events.iter().filter(move |event| event.kind == kind && event.modality == modality)
    };
    let mut missing = Vec::new();
    let mut expect = |found: bool, what: &str| {
        if !found {
            missing.push(what.to_owned());
        }
    };

    expect(
        of(EventType::Meeting, Modality::Occurred)
            .any(|e| has(e, Role::Party, "مايك بومبيو") && has(e, Role::Party, "فؤاد حسين")),
        "the meeting of Pompeo and Hussein",
    );
    expect(
        of(EventType::Meeting, Modality::Planned)
            .any(|e| has(e, Role::Party, "مصطفى الكاظمي") && has(e, Role::Party, "دونالد ترامب")),
        "the planned meeting of al-Kadhimi and Trump",
    );
    let visits: Vec<&Event> = of(EventType::Visit, Modality::Planned)
        .filter(|e| has(e, Role::Visitor, "مصطفى الكاظمي") && country(e, Role::Host, "US"))
        .collect();
    expect(visits.len() == 1, "one planned visit of al-Kadhimi to the United States");
    let day = jiff::civil::date(2020, 8, 20);
    expect(
        visits.iter().any(|e| e.time.as_ref().and_then(|time| time.days) == Some((day, day))),
        "the day of that visit, 2020-08-20",
    );
    expect(
        of(EventType::Visit, Modality::Possible)
            .any(|e| has(e, Role::Visitor, "مصطفى الكاظمي") && country(e, Role::Host, "JO")),
        "the possible visit of al-Kadhimi to Jordan",
    );

    let said = |speaker: &str, code: &str| -> Vec<&Event> {
        of(EventType::Statement, Modality::Occurred)
            .filter(|e| has(e, Role::Speaker, speaker) && country(e, Role::Speaker, code))
            .collect()
    };
    expect(said("مايك بومبيو", "US").iter().any(|e| e.via.is_some()), "Pompeo's statement and the outlet credited");
    expect(said("مصطفى الكاظمي", "IQ").len() >= 2, "both statements of al-Kadhimi");
    expect(!said("البيت الأبيض", "US").is_empty(), "the statement of the White House");
    expect(said("أحمد ملا طلال", "IQ").len() >= 3, "the three statements of Talal");
    // His name is misspelt where he goes on: the statement is his all the same.
    let of_the_deputy: Vec<&Event> =
        of(EventType::Statement, Modality::Occurred).filter(|e| has(e, Role::Speaker, "امجد العقابي")).collect();
    expect(of_the_deputy.len() >= 3, "the three statements of al-Uqabi, under one name");
    expect(
        of_the_deputy.iter().any(|e| e.act == Some(Act::Request) && has(e, Role::Target, "مصطفى الكاظمي")),
        "al-Uqabi's request to al-Kadhimi",
    );
    assert!(missing.is_empty(), "not found:\n{}\n\nfound:\n{told}", missing.join("\n"));
}
