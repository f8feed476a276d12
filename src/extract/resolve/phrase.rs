//! What a mention's tokens are called: folded for comparing, cleaned for showing.

use super::*;

/// Whether a name is written as names are: words with one space between them, and no marks.
pub(super) fn tidy(name: &str) -> bool {
    // All other white space and quotation marks begin with one of these bytes.
    let doubtful = |byte: &u8| matches!(byte, 0..=0x1F | b'"' | 0xC2 | 0xE1..=0xE3);
    let bytes = name.as_bytes();
    !bytes.iter().any(doubtful)
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
}

impl<'a> Resolver<'a> {
    pub(super) fn words_of(&self, first: usize, last: usize) -> Vec<String> {
        (first..=last)
            .filter(|&i| self.doc.kind(i) == Kind::Word)
            .map(|i| self.stem(i).into_owned())
            .filter(|w| !w.is_empty())
            .collect()
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

    pub(super) fn fold_title(&self, first: usize, last: usize) -> String {
        let mut out = String::with_capacity(32);
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
        out
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
        match stem {
            Cow::Borrowed(stem) => Cow::Borrowed(stem.strip_prefix(article).filter(|s| s.len() >= 4).unwrap_or(stem)),
            Cow::Owned(stem) => Cow::Owned(
                stem.strip_prefix(article).filter(|s| s.len() >= 4).map_or_else(|| stem.clone(), str::to_owned),
            ),
        }
    }

    /// The text of tokens with the clitics of the first one taken off.
    pub fn clean(&self, first: usize, last: usize) -> String {
        let mut first = first;
        while first < last && self.lexicon.spec.grammar.definite_article.iter().any(|a| a == self.doc.norm(first)) {
            first += 1;
        }
        let text = self.text(first, last);
        let word = &self.doc.words[first];
        let bits = word.clitics();
        let token = &self.doc.tokens.all[first];
        let mut out = text;
        let raw = &text[..((token.end - token.start) as usize).min(text.len())];
        let mut cut = 0;
        if bits & clitic::CONJUNCTION != 0 {
            if let Some(c) = raw.chars().next() {
                cut += c.len_utf8();
            }
        }
        let mut swallowed = false;
        if bits & clitic::PREPOSITION != 0 {
            if let Some(c) = raw.get(cut..).and_then(|r| r.chars().next()) {
                cut += c.len_utf8();
            }
            let article = self.lexicon.spec.clitics.article.as_str();
            let rest = raw.get(cut..).unwrap_or("");
            swallowed = bits & clitic::ARTICLE != 0 && !self.lexicon.fold(rest).starts_with(article);
            if swallowed {
                if let Some(c) = rest.chars().next() {
                    cut += c.len_utf8();
                }
            }
        }
        out = out.get(cut..).unwrap_or(out);
        let unmarked = self.without_case(first, raw.get(cut..).unwrap_or(""), out);
        let mut name = match unmarked {
            Some(unmarked) if !swallowed => Cow::Owned(unmarked),
            _ if swallowed => Cow::Owned(format!("{}{out}", self.lexicon.spec.clitics.article)),
            _ => Cow::Borrowed(out),
        };
        if self.doc.tokens.all[last].possessive {
            if let Some(mark) = name.rfind(['\'', '\u{2019}']) {
                name = Cow::Owned(name[..mark].to_owned());
            }
        }
        if tidy(&name) {
            return name.into_owned();
        }
        // Marks and line ends inside a name are typography.
        let mut plain = String::with_capacity(name.len());
        for (number, word) in name.split_whitespace().enumerate() {
            if number > 0 {
                plain.push(' ');
            }
            word.split(['«', '»', '"', '“', '”']).for_each(|part| plain.push_str(part));
        }
        plain
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
