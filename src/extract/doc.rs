//! An article looked up: tokens, what the lexicon says of each, phrases, sentences, quotations.

mod spelling;

use crate::event::{Field, Span};
use crate::lexicon::{Entry, Flags, Lexicon, Meaning, WordId, clitic, flag, mark, prefetch, vocabulary};
use crate::text::{Kind, Quotation, Tokens, quotations};

/// A phrase of the lexicon found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    pub start: u32,
    /// Tokens that it covers.
    pub len: u16,
    pub meaning: Meaning,
    pub flags: Flags,
    /// What is attached to its first token.
    pub clitics: u16,
}

impl Match {
    /// Index of its last token.
    #[inline]
    pub fn last(&self) -> usize {
        self.start as usize + usize::from(self.len) - 1
    }
}

/// A sentence: tokens `first..=last`, its end mark included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub first: usize,
    pub last: usize,
    pub paragraph: u32,
}

/// Everything that stages after look-up read. Reused from article to article, so that the hot path allocates nothing.
#[derive(Default)]
pub struct Doc {
    pub tokens: Tokens,
    pub words: Vec<Word>,
    /// What each token is, and the categories of what it means by itself: what rules ask most, apart from all else.
    kinds: Vec<Kind>,
    flags: Vec<Flags>,
    pub matches: Vec<Match>,
    /// Where the matches of a token begin in `matches`.
    pub match_index: Vec<u32>,
    /// Categories of all phrases that start at a token: most tokens are asked for what they have nothing of.
    begins: Vec<Flags>,
    pub sentences: Vec<Sentence>,
    /// The sentence of each token.
    pub sentence_of: Vec<u32>,
    pub quotations: Vec<Quotation>,
    /// One more than the index of the quotation that a token stands in, 0 for none.
    pub quoted: Vec<u32>,
    /// The first token of the body.
    pub body: usize,
    looked: Vec<Looked>,
    scratch: Scratch,
    cache: Cache,
}

/// A token looked up: what rules ask of a word beside its categories, whatever stands around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// What is attached to it in its first reading.
    clitics: u16,
    /// Clitics that stand on an unknown word as well (a leading conjunction or article), by form alone.
    pub shape: u16,
    /// What is attached to it in every reading, and in some reading: the low bits, of conjunction, preposition and article.
    always: u8,
    sometimes: u8,
    /// How many readings it has.
    pub count: u8,
    /// Whether some meaning asks for capitals, so that the categories depend on how it is written.
    cased: bool,
    /// What the word lists of its language say of it (see [`mark`](crate::lexicon::mark)).
    marks: u8,
}

impl Word {
    /// What is attached to the word in its first reading.
    #[inline]
    pub fn clitics(&self) -> u16 {
        self.clitics
    }

    /// Whether word lists say one of `marks` of the word.
    #[inline]
    pub fn marked(&self, marks: u8) -> bool {
        self.marks & marks != 0
    }

    /// Whether one of `clitics` is attached to the word however it is read; to a word that nobody listed, anything could be.
    #[inline]
    pub fn always(&self, clitics: u16) -> bool {
        self.count == 0 || u16::from(self.always) & clitics != 0
    }
}

/// A form looked up: with all that it means, and how phrases go on from it.
#[derive(Clone, Copy, Default)]
struct Looked {
    /// Categories of what it means by itself, and `STARTS`.
    flags: Flags,
    /// Its first meaning, the only one of most words; those of a word of several stand together in the cache, this one too.
    first: Known,
    /// The whole form as a known word, 0 if none: how phrases go on to it.
    whole: WordId,
    /// Which words can lead on from it in some reading (see [`Head::leads`](crate::lexicon::Head::leads)).
    leads: u32,
    /// Where its meanings begin in the cache, and how many they are.
    known: u32,
    known_count: u16,
    word: Word,
}

/// One meaning of a form in one of its readings.
#[derive(Clone, Copy, Debug)]
struct Known {
    meaning: Meaning,
    flags: Flags,
    /// The node from which longer phrases go on; 0 where none do, and behind the first meaning of the reading.
    root: u32,
    clitics: u16,
    /// Which capitals it asks for, or [`NEVER`].
    case: u8,
}

