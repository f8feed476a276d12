//! Compiled language data: words, phrases and what they mean.
//!
//! A [`Lexicon`] is built once per language from the files of its folder and never changes. Look-ups allocate nothing.

pub mod check;
pub mod image;
pub mod load;
mod packed;
pub mod source;
pub mod spec;
pub mod table;
pub mod transliteration;
pub mod vocabulary;

use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::event::{Act, EventType, MeetingMode, Modality};
use packed::{Row, long, number};

/// A word of some entry; 0 stands for a word of none.
pub type WordId = u32;

/// Categories of entries, as bits.
pub type Flags = u64;

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        /// One bit per category of entry.
        pub mod flag {
            $($(#[$doc])* pub const $name: super::Flags = 1 << $bit;)*
            /// Every category by its name, for people.
            pub const NAMES: &[(&str, super::Flags)] = &[$((stringify!($name), $name)),*];
        }
    };
}

flags! {
    COUNTRY = 0; DEMONYM = 1; PLACE = 2; ORG = 3; MEDIA = 4; PERSON = 5; TITLE = 6; HONORIFIC = 7; GROUP = 8;
    GIVEN = 9; SURNAME = 10; NAME_PART = 11; NOUN = 12; ADJECTIVE = 13; VERB = 14; ADVERB = 15; PARTICLE = 16;
    SPEECH = 17; MEETING = 18; VISIT = 19; LIGHT = 20; SPEECH_NOUN = 21; MODALITY = 22; NULL = 23; TOPIC = 24;
    /// Introduces a reported clause (أن, that).
    THAT = 25;
    PREPOSITION = 26; CONJUNCTION = 27; RELATIVE = 28; NEGATION = 29; PRONOUN = 30;
    /// Starts a subordinate clause (بينما, while).
    SUBORDINATOR = 31;
    MONTH = 32; WEEKDAY = 33; TIME_WORD = 34;
    /// Credits an outlet or a speaker (بحسب, according to).
    ATTRIBUTION = 35;
    DEMONSTRATIVE = 36;
    /// "The two sides".
    BOTH_SIDES = 37;
    /// Auxiliaries that stand between subject and verb (كان, has).
    AUXILIARY = 38;
    /// A noun that makes an organisation of what follows (وزارة, ministry).
    ORG_HEAD = 39;
    /// What introduces a leader (برئاسة, led by).
    LED_BY = 40;
    /// Starts some phrase of more than one word.
    STARTS = 41;
    /// "In a statement": wording of a report that may stand between verb and subject.
    SETTING = 42;
    NON_ACTOR = 43;
    CAPITAL_CITY = 44;
    /// "Saying": introduces the words of a report that another verb has begun.
    SAYING = 45;
    /// "In which": points back at the statement just named.
    RESUMPTIVE = 46;
    /// "The country": the one spoken of.
    HOME = 47;
    /// Opens a noun phrase (the, several).
    DETERMINER = 48;
    /// A form of "be": with a past participle it makes a passive.
    BE = 49;
    /// "Would", "could": the verb after it is not told as having happened.
    MODAL = 50;
    /// A pronoun that is no subject (him, their).
    OBLIQUE = 51;
    /// "To" before a verb.
    INFINITIVE = 52;
    /// A pronoun for a body or a country (it).
    NEUTER = 53;
/// A noun for what is talked about: plan, decision.
    MATTER = 54;
    /// Of several countries or the whole world (international, Arab): what it modifies is of no one country.
    WORLD = 55;
    /// "Affairs": with what follows says what an office is for.
    AFFAIRS = 56;
    /// A pronoun or the like between subject and verb (lui a dit).
    PROCLITIC = 57;
    /// A pronoun that points back at the subject (s'est rendu).
    REFLEXIVE = 58;
    /// A verb form of what is to come.
    FUTURE_FORM = 59;
    /// A verb form of what might be.
    CONDITIONAL = 60;
    /// A building or room where one is received (palace, airport).
    VENUE = 61;
    /// "At the invitation of": the host follows.
    INVITED = 62;
    /// "Which includes": the stops of a journey follow.
    COVERS = 63;
}

/// Where the author's own words follow what was said ("that was during"): both bits, which no word has by itself.
pub const ASIDE: Flags = flag::RESUMPTIVE | flag::SUBORDINATOR;

/// What names those who were present ("in the presence of"): both bits, which no word has by itself.
pub const ATTENDED: Flags = flag::INFINITIVE | flag::NEUTER;

