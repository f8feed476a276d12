//! Events for people to read on a terminal.
//!
//! Text of articles is foreign: control characters are shown escaped, so that no article can move the cursor or recolour
//! the screen, and every stretch with right-to-left letters is put between directional isolates (FSI ... PDI, Unicode
//! UAX #9), so that Arabic names inside an English line leave the order of the rest alone.

use std::fmt::Write as _;

use console::{Style, measure_text_width};

use crate::event::{Act, EventType, MeetingMode, Modality, Role};
use crate::record::{ReadParticipant, ReadTime, Reading};

/// FIRST STRONG ISOLATE: the stretch takes the direction of its first letter.
const FSI: char = '\u{2068}';
/// RIGHT-TO-LEFT ISOLATE and LEFT-TO-RIGHT ISOLATE, for the later lines of a stretch that was broken into several.
const RLI: char = '\u{2067}';
const LRI: char = '\u{2066}';
/// POP DIRECTIONAL ISOLATE.
const PDI: char = '\u{2069}';

/// Prints events under the headline of their article. One renderer prints one stream: it remembers the last article.
pub struct Renderer {
    colour: bool,
    width: usize,
    last_article: Option<String>,
}

/// What stands above the events of an article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heading<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub source: &'a str,
    pub published_at: &'a str,
    pub language: &'a str,
}

/// Columns before the values.
const INDENT: usize = 13;

impl Renderer {
    /// `width` is the terminal's, in columns; lines are broken between 60 and 110 whatever it is.
    pub fn new(colour: bool, width: usize) -> Self {
        Self { colour, width: width.clamp(60, 110), last_article: None }
    }

    /// The event, under its article's heading when the event before was of another article.
    pub fn event(&mut self, event: &Reading<'_>) -> String {
        let mut out = String::new();
        if self.last_article.as_deref() != Some(event.article_id) {
            out.push_str(&self.heading(&Heading {
                id: event.article_id,
                title: event.title,
                source: event.source,
                published_at: event.published_at,
                language: event.language,
            }));
        }
        out.push('\n');
        self.headline(&mut out, event);
        for participant in &event.participants {
            self.field(&mut out, role_word(participant.role), &self.participant(participant));
        }
        if let Some(time) = &event.time {
            self.field(&mut out, "when", &when(time));
        }
        if let Some((name, country)) = event.place {
            self.field(&mut out, "where", &joined(&[&clean(name), country]));
        }
        let told = match event.kind {
            Some(EventType::Statement) => "what",
            Some(EventType::Visit) => "purpose",
            _ => "about",
        };
        for content in &event.content {
            self.text(&mut out, told, content, None, "", "");
        }
        let apart = |quote: &&&str| !event.content.iter().any(|content| content.contains(**quote));
        for quote in event.quotes.iter().filter(apart) {
            self.text(&mut out, "quote", quote, None, "“", "”");
        }
        if event.content.is_empty() && event.quotes.is_empty() {
            self.text(&mut out, "text", event.sentence, event.trigger_in_sentence, "", "");
        }
        if let Some(via) = event.via {
            self.field(&mut out, "via", &isolate(&clean(via)));
        }
        if !event.topics.is_empty() {
            let topics: Vec<_> = event.topics.iter().map(|topic| topic.replace('_', " ")).collect();
            self.field(&mut out, "topics", &clean(&topics.join(", ")));
        }
        out
    }