/// The "case" of what means nothing by itself, and only begins longer phrases.
const NEVER: u8 = u8::MAX;

impl Default for Known {
    fn default() -> Self {
        Self { meaning: Meaning::Word, flags: 0, root: 0, clitics: 0, case: NEVER }
    }
}

/// Words looked up before, with their meanings: news repeats its words.
///
/// A hash has a set of two places, of which a new word takes the first and moves what stood there to the second.
#[derive(Default)]
struct Cache {
    /// The lexicon that it was filled from, by its serial number.
    owner: u64,
    /// A power of two of them.
    sets: Vec<[Held; 2]>,
    /// How many words were put into the sets: when they could be half full, their number is doubled.
    put: usize,
    known: Vec<Known>,
}

/// A place of the cache, as large as what a processor reads at a time.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Held {
    /// The hash of the form; 0 for none.
    key: u64,
    looked: Looked,
}

const _: () = assert!(size_of::<Held>() == 64);

impl Cache {
    fn prepare(&mut self, owner: u64) {
        // Eviction leaves meanings behind: when there are too many the cache starts anew.
        if self.owner != owner || self.sets.is_empty() || self.known.len() > MAX_KNOWN {
            self.owner = owner;
            self.sets.clear();
            self.sets.resize(FIRST_SETS, [Held::default(); 2]);
            self.put = 0;
            self.known.clear();
        }
    }

    fn set(&self, key: u64) -> usize {
        (key >> 40) as usize & (self.sets.len() - 1)
    }

    fn put(&mut self, held: Held) -> &Looked {
        let at = self.set(held.key);
        let set = &mut self.sets[at];
        set[1] = std::mem::replace(&mut set[0], held);
        &set[0].looked
    }

    /// Twice the places: a handful of articles needs few, and shall not wait until memory for many is cleared.
    fn grow(&mut self) {
        let more = vec![[Held::default(); 2]; 2 * self.sets.len()];
        for [newer, older] in std::mem::replace(&mut self.sets, more) {
            for held in [older, newer] {
                if held.key != 0 {
                    self.put(held);
                }
            }
        }
    }

    /// The place of a word, which is looked up if it has none.
    fn place(&mut self, key: u64, lexicon: &Lexicon, norm: &str, scratch: &mut String) -> &Looked {
        let at = self.set(key);
        let set = &self.sets[at];
        let place = usize::from(set[0].key != key);
        if set[place].key == key {
            return &self.sets[at][place].looked;
        }
        let looked = learn(lexicon, norm, scratch, &mut self.known);
        self.put += 1;
        if self.put > self.sets.len() && self.sets.len() < MAX_SETS {
            self.grow();
        }
        self.put(Held { key, looked })
    }

    /// Looks up all words among `tokens`.
    ///
    /// The places of a word and of its meanings are anywhere in memory, and waiting for one after the other would take most
    /// of the time. So they are asked for some words ahead of their use.
    fn look_up(&mut self, tokens: &Tokens, lexicon: &Lexicon, scratch: &mut Scratch, out: &mut Vec<Looked>) {
        let Scratch { form, keys } = scratch;
        keys.clear();
        let words = tokens.all.iter().enumerate();
        keys.extend(
            words.map(|(i, token)| if token.kind == Kind::Word { vocabulary::hash(tokens.norm(i)) } else { 0 }),
        );
        for &key in keys.iter().take(AHEAD) {
            prefetch(&self.sets[self.set(key)]);
        }
        out.clear();
        // What the word before can begin.
        let (mut leads, mut root) = (0, 0);
        for (i, &key) in keys.iter().enumerate() {
            if let Some(&later) = keys.get(i + AHEAD) {
                prefetch(&self.sets[self.set(later)]);
            }
            if key == 0 {
                leads = 0;
                out.push(Looked::default());
                continue;
            }
            let looked = *self.place(key, lexicon, tokens.norm(i), form);
            if leads & Lexicon::lead(looked.whole) != 0 {
                lexicon.expect(root);
            }
            (leads, root) = (looked.leads, looked.first.root);
            if looked.known_count > 1 {
                prefetch(&self.known[looked.known as usize]);
            }
            out.push(looked);
        }
    }

