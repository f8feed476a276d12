//! Foreign names come in many spellings, of which a list holds some: "فلاديمير بوتين", "فلادمير بوتن". Their consonants
//! stay, give or take the letters that a language takes for one sound.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::vocabulary::Vocabulary;
use super::{Lexicon, WordId};

/// How spellings of foreign names differ in a language; all empty where nothing is known of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Transliteration {
    /// Letters that spellings leave out at will: vowels, mostly.
    pub dropped: String,
    /// Vowels that are written at the beginning of a word, where one stands for another.
    pub initial: String,
    /// Letters at the end of a word that are not heard.
    pub silent: String,
    /// Letters that stand for the same sound, group by group.
    pub alike: Vec<String>,
    /// Pairs of letters of which only the second is heard.
    pub digraphs: Vec<String>,
    /// Countries whose names the language spells in one way, or that are too much alike, ISO 3166-1 alpha-2.
    pub home: Vec<String>,
}

/// How many words a name has at most that is found in another spelling.
pub const MAX_WORDS: usize = 4;

/// How many consonants a word of such a name has at least, and the whole name: fewer are many people's.
const IN_WORD: usize = 2;
const IN_NAME: usize = 5;

/// What a letter is in the spelling of a foreign name.
#[derive(Clone, Copy, Default)]
struct Sound {
    /// The letter that stands for its group; the letter itself where it is in none.
    class: char,
    dropped: bool,
    initial: bool,
    silent: bool,
    /// It may be the first of two of which only the second is heard.
    mute: bool,
}

/// The letters of a language by their number, so that none is looked for in lists.
#[derive(Default)]
pub(crate) struct Sounds {
    first: u32,
    letters: Vec<Sound>,
    digraphs: Vec<[char; 2]>,
    /// What any vowel at the beginning of a word is written as; `None` where nothing is known of spellings.
    vowel: Option<char>,
}

impl Sounds {
    pub(super) fn new(spec: &Transliteration) -> Self {
        let lists = [&spec.dropped, &spec.initial, &spec.silent];
        let every = || lists.iter().copied().chain(&spec.alike).chain(&spec.digraphs).flat_map(|list| list.chars());
        let (Some(first), Some(last)) = (every().min(), every().max()) else { return Self::default() };
        let letters = (first..=last)
            .map(|letter| Sound {
                class: spec.alike.iter().find(|g| g.contains(letter)).and_then(|g| g.chars().next()).unwrap_or(letter),
                dropped: spec.dropped.contains(letter),
                initial: spec.initial.contains(letter),
                silent: spec.silent.contains(letter),
                mute: spec.digraphs.iter().any(|d| d.starts_with(letter)),
            })
            .collect();
        let digraphs = spec.digraphs.iter().filter_map(|d| {
            let mut letters = d.chars();
            Some([letters.next()?, letters.next()?])
        });
        let vowel = spec.initial.chars().next().filter(|_| !spec.dropped.is_empty());
        Self { first: first.into(), letters, digraphs: digraphs.collect(), vowel }
    }

    /// Whether nothing is known of spellings.
    pub fn is_empty(&self) -> bool {
        self.vowel.is_none()
    }

    #[inline]
    fn of(&self, letter: char) -> Sound {
        let at = u32::from(letter).wrapping_sub(self.first) as usize;
        self.letters.get(at).copied().unwrap_or(Sound { class: letter, ..Sound::default() })
    }

    /// Appends what all spellings of a folded word share; returns how many consonants that are.
    fn skeleton(&self, word: &str, out: &mut String) -> usize {
        let word = word.strip_suffix(|c| self.of(c).silent).unwrap_or(word);
        let mut count = 0;
        let mut letters = word.chars().peekable();
        let mut before = None;
        let mut first = true;
        while let Some(letter) = letters.next() {
            let begins = std::mem::take(&mut first);
            let sound = self.of(letter);
            if begins && sound.initial {
                out.extend(self.vowel);
                continue;
            }
            let unheard = sound.mute && letters.peek().is_some_and(|&next| self.digraphs.contains(&[letter, next]));
            if unheard || !begins && sound.dropped {
                before = None;
                continue;
            }
            if before.replace(sound.class) != Some(sound.class) {
                out.push(sound.class);
                count += 1;
            }
        }
        count
    }