/// What somebody travels for on his own account ("on holiday"): both bits, which no word has by itself.
pub const PRIVATE: Flags = flag::HOME | flag::WORLD;

/// After which stands what was discussed ("focused on"): both bits, which no word has by itself.
pub const DISCUSSED: Flags = flag::INFINITIVE | flag::OBLIQUE;

/// What one travels or confers for, a noun behind the preposition of an aim ("لإجراء"): both bits, likewise.
pub const AIM: Flags = flag::OBLIQUE | flag::NEUTER;

/// "In order to", as a phrase of its own: both bits, likewise.
pub const IN_ORDER: Flags = flag::DETERMINER | flag::NEUTER;

/// Who goes along ("at the head of", "accompanied by"): both bits, likewise.
pub const COMPANION: Flags = flag::DETERMINER | flag::INFINITIVE;

/// Everything that can begin an event.
pub const TRIGGERS: Flags = flag::SPEECH | flag::MEETING | flag::VISIT | flag::SPEECH_NOUN;

/// What a word says of its bearer's gender.
pub mod gender {
    pub const FEMALE: u8 = 1;
    pub const MALE: u8 = 2;
}

/// What a word can be that takes the prefix of the future.
const FINITE: Flags = flag::VERB | flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT | flag::AUXILIARY;

/// Everything that ends a name that is being read.
pub const ENDS_NAME: Flags = flag::NOUN
    | flag::ADJECTIVE
    | flag::VERB
    | flag::ADVERB
    | flag::PARTICLE
    | flag::SPEECH
    | flag::MEETING
    | flag::VISIT
    | flag::LIGHT
    | flag::SPEECH_NOUN
    | flag::MODALITY
    | flag::THAT
    | flag::PREPOSITION
    | flag::CONJUNCTION
    | flag::RELATIVE
    | flag::NEGATION
    | flag::PRONOUN
    | flag::SUBORDINATOR
    | flag::WEEKDAY
    | flag::TIME_WORD
    | flag::ATTRIBUTION
    | flag::DEMONSTRATIVE
    | flag::TITLE
    | flag::GROUP
    | flag::ORG_HEAD
    | flag::AUXILIARY;

/// The grammatical form in which a trigger stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    Past,
    Present,
    Participle,
    Noun,
}

/// What kind of country word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CountryForm {
    Name,
    Capital,
    Seat,
}

/// What a title makes of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TitleClass {
    Official,
    Military,
    Religious,
    Royal,
    Honorific,
    NonActor,
}

/// What an entry means. Numbers index the tables of [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Meaning {
    Country {
        country: u16,
        form: CountryForm,
    },
    /// `people`: a noun for its inhabitants; otherwise the adjective.
    Demonym {
        country: u16,
        people: bool,
    },
    Place {
        place: u32,
    },
    Organisation {
        organisation: u32,
    },
    Media,
    Person {
        person: u32,
    },
    Title {
        title: u32,
        plural: bool,
    },
    Group {
        actor: bool,
        person: bool,
        plural: bool,
    },
    Word,
    Trigger {
        trigger: u32,
        form: Form,
    },
    Light {
        light: u32,
        form: Form,
    },
    SpeechNoun {
        act: Act,
        cameo: u16,
    },
    Modality {
        modality: Modality,
        after: bool,
    },
    Null {
        kind: EventType,
    },
    Topic {
        topic: u16,
    },
    /// A word that only news of sport is full of.
    Sport,
    Month(u8),
    /// A month of the Islamic calendar.
    LunarMonth(u8),
    Weekday(u8),
    Time {
        time: u16,
    },
    Pronoun {
        plural: bool,
    },
}

/// One meaning of one phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    pub meaning: Meaning,
    pub flags: Flags,
    /// The token must begin with a capital (1) or be all capitals (2): names in scripts that have case.
    pub case: u8,
}

/// A trigger's slot: which marker introduces which part of the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    pub marker: Marker,
    pub content: bool,
    /// A participant other than the subject: target, second party or host.
    pub actor: bool,
    /// The one whose words they are: "نقل عن".
    pub speaker: bool,
    /// The verb is never without it.
    pub required: bool,
    pub place: bool,
    pub origin: bool,
    /// Names what will be said something about, and says nothing itself: "comment on".
    pub topic: bool,
    /// Takes persons and groups, and no body: "spoke to the assembly" is an address.
    pub personal: bool,
    /// The verb says that nothing was said: "declined to comment".
    pub silent: bool,
}