    /// What a form means, reading by reading.
    fn meanings<'a>(&'a self, looked: &'a Looked) -> &'a [Known] {
        match looked.known_count {
            1 => std::slice::from_ref(&looked.first),
            count => &self.known[looked.known as usize..looked.known as usize + usize::from(count)],
        }
    }
}

/// How many tokens ahead of its use the place of a word is asked for.
const AHEAD: usize = 16;

/// What look-up needs beside its tables, kept for its memory.
#[derive(Default)]
struct Scratch {
    /// A word's form as it would be without what is attached to it.
    form: String,
    /// The hash of each token's form; 0 for a token that is no word.
    keys: Vec<u64>,
}

/// Sets of the cache of looked-up words, at first and at most: four megabytes. Four times as much would save a tenth of the
/// time on words met again and again, and costs a fifth on a first pass, which pays for every page of it.
const FIRST_SETS: usize = 1 << 10;
const MAX_SETS: usize = 1 << 15;

/// When the cached meanings have grown to this many the cache starts anew: eviction leaves some behind.
const MAX_KNOWN: usize = 1 << 18;

/// How many words a heading in capitals may have.
const HEADING: usize = 14;
/// The longest sentence, in tokens: more than the longest enumeration that newspapers write.
const MAX_SENTENCE: usize = 700;

/// Looks a word up, with all that it means by itself and where longer phrases go on from it.
fn learn(lexicon: &Lexicon, norm: &str, scratch: &mut String, known: &mut Vec<Known>) -> Looked {
    let found = lexicon.look_up(norm, scratch);
    let marks = lexicon.marks(norm);
    let mut word = Word { shape: found.shape, count: found.count, always: u8::MAX, marks, ..Word::default() };
    let begin = known.len();
    let (mut flags, mut leads) = (0, 0);
    for (index, reading) in found.readings().iter().enumerate() {
        if index == 0 {
            word.clitics = reading.clitics;
        }
        word.always &= reading.clitics as u8;
        word.sometimes |= reading.clitics as u8;
        let head = lexicon.head(reading.word);
        leads |= head.leads;
        let first = known.len();
        for entry in lexicon.entries_of(head) {
            if suits(entry, reading.clitics, 1) {
                flags |= entry.flags;
                word.cased |= entry.case != 0;
                let (meaning, flags, case) = (entry.meaning, entry.flags, entry.case);
                known.push(Known { meaning, flags, root: 0, clitics: reading.clitics, case });
            }
        }
        if head.leads != 0 {
            if known.len() == first {
                known.push(Known { clitics: reading.clitics, ..Known::default() });
            }
            known[first].root = head.root;
        }
    }
    let count = known.len() - begin;
    let first = known.get(begin).copied().unwrap_or_default();
    if count == 1 {
        known.truncate(begin);
    }
    Looked {
        // What matters at a token is what its entries say, not what the same letters could say elsewhere: a category that
        // only holds in capitals does not hold here.
        flags: flags | found.flags & flag::STARTS,
        first,
        whole: found.whole,
        leads,
        known: begin as u32,
        known_count: count.min(usize::from(u16::MAX)) as u16,
        word,
    }
}

impl Doc {
    /// Reads and looks up an article.
    pub fn read(&mut self, title: &str, body: &str, lexicon: &Lexicon) {
        self.tokens.clear();
        self.tokens.read_as(Field::Title, title, &lexicon.spec.spelling);
        self.body = self.tokens.all.len();
        self.tokens.read_as(Field::Body, body, &lexicon.spec.spelling);
        self.kinds.clear();
        self.kinds.extend(self.tokens.all.iter().map(|token| token.kind));
        self.look_up(lexicon);
        self.find_spellings(lexicon);
        if !lexicon.spec.grammar.has_case {
            self.settle_here(lexicon);
        }
        quotations(&self.tokens, &mut self.quotations);
        self.quoted.clear();
        self.quoted.resize(self.tokens.all.len(), 0);
        for (index, quotation) in self.quotations.iter().enumerate() {
            for token in quotation.first..=quotation.last {
                self.quoted[token] = index as u32 + 1;
            }
        }
        self.split_sentences(lexicon);
    }

