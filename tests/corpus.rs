//! The corpus cases under `lang/<language>/corpus/`: texts in our own words and the events that they tell.
//!
//! A case is a heading, a sentence that says why it is there, the text as a block quotation (a first line `# ...` in it
//! is the headline), and the right events in a block fenced as `events`, one a line, or `nothing`:
//!
//! `TYPE modality act | role: name (country) + name (country) | when: words = date | where: ... | what: ... | via: ...`
//!
//! Where Safir is still wrong a second block, fenced as `known-wrong`, holds what it says now. So the suite passes, the
//! gap is visible, and a gap that closes is noticed: the case fails until its second block is taken out.
//!
//! `UPDATE_CORPUS=1` writes and removes `known-wrong` blocks, never the right events. `UPDATE_CORPUS=all` writes what
//! Safir says now into the `events` blocks, for a change of the format or for new cases: read every line before it is
//! committed. `CORPUS_CASE=words` runs and shows the cases with these words in their headings.

#[path = "support/languages.rs"]
mod languages;

use std::fmt::Write as _;
use std::path::Path;

use languages::{EXTRACTOR, files, lang, lines, read, shown};
use safir::article::Article;

const RIGHT: &str = "events";
const WRONG: &str = "known-wrong";

/// A stretch of a corpus file.
#[derive(Debug, Default)]
struct Case {
    line: usize,
    heading: String,
    prose: String,
    title: String,
    body: String,
    right: Option<Block>,
    wrong: Option<Block>,
}

/// A fenced block: its first and last line (the fences), and what stands between.
#[derive(Debug)]
struct Block {
    first: usize,
    last: usize,
    text: String,
}

/// The cases of a file, and the date on which its texts are published.
fn parse(path: &Path, text: &str) -> (String, Vec<Case>) {
    let all: Vec<&str> = text.lines().collect();
    let published = all
        .iter()
        .find_map(|line| line.strip_prefix("Published: "))
        .unwrap_or_else(|| panic!("{}: no line \"Published: YYYY-MM-DD\"", shown(path)))
        .trim()
        .to_owned();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let line = all[at];
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { line: at + 1, heading: heading.trim().to_owned(), ..Case::default() });
        } else if let Some(case) = cases.last_mut() {
            if let Some(fence) = line.strip_prefix("```") {
                let first = at;
                at += 1;
                while at < all.len() && all[at] != "```" {
                    at += 1;
                }
                assert!(at < all.len(), "{}:{}: the block never ends", shown(path), first + 1);
                let block = Block { first, last: at, text: all[first + 1..at].join("\n") };
                let slot = match fence.trim() {
                    RIGHT => &mut case.right,
                    WRONG => &mut case.wrong,
                    other => panic!("{}:{}: a block fenced as {other:?}", shown(path), first + 1),
                };
                assert!(slot.is_none(), "{}:{}: a second block of its kind", shown(path), first + 1);
                *slot = Some(block);
            } else if let Some(quoted) = line.strip_prefix('>') {
                let quoted = quoted.strip_prefix(' ').unwrap_or(quoted);
                match quoted.strip_prefix("# ") {
                    Some(title) if case.body.is_empty() => case.title = title.to_owned(),
                    _ => {
                        if !case.body.is_empty() {
                            case.body.push('\n');
                        }
                        case.body.push_str(quoted);
                    }
                }
            } else if !line.trim().is_empty() {
                case.prose.push_str(line.trim());
                case.prose.push(' ');
            }
        }
        at += 1;
    }
    (published, cases)
}

impl Case {
    fn article(&self, language: &str, published: &str) -> Article {
        languages::article(language, &self.title, &self.body, published)
    }
}

/// Every corpus file with its language.
fn corpus() -> Vec<(String, std::path::PathBuf)> {
    let mut found = Vec::new();
    for language in languages::languages() {
        let folder = lang().join(&language).join("corpus");
        found.extend(files(&folder, &["md"]).into_iter().map(|path| (language.clone(), path)));
    }
    found
}

fn chosen(case: &Case) -> bool {
    std::env::var("CORPUS_CASE").map_or(true, |words| case.heading.contains(&words))
}