/// What introduces a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Marker {
    Subject,
    Object,
    That,
    Infinitive,
    Quote,
    /// An object with what is said of it: "called the plan a mistake".
    Predicate,
    /// An object that is a matter of words: "defended the decision".
    Matter,
    /// A preposition in folded form; `clitic` when it is written together with its noun.
    Preposition(String),
}

/// How much a trigger proves by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    Strong,
    Weak,
    /// "Believes": a report of an attitude.
    Attitude,
}

/// How a verb makes its perfect, where that tells it from others of its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Perfect {
    /// With the ordinary auxiliary: "be" makes its passive.
    #[default]
    Ordinary,
    /// With "be", in the active voice.
    Be,
    /// With "be" and a reflexive pronoun.
    Reflexive,
}

/// A verb or noun that tells events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trigger {
    pub lemma: String,
    pub kind: EventType,
    pub act: Act,
    pub mode: MeetingMode,
    /// Visits: "arrive", "depart", ... as in the lexicon.
    pub manner: String,
    pub slots: Vec<Slot>,
    pub strength: Strength,
    pub cameo: u16,
    pub perfect: Perfect,
}

/// A verb that means nothing without its noun: "hold" talks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Light {
    pub preposition: String,
    /// `None` takes nouns of any type.
    pub kind: Option<EventType>,
    pub modality: Option<Modality>,
    pub role: LightRole,
}

/// What the parts of a light verb are to the event that its noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LightRole {
    /// Its subject takes part: "he held talks".
    Subject,
    /// Its objects take part: "a meeting that gathered them".
    Object,
    /// Its subject is where it took place: "the city hosted talks".
    Place,
    /// Its subject is the noun itself: "talks took place".
    Event,
    /// Its subject takes part in what others hold: "he attended the talks".
    Attend,
    /// Its subject only brings what another says: "he conveyed the king's greetings".
    Bearer,
    /// Its subject is told what another says: "he received a letter from".
    Receiver,
}

/// A country.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Country {
    pub iso: String,
    pub name: String,
}

/// A place that is no country.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlaceEntry {
    pub name: String,
    pub iso: String,
}

/// A body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Organisation {
    pub id: String,
    pub name: String,
    pub country: String,
    pub kind: String,
}

/// A person, with the offices held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    pub name: String,
}

/// A term of office: dates as `yyyymmdd`, inclusive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Term {
    pub office: String,
    pub country: String,
    pub from: u32,
    pub to: u32,
}

/// A title.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Title {
    pub title: String,
    pub office: String,
    pub class: TitleClass,
    /// Whose official bears it when nothing else says so.
    pub country: Option<u16>,
}

/// What a token's clitics are, as bits.
pub mod clitic {
    pub const CONJUNCTION: u16 = 1;
    pub const PREPOSITION: u16 = 2;
    pub const ARTICLE: u16 = 4;
    pub const FUTURE: u16 = 8;
    pub const SUFFIX: u16 = 16;
    /// The suffix stands for two.
    pub const DUAL: u16 = 32;
    /// The suffix is feminine.
    pub const FEMININE: u16 = 64;
    /// The suffix is plural.
    pub const PLURAL: u16 = 128;
    /// Found in the deep-folded table.
    pub const DEEP: u16 = 256;
    /// The adjoined preposition, shifted: index into [`super::spec::Clitics::prepositions`].
    pub const WHICH: u16 = 12;
}

/// What the word lists of a language's declaration say of a form, as bits: asked of nearly every word, where comparing it
/// with each word of a list would take long.
pub mod mark {
    /// It stands in one of the lists of `[words]`, or begins a phrase of one.
    pub const LISTED: u8 = 1;
    /// It is a preposition that has taken a pronoun for its object (بها, فيه, معهم).
    pub const WITH_PRONOUN: u8 = 2;
}

/// One way to take a token apart: a known word and what is attached to it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    pub word: WordId,
    pub clitics: u16,
}

/// A token looked up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// The whole token as a known word, 0 if none: how phrases go on.
    pub whole: WordId,
    pub readings: [Reading; 3],
    pub count: u8,
    /// Readings that only begin longer phrases, kept behind the others: سيزور is a verb, whatever phrases begin with it.
    loose: u8,
    /// Union over the readings.
    pub flags: Flags,
    /// Clitics that stand on an unknown word as well (a leading conjunction or article), by form alone.
    pub shape: u16,
}