    fn look_up(&mut self, lexicon: &Lexicon) {
        let Self { tokens, words, flags, matches, match_index, begins, looked, scratch, cache, .. } = self;
        cache.prepare(lexicon.serial);
        cache.look_up(tokens, lexicon, scratch, looked);
        words.clear();
        words.extend(looked.iter().map(|looked| looked.word));
        flags.clear();
        flags.extend(looked.iter().map(|looked| looked.flags));
        begins.clear();
        begins.resize(looked.len(), 0);
        matches.clear();
        match_index.clear();
        for (i, begins) in begins.iter_mut().enumerate() {
            match_index.push(matches.len() as u32);
            let found = &looked[i];
            if found.word.count == 0 {
                continue;
            }
            let begin = matches.len();
            let meanings = cache.meanings(found);
            // The number of the next word; 0 where none can lead on.
            let next = looked.get(i + 1).map_or(0, |next| next.whole);
            if next != 0 && found.leads & Lexicon::lead(next) != 0 {
                for one in meanings.iter().filter(|one| one.root != 0) {
                    longer(lexicon, tokens, looked, (i, one.root, one.clitics), matches);
                }
                if matches.len() > begin + 1 {
                    matches[begin..].sort_by_key(|m| std::cmp::Reverse(m.len));
                }
                *begins = matches[begin..].iter().fold(0, |all, m| all | m.flags);
            }
            let mut single: Flags = 0;
            for one in meanings {
                if fits_case(one.case, tokens, i) {
                    single |= one.flags;
                    matches.push(Match {
                        start: i as u32,
                        len: 1,
                        meaning: one.meaning,
                        flags: one.flags,
                        clitics: one.clitics,
                    });
                }
            }
            *begins |= single;
            if found.word.cased {
                flags[i] = single | (found.flags & flag::STARTS);
            }
        }
        match_index.push(matches.len() as u32);
    }

    /// "التقى الرئيس هنا اليوم": the word for "here", which could be a verb of saying (هنأ), is none where nobody who could
    /// say it stands behind it.
    fn settle_here(&mut self, lexicon: &Lexicon) {
        let who = flag::PERSON
            | flag::GIVEN
            | flag::SURNAME
            | flag::TITLE
            | flag::HONORIFIC
            | flag::GROUP
            | flag::ORG
            | flag::ORG_HEAD
            | flag::COUNTRY
            | flag::DEMONYM;
        for i in 0..self.tokens.all.len() {
            let either = self.flags[i] & (flag::ADVERB | flag::SPEECH) == flag::ADVERB | flag::SPEECH;
            if !either || self.begins(i + 1) & who != 0 {
                continue;
            }
            if !lexicon.spec.grammar.here.iter().any(|here| here == self.tokens.norm(i)) {
                continue;
            }
            let matches = self.match_index[i] as usize..self.match_index[i + 1] as usize;
            for one in &mut self.matches[matches] {
                if one.len == 1 && one.flags & flag::SPEECH != 0 && one.flags & flag::ADVERB == 0 {
                    (one.meaning, one.flags) = (Meaning::Word, flag::ADVERB);
                }
            }
            self.begins[i] = self.matches_at(i).iter().fold(0, |all, m| all | m.flags);
            self.flags[i] = self.begins[i] | self.flags[i] & flag::STARTS;
        }
    }

    /// Phrases that start at `token`, longest first.
    #[inline]
    pub fn matches_at(&self, token: usize) -> &[Match] {
        if token + 1 >= self.match_index.len() {
            return &[];
        }
        &self.matches[self.match_index[token] as usize..self.match_index[token + 1] as usize]
    }

