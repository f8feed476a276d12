//! What a mention's tokens are called: folded for comparing, cleaned for showing.

use super::*;

/// How many bytes a word has to have for a beginning like an article to be one.
pub(super) const ENOUGH: usize = 4;

pub(super) fn first_word(phrase: &str) -> &str {
    phrase.bytes().position(|byte| byte == b' ').map_or(phrase, |at| &phrase[..at])
}

pub(super) fn last_word(phrase: &str) -> &str {
    phrase.bytes().rposition(|byte| byte == b' ').map_or(phrase, |at| &phrase[at + 1..])
}

/// Whether a name is written as names are: words with one space between them, and no marks.
fn tidy(name: &str) -> bool {
    // All other white space and quotation marks begin with one of these bytes.
    let doubtful = |byte: u8| matches!(byte, 0..=0x1F | b'"' | 0xC2 | 0xE1..=0xE3);
    let mut before = b' ';
    for &byte in name.as_bytes() {
        if doubtful(byte) || byte == b' ' && before == b' ' {
            return false;
        }
        before = byte;
    }
    before != b' ' || name.is_empty()
}

/// A name without marks and line ends, which are typography inside it.
fn untangled(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for (number, word) in name.split_whitespace().enumerate() {
        if number > 0 {
            plain.push(' ');
        }
        word.split(['«', '»', '"', '“', '”']).for_each(|part| plain.push_str(part));
    }
    plain
}

impl<'a> Resolver<'a> {
    pub(super) fn words_of(&self, first: usize, last: usize) -> Vec<Cow<'a, str>> {
        let mut words = Vec::with_capacity(last + 1 - first);
        let all = (first..=last).filter(|&i| self.doc.kind(i) == Kind::Word).map(|i| self.stem(i));
        words.extend(all.filter(|word| !word.is_empty()));
        words
    }

    /// A name's word without what is attached to the first one.
    #[inline]
    pub(super) fn stem(&self, token: usize) -> Cow<'a, str> {
        let norm = self.doc.norm(token);
        let bits = self.doc.words[token].clitics();
        if bits & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 {
            return Cow::Borrowed(norm);
        }
        self.without_clitics(norm, bits)
    }

    pub(super) fn without_clitics(&self, norm: &'a str, bits: u16) -> Cow<'a, str> {
        let mut rest = norm;
        if bits & clitic::CONJUNCTION != 0 {
            for c in &self.lexicon.spec.clitics.conjunctions {
                if let Some(stripped) = rest.strip_prefix(c.as_str()) {
                    rest = stripped;
                    break;
                }
            }
        }
        if bits & clitic::PREPOSITION != 0 {
            let which = (bits >> clitic::WHICH) as usize;
            if let Some(stripped) =
                self.lexicon.spec.clitics.prepositions.get(which).and_then(|p| rest.strip_prefix(p.as_str()))
            {
                // للعقابي: the article's alef was swallowed.
                if bits & clitic::ARTICLE != 0 && !stripped.starts_with(self.lexicon.spec.clitics.article.as_str()) {
                    return Cow::Owned(format!(
                        "{}{}",
                        self.lexicon.spec.clitics.article,
                        stripped.strip_prefix(self.lexicon.spec.clitics.article_rest.as_str()).unwrap_or(stripped)
                    ));
                }
                rest = stripped;
            }
        }
        Cow::Borrowed(rest)
    }

    /// The phrase of tokens, folded and bare of articles and of what is attached.
    pub(super) fn fold_title(&self, first: usize, last: usize) -> Cow<'a, str> {
        if first == last {
            return self.bare(first);
        }
        let mut out = String::with_capacity(self.room(first, last));
        for i in first..=last {
            let norm = self.bare(i);
            if norm.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&norm);
        }
        Cow::Owned(out)
    }

    /// About how many bytes tokens take: as many as they stand in.
    fn room(&self, first: usize, last: usize) -> usize {
        let tokens = &self.doc.tokens.all;
        (tokens[last].end.saturating_sub(tokens[first].start) as usize).min(256)
    }

    /// The folded form without attached conjunction, preposition and article.
    pub(super) fn bare(&self, token: usize) -> Cow<'a, str> {
        let stem = self.stem(token);
        let article = self.lexicon.spec.clitics.article.as_str();
        if article.is_empty() {
            if self.lexicon.spec.grammar.definite_article.iter().any(|article| *article == stem) {
                return Cow::Borrowed("");
            }
            return stem;
        }
        let rest = |stem: &str| stem.strip_prefix(article).filter(|rest| rest.len() >= ENOUGH).map(str::len);
        match stem {
            Cow::Borrowed(stem) => Cow::Borrowed(rest(stem).map_or(stem, |length| &stem[stem.len() - length..])),
            Cow::Owned(mut stem) => {
                if rest(&stem).is_some() {
                    stem.drain(..article.len());
                }
                Cow::Owned(stem)
            }
        }
    }

    /// The text of tokens with the clitics of the first one taken off.
    pub fn clean(&self, first: usize, last: usize) -> String {
        let mut first = first;
        while first < last && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(first)) {
            first += 1;
        }
        let text = self.text(first, last);
        let token = &self.doc.tokens.all[first];
        let raw = &text[..((token.end - token.start) as usize).min(text.len())];
        let (cut, swallowed) = self.attached(raw, self.doc.words[first].clitics());
        let out = text.get(cut..).unwrap_or(text);
        let mut name = if swallowed {
            Cow::Owned(format!("{}{out}", self.lexicon.spec.clitics.article))
        } else {
            self.without_case(first, raw.get(cut..).unwrap_or(""), out).map_or(Cow::Borrowed(out), Cow::Owned)
        };
        if self.doc.tokens.all[last].possessive {
            if let Some(mark) = name.rfind(['\'', '\u{2019}']) {
                name = Cow::Owned(name[..mark].to_owned());
            }
        }
        if tidy(&name) { name.into_owned() } else { untangled(&name) }
    }

    /// How many bytes of a word are what is attached to it, and whether an article's first letter was swallowed with it.
    fn attached(&self, raw: &str, bits: u16) -> (usize, bool) {
        let letter = |from: usize| raw.get(from..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let mut cut = 0;
        if bits & clitic::CONJUNCTION != 0 {
            cut += letter(0);
        }
        if bits & clitic::PREPOSITION == 0 {
            return (cut, false);
        }
        cut += letter(cut);
        let rest = raw.get(cut..).unwrap_or("");
        let article = self.lexicon.spec.clitics.article.as_str();
        let swallowed = bits & clitic::ARTICLE != 0 && !self.lexicon.fold(rest).starts_with(article);
        (if swallowed { cut + letter(cut) } else { cut }, swallowed)
    }

    /// "متحدثًا باسم" as "متحدث باسم": a common noun whose accusative is marked, without its ending. `raw` is its word in `text`.
    pub(super) fn without_case(&self, token: usize, raw: &str, text: &str) -> Option<String> {
        let ending = self.lexicon.spec.grammar.accusative_ending.as_str();
        if ending.is_empty() || self.doc.flags(token) & (flag::GROUP | flag::TITLE) == 0 {
            return None;
        }
        let tail = raw.char_indices().rev().nth(1).map_or("", |(at, _)| &raw[at..]);
        let marked = self.lexicon.fold(tail) == ending;
        marked.then(|| {
            let stem = raw.len() - tail.len();
            format!("{}{}", &text[..stem], &text[raw.len()..])
        })
    }
}