impl Word {
    #[inline]
    pub fn readings(&self) -> &[Reading] {
        &self.readings[..self.count as usize]
    }

    pub fn clitics(&self) -> u16 {
        self.readings().first().map_or(0, |r| r.clitics)
    }

    /// Forgets the readings, but not the form.
    fn clear(&mut self) {
        *self = Self { whole: self.whole, shape: self.shape, ..Self::default() };
    }
}

/// A state of the phrase table: its entries, and whether longer phrases lead on from it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Node {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// The words that lead on from it, in the table of edges.
    edges: (u32, u32),
    /// A bit for each word that leads on from it, by the word's low bits: most words do not, and this says so without a
    /// look at the table of edges.
    next: u64,
}

impl Row for Node {
    const BYTES: usize = 16;

    fn write(&self, out: &mut Vec<u8>) {
        for number in [self.first, self.last, self.edges.0, self.edges.1] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(bytes: &[u8]) -> Self {
        let edges = (number(bytes, 8), number(bytes, 12));
        Self { first: number(bytes, 0), last: number(bytes, 4), edges, next: 0 }
    }
}

/// A word that leads on from a node of the phrase table to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    word: WordId,
    node: u32,
}

impl Row for Edge {
    const BYTES: usize = 8;

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.word.to_le_bytes());
        out.extend_from_slice(&self.node.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Self {
        Self { word: number(bytes, 0), node: number(bytes, 4) }
    }
}

/// A word of some entry, with all that look-up asks of it in one place of memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// Categories of the entries that the word is on its own, and `STARTS`.
    pub flags: Flags,
    /// The node of phrases that start with it, 0 for none.
    pub root: u32,
    /// Which words can lead on from there, a bit each, shared by many words (see [`Lexicon::lead`]); 0 when no phrase is
    /// longer.
    pub leads: u32,
    /// The entries that are this one word.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Row for Head {
    const BYTES: usize = 12;

    /// The rest follows from the node (see [`Lexicon::connect`]).
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.flags.to_le_bytes());
        out.extend_from_slice(&self.root.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Self {
        Self { flags: long(bytes, 0), root: number(bytes, 8), ..Self::default() }
    }
}

/// The compiled data of one language.
#[derive(Default, Serialize, Deserialize)]
pub struct Lexicon {
    /// Tells it from every other lexicon of the process, also from one that stood at the same place of memory before:
    /// what was cached of that one holds no longer.
    #[serde(skip)]
    pub(crate) serial: u64,
    pub(crate) vocabulary: vocabulary::Vocabulary,
    /// Deep-folded forms that differ from the folded ones.
    pub(crate) deep: vocabulary::Vocabulary,
    /// What the spellings of a foreign person's name share, with his number.
    pub(crate) spellings: vocabulary::Vocabulary,
    /// How foreign names are spelt, by letter.
    #[serde(skip)]
    pub(crate) sounds: transliteration::Sounds,
    /// What is known of each word, by its number.
    #[serde(with = "packed")]
    pub(crate) heads: Vec<Head>,
    /// By node, and the words of a node in their order.
    #[serde(with = "packed")]
    pub(crate) edges: Vec<Edge>,
    #[serde(with = "packed")]
    pub(crate) nodes: Vec<Node>,
    pub(crate) entries: Vec<Entry>,
    /// What given names, titles and pronouns say of gender, by folded word.
    pub genders: FxHashMap<String, u8>,
    pub countries: Vec<Country>,
    pub places: Vec<PlaceEntry>,
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub terms: FxHashMap<String, Vec<Term>>,
    pub titles: Vec<Title>,
    pub triggers: Vec<Trigger>,
    pub lights: Vec<Light>,
    pub topics: Vec<String>,
    pub times: Vec<spec::TimeWord>,
    pub spec: spec::Spec,
    /// ISO code to index in `countries`.
    pub country_index: FxHashMap<String, u16>,
    /// Which forms bear which [`mark`], by the hash of the form.
    #[serde(skip)]
    marks: FxHashMap<u64, u8>,
    /// Which word stands in which list of `[words]`: see [`spec::listing`].
    #[serde(skip)]
    listings: FxHashSet<u64>,
    /// What each table holds, in the order in which they were read.
    pub counts: Vec<load::Count>,
}

/// Asks for a place of memory that will be read soon, and does not wait for it.
#[inline(always)]
pub fn prefetch<T>(place: &T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: it is a hint that changes nothing a program can see, and the address is that of a value.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(place).cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = place;
}