    /// The word at `token`, as phrases are made of words; 0 for one of none.
    pub fn whole(&self, token: usize) -> WordId {
        self.looked.get(token).map_or(0, |looked| looked.whole)
    }

    /// Categories of all phrases that start at `token`, of whatever length.
    #[inline]
    pub fn begins(&self, token: usize) -> Flags {
        self.begins.get(token).copied().unwrap_or(0)
    }

    /// The longest phrase at `token` with one of `flags`.
    #[inline]
    pub fn longest(&self, token: usize, flags: Flags) -> Option<&Match> {
        if self.begins(token) & flags == 0 {
            return None;
        }
        self.matches_at(token).iter().find(|m| m.flags & flags != 0)
    }

    /// Categories of the token by itself.
    #[inline]
    pub fn flags(&self, token: usize) -> Flags {
        self.flags.get(token).copied().unwrap_or(0)
    }

    #[inline]
    pub fn kind(&self, token: usize) -> Kind {
        self.kinds.get(token).copied().unwrap_or(Kind::Break)
    }

    #[inline]
    pub fn norm(&self, token: usize) -> &str {
        if token < self.tokens.all.len() { self.tokens.norm(token) } else { "" }
    }

    /// Whether the article has no tokens.
    pub fn is_empty(&self) -> bool {
        self.tokens.all.is_empty()
    }

    /// How many tokens the article has.
    pub fn len(&self) -> usize {
        self.tokens.all.len()
    }

    #[inline]
    pub fn sentence(&self, token: usize) -> Sentence {
        self.sentences[self.sentence_of[token] as usize]
    }

