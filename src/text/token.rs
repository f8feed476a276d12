//! Tokens: one pass over a field, folding each word as it goes.

use crate::event::{Field, Span};
use crate::text::fold::{self, Folded};
use crate::text::markup;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Number,
    /// Comma in any script.
    Comma,
    /// Colon in any script.
    Colon,
    /// Semicolon in any script.
    Semicolon,
    /// Full stop, question or exclamation mark, ellipsis.
    Stop,
    /// Opening or closing quotation mark; [`Token::mark`] tells which.
    Quote,
    Open,
    Close,
    Dash,
    Slash,
    /// Any other sign.
    Sign,
    /// One or more line ends, or a block element's edge.
    Break,
}

/// The mark of a token that is a run of straight quotation marks.
pub const DOUBLED: char = '＂';

/// How a language is spelt, where that is not how all are.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spelling {
    /// Letters beyond the plain alphabet that tell words apart; other accents are dropped.
    pub letters: String,
    /// Short words that lose their vowel before another and are written together with it: l', d', qu'.
    pub elided: Vec<String>,
}

impl Spelling {
    /// The words of a folded phrase: parted at spaces, hyphens and after elided words.
    pub fn words<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = &'a str> {
        folded
            .split(|c: char| c.is_whitespace() || c == '-' || c == '/')
            .filter(|part| !part.is_empty())
            .flat_map(|part| Elisions { spelling: self, rest: part })
    }
}

/// A written word taken apart after each elided word that it begins with.
struct Elisions<'a> {
    spelling: &'a Spelling,
    rest: &'a str,
}

impl<'a> Iterator for Elisions<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let elided = self.spelling.elided.iter().find(|e| self.rest.starts_with(e.as_str()));
        let (first, rest) = self.rest.split_at(elided.map_or(self.rest.len(), String::len));
        self.rest = rest;
        Some(first)
    }
}

/// A stretch of a field: bytes `start..end` of the text as received.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    /// Where the folded form begins in [`Tokens::folded`].
    pub norm: u32,
    pub norm_len: u16,
    pub kind: Kind,
    pub field: Field,
    /// First letter is a capital.
    pub capital: bool,
    /// At least two letters, all capitals.
    pub capitals: bool,
    /// White space, a line end or the start of the field comes before.
    pub spaced: bool,
    /// A hyphen joins it to the word before.
    pub hyphen: bool,
    /// Has an apostrophe-s after it.
    pub possessive: bool,
    /// For signs: the character as written.
    pub mark: char,
}

/// The tokens of an article: the title's, a break, the body's.
#[derive(Default)]
pub struct Tokens {
    pub all: Vec<Token>,
    pub folded: String,
}

impl Tokens {
    pub fn clear(&mut self) {
        self.all.clear();
        self.folded.clear();
    }

    /// The folded form of token `i`.
    #[inline]
    pub fn norm(&self, i: usize) -> &str {
        let token = &self.all[i];
        &self.folded[token.norm as usize..token.norm as usize + token.norm_len as usize]
    }

    /// The span from token `first` to token `last`, both included; they must be of one field.
    pub fn span(&self, first: usize, last: usize) -> Span {
        Span { field: self.all[first].field, start: self.all[first].start, end: self.all[last].end }
    }

    /// Reads a field, adding its tokens and a final break.
    pub fn read(&mut self, field: Field, text: &str) {
        self.read_as(field, text, &Spelling::default());
    }

    /// Reads a field as it is spelt in a language.
    pub fn read_as(&mut self, field: Field, text: &str, spelling: &Spelling) {
        Reader { tokens: self, field, text, spaced: true, hyphen: false, spelling }.run();
    }
}

struct Reader<'a> {
    tokens: &'a mut Tokens,
    field: Field,
    text: &'a str,
    spaced: bool,
    hyphen: bool,
    spelling: &'a Spelling,
}

/// The longest word that is kept: longer runs are cut, so that no word can be made to cost more than linear time.
const MAX_WORD: usize = 256;