/// The serial number of the next lexicon.
static SERIAL: AtomicU64 = AtomicU64::new(1);

impl Lexicon {
    /// Fills in what follows from the tables of edges, nodes and words and from the lists of the language's declaration, and
    /// gives the lexicon its serial number.
    fn connect(&mut self) {
        self.sounds = transliteration::Sounds::new(&self.spec.transliteration);
        self.marks = self.spec.marks();
        self.listings = self.spec.listings();
        for node in &mut self.nodes {
            let edges = &self.edges[node.edges.0 as usize..node.edges.1 as usize];
            node.next = edges.iter().fold(0, |all, edge| all | 1 << (edge.word & 63));
        }
        for head in self.heads.iter_mut().filter(|head| head.root != 0) {
            let node = self.nodes[head.root as usize];
            (head.first, head.last) = (node.first, node.last);
            head.leads = (node.next | node.next >> 32) as u32;
        }
        self.serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    }

    /// What the word lists of the language say of a folded form.
    pub fn marks(&self, form: &str) -> u8 {
        self.marks.get(&vocabulary::hash(form)).copied().unwrap_or(0)
    }

    /// Whether a word stands in a list of `[words]`, by the hash of its folded form.
    #[inline]
    pub fn lists(&self, list: &str, word: u64) -> bool {
        self.listings.contains(&spec::listing(list, word))
    }

    /// Whether a word is a phrase of a list of `[words]`, or begins one.
    #[inline]
    pub fn lists_phrase(&self, list: &str, word: u64) -> bool {
        let listing = spec::listing(list, word);
        self.listings.contains(&listing) || self.listings.contains(&listing.wrapping_add(spec::PHRASE))
    }

    /// The entries of the phrase that ends at `node`.
    #[inline]
    pub fn entries(&self, node: u32) -> &[Entry] {
        let node = &self.nodes[node as usize];
        &self.entries[node.first as usize..node.last as usize]
    }

    /// Asks for what [`Self::step`] reads of a node, ahead of its use.
    #[inline]
    pub fn expect(&self, node: u32) {
        prefetch(&self.nodes[node as usize]);
    }

    /// The node reached from `node` by `word`.
    #[inline]
    pub fn step(&self, node: u32, word: WordId) -> Option<u32> {
        let node = &self.nodes[node as usize];
        if word == 0 || node.next & (1 << (word & 63)) == 0 {
            return None;
        }
        let edges = &self.edges[node.edges.0 as usize..node.edges.1 as usize];
        edges.binary_search_by_key(&word, |edge| edge.word).ok().map(|at| edges[at].node)
    }

    /// What is known of `word`.
    #[inline]
    pub fn head(&self, word: WordId) -> Head {
        self.heads.get(word as usize).copied().unwrap_or_default()
    }

    /// The node of phrases that start with `word`.
    pub fn root(&self, word: WordId) -> Option<u32> {
        Some(self.head(word).root).filter(|&node| node != 0)
    }

    /// The entries that are this one word.
    #[inline]
    pub fn entries_of(&self, head: Head) -> &[Entry] {
        &self.entries[head.first as usize..head.last as usize]
    }

    /// The bit of `word` in [`Head::leads`].
    #[inline]
    pub fn lead(word: WordId) -> u32 {
        1 << (word & 31)
    }

    /// Whether any entry has this folded form as a word.
    pub fn knows(&self, form: &str) -> bool {
        self.vocabulary.get(form).is_some()
    }

    /// How many different words its entries are made of.
    pub fn words(&self) -> usize {
        self.heads.len().saturating_sub(1)
    }

    /// About how many bytes it takes, most of them in its tables of words and phrases.
    pub fn memory(&self) -> usize {
        fn of<T>(list: &[T]) -> usize {
            size_of_val(list)
        }
        let strings: usize = self.people.iter().map(|p| p.id.len() + p.name.len()).sum::<usize>()
            + self
                .organisations
                .iter()
                .map(|o| o.id.len() + o.name.len() + o.country.len() + o.kind.len())
                .sum::<usize>()
            + self.titles.iter().map(|t| t.title.len() + t.office.len()).sum::<usize>()
            + self.places.iter().map(|p| p.name.len() + p.iso.len()).sum::<usize>()
            + self.terms.iter().map(|(id, terms)| id.len() + 48 * terms.len() + of(terms)).sum::<usize>();
        self.vocabulary.memory()
            + self.deep.memory()
            + self.spellings.memory()
            + of(&self.heads)
            + of(&self.nodes)
            + of(&self.entries)
            + of(&self.edges)
            + of(&self.people)
            + of(&self.organisations)
            + of(&self.titles)
            + of(&self.places)
            + of(&self.triggers)
            + strings
    }