    /// The span of tokens `first..=last`, cut back to one field.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let field = self.tokens.all[first].field;
        let mut last = last.max(first);
        while last > first && (self.tokens.all[last].field != field || self.kind(last) == Kind::Break) {
            last -= 1;
        }
        self.tokens.span(first, last)
    }

    /// Whether the token's own form says that a conjunction is attached.
    #[inline]
    pub fn has_conjunction(&self, token: usize) -> bool {
        let word = &self.words[token];
        if word.count > 0 { word.clitics() & clitic::CONJUNCTION != 0 } else { word.shape & clitic::CONJUNCTION != 0 }
    }

    #[inline]
    pub fn has_article(&self, token: usize) -> bool {
        let word = &self.words[token];
        (u16::from(word.sometimes) | word.shape) & clitic::ARTICLE != 0
    }

    /// A run of tokens that no writer means as one sentence is cut: frames look through their whole sentence, so that its
    /// length has to be bounded for time to stay linear in the length of the article.
    fn split_sentences(&mut self, lexicon: &Lexicon) {
        self.sentences.clear();
        self.sentence_of.clear();
        let mut first = 0;
        let mut paragraph = 0;
        let count = self.tokens.all.len();
        let captions = lexicon.spec.words.contains_key("captions");
        let credits = lexicon.spec.words.contains_key("credits");
        let entries = lexicon.spec.grammar.adjective_first;
        // The last token of the mark of a caption that the text has taken up.
        let mut caption = None;
        // Where the text goes on behind the credit of a picture.
        let mut resumes = usize::MAX;
        for i in 0..count {
            if captions || credits || entries {
                let credit = credits
                    && i > first
                    && i != resumes
                    && (self.credit(i, lexicon, &mut resumes) || self.shouts(i, &mut resumes));
                let entry = entries && i > first && self.opens_entry(i);
                let caption = captions && self.splits_caption(i, lexicon, &mut caption);
                if (caption || credit || entry || i == resumes) && i > first {
                    self.sentences.push(Sentence { first, last: i - 1, paragraph });
                    self.sentence_of.resize(i, self.sentences.len() as u32 - 1);
                    first = i;
                }
            }
            let ends = match self.kind(i) {
                Kind::Break => true,
                Kind::Stop => self.ends_sentence(i, lexicon),
                _ => i >= first + MAX_SENTENCE,
            };
            if ends {
                let mut last = i;
                // A closing mark right after the full stop belongs to the sentence it closes.
                if self.kind(i) == Kind::Stop
                    && matches!(self.kind(i + 1), Kind::Quote | Kind::Close)
                    && self.closes(i + 1)
                {
                    last = i + 1;
                }
                // A line end right after a full stop belongs to the sentence that it follows.
                if last == first && self.kind(i) == Kind::Break && !self.sentences.is_empty() {
                    let whole = self.sentences.len() - 1;
                    if self.tokens.all[self.sentences[whole].first].field == self.tokens.all[i].field {
                        self.sentences[whole].last = last;
                        self.sentence_of.resize(last + 1, whole as u32);
                        first = last + 1;
                        paragraph += 1;
                        continue;
                    }
                }
                if last >= first {
                    self.sentences.push(Sentence { first, last, paragraph });
                    self.sentence_of.resize(last + 1, self.sentences.len() as u32 - 1);
                }
                first = last + 1;
                if self.kind(i) == Kind::Break {
                    paragraph += 1;
                }
            }
        }
        if first < count {
            self.sentences.push(Sentence { first, last: count - 1, paragraph });
            self.sentence_of.resize(count, self.sentences.len() as u32 - 1);
        }
    }

    /// Whether the word at `p` stands in a list of `[words]`.
    #[inline]
    pub fn listed(&self, list: &str, p: usize, lexicon: &Lexicon) -> bool {
        self.words.get(p).is_some_and(|word| word.marked(mark::LISTED)) && lexicon.lists(list, self.scratch.keys[p])
    }

    /// The first phrase of a list of `[words]` that stands at `p`: how many tokens it has.
    pub fn phrase_at(&self, p: usize, list: &str, lexicon: &Lexicon) -> Option<usize> {
        if !self.words.get(p).is_some_and(|word| word.marked(mark::LISTED))
            || !lexicon.lists_phrase(list, self.scratch.keys[p])
        {
            return None;
        }
        lexicon.spec.words.get(list)?.iter().find_map(|phrase| {
            let mut words = phrase.split(' ').enumerate();
            words.all(|(i, word)| self.norm(p + i) == word).then(|| phrase.split(' ').count())
        })
    }

    /// Pages run the captions of their pictures into the text: "Image caption The crater outside the embassy Police said".
    /// Whether a caption begins at `i`, or ends before it: at a capital behind a common noun.
    fn splits_caption(&self, i: usize, lexicon: &Lexicon, caption: &mut Option<usize>) -> bool {
        let tokens = &self.tokens.all;
        if tokens[i].kind == Kind::Break {
            *caption = None;
            return false;
        }
        if tokens[i].kind != Kind::Word || !tokens[i].capital {
            return false;
        }
        if let Some(length) = self.phrase_at(i, "captions", lexicon) {
            *caption = Some(i + length - 1);
            return true;
        }
        let before = i.saturating_sub(1);
        let noun = flag::NOUN | flag::GROUP;
        let other = flag::PREPOSITION | flag::CONJUNCTION | flag::DETERMINER | flag::TITLE | flag::ORG_HEAD;
        // "Protests in New York Mr Vale seems": behind a place somebody's honorific begins the text.
        let named = self.flags(i) & flag::HONORIFIC != 0 && self.flags(before) & flag::PLACE != 0;
        let ends = caption.is_some_and(|last| i > last + 4)
            && tokens[before].kind == Kind::Word
            && (!tokens[before].capital || named)
            && !tokens[before].possessive
            && self.flags(before) & (noun | flag::PLACE) != 0
            && self.flags(before) & other == 0;
        if ends {
            *caption = None;
        }
        ends
    }

    /// "Sat down GETTY Vale met", "a raid Getty Images 9 Vale lands": whether the credit of a picture that the page has run
    /// into its text stands at `i`; behind it another sentence begins.
    fn credit(&self, i: usize, lexicon: &Lexicon, resumes: &mut usize) -> bool {
        let tokens = &self.tokens.all;
        if tokens[i].kind != Kind::Word || !tokens[i].capital || !matches!(tokens[i - 1].kind, Kind::Word | Kind::Quote)
        {
            return false;
        }
        // "AP:Associated Press".
        let twice = self.kind(i + 1) == Kind::Colon && tokens[i].capitals;
        let named = self.phrase_at(i + 2, "credits", lexicon).filter(|&l| twice && l > 1).map(|l| l + 2);
        let Some(length) =
            named.or_else(|| self.phrase_at(i, "credits", lexicon)).filter(|&l| l > 1 || tokens[i].capitals)
        else {
            return false;
        };
        let led = flag::PREPOSITION | flag::DETERMINER | flag::CONJUNCTION | flag::SPEECH | flag::ATTRIBUTION;
        let mut next = i + length;
        // "Getty Images 9", "AFP 1 of 31".
        while next < i + length + 3 && tokens.get(next).is_some_and(|t| t.kind == Kind::Number) {
            next += 1 + usize::from(self.flags(next + 1) & flag::PREPOSITION != 0);
        }
        let opens = tokens
            .get(next)
            .is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Quote) && (t.capital || t.kind == Kind::Quote));
        let led = if length > 1 { flag::PREPOSITION | flag::DETERMINER } else { led };
        let credit = self.flags(i - 1) & led == 0 && opens && !tokens[i].possessive;
        if credit {
            *resumes = next;
        }
        credit
    }

    /// "... by the river THE HARBOUR DEAL EXPLAINED Vale met": whether a heading in capitals that the page has run into its
    /// text begins at `i`; behind it another sentence begins.
    fn shouts(&self, i: usize, resumes: &mut usize) -> bool {
        let tokens = &self.tokens.all;
        let capitals = |p: usize| tokens.get(p).is_some_and(|t| t.kind == Kind::Word && t.capitals);
        if !capitals(i) || capitals(i - 1) || tokens[i - 1].kind != Kind::Word {
            return false;
        }
        let mut next = i;
        let mut common = 0;
        while capitals(next) && next < i + HEADING {
            let plain = flag::NOUN | flag::VERB | flag::ADJECTIVE | flag::DETERMINER | flag::PREPOSITION;
            common += usize::from(self.flags(next) & plain != 0 && self.tokens.norm(next).len() > 2);
            next += 1;
        }
        let led = flag::PREPOSITION | flag::DETERMINER | flag::CONJUNCTION | flag::SPEECH;
        let opens = tokens.get(next).is_some_and(|t| t.capital && !t.capitals || t.kind == Kind::Quote);
        let heading = next >= i + 3 && common >= 2 && opens && self.flags(i - 1) & led == 0;
        if heading {
            *resumes = next;
        }
        heading
    }

    /// "... the raid March 3, 2015: Vale says": whether an entry of a chronicle whose lines were run together begins at `i`.
    fn opens_entry(&self, i: usize) -> bool {
        let tokens = &self.tokens.all;
        if tokens[i].kind != Kind::Word || self.flags(i) & flag::MONTH == 0 {
            return false;
        }
        let number = |p: usize| tokens.get(p).is_some_and(|t| t.kind == Kind::Number);
        let year = i + 2 + usize::from(self.kind(i + 2) == Kind::Comma);
        let led = flag::PREPOSITION | flag::DETERMINER | flag::CONJUNCTION;
        tokens[i].capital
            && number(i + 1)
            && number(year)
            && self.tokens.norm(year).len() == 4
            && self.kind(year + 1) == Kind::Colon
            && self.flags(i - 1) & led == 0
    }

    /// The quotation whose closing mark is `token`.
    pub fn closing(&self, token: usize) -> Option<&Quotation> {
        let inner = *self.quoted.get(token.checked_sub(1)?)? as usize;
        let quotation = self.quotations.get(inner.checked_sub(1)?)?;
        (quotation.closed && quotation.last + 1 == token).then_some(quotation)
    }

    /// The quotation whose opening mark is `token`.
    pub fn opening(&self, token: usize) -> Option<&Quotation> {
        let inner = *self.quoted.get(token + 1)? as usize;
        let quotation = self.quotations.get(inner.checked_sub(1)?)?;
        (quotation.open == token).then_some(quotation)
    }

    fn closes(&self, mark: usize) -> bool {
        let inner = self.quoted[mark - 1] as usize;
        self.kind(mark) == Kind::Close
            || inner > 0 && self.quotations[inner - 1].closed && self.quotations[inner - 1].last + 1 == mark
    }

    fn ends_sentence(&self, stop: usize, lexicon: &Lexicon) -> bool {
        let tokens = &self.tokens.all;
        let Some(next) = tokens.get(stop + 1) else { return true };
        if tokens[stop].mark != '.' {
            return next.kind != Kind::Stop;
        }
        if next.kind == Kind::Stop {
            return false;
        }
        // "(R-Wis.) said", "R-Ky., said": an abbreviation, where the sentence goes on behind bracket or comma.
        if lexicon.spec.grammar.has_case && !next.spaced {
            let goes_on =
                tokens.get(stop + 2).is_some_and(|t| t.kind == Kind::Word && !t.capital || t.kind == Kind::Comma);
            if next.kind == Kind::Comma || next.kind == Kind::Close && goes_on {
                return false;
            }
        }
        // "د. حسين": a single letter is an abbreviation.
        if stop > 0
            && next.kind == Kind::Word
            && !tokens[stop].spaced
            && tokens[stop - 1].kind == Kind::Word
            && self.tokens.norm(stop - 1).chars().count() == 1
            && !lexicon.spec.grammar.has_case
        {
            return false;
        }
        // A decimal or a dotted name has no space after its point.
        if !next.spaced && matches!(next.kind, Kind::Word | Kind::Number) && stop > 0 {
            let numbers = tokens[stop - 1].kind == Kind::Number && next.kind == Kind::Number;
            return !numbers && !next.capital && lexicon.spec.grammar.has_case == next.capital;
        }
        if stop > 0 && lexicon.spec.grammar.has_case && !tokens[stop].spaced {
            let before = self.tokens.norm(stop - 1);
            let abbreviation = before.len() == 1
                || lexicon.spec.words.get("abbreviations").is_some_and(|list| list.iter().any(|a| a == before));
            if abbreviation && next.kind != Kind::Break {
                return false;
            }
            if next.kind == Kind::Word && !next.capital && next.spaced {
                return false;
            }
        }
        true
    }
}