impl Reader<'_> {
    fn run(mut self) {
        let mut at = 0;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            // Every second character that begins something is a space.
            if byte == b' ' {
                self.spaced = true;
                self.hyphen = false;
                at += 1;
                continue;
            }
            let plain = plain_letters(bytes, at, MAX_WORD / 2);
            if plain > 0 && bytes.get(at + 2 * plain) == Some(&b' ') {
                at = self.plain_word(at, at + 2 * plain);
                continue;
            }
            if plain > 0 || byte.is_ascii_lowercase() || arabic(bytes, at) != Letter::Other {
                at = self.word(at, plain);
                continue;
            }
            let Some((c, length)) = self.char_at(at) else { break };
            if is_word(c) {
                at = self.word(at, 0);
                continue;
            }
            at = self.sign(c, at, length);
        }
        let end = self.text.len();
        self.push(Kind::Break, end, end, '\n');
    }

    /// The character at `at` with references resolved, and how many bytes it takes.
    fn char_at(&self, at: usize) -> Option<(char, usize)> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte == b'&' {
            if let Some(found) = markup::reference(self.text, at) {
                return Some(found);
            }
        }
        if byte < 0x80 {
            return Some((byte as char, 1));
        }
        self.text[at..].chars().next().map(|c| (c, c.len_utf8()))
    }

    /// A word of Arabic letters that all fold to themselves, as most are.
    fn plain_word(&mut self, start: usize, end: usize) -> usize {
        let norm = self.tokens.folded.len();
        self.tokens.folded.push_str(&self.text[start..end]);
        self.tokens.all.push(Token {
            start: start as u32,
            end: end as u32,
            norm: norm as u32,
            norm_len: (end - start) as u16,
            kind: Kind::Word,
            field: self.field,
            capital: false,
            capitals: false,
            spaced: self.spaced,
            hyphen: self.hyphen,
            possessive: false,
            mark: ' ',
        });
        self.spaced = false;
        self.hyphen = false;
        end
    }

    /// The word at `start`, which begins with so many plain Arabic letters; returns where it ends.
    fn word(&mut self, start: usize, plain: usize) -> usize {
        let norm = self.tokens.folded.len();
        let mut at = start + 2 * plain;
        let mut end = at;
        self.tokens.folded.push_str(&self.text[start..at]);
        let (mut letters, mut capitals, mut first_capital, mut digits) = (plain as u32, 0u32, false, 0u32);
        let mut possessive = false;
        let mut initials = 0;
        let bytes = self.text.as_bytes();
        // Letters that begin before this place are taken.
        let limit = bytes.len().min(start + MAX_WORD + 1);
        loop {
            // Most of a word is letters that fold to themselves: they are taken as they stand, many at a time.
            let run = at;
            let plain = plain_letters(bytes, at, (limit + 1).saturating_sub(at) / 2);
            at += 2 * plain;
            letters += plain as u32;
            while at < limit && bytes[at].is_ascii_lowercase() {
                at += 1;
                letters += 1;
            }
            if at > run {
                self.tokens.folded.push_str(&self.text[run..at]);
                end = at;
            }
            let Some(&next) = bytes.get(at).filter(|&&next| next != b' ') else { break };
            // Nearly all else in Arabic words.
            if next & 0xFE == 0xD8 && at < limit && self.spelling.letters.is_empty() {
                match arabic(bytes, at) {
                    Letter::Other => {}
                    Letter::Plain => continue,
                    kind => {
                        if kind == Letter::Alef {
                            self.tokens.folded.push('ا');
                            letters += 1;
                        }
                        at += 2;
                        end = at;
                        continue;
                    }
                }
            }
            let Some((c, length)) = self.char_at(at) else { break };
            if is_word(c) {
                if at - start > MAX_WORD {
                    break;
                }
                if c.is_ascii_digit() {
                    // A digit run is a number of its own, and so is what follows it.
                    if letters > 0 && digits == 0 && !c.is_ascii() {
                        break;
                    }
                    digits += 1;
                    self.tokens.folded.push(c);
                } else if c.is_ascii() {
                    letters += 1;
                    if c.is_ascii_uppercase() {
                        capitals += 1;
                        first_capital |= letters == 1;
                    }
                    self.tokens.folded.push(c.to_ascii_lowercase());
                } else {
                    let before = self.tokens.folded.len();
                    if self.spelling.letters.is_empty() {
                        fold::push_folded(c, &mut self.tokens.folded);
                    } else {
                        fold::push_keeping(c, &self.spelling.letters, norm, &mut self.tokens.folded);
                    }
                    // A mark that joins the letter before it adds none: what was written then begins before `before`.
                    if let Some(last) = self.tokens.folded.get(before..).and_then(|added| added.chars().next()) {
                        if last.is_ascii_digit() {
                            digits += 1;
                        } else {
                            letters += 1;
                            // Arabic letters with something on the alef come here, and have no case.
                            if !('\u{0600}'..='\u{06FF}').contains(&c) && c.is_uppercase() {
                                capitals += 1;
                                first_capital |= letters == 1;
                            }
                        }
                    }
                }
                at += length;
                end = at;
                continue;
            }
            if c == '\'' || c == '’' {
                // "l'Iran": the elided word is a word, and its apostrophe belongs to it.
                let elided = |e: &&String| e.strip_suffix('\'') == Some(&self.tokens.folded[norm..]);
                if self.spelling.elided.iter().any(|e| elided(&e)) {
                    self.tokens.folded.push('\'');
                    at += length;
                    end = at;
                    break;
                }
                let next = self.char_at(at + length);
                match next {
                    Some((n, n_length)) if n == 's' || n == 'S' => {
                        let after = self.char_at(at + length + n_length);
                        if !after.is_some_and(|(a, _)| is_word(a)) {
                            possessive = true;
                            at += length + n_length;
                            end = at;
                            break;
                        }
                    }
                    _ => {}
                }
                if letters > 0 && next.is_some_and(|(n, _)| n.is_alphabetic()) {
                    self.tokens.folded.push('\'');
                    at += length;
                    continue;
                }
                break;
            }
            // "U.S.", "J.": a point after single capital letters belongs to them.
            if c == '.' && letters == capitals && letters > 0 && letters <= 4 && letters == initials + 1 && digits == 0
            {
                initials = letters;
                at += length;
                end = at;
                continue;
            }
            break;
        }
        let mut norm_len = self.tokens.folded.len() - norm;
        if norm_len > u16::MAX as usize {
            norm_len = u16::MAX as usize;
            while !self.tokens.folded.is_char_boundary(norm + norm_len) {
                norm_len -= 1;
            }
        }
        if norm_len == 0 {
            // Only characters that fold to nothing (a stray mark): no token.
            return at.max(start + 1);
        }
        let kind = if digits > 0 && letters == 0 { Kind::Number } else { Kind::Word };
        self.tokens.all.push(Token {
            start: start as u32,
            end: end as u32,
            norm: norm as u32,
            norm_len: norm_len as u16,
            kind,
            field: self.field,
            capital: first_capital,
            capitals: letters >= 2 && capitals == letters,
            spaced: self.spaced,
            hyphen: self.hyphen,
            possessive,
            mark: ' ',
        });
        self.spaced = false;
        self.hyphen = false;
        at
    }

    fn sign(&mut self, c: char, at: usize, length: usize) -> usize {
        let end = at + length;
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0085}' => {
                let last = self.tokens.all.last().filter(|t| t.kind != Kind::Break && t.field == self.field);
                if last.is_some_and(|t| !self.wraps(t.kind, end)) {
                    self.push(Kind::Break, at, end, '\n');
                }
                self.spaced = true;
                self.hyphen = false;
                return end;
            }
            _ if c.is_whitespace() || c.is_control() => {
                self.spaced = true;
                self.hyphen = false;
                return end;
            }
            '<' if self.text.as_bytes()[at] == b'<' => {
                if let Some((tag, block)) = markup::tag_length(self.text, at) {
                    if block && self.tokens.all.last().is_some_and(|t| t.kind != Kind::Break && t.field == self.field) {
                        self.push(Kind::Break, at, at + tag, '\n');
                    }
                    self.spaced = true;
                    return at + tag;
                }
                self.push(Kind::Quote, at, end, '‹');
            }
            '-' | '‐' | '‑' if !self.spaced && self.after_word() => {
                let joins = self.char_at(end).is_some_and(|(n, _)| n.is_alphabetic());
                if joins {
                    self.hyphen = true;
                    return end;
                }
                self.push(Kind::Dash, at, end, '-');
            }
            '-' | '–' | '—' | '‐' | '‑' | '―' => self.push(Kind::Dash, at, end, '-'),
            ',' => {
                // ,,text'' : two commas are an opening quotation mark.
                if self.char_at(end).is_some_and(|(n, _)| n == ',') && self.spaced {
                    self.push(Kind::Quote, at, end + 1, '„');
                    return end + 1;
                }
                self.push(Kind::Comma, at, end, c);
            }
            '،' | '、' => self.push(Kind::Comma, at, end, ','),
            ';' | '؛' => self.push(Kind::Semicolon, at, end, ';'),
            ':' => self.push(Kind::Colon, at, end, c),
            '.' | '!' | '?' | '؟' | '…' | '۔' => self.push(Kind::Stop, at, end, c),
            '"' if self.text.as_bytes()[at..].starts_with(b"\"\"") => {
                // ""text"": marks that an export has doubled are one.
                let run = self.text.as_bytes()[at..].iter().take_while(|&&b| b == b'"').count();
                self.push(Kind::Quote, at, at + run, DOUBLED);
                self.spaced = false;
                self.hyphen = false;
                return at + run;
            }
            '"' | '«' | '»' | '“' | '”' | '„' | '‟' | '‹' | '›' | '{' | '}' | '〈' | '〉' | '《' | '》' | '＂' =>
            {
                self.push(Kind::Quote, at, end, c);
            }
            '>' => self.push(Kind::Quote, at, end, '›'),
            '\'' | '‘' | '’' | '`' | '‚' => {
                if self.char_at(end).is_some_and(|(n, _)| n == c) && c != '‚' {
                    self.push(Kind::Quote, at, end + length, '"');
                    return end + length;
                }
                self.push(Kind::Quote, at, end, if c == '`' { '‘' } else { c });
            }
            '(' | '[' => self.push(Kind::Open, at, end, c),
            ')' | ']' => self.push(Kind::Close, at, end, c),
            '/' | '\\' => self.push(Kind::Slash, at, end, '/'),
            _ => {
                if fold::fold_char(c) != Folded::Nothing {
                    self.push(Kind::Sign, at, end, c);
                }
            }
        }
        self.spaced = false;
        self.hyphen = false;
        end
    }

    /// Whether a line end only wraps its sentence: a small letter goes on in the next line, where no mark has ended this one.
    fn wraps(&self, last: Kind, next: usize) -> bool {
        let bytes = &self.text.as_bytes()[next..];
        let indent = bytes.iter().take_while(|&&b| b == b' ' || b == b'\t').count();
        matches!(last, Kind::Word | Kind::Number | Kind::Comma) && bytes.get(indent).is_some_and(u8::is_ascii_lowercase)
    }

    fn after_word(&self) -> bool {
        self.tokens.all.last().is_some_and(|t| t.kind == Kind::Word && t.field == self.field)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, mark: char) {
        self.tokens.all.push(Token {
            start: start as u32,
            end: end as u32,
            norm: 0,
            norm_len: 0,
            kind,
            field: self.field,
            capital: false,
            capitals: false,
            spaced: self.spaced,
            hyphen: false,
            possessive: false,
            mark,
        });
        self.spaced = false;
    }
}