    #[inline]
    fn known(&self, form: &str) -> Option<(WordId, Flags)> {
        let id = self.vocabulary.get(form)?;
        Some((id, self.heads[id as usize].flags))
    }

    /// Whether what is left of a word behind a preposition that swallows the article is a country's name with it.
    fn hides_country(&self, stem: &str, scratch: &mut String) -> bool {
        let clitics = &self.spec.clitics;
        stem.strip_prefix(clitics.article_rest.as_str()).is_some_and(|bare| {
            scratch.clear();
            scratch.push_str(&clitics.article);
            scratch.push_str(bare);
            self.known(scratch).is_some_and(|(_, flags)| flags & flag::COUNTRY != 0)
        })
    }

    /// Takes `norm` (a folded word) apart: the whole word first, then without what can be attached to it, least first.
    pub fn look_up(&self, norm: &str, scratch: &mut String) -> Word {
        let mut word = self.take_apart(norm, scratch);
        word.settle();
        // "إلغاء", "التزام": letters that begin a known noun are no article.
        let own = word.count > 0 && word.readings().iter().all(|r| r.clitics & clitic::ARTICLE == 0);
        if own && word.flags & PLAIN_NOUN != 0 && word.flags & NAMED == 0 {
            word.shape &= !clitic::ARTICLE;
        }
        word
    }

    fn take_apart(&self, norm: &str, scratch: &mut String) -> Word {
        let mut word = Word::default();
        if let Some((id, flags)) = self.known(norm) {
            word.whole = id;
            if flags != 0 {
                word.add(Reading { word: id, clitics: 0 }, flags);
            }
        }
        let clitics = &self.spec.clitics;
        if clitics.is_empty() {
            if word.whole == 0 && !self.spec.spelling.letters.is_empty() {
                self.unaccented(norm, &mut word, scratch);
            }
            return word;
        }
        word.shape = clitics.shape(norm);
        // Stages: what can be cut from the front, least first; the article is tried at each of them.
        self.without_article(norm, 0, &mut word, scratch);
        if word.count > 0 {
            return word;
        }
        let mut stems: [(&str, u16); 8] = [("", 0); 8];
        let mut stem_count = 0;
        for (conjunction, rest) in clitics.after_conjunction(norm) {
            let base = if conjunction { clitic::CONJUNCTION } else { 0 };
            if conjunction {
                if self.try_stem(rest, base, &mut word, scratch) {
                    return word;
                }
                stems[stem_count] = (rest, base);
                stem_count += 1;
            }
            if let Some(future) = clitics.after_future(rest) {
                if let Some((id, flags)) = self.known(future) {
                    if flags & FINITE != 0 {
                        word.add(Reading { word: id, clitics: base | clitic::FUTURE }, flags);
                        return word;
                    }
                }
                if stem_count < stems.len() {
                    stems[stem_count] = (future, base | clitic::FUTURE);
                    stem_count += 1;
                }
            }
            for (which, preposition) in clitics.prepositions.iter().enumerate() {
                let Some(stem) = spec::without_prefix(rest, preposition) else { continue };
                let bits = base | clitic::PREPOSITION | ((which as u16) << clitic::WHICH);
                if clitics.with_article_only.contains(preposition) && !stem.starts_with(clitics.article.as_str()) {
                    continue;
                }
                // "للصين" is said of China, though ل and "two thieves" spell it as well.
                let country = clitics.article_swallowed_by.contains(preposition)
                    && self.hides_country(stem, scratch)
                    && self.known(stem).is_none_or(|(_, flags)| flags & (NAMED | flag::COUNTRY | TRIGGERS) == 0);
                if !country && self.try_stem(stem, bits, &mut word, scratch) {
                    return word;
                }
                // ل swallows the alef of the article: للرئيس is ل + الرئيس.
                if clitics.article_swallowed_by.contains(preposition) {
                    if let Some(bare) = stem.strip_prefix(clitics.article_rest.as_str()) {
                        scratch.clear();
                        scratch.push_str(&clitics.article);
                        scratch.push_str(bare);
                        if let Some((id, flags)) = self.known(scratch) {
                            if flags != 0 {
                                word.add(Reading { word: id, clitics: bits | clitic::ARTICLE }, flags);
                            }
                        }
                        if let Some((id, flags)) = self.known(bare) {
                            if flags != 0 {
                                word.add(Reading { word: id, clitics: bits | clitic::ARTICLE }, flags);
                            }
                        }
                        if word.count > 0 {
                            return word;
                        }
                        if stem_count < stems.len() {
                            stems[stem_count] = (bare, bits | clitic::ARTICLE);
                            stem_count += 1;
                        }
                    }
                }
                if stem_count < stems.len() {
                    stems[stem_count] = (stem, bits);
                    stem_count += 1;
                }
            }
        }
        if self.without_suffix(norm, 0, &mut word, scratch) {
            return word;
        }
        for &(stem, bits) in &stems[..stem_count] {
            if bits & clitic::ARTICLE == 0 && self.without_suffix(stem, bits, &mut word, scratch) {
                // "سنجاري": the prefix of the future is a verb's alone.
                if bits & clitic::FUTURE == 0 || word.flags & FINITE != 0 {
                    return word;
                }
                word.clear();
            }
        }
        // Last of all the loose spelling of the end (ى for ي, ه for ة).
        if self.deep_stem(norm, 0, &mut word, scratch) {
            return word;
        }
        for &(stem, bits) in &stems[..stem_count] {
            if self.deep_stem(stem, bits, &mut word, scratch) {
                if bits & clitic::FUTURE == 0 || word.flags & FINITE != 0 {
                    return word;
                }
                word.clear();
            }
        }
        word
    }