    /// The heading of an article, for events or for the news that it has none.
    pub fn heading(&mut self, article: &Heading<'_>) -> String {
        let mut out = String::new();
        if self.last_article.is_some() {
            out.push('\n');
        }
        self.last_article = Some(article.id.to_owned());
        let title = clean(if article.title.trim().is_empty() { article.id } else { article.title });
        let words = words_of(&title).map(|(_, word)| (word.to_owned(), false)).collect();
        for line in break_lines(words, self.width) {
            let line = line.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "{}", self.paint(Style::new().bold(), &isolate_as(&line, is_rtl(&title))));
        }
        let rest = [article.source, article.published_at, article.language, article.id].map(clean);
        let shown: Vec<_> = rest.iter().filter(|part| !part.is_empty()).map(|part| isolate(part)).collect();
        let _ = writeln!(out, "{}", self.paint(Style::new().dim(), &shown.join(" · ")));
        out
    }

    /// A note under a heading: "no events".
    pub fn note(&self, text: &str) -> String {
        format!("\n  {}\n", self.paint(Style::new().dim(), text))
    }

    fn headline(&self, out: &mut String, event: &Reading<'_>) {
        let (name, style) = match event.kind {
            Some(EventType::Meeting) => ("MEETING", Style::new().cyan()),
            Some(EventType::Visit) => ("VISIT", Style::new().green()),
            Some(EventType::Statement) => ("STATEMENT", Style::new().yellow()),
            None => ("EVENT", Style::new()),
        };
        let (modality, modality_style) = match event.modality {
            Some(Modality::Occurred) => ("occurred", Style::new()),
            Some(Modality::Ongoing) => ("ongoing", Style::new()),
            Some(Modality::Planned) => ("planned", Style::new().blue()),
            Some(Modality::Possible) => ("possible", Style::new().magenta()),
            Some(Modality::Negated) => ("did not or will not happen", Style::new().red()),
            None => ("of unknown modality", Style::new()),
        };
        let how = match (event.meeting_mode, event.act) {
            (Some(mode), _) => mode_word(mode),
            (None, Some(act)) => act_word(act),
            (None, None) => "",
        };
        let mut parts = Vec::new();
        if !how.is_empty() {
            parts.push(how.to_owned());
        }
        parts.push(self.paint(modality_style, modality));
        if event.mentions > 1 {
            parts.push(self.paint(Style::new().dim(), &format!("{} mentions", event.mentions)));
        }
        parts.push(self.paint(Style::new().dim(), &format!("confidence {:.2}", event.confidence)));
        let gap = " ".repeat(INDENT - 2 - name.len());
        let _ = writeln!(out, "  {}{gap}{}", self.paint(style.bold(), name), parts.join(" · "));
    }

    fn participant(&self, participant: &ReadParticipant<'_>) -> String {
        let name = clean(if participant.name.is_empty() { participant.mention } else { participant.name });
        let mut parts = vec![self.paint(Style::new().bold(), &isolate(&name))];
        // The other script's name helps the reader who knows only one of them.
        let other = if is_rtl(&name) { participant.name_en } else { participant.name_ar };
        if !other.is_empty() && other != name {
            parts.push(isolate(&clean(other)));
        }
        let office = clean(participant.office);
        if !office.is_empty() && office != name {
            parts.push(isolate(&office));
        }
        if !participant.country.is_empty() {
            parts.push(clean(participant.country));
        }
        if let Some(words) = participant.resolved_from {
            let from = if words.trim().is_empty() {
                "understood".to_owned()
            } else {
                format!("from {}", isolate(&clean(words)))
            };
            parts.push(self.paint(Style::new().dim(), &format!("({from})")));
        }
        parts.join(" · ")
    }

    fn label(&self, label: &str) -> String {
        let gap = " ".repeat(INDENT.saturating_sub(2 + label.len()).max(1));
        format!("  {}{gap}", self.paint(Style::new().dim(), label))
    }

    fn field(&self, out: &mut String, label: &str, value: &str) {
        let _ = writeln!(out, "{}{value}", self.label(label));
    }

    /// A longer text, broken into lines, with the words around `marked` (a byte range of `text`) set off.
    fn text(&self, out: &mut String, label: &str, text: &str, marked: Option<(usize, usize)>, open: &str, close: &str) {
        let rtl = is_rtl(text);
        let (from, to) = marked.unwrap_or((0, 0));
        // Whole words are set off: a colour change inside an Arabic word would tear its letters apart.
        let mut words: Vec<(String, bool)> =
            words_of(text).map(|(start, word)| (clean_inside(word), start < to && start + word.len() > from)).collect();
        if let Some((first, _)) = words.first_mut() {
            first.insert_str(0, open);
        }
        if let Some((last, _)) = words.last_mut() {
            last.push_str(close);
        }
        for (number, line) in break_lines(words, self.width - INDENT).into_iter().enumerate() {
            let shown: Vec<_> = line
                .chunk_by(|(_, one), (_, other)| one == other)
                .map(|run| {
                    let text = run.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
                    let set_off = run.first().is_some_and(|(_, marked)| *marked);
                    if set_off { self.paint(Style::new().bold().underlined(), &text) } else { text }
                })
                .collect();
            let lead = if number == 0 { self.label(label) } else { " ".repeat(INDENT) };
            let _ = writeln!(out, "{lead}{}", isolate_as(&shown.join(" "), rtl));
        }
    }

    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour { style.force_styling(true).apply_to(text).to_string() } else { text.to_owned() }
    }
}

