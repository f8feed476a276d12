//! What the tests of extraction share: the compiled languages, the folders under `lang/`, and articles made of a text.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use safir::article::Article;
use safir::decode;
use safir::event::{Event, EventType};
use safir::extract::Extractor;

/// Compiled once for each test binary.
pub static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    Extractor::embedded().unwrap_or_else(|error| panic!("the embedded languages are faulty: {error}"))
});

/// The folder with the language data.
pub fn lang() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lang")
}

/// The codes of the languages on disk, sorted: a folder with a declaration is a language.
pub fn languages() -> Vec<String> {
    let mut codes: Vec<String> = entries(&lang())
        .into_iter()
        .filter(|path| path.join("language.toml").is_file())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    codes.sort();
    assert!(!codes.is_empty(), "no language under {}", lang().display());
    codes
}

/// The paths in a folder, sorted.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> =
        read.map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path()).collect();
    paths.sort();
    paths
}

/// The files below a folder with one of the extensions, sorted.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e)) {
            found.push(path);
        }
    }
    found
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// A path as people name it: from the project's root.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display().to_string()
}

/// An article of one language; `published` is a date or empty.
pub fn article(language: &str, title: &str, body: &str, published: &str) -> Article {
    Article {
        id: "test".to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        language: language.to_owned(),
        published: (!published.is_empty())
            .then(|| decode::parse_date(published).unwrap_or_else(|| panic!("{published:?} is no date"))),
        ..Article::default()
    }
}

/// Our own sample articles, sorted by path, each with the name of its file.
pub fn samples() -> Vec<(String, Article)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let decoder = decode::Decoder::default();
    let samples: Vec<_> = files(&folder, &["json"])
        .into_iter()
        .map(|path| {
            let article =
                decoder.decode(read(&path).as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", shown(&path)));
            let name = path.strip_prefix(&folder).unwrap_or(&path).with_extension("").display().to_string();
            (name.replace(['/', '\\'], "-"), article)
        })
        .collect();
    assert!(!samples.is_empty(), "no articles under {}", folder.display());
    samples
}

/// The event's type as the corpus and rule ids write it.
pub fn type_word(kind: EventType) -> &'static str {
    match kind {
        EventType::Meeting => "meeting",
        EventType::Visit => "visit",
        EventType::Statement => "statement",
    }
}

/// A debug name in the form that a reader expects: `InPerson` as `in_person`.
pub fn snake(value: impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// An event in one line: `TYPE modality act | roles | when | where | what | quote | via`. Parts that are empty are left
/// out; a participant without a known country has `?`, an unresolved date too.
pub fn line(event: &Event, article: &Article) -> String {
    let how = event.act.map(snake).or(event.meeting_mode.map(snake)).unwrap_or_default();
    let mut head = format!("{} {}", type_word(event.kind).to_uppercase(), snake(event.modality));
    if !how.is_empty() {
        head = format!("{head} {how}");
    }
    let mut parts = vec![head];
    let mut roles: Vec<String> = Vec::new();
    for participant in &event.participants {
        let role = snake(participant.role);
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    for role in roles {
        let named: Vec<String> = event
            .participants
            .iter()
            .filter(|p| snake(p.role) == role)
            .map(|p| format!("{} ({})", one_line(&p.name), or_unknown(&p.country)))
            .collect();
        parts.push(format!("{role}: {}", named.join(" + ")));
    }
    if let Some(time) = &event.time {
        let days = match time.days {
            None => "?".to_owned(),
            Some((start, end)) if start == end => start.to_string(),
            Some((start, end)) => format!("{start}/{end}"),
        };
        parts.push(format!("when: {} = {days}", one_line(time.mention.of(article))));
    }
    if let Some(place) = &event.place {
        parts.push(format!("where: {} ({})", one_line(&place.name), or_unknown(&place.country)));
    }
    for content in &event.content {
        parts.push(format!("what: {}", ends(content.of(article))));
    }
    for quote in &event.quotes {
        parts.push(format!("quote: {}", ends(quote.of(article))));
    }
    if let Some(via) = &event.via {
        parts.push(format!("via: {}", one_line(via.of(article))));
    }
    parts.join(" | ")
}

/// An event for each line, in the order of extraction; `nothing` when there is none.
pub fn lines(article: &Article) -> String {
    let extraction = EXTRACTOR.extract(article);
    assert!(extraction.language_supported, "no rules for language {:?}", article.language);
    if extraction.events.is_empty() {
        return "nothing".to_owned();
    }
    extraction.events.iter().map(|event| line(event, article)).collect::<Vec<_>>().join("\n")
}

fn or_unknown(text: &str) -> &str {
    if text.is_empty() { "?" } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Both ends of a text, which is where extraction errs.
fn ends(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 6 {
        return words.join(" ");
    }
    format!("{} … {}", words[..3].join(" "), words[words.len() - 2..].join(" "))
}