    fn try_stem(&self, stem: &str, bits: u16, word: &mut Word, scratch: &mut String) -> bool {
        if stem.len() < 3 {
            return false;
        }
        if let Some((id, flags)) = self.known(stem) {
            if flags != 0 {
                word.add(Reading { word: id, clitics: bits }, flags);
            }
        }
        self.without_article(stem, bits, word, scratch);
        word.count > 0
    }

    fn without_article(&self, form: &str, bits: u16, word: &mut Word, _scratch: &mut String) {
        if let Some(bare) = form.strip_prefix(self.spec.clitics.article.as_str()) {
            if bare.len() >= 3 {
                if let Some((id, flags)) = self.known(bare) {
                    if flags != 0 {
                        word.add(Reading { word: id, clitics: bits | clitic::ARTICLE }, flags);
                    }
                }
            }
        }
    }

    fn without_suffix(&self, form: &str, bits: u16, word: &mut Word, scratch: &mut String) -> bool {
        for suffix in &self.spec.clitics.suffixes {
            let Some(stem) = spec::without_suffix(form, &suffix.form) else { continue };
            if stem.len() < 4 {
                continue;
            }
            let bits = bits | clitic::SUFFIX | suffix.bits();
            let plain = self.known(stem).filter(|(_, flags)| flags & SUFFIXABLE != 0);
            // أجراه is أجرى with its pronoun and not أجرا, which tells nothing.
            if let Some((id, flags)) = plain.filter(|(_, flags)| flags & TELLING != 0) {
                word.add(Reading { word: id, clitics: bits }, flags);
                // إدانته: letters of أدانت with its pronoun that are those of إدانة as well.
                if let Some((id, flags)) = self.repaired_noun(stem, scratch) {
                    word.add(Reading { word: id, clitics: bits }, flags);
                }
                return true;
            }
            for (end, whole) in &self.spec.clitics.suffix_repairs {
                if let Some(base) = spec::without_suffix(stem, end) {
                    scratch.clear();
                    scratch.push_str(base);
                    scratch.push_str(whole);
                    if let Some((id, flags)) = self.known(scratch) {
                        if flags & SUFFIXABLE != 0 && (plain.is_none() || flags & TELLING != 0) {
                            word.add(Reading { word: id, clitics: bits }, flags);
                            return true;
                        }
                    }
                }
            }
            if let Some((id, flags)) = plain {
                word.add(Reading { word: id, clitics: bits }, flags);
                // سيطرتها: a verb with its object, or سيطرة with whose it is.
                if let Some((id, flags)) = self.repaired_noun(stem, scratch) {
                    word.add(Reading { word: id, clitics: bits }, flags);
                }
                return true;
            }
        }
        false
    }