fn role_word(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Party) => "party",
        Some(Role::Visitor) => "visitor",
        Some(Role::Host) => "host",
        Some(Role::Speaker) => "speaker",
        Some(Role::Target) => "target",
        None => "actor",
    }
}

fn act_word(act: Act) -> &'static str {
    match act {
        Act::State => "says",
        Act::Support => "supports",
        Act::Request => "requests",
        Act::Promise => "promises",
        Act::Accuse => "accuses",
        Act::Reject => "rejects",
        Act::Warn => "warns",
        Act::Agree => "agrees",
    }
}

fn mode_word(mode: MeetingMode) -> &'static str {
    match mode {
        MeetingMode::InPerson => "in person",
        MeetingMode::Call => "call",
        MeetingMode::Multilateral => "multilateral",
        MeetingMode::Negotiation => "negotiation",
    }
}

fn when(time: &ReadTime<'_>) -> String {
    let days = match (time.start, time.end) {
        ("", _) => String::new(),
        (start, end) if start == end || end.is_empty() => clean(start),
        (start, end) => format!("{} to {}", clean(start), clean(end)),
    };
    let words = clean(time.words);
    match (days.is_empty(), words.is_empty() || words == days) {
        (true, _) => isolate(&words),
        (false, true) => days,
        (false, false) => format!("{days} ({})", isolate(&words)),
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(|part| isolate(&clean(part))).collect::<Vec<_>>().join(" · ")
}

/// Makes foreign text safe to print on one line: white space becomes single spaces, control characters and the
/// directional controls that could reorder what stands around them are shown as `<U+001B>`.
pub fn clean(text: &str) -> String {
    clean_inside(text).trim().to_owned()
}

/// Makes foreign text of several lines safe to print: lines and their indentation stay, the rest is as in [`clean`].
pub fn clean_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let rest = line.trim_start_matches(' ');
        out.push_str(&line[..line.len() - rest.len()]);
        out.push_str(clean_inside(rest).trim_end());
        out.push('\n');
    }
    out
}

fn clean_inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaced = false;
    for char in text.chars() {
        if char.is_whitespace() {
            if !spaced {
                out.push(' ');
            }
            spaced = true;
            continue;
        }
        spaced = false;
        // Embeddings, overrides and isolates. The marks (LRM, RLM, ALM) and the joiners only touch their neighbours and
        // belong to ordinary Arabic spelling.
        let reorders = matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if char.is_control() || reorders {
            let _ = write!(out, "<U+{:04X}>", u32::from(char));
        } else {
            out.push(char);
        }
    }
    out
}

/// Puts text between FSI and PDI when it has right-to-left letters; the text must be [`clean`].
pub fn isolate(text: &str) -> String {
    if text.chars().any(is_rtl_letter) { format!("{FSI}{text}{PDI}") } else { text.to_owned() }
}