/// What folding makes of a character from U+0600 to U+067F.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// A letter that folds to itself.
    Plain,
    /// An alef with something on or under it, which folds to the plain one.
    Alef,
    /// A vowel sign or tatweel, which folds to nothing.
    Mark,
    /// Anything else, no letter perhaps.
    Other,
}

const LETTERS: [Letter; 128] = {
    let mut letters = [Letter::Other; 128];
    let mut at = 0x21;
    while at < 128 {
        letters[at] = match at {
            0x22 | 0x23 | 0x25 | 0x71 => Letter::Alef,
            0x40 | 0x4B..=0x5F | 0x70 => Letter::Mark,
            0x21..=0x4A => Letter::Plain,
            _ => Letter::Other,
        };
        at += 1;
    }
    letters
};

/// How many Arabic letters that fold to themselves stand at `at`, at most `most`.
#[inline(always)]
fn plain_letters(bytes: &[u8], at: usize, most: usize) -> usize {
    let pairs = bytes[at..].chunks_exact(2).take(most);
    pairs.take_while(|pair| arabic(pair, 0) == Letter::Plain).count()
}

/// What the character at `at` is, if it is one of those that [`LETTERS`] tells of.
#[inline(always)]
fn arabic(bytes: &[u8], at: usize) -> Letter {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(&[lead @ (0xD8 | 0xD9), trail]) => LETTERS[usize::from(lead & 1) << 6 | usize::from(trail & 0x3F)],
        _ => Letter::Other,
    }
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match c {
        '\u{0621}'..='\u{065F}' | '\u{0660}'..='\u{0669}' | '\u{0670}'..='\u{06D3}' | '\u{06F0}'..='\u{06FF}' => true,
        '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => false,
        // The commonest signs, of which the tables of all characters need not be asked.
        '«' | '»' | '،' | '؛' | '؟' | '–' | '“' | '”' | '…' => false,
        _ => c.is_alphanumeric() || ('\u{0300}'..='\u{036F}').contains(&c) || ('\u{0610}'..='\u{061A}').contains(&c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, String)> {
        let mut tokens = Tokens::default();
        tokens.read(Field::Body, text);
        (0..tokens.all.len())
            .filter(|&i| matches!(tokens.all[i].kind, Kind::Word | Kind::Number))
            .map(|i| {
                let t = tokens.all[i];
                (text[t.start as usize..t.end as usize].to_owned(), tokens.norm(i).to_owned())
            })
            .collect()
    }

    #[test]
    fn elided_words_are_words_of_their_own() {
        let spelling = Spelling { letters: "é".to_owned(), elided: vec!["l'".to_owned(), "qu'".to_owned()] };
        let mut tokens = Tokens::default();
        let text = "L’Élysée dit qu'aujourd'hui";
        tokens.read_as(Field::Body, text, &spelling);
        let norms: Vec<_> =
            (0..tokens.all.len()).filter(|&i| tokens.all[i].kind == Kind::Word).map(|i| tokens.norm(i)).collect();
        assert_eq!(norms, ["l'", "élysée", "dit", "qu'", "aujourd'hui"]);
        let parts: Vec<_> = spelling.words("l'aujourd'hui qu'l'été").collect();
        assert_eq!(parts, ["l'", "aujourd'hui", "qu'", "l'", "été"]);
    }

    #[test]
    fn letters_that_are_taken_as_they_stand_are_those_that_fold_to_themselves() {
        for c in (0..0x0800).filter_map(char::from_u32) {
            let text = c.to_string();
            let folded = fold::fold(&text);
            match arabic(text.as_bytes(), 0) {
                Letter::Plain => assert!(is_word(c) && c.is_alphabetic() && folded == text, "{c:?}"),
                Letter::Alef => assert!(is_word(c) && c.is_alphabetic() && folded == "ا", "{c:?}"),
                Letter::Mark => assert!(is_word(c) && folded.is_empty(), "{c:?}"),
                Letter::Other => assert!(!('\u{0621}'..='\u{065F}').contains(&c), "{c:?}"),
            }
        }
    }

    #[test]
    fn words_keep_their_place_in_the_text_as_received() {
        let found = words("قالَ «أحمد»: U.S. officials&nbsp;met <b>Mr.</b> O'Neil's team");
        let surfaces: Vec<_> = found.iter().map(|(s, _)| s.as_str()).collect();
        assert_eq!(surfaces, ["قالَ", "أحمد", "U.S.", "officials", "met", "Mr", "O'Neil's", "team"]);
        let norms: Vec<_> = found.iter().map(|(_, n)| n.as_str()).collect();
        assert_eq!(norms, ["قال", "احمد", "us", "officials", "met", "mr", "o'neil", "team"]);
    }
}