/// Adds the phrases of more than one word that go on from `root`, the node of the word at `start`.
fn longer(
    lexicon: &Lexicon,
    tokens: &Tokens,
    looked: &[Looked],
    (start, root, clitics): (usize, u32, u16),
    matches: &mut Vec<Match>,
) {
    let (mut node, mut len) = (root, 1);
    while let Some(next) = looked.get(start + usize::from(len)) {
        let Some(further) = lexicon.step(node, next.whole) else { break };
        node = further;
        len += 1;
        for entry in lexicon.entries(node) {
            if fits_case(entry.case, tokens, start) && suits(entry, clitics, len) {
                matches.push(Match { start: start as u32, len, meaning: entry.meaning, flags: entry.flags, clitics });
            }
        }
    }
}

fn fits_case(case: u8, tokens: &Tokens, token: usize) -> bool {
    if case == 0 {
        return true;
    }
    let t = &tokens.all[token];
    match case {
        NEVER => false,
        1 => t.capital,
        _ => t.capitals || (t.capital && tokens.norm(token).len() > 3),
    }
}

/// Which attachments an entry bears: a pronoun only on words that it can stand on, "will" only on verbs.
fn suits(entry: &Entry, clitics: u16, len: u16) -> bool {
    if clitics & clitic::SUFFIX != 0 {
        return len == 1
            && matches!(
                entry.meaning,
                Meaning::Trigger { .. }
                    | Meaning::Light { .. }
                    | Meaning::SpeechNoun { .. }
                    | Meaning::Title { .. }
                    | Meaning::Group { .. }
                    | Meaning::Word
                    | Meaning::Sport
                    | Meaning::Modality { .. }
            )
            && entry.flags & (flag::GIVEN | flag::SURNAME) == 0;
    }
    true
}
