//! Every rule carries its own proof: a text that it makes an event of, and a near miss that it leaves alone.

#[path = "support/languages.rs"]
mod languages;

use std::collections::BTreeMap;

use languages::{EXTRACTOR, article, lang, read, type_word};
use safir::article::Article;
use safir::event::EventType;
use safir::extract::doc::Doc;
use safir::extract::language::Language;
use safir::extract::rule::{self, Rule, Subject};
use safir::lexicon::flag;
use safir::text::Kind;

/// Runs `check` on every rule of every language and panics with all that it found.
fn every_rule(check: impl Fn(&Language, &Rule) -> Result<(), String>) {
    let mut faults = Vec::new();
    let mut seen = 0;
    for language in EXTRACTOR.languages() {
        for rule in &language.rules {
            seen += 1;
            if let Err(fault) = check(language, rule) {
                faults.push(format!("{}: {fault}", rule.id));
            }
        }
    }
    assert!(seen > 0, "no rule was looked at");
    assert!(faults.is_empty(), "{} of {seen} rules:\n{}", faults.len(), faults.join("\n"));
}

/// The rule's text as it is meant to be read: rules of headlines read headlines.
fn case(language: &Language, rule: &Rule, text: &str) -> Article {
    let code = &language.lexicon.spec.code;
    match rule.subject {
        Subject::Colon | Subject::Located => article(code, text, "", "2024-05-15"),
        _ => article(code, "", text, "2024-05-15"),
    }
}

#[test]
fn every_rule_file_on_disk_is_embedded() {
    for code in languages::languages() {
        let on_disk: Vec<String> = languages::files(&lang().join(&code).join("rules"), &["toml"])
            .iter()
            .flat_map(|path| rule::parse(&read(path)).unwrap_or_else(|e| panic!("{}: {e}", languages::shown(path))))
            .map(|rule| rule.id)
            .collect();
        let language = EXTRACTOR.languages().find(|l| l.lexicon.spec.code == code);
        let language = language.unwrap_or_else(|| panic!("lang/{code} is not embedded"));
        let embedded: Vec<&str> = language.rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(on_disk, embedded, "lang/{code}/rules");
    }
}

#[test]
fn every_rule_is_named_by_its_language_its_event_and_a_name() {
    every_rule(|language, rule| {
        let parts: Vec<&str> = rule.id.split('.').collect();
        let [code, event, name] = parts[..] else {
            return Err("is not <language>.<event>.<name>".to_owned());
        };
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        if code != language.lexicon.spec.code || event != type_word(rule.event) {
            return Err(format!("belongs to {}.{}", language.lexicon.spec.code, type_word(rule.event)));
        }
        if name.is_empty() || !name.chars().all(plain) {
            return Err("its name has other characters than a-z and -".to_owned());
        }
        Ok(())
    });
}

#[test]
fn no_two_rules_share_an_id() {
    let mut seen = BTreeMap::new();
    for rule in EXTRACTOR.languages().flat_map(|language| &language.rules) {
        *seen.entry(rule.id.as_str()).or_insert(0) += 1;
    }
    let twice: Vec<_> = seen.into_iter().filter(|&(_, count)| count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn every_rule_says_what_it_does_in_a_sentence() {
    every_rule(|_, rule| {
        let whole = rule.what.split_whitespace().count() >= 4 && rule.what.trim_end().ends_with('.');
        if whole { Ok(()) } else { Err(format!("is described by {:?}", rule.what)) }
    });
}

#[test]
fn every_rule_has_a_confidence_between_nought_and_one() {
    every_rule(|_, rule| {
        let sound = rule.confidence > 0.0 && rule.confidence <= 1.0;
        if sound { Ok(()) } else { Err(format!("has confidence {}", rule.confidence)) }
    });
}

#[test]
fn every_rule_makes_an_event_of_the_text_that_it_gives() {
    every_rule(|language, rule| {
        let article = case(language, rule, &rule.fires);
        let extraction = EXTRACTOR.extract(&article);
        let by_rule = |e: &&safir::event::Event| e.rule_ids.first() == Some(&rule.id) && e.kind == rule.event;
        if extraction.events.iter().any(|e| by_rule(&e)) {
            return Ok(());
        }
        let made: Vec<_> = extraction.events.iter().map(|e| &e.rule_ids).collect();
        Err(format!("does not fire on {:?}; made: {made:?}\n{}", rule.fires, EXTRACTOR.explain(&article)))
    });
}

#[test]
fn every_rule_leaves_its_near_miss_alone() {
    every_rule(|language, rule| {
        let article = case(language, rule, &rule.silent);
        let extraction = EXTRACTOR.extract(&article);
        match extraction.events.iter().find(|e| e.kind == rule.event) {
            None => Ok(()),
            Some(event) => Err(format!("{:?} makes {}", rule.silent, languages::line(event, &article))),
        }
    });
}

#[test]
fn every_near_miss_is_near_it_has_a_trigger_of_its_rule() {
    let mut doc = Doc::default();
    let mut faults = Vec::new();
    for language in EXTRACTOR.languages() {
        for rule in &language.rules {
            doc.read("", &rule.silent, &language.lexicon);
            let wanted = match rule.event {
                EventType::Meeting => flag::MEETING,
                EventType::Visit => flag::VISIT,
                EventType::Statement => flag::SPEECH | flag::SPEECH_NOUN | flag::ATTRIBUTION,
            };
            let near = match rule.subject {
                Subject::Located => {
                    (0..doc.len()).any(|i| language.lexicon.spec.grammar.at.iter().any(|w| w == doc.norm(i)))
                }
                Subject::Colon => (0..doc.len()).any(|i| doc.kind(i) == Kind::Colon),
                _ => (0..doc.len()).any(|i| doc.flags(i) & wanted != 0 || doc.longest(i, wanted).is_some()),
            };
            if !near {
                faults.push(format!("{}: {:?}", rule.id, rule.silent));
            }
        }
    }
    assert!(faults.is_empty(), "no word of these could have triggered the rule:\n{}", faults.join("\n"));
}

#[test]
fn the_confidence_curve_of_a_language_rises_and_can_be_turned_back() {
    for language in EXTRACTOR.languages() {
        let curve = &language.lexicon.spec.confidence.curve;
        let within = curve.iter().all(|&(from, share)| (0.0..=1.0).contains(&from) && (0.0..=1.0).contains(&share));
        let rising = curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
        assert!(within && rising, "{}: {curve:?}", language.lexicon.spec.code);
    }
}