/// As [`isolate`], for a line of a text whose direction is known: a line that happens to begin with the other script
/// keeps the text's direction.
fn isolate_as(line: &str, rtl: bool) -> String {
    if !rtl && !line.chars().any(is_rtl_letter) {
        return line.to_owned();
    }
    let own = first_strong(line);
    let open = if own == Some(rtl) {
        FSI
    } else if rtl {
        RLI
    } else {
        LRI
    };
    format!("{open}{line}{PDI}")
}

fn is_rtl(text: &str) -> bool {
    first_strong(text).unwrap_or(false)
}

/// Whether the first letter is a right-to-left one; `None` when there is no letter.
fn first_strong(text: &str) -> Option<bool> {
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            // Skips colour sequences, whose final letter is none of the text.
            '\u{1b}' => drop(chars.by_ref().find(|char| char.is_ascii_alphabetic())),
            char if is_rtl_letter(char) => return Some(true),
            char if char.is_alphabetic() => return Some(false),
            _ => {}
        }
    }
    None
}

/// Hebrew, Arabic and their presentation forms, Syriac, Thaana, N'Ko and the right-to-left scripts beyond the BMP.
fn is_rtl_letter(char: char) -> bool {
    char.is_alphabetic()
        && matches!(char, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The words of a text with their byte offsets.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr().addr();
    text.split_whitespace().map(move |word| (word.as_ptr().addr() - base, word))
}

/// Breaks words into lines of at most `width` columns; a longer word has a line of its own.
fn break_lines(words: Vec<(String, bool)>, width: usize) -> Vec<Vec<(String, bool)>> {
    let mut lines: Vec<Vec<(String, bool)>> = Vec::new();
    let mut columns = usize::MAX;
    for (word, marked) in words {
        let needed = measure_text_width(&word);
        match lines.last_mut() {
            Some(line) if columns + 1 + needed <= width => {
                columns += 1 + needed;
                line.push((word, marked));
            }
            _ => {
                columns = needed;
                lines.push(vec![(word, marked)]);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::ActorKind;

    fn reading() -> Reading<'static> {
        Reading {
            kind: Some(EventType::Meeting),
            modality: Some(Modality::Planned),
            act: None,
            meeting_mode: Some(MeetingMode::Call),
            participants: vec![ReadParticipant {
                role: Some(Role::Party),
                name: "سلمى العامري",
                name_en: "Salma al-Amiri",
                name_ar: "",
                mention: "الوزيرة",
                kind: Some(ActorKind::Person),
                country: "OM",
                office: "وزيرة الخارجية",
                resolved_from: Some("الوزيرة"),
            }],
            place: Some(("مسقط", "OM")),
            time: Some(ReadTime { words: "غدا", start: "2031-03-05", end: "2031-03-05" }),
            content: vec![],
            quotes: vec![],
            via: None,
            topics: vec!["bilateral_relations", "energy"],
            sentence: "تتحدث الوزيرة غدا إلى نظيرها.",
            trigger: "تتحدث",
            trigger_in_sentence: Some((0, "تتحدث".len())),
            mentions: 2,
            confidence: 0.873,
            article_id: "a-1",
            title: "اتصال مرتقب",
            source: "Harbour Radio",
            url: "",
            published_at: "2031-03-04",
            language: "ar",
        }
    }

    #[test]
    fn an_event_reads_like_a_card_under_its_article() {
        let shown = Renderer::new(false, 80).event(&reading());
        let expected = "\
\u{2068}اتصال مرتقب\u{2069}
Harbour Radio · 2031-03-04 · ar · a-1

  MEETING    call · planned · 2 mentions · confidence 0.87
  party      \u{2068}سلمى العامري\u{2069} · Salma al-Amiri · \u{2068}وزيرة الخارجية\u{2069} · OM · (from \u{2068}الوزيرة\u{2069})
  when       2031-03-05 (\u{2068}غدا\u{2069})
  where      \u{2068}مسقط\u{2069} · OM
  text       \u{2068}تتحدث الوزيرة غدا إلى نظيرها.\u{2069}
  topics     bilateral relations, energy
";
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_heading_is_printed_once_for_the_events_of_one_article() {
        let mut renderer = Renderer::new(false, 80);
        assert!(renderer.event(&reading()).contains("Harbour Radio"));
        assert!(!renderer.event(&reading()).contains("Harbour Radio"));
        let other = Reading { article_id: "a-2", ..reading() };
        assert!(renderer.event(&other).starts_with("\n\u{2068}"), "a blank line between articles");
    }

    #[test]
    fn no_article_can_send_control_sequences_or_reorder_the_screen() {
        let hostile = "a\u{1b}[2Jb\u{7}\u{9b}31m\u{202e}c\u{2069}\r\nd\u{0}";
        let event = Reading {
            title: hostile,
            source: hostile,
            article_id: hostile,
            published_at: hostile,
            sentence: hostile,
            trigger_in_sentence: Some((2, 4)),
            quotes: vec![],
            via: Some(hostile),
            place: Some((hostile, hostile)),
            time: Some(ReadTime { words: hostile, start: hostile, end: "" }),
            topics: vec![hostile],
            participants: vec![ReadParticipant {
                role: None,
                name: hostile,
                name_en: hostile,
                name_ar: hostile,
                mention: hostile,
                kind: None,
                country: hostile,
                office: hostile,
                resolved_from: Some(hostile),
            }],
            ..reading()
        };
        let shown = Renderer::new(false, 80).event(&event);
        for char in shown.chars() {
            assert!(!char.is_control() || char == '\n', "{char:?} came through");
            assert!(!matches!(char, '\u{202a}'..='\u{202e}'), "{char:?} came through");
        }
        let opened = shown.matches([FSI, RLI, LRI]).count();
        assert_eq!(opened, shown.matches(PDI).count(), "every isolate is closed");
        assert!(shown.contains("<U+001B>") && shown.contains("<U+202E>"));
    }

    #[test]
    fn a_long_arabic_text_keeps_its_direction_on_every_line() {
        let sentence = "قال ".repeat(30) + "Reuters ".repeat(20).as_str();
        let event = Reading { sentence: &sentence, trigger_in_sentence: None, ..reading() };
        let shown = Renderer::new(false, 60).event(&event);
        let lines: Vec<_> = shown.lines().filter(|line| line.contains("قال") || line.contains("Reuters")).collect();
        assert!(lines.len() > 3);
        for line in lines {
            let text = line.trim_start_matches("  text").trim_start();
            assert!(text.starts_with(FSI) || text.starts_with(RLI), "{line:?}");
            assert!(text.ends_with(PDI));
            assert!(measure_text_width(line) <= 64);
        }
    }

    #[test]
    fn the_trigger_is_set_off_as_a_whole_word_only_in_colour() {
        let event = Reading { sentence: "ثم وأكدت ذلك", trigger_in_sentence: Some((7, 15)), ..reading() };
        let plain = Renderer::new(false, 80).event(&event);
        assert!(!plain.contains('\u{1b}'));
        let coloured = Renderer::new(true, 80).event(&event);
        assert!(coloured.contains("\u{1b}[1m\u{1b}[4mوأكدت\u{1b}[0m"), "{coloured:?}");
    }

    #[test]
    fn lines_keep_their_indentation_and_lose_control_characters() {
        assert_eq!(clean_lines("a\n    b\u{1b}[0m \u{202e}c\n"), "a\n    b<U+001B>[0m <U+202E>c\n");
    }

    #[test]
    fn a_quote_inside_the_content_is_not_repeated() {
        let event = Reading { content: vec!["he said we work"], quotes: vec!["we work", "apart"], ..reading() };
        let shown = Renderer::new(false, 80).event(&event);
        assert_eq!(shown.matches("we work").count(), 1);
        assert!(shown.contains("quote      “apart”"));
    }
}