    /// The noun of saying that a stem is once its last letters are written as they are without a suffix.
    fn repaired_noun(&self, stem: &str, scratch: &mut String) -> Option<(WordId, Flags)> {
        self.spec.clitics.suffix_repairs.iter().find_map(|(end, whole)| {
            let base = stem.strip_suffix(end.as_str())?;
            scratch.clear();
            scratch.push_str(base);
            scratch.push_str(whole);
            self.known(scratch).filter(|(_, flags)| flags & (flag::SPEECH_NOUN | flag::MATTER) != 0)
        })
    }

    /// Capitals often go without their accents, and names keep those that the language does not have.
    fn unaccented(&self, form: &str, word: &mut Word, scratch: &mut String) {
        scratch.clear();
        crate::text::fold::deep(form, scratch);
        if let Some(id) = self.deep.get(scratch).or_else(|| self.vocabulary.get(scratch)) {
            word.whole = id;
            let flags = self.heads[id as usize].flags;
            if flags != 0 {
                word.add(Reading { word: id, clitics: 0 }, flags);
            }
        }
    }

    /// `text` as this language's words are compared.
    pub fn fold(&self, text: &str) -> String {
        crate::text::fold::fold_keeping(text, &self.spec.spelling.letters)
    }

    fn deep_stem(&self, form: &str, bits: u16, word: &mut Word, scratch: &mut String) -> bool {
        for (stem, bits) in [
            (form, bits),
            (form.strip_prefix(self.spec.clitics.article.as_str()).unwrap_or(form), bits | clitic::ARTICLE),
        ] {
            if stem.len() < 5 || (bits & clitic::ARTICLE != 0 && stem.len() == form.len()) {
                continue;
            }
            scratch.clear();
            crate::text::fold::deep(stem, scratch);
            // A word that only stands inside phrases must not hide one that means something.
            let meant = |id: &WordId| self.heads[*id as usize].flags & !flag::STARTS != 0;
            let (loose, plain) = (self.deep.get(scratch), self.vocabulary.get(scratch));
            if let Some(id) = loose.filter(meant).or(plain.filter(meant)).or(loose).or(plain) {
                let flags = self.heads[id as usize].flags;
                if word.whole == 0 && bits == 0 {
                    word.whole = id;
                }
                if flags != 0 {
                    word.add(Reading { word: id, clitics: bits | clitic::DEEP }, flags);
                    return true;
                }
            }
        }
        false
    }
}

/// A noun that takes an article where it has one.
const PLAIN_NOUN: Flags = flag::NOUN | flag::SPEECH_NOUN | flag::MATTER;

/// What may be listed with its article: names, days.
const NAMED: Flags = flag::COUNTRY
    | flag::DEMONYM
    | flag::ORG
    | flag::MEDIA
    | flag::PERSON
    | flag::TITLE
    | flag::GROUP
    | flag::GIVEN
    | flag::SURNAME
    | flag::PLACE
    | flag::WEEKDAY
    | flag::MONTH
    | flag::TIME_WORD
    | flag::ADJECTIVE;

/// Words that tell of events.
const TELLING: Flags = flag::SPEECH | flag::MEETING | flag::VISIT | flag::SPEECH_NOUN | flag::LIGHT;

/// What a pronoun suffix can stand on.
const SUFFIXABLE: Flags = flag::SPEECH
    | flag::MEETING
    | flag::VISIT
    | flag::SPEECH_NOUN
    | flag::TITLE
    | flag::GROUP
    | flag::NOUN
    | flag::VERB
    | flag::LIGHT
    | flag::THAT
    | flag::PREPOSITION
    | flag::SETTING
    | flag::ATTRIBUTION
    | flag::MODALITY;

impl Word {
    fn add(&mut self, reading: Reading, flags: Flags) {
        let room = self.readings.len() - self.loose as usize;
        if self.count as usize >= room {
            return;
        }
        self.flags |= flags;
        if flags == flag::STARTS {
            let held = &self.readings[room..];
            if held.iter().all(|r| r.word != reading.word || r.clitics != reading.clitics) {
                self.readings[room - 1] = reading;
                self.loose += 1;
            }
        } else {
            self.readings[self.count as usize] = reading;
            self.count += 1;
        }
    }

    /// Puts the readings that only begin phrases behind the others.
    fn settle(&mut self) {
        for at in (self.readings.len() - self.loose as usize..self.readings.len()).rev() {
            let reading = self.readings[at];
            self.readings[self.count as usize] = reading;
            self.count += 1;
        }
        self.loose = 0;
    }
}