#[test]
fn every_case_says_what_its_text_tells() {
    let update = std::env::var("UPDATE_CORPUS").unwrap_or_default();
    let mut faults = String::new();
    let mut summary = String::new();
    for (language, path) in corpus() {
        let text = read(&path);
        let (published, cases) = parse(&path, &text);
        let mut out: Vec<Option<String>> = text.lines().map(|line| Some(line.to_owned())).collect();
        let mut gaps = 0;
        for case in cases.iter().filter(|case| chosen(case)) {
            let now = lines(&case.article(&language, &published));
            if std::env::var_os("CORPUS_CASE").is_some() {
                let article = case.article(&language, &published);
                println!("{}\n{}\n{now}\n{}", case.heading, case.body, EXTRACTOR.explain(&article));
            }
            let at = format!("{}:{}", shown(&path), case.line);
            let right = case.right.as_ref().map_or("", |block| block.text.as_str());
            match (update.as_str(), &case.wrong) {
                ("", None) if now == right => {}
                ("", None) => {
                    let _ = writeln!(faults, "{at} {}\n  right:\n{right}\n  now:\n{now}\n", case.heading);
                }
                ("", Some(_)) if now == right => {
                    let _ = writeln!(faults, "{at} {}: known wrong, and right now. Take the block out.", case.heading);
                }
                ("", Some(wrong)) if now == wrong.text => gaps += 1,
                ("", Some(wrong)) => {
                    let _ = writeln!(
                        faults,
                        "{at} {}: wrong in another way\n  right:\n{right}\n  was:\n{}\n  now:\n{now}\n",
                        case.heading, wrong.text
                    );
                }
                (mode, wrong) => {
                    if let Some(block) = wrong {
                        out[block.first..=block.last].fill(None);
                        // The empty line before a block goes with it.
                        if block.first > 0 && out[block.first - 1].as_deref() == Some("") {
                            out[block.first - 1] = None;
                        }
                    }
                    let Some(block) = &case.right else { continue };
                    if now == right {
                        continue;
                    }
                    if mode == "all" {
                        out[block.first..=block.last].fill(None);
                        out[block.first] = Some(format!("```{RIGHT}\n{now}\n```"));
                    } else {
                        gaps += 1;
                        out[block.last] = Some(format!("```\n\n```{WRONG}\n{now}\n```"));
                    }
                }
            }
        }
        if !update.is_empty() {
            let written = out.into_iter().flatten().collect::<Vec<_>>().join("\n") + "\n";
            if written != text {
                std::fs::write(&path, written).unwrap_or_else(|error| panic!("{}: {error}", shown(&path)));
            }
        }
        let _ = writeln!(summary, "{}: {} cases, {gaps} known wrong", shown(&path), cases.len());
    }
    println!("{summary}");
    assert!(faults.is_empty(), "{faults}\nUPDATE_CORPUS=1 writes what is known wrong; see tests/corpus.rs.");
}

#[test]
fn every_case_has_a_heading_a_reason_a_text_and_an_expectation() {
    let mut faults = Vec::new();
    for (_, path) in corpus() {
        let (_, cases) = parse(&path, &read(&path));
        let mut headings = std::collections::BTreeSet::new();
        for case in &cases {
            let at = format!("{}:{} {}", shown(&path), case.line, case.heading);
            if case.prose.split_whitespace().count() < 5 {
                faults.push(format!("{at}: does not say why it is there"));
            }
            if case.body.trim().is_empty() && case.title.is_empty() {
                faults.push(format!("{at}: no text"));
            }
            if case.right.as_ref().is_none_or(|block| block.text.is_empty()) {
                faults.push(format!("{at}: no expectation"));
            }
            if !headings.insert(&case.heading) {
                faults.push(format!("{at}: the heading is there twice"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_language_has_cases_of_every_kind() {
    for language in languages::languages() {
        let mut expected = String::new();
        let mut count = 0;
        for (_, path) in corpus().iter().filter(|(code, _)| *code == language) {
            for case in parse(path, &read(path)).1 {
                count += 1;
                expected.push_str(&case.right.map_or(String::new(), |block| block.text));
                expected.push('\n');
            }
        }
        assert!(count >= 30, "lang/{language}/corpus has only {count} cases");
        for word in
            ["MEETING", "VISIT", "STATEMENT", "nothing", " call", " planned", " possible", " negated", "via:", "quote:"]
        {
            assert!(expected.contains(word), "no case of lang/{language}/corpus expects {word:?}");
        }
    }
}