    /// What all spellings of a name share, in `out`; whether that is enough to know it by.
    fn skeleton_of<'w>(&self, words: impl Iterator<Item = &'w str>, out: &mut String) -> bool {
        out.clear();
        let mut all = 0;
        for word in words {
            if !out.is_empty() {
                out.push(' ');
            }
            let count = self.skeleton(word, out);
            // "دي", "van": a particle may be short.
            if count < IN_WORD && word.chars().count() > 3 {
                return false;
            }
            all += count;
        }
        all >= IN_NAME
    }
}

impl Lexicon {
    /// Whether the language tells how spellings of foreign names differ.
    pub fn has_spellings(&self) -> bool {
        !self.sounds.is_empty()
    }

    /// The known person whose name these words are in another spelling.
    pub fn spelt<'w>(&self, words: impl Iterator<Item = &'w str>, scratch: &mut String) -> Option<u32> {
        if self.sounds.is_empty() || !self.sounds.skeleton_of(words, scratch) {
            return None;
        }
        self.spellings.get(scratch)
    }

    /// Fills the table of spellings from all names of people: what several share, or a name of the own languages, is left
    /// out.
    pub(super) fn gather_spellings(&mut self, names: &[(String, u32)]) {
        let spec = &self.spec.transliteration;
        let sounds = Sounds::new(spec);
        if sounds.is_empty() {
            return;
        }
        let mut owners: FxHashMap<String, Option<WordId>> = FxHashMap::default();
        let mut skeleton = String::new();
        for (name, person) in names {
            let words = name.split(' ').count();
            if !(2..=MAX_WORDS).contains(&words) || !sounds.skeleton_of(name.split(' '), &mut skeleton) {
                continue;
            }
            let terms = self.terms.get(&self.people[*person as usize].id);
            let own = terms.is_some_and(|terms| terms.iter().any(|t| spec.home.contains(&t.country)));
            let owner = owners.entry(skeleton.clone()).or_insert((!own).then_some(*person));
            if own || *owner != Some(*person) {
                *owner = None;
            }
        }
        let mut known: Vec<(String, WordId)> =
            owners.into_iter().filter_map(|(skeleton, person)| Some((skeleton, person?))).collect();
        known.sort_unstable();
        let mut table = Vocabulary::default();
        for (skeleton, person) in &known {
            table.insert(skeleton, *person);
        }
        self.spellings = table;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> Transliteration {
        Transliteration {
            dropped: "اويءئؤى".into(),
            initial: "اع".into(),
            silent: "هة".into(),
            alike: vec!["غجقك".into(), "تطث".into()],
            digraphs: vec!["تش".into()],
            home: Vec::new(),
        }
    }

    fn skeleton(name: &str) -> Option<String> {
        let mut out = String::new();
        Sounds::new(&spec()).skeleton_of(name.split(' '), &mut out).then_some(out)
    }

    #[test]
    fn spellings_of_a_foreign_name_share_their_consonants() {
        for [a, b] in [
            ["فلاديمير بوتين", "فلادمير بوتن"],
            ["سيرغي لافروف", "سرجي لافروف"],
            ["انغيلا ميركل", "انجلا مركل"],
            ["تشارلز ميشيل", "شارلز ميشل"],
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} and {b}");
            assert!(skeleton(a).is_some(), "{a} is long enough");
        }
    }

    #[test]
    fn a_short_name_is_known_by_its_own_spelling_alone() {
        assert_eq!(skeleton("لي وو"), None);
        assert_ne!(skeleton("فلاديمير بوتين"), skeleton("فلاديمير بوكين"));
    }
}
