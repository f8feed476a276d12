//! Names of persons: how far a name reaches, in letters without case and with capitals.

use super::{MAX_NAME, Parser};
use crate::extract::doc::Match;
use crate::lexicon::{ENDS_NAME, Form, Meaning, TitleClass, clitic, flag};
use crate::text::Kind;

impl Parser<'_> {
    /// "عماد", "مشيرا": a rank that people are called by, or that is spelt like a verb, is a rank only with its article.
    pub(super) fn rank_as_name(&self, x: &Match) -> bool {
        let Meaning::Title { title, .. } = x.meaning else { return false };
        let here = x.start as usize;
        let military = self.lexicon.titles[title as usize].class == TitleClass::Military;
        let flags = self.doc.flags(here);
        // "مساعد بن محمد", "الدكتور مساعد العيبان": what "son of" follows, or an honorific precedes, is a name.
        let son = self.doc.flags(here + 1) & flag::NAME_PART != 0 && self.doc.flags(here + 1) & flag::PREPOSITION == 0;
        let called = here > 0
            && self.doc.flags(here - 1) & flag::HONORIFIC != 0
            && self.doc.flags(here + 1) & (flag::ORG | flag::ORG_HEAD | flag::TITLE | flag::COUNTRY) == 0;
        // "الكويتي سلطان الفلاني": behind a nationality, before a surname.
        let son = son || here > 0 && self.doc.flags(here - 1) & flag::DEMONYM != 0 && self.surname_follows(here);
        !self.lexicon.spec.grammar.has_case
            && x.len == 1
            && x.clitics & clitic::ARTICLE == 0
            && (military && flags & (flag::GIVEN | flag::SPEECH) != 0 || flags & flag::GIVEN != 0 && (son || called))
    }

    /// Whether a surname with its article is right behind `p`: a known one, or a word that no list holds.
    pub(super) fn surname_follows(&self, p: usize) -> bool {
        let q = p + 1;
        let other = flag::TITLE | flag::ORG | flag::ORG_HEAD | flag::COUNTRY | flag::DEMONYM | flag::NOUN;
        self.is_word(q)
            && self.doc.has_article(q)
            && self.doc.words[q].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            && (self.doc.flags(q) & flag::SURNAME != 0 || self.doc.words[q].count == 0)
            && self.doc.flags(q) & other == 0
    }

    pub(super) fn name_goes_on(&self, p: usize) -> bool {
        self.doc.flags(p) & flag::GIVEN != 0
            && self.is_word(p + 1)
            && self.doc.flags(p + 1) & (flag::SURNAME | flag::GIVEN) != 0
    }

    /// Whether a word of this form is an adjective of relation.
    pub(super) fn relation(&self, form: &str) -> bool {
        let ending = self.lexicon.spec.grammar.relation_ending.as_str();
        !ending.is_empty() && form.ends_with(ending)
    }

    /// Reads a name from `p`; `titled` says that a title or honorific vouches for it. Returns its last token.
    pub(super) fn read_name(&self, p: usize, titled: bool) -> Option<usize> {
        let doc = self.doc;
        if self.lexicon.spec.grammar.has_case {
            return self.read_capitalised(p, titled);
        }
        let mut end = None;
        let mut q = p;
        let mut known = 0;
        let mut after_part = false;
        while q < doc.len() && q - p < MAX_NAME && doc.tokens.all[q].field == doc.tokens.all[p].field {
            // "فرانك- فالتر": a hyphen that touches the word before it.
            if doc.kind(q) == Kind::Dash
                && q > p
                && end == Some(q - 1)
                && !doc.tokens.all[q].spaced
                && self.is_word(q + 1)
                && doc.flags(q + 1) & (flag::GIVEN | flag::SURNAME) != 0
                && doc.words[q + 1].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            {
                q += 1;
                continue;
            }
            if !self.is_word(q) {
                break;
            }
            let flags = doc.flags(q);
            // "لـ«...»": a preposition that the marks have parted from its noun.
            if self.lexicon.spec.clitics.prepositions.iter().any(|w| w == doc.norm(q)) {
                break;
            }
            // "أكد شي أن": spelt like a given name.
            if q > p && flags & flag::THAT != 0 && !self.particle_of_name(q) {
                break;
            }
            if titled && known > 0 && q - p < 4 && self.surname_before_report(q) {
                end = Some(q);
                known += 1;
                q += 1;
                continue;
            }
            let name = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
            // "يزور الوزير فلان واشنطن": a country or capital after a name is no part of it.
            if q > p && flags & flag::COUNTRY != 0 && (!name || known > 1) {
                break;
            }
            // A letter by itself is a conjunction or a preposition, and what ends in a pronoun is no name.
            if doc.norm(q).chars().nth(1).is_none() || !name && doc.words[q].clitics() & clitic::SUFFIX != 0 {
                break;
            }
            // After a title, what has a preposition attached says whose the office is; and nobody's name begins with a day.
            if q == p
                && (flags & flag::COUNTRY != 0 && flags & flag::GIVEN == 0
                    || titled && (name || doc.words[q].count > 0) && doc.words[q].always(clitic::PREPOSITION)
                    || !titled && flags & flag::WEEKDAY != 0)
            {
                break;
            }
            let plain = doc.matches_at(q).iter().any(|x| {
                x.len == 1
                    && x.flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0
                    && x.clitics & !(clitic::ARTICLE) == 0
            });
            if name && !plain && q > p {
                // "وأحمد", "لمحمد": a name with something attached is the next name.
                break;
            }
            // "رحب الوزير الفلاني بأي اتفاق": nor is a known word behind its preposition.
            if q > p && !name && !after_part && doc.words[q].count > 0 && doc.words[q].always(clitic::PREPOSITION) {
                break;
            }
            if self.best(q, flag::ORG | flag::COUNTRY | flag::MEDIA).is_some_and(|x| x.len >= 2) && !after_part {
                break;
            }
            if name && q == p && !titled && flags & flag::GIVEN == 0 && flags & flag::NAME_PART == 0 {
                // A lone surname is left to resolution against the names of the article.
                return None;
            }
            // A verb that is spelt like a name is a verb, unless a title or another name vouches for it.
            if name
                && q == p
                && !titled
                && (flags & (flag::SPEECH | flag::MEETING | flag::VISIT) != 0
                    || flags & flag::VERB != 0 && doc.flags(q + 1) & (flag::GIVEN | flag::SURNAME) == 0)
            {
                return None;
            }
            // A title is a title even where somebody is called so.
            if name
                && q > p
                && !after_part
                && flags & (flag::TITLE | flag::GROUP | flag::ORG_HEAD) != 0
                && doc.has_article(q)
                // "الوزير مروان النجار": but after a given name of one with a title a trade is his surname.
                && !(titled && q == p + 1 && flags & flag::SURNAME != 0 && flags & flag::NON_ACTOR != 0)
            {
                break;
            }
            // "نبيل العربي الأمين العام": an office of several words, though its first is a surname as well.
            if q > p && !after_part && name && self.office_of_words(q) {
                break;
            }
            // "فلان الفلاني رئيس هيئة الاستثمار": after two names a title that goes on is one.
            if q > p + 1 && !after_part && self.title_goes_on(q) {
                break;
            }
            if name {
                let ends = flags & (ENDS_NAME & !flag::NOUN & !flag::ADJECTIVE) != 0;
                if ends
                    && !after_part
                    && q > p
                    && flags & (flag::SPEECH | flag::MEETING | flag::VISIT | flag::PREPOSITION) != 0
                    && !(titled && q == p + 1 && self.given_noun(q))
                {
                    break;
                }
                after_part = flags & flag::NAME_PART != 0 && flags & (flag::GIVEN | flag::SURNAME) == 0;
                known += 1;
                if !after_part || q > p {
                    end = Some(q);
                }
                q += 1;
                continue;
            }
            let stops =
                flags & (ENDS_NAME | flag::COUNTRY | flag::WEEKDAY | flag::MONTH | flag::MEDIA | flag::HONORIFIC) != 0;
            // "امجد العقابي": after one given name a definite word of relation is the surname it lacks.
            let surname = known == 1
                && q == p + 1
                && doc.has_article(q)
                && self.relation(doc.norm(q))
                && flags
                    & (flag::TITLE
                        | flag::GROUP
                        | flag::SPEECH
                        | flag::WEEKDAY
                        | flag::TIME_WORD
                        | flag::PREPOSITION
                        | flag::RELATIVE
                        | flag::DEMONSTRATIVE
                        | flag::PARTICLE
                        | flag::CONJUNCTION
                        | flag::ORG_HEAD
                        | flag::MODALITY)
                    == 0;
            if stops && !after_part && !surname {
                break;
            }
            if surname && doc.words[q].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 {
                end = Some(q);
                q += 1;
                continue;
            }
            if flags & flag::DEMONYM != 0 && !after_part && !(doc.has_article(q) && q == p + 1 && known == 1) {
                break;
            }
            if flags & flag::PLACE != 0 && !after_part && q == p {
                break;
            }
            // An unknown word: believable after a title, after a given name or between known ones.
            if doc.words[q].shape & clitic::CONJUNCTION != 0 && !after_part && q > p && self.conjoins(q) {
                break;
            }
            let believable = titled || known > 0;
            if !believable || (q == p && doc.words[q].shape & clitic::ARTICLE != 0 && !titled) {
                break;
            }
            if q - p >= 4 && !after_part {
                break;
            }
            after_part = false;
            end = Some(q);
            q += 1;
        }
        let end = end?;
        // Without a title, one word is not enough to be a person.
        if !titled && (end == p || known == 0) {
            return None;
        }
        // Two or more words with only the first known may be a name and its verb; the verb lists end it, so believe it.
        Some(end)
    }

    /// "فان دير": spelt like a conjunction before a clause, but a further particle of names stands behind it, or a word that
    /// no list holds.
    fn particle_of_name(&self, q: usize) -> bool {
        let next = q + 1;
        self.doc.flags(q) & flag::NAME_PART != 0
            && self.is_word(next)
            && !self.doc.has_article(next)
            && (self.doc.flags(next) & flag::NAME_PART != 0 || self.doc.words[next].count == 0)
    }

    /// "محمد رضا": a given name that is a noun of speech as well, and no verb, behind another given name.
    fn given_noun(&self, q: usize) -> bool {
        let triggers = |x: &Match| matches!(x.meaning, Meaning::Trigger { form, .. } if form != Form::Noun);
        self.doc.flags(q) & flag::GIVEN != 0
            && self.doc.flags(q) & (flag::PREPOSITION | flag::LIGHT) == 0
            && !self.doc.matches_at(q).iter().any(triggers)
    }

    /// "قال النائب مروان الجندي إن": between a name that a title vouches for and what is said there is room for nothing but
    /// the rest of the name, though it be spelt like a trade, a noun or a word with "my".
    fn surname_before_report(&self, q: usize) -> bool {
        let doc = self.doc;
        let reported = doc.kind(q + 1) == Kind::Colon
            || self.is_word(q + 1) && doc.flags(q + 1) & flag::THAT != 0 && !self.particle_of_name(q + 1);
        let flags = doc.flags(q);
        let other = flag::SPEECH
            | flag::MEETING
            | flag::VISIT
            | flag::LIGHT
            | flag::VERB
            | flag::ADVERB
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::MONTH
            | flag::PREPOSITION
            | flag::PARTICLE
            | flag::CONJUNCTION
            | flag::PRONOUN
            | flag::MODALITY
            | flag::DEMONYM
            | flag::COUNTRY
            | flag::PLACE
            | flag::ORG
            | flag::MEDIA
            | flag::HONORIFIC;
        let attached = doc.words[q].clitics() & !(clitic::ARTICLE | clitic::SUFFIX);
        let mine = doc.words[q].clitics() & clitic::SUFFIX == 0 || self.relation(doc.norm(q));
        reported
            && mine
            && attached == 0
            && flags & other == 0
            && flags & (flag::NOUN | flag::TITLE | flag::GROUP | flag::GIVEN | flag::SURNAME) != 0
            // "غاضبا", "السابق": what is said of him.
            && (flags & flag::ADJECTIVE == 0 || flags & flag::SURNAME != 0)
    }

    /// Whether a title of several words begins at `q`, or a rank before a name: "محمد رعد العماد ميشال عون".
    fn office_of_words(&self, q: usize) -> bool {
        let ranked = self.doc.has_article(q)
            && self.doc.flags(q) & flag::TITLE != 0
            && self.is_word(q + 1)
            && self.best(q + 1, flag::PERSON).is_some_and(|x| x.len >= 2 && x.clitics == 0);
        if ranked {
            return true;
        }
        self.best(q, flag::TITLE).is_some_and(|x| x.len > 1 && x.clitics & !clitic::ARTICLE == 0)
    }

    /// Whether the title at `q` is one of several words, or goes on in a noun with its article or the name of a body.
    fn title_goes_on(&self, q: usize) -> bool {
        let Some(x) = self.best(q, flag::TITLE) else { return false };
        let next = x.last() + 1;
        x.clitics & clitic::ARTICLE == 0
            && (x.len > 1
                || self.is_word(next)
                    && (self.doc.has_article(next) && self.doc.flags(next) & (flag::GIVEN | flag::SURNAME) == 0
                        || self.doc.flags(next) & (flag::ORG_HEAD | flag::COUNTRY | flag::ORG) != 0))
    }

    /// An unknown word that begins with the letter of the conjunction: a conjunction if what is left is a known name.
    fn conjoins(&self, q: usize) -> bool {
        let norm = self.doc.norm(q);
        self.lexicon.spec.clitics.conjunctions.iter().any(|c| {
            norm.strip_prefix(c.as_str()).is_some_and(|rest| {
                self.lexicon.knows(rest) || rest.starts_with(self.lexicon.spec.clitics.article.as_str())
            })
        })
    }

    /// A short word that no list holds and that ends like no participle: "Ji-won", where "Vale-backed" is no name.
    fn syllable(&self, q: usize) -> bool {
        let norm = self.doc.norm(q);
        self.doc.words[q].count == 0
            && norm.chars().count() <= 6
            && !self.lexicon.spec.grammar.past_endings.iter().any(|e| norm.ends_with(e.as_str()))
    }

    /// Names where case marks them: capitalised words, particles between them.
    pub(super) fn read_capitalised(&self, p: usize, titled: bool) -> Option<usize> {
        let doc = self.doc;
        if !titled && self.lexicon.spec.grammar.adjective_first && self.heading_before(p) {
            return None;
        }
        let mut q = p;
        let mut end = None;
        let mut words = 0;
        while q < doc.len() && q - p < MAX_NAME && doc.tokens.all[q].field == doc.tokens.all[p].field {
            if let Some(next) = self.past_nickname(q).filter(|_| q > p && end == Some(q - 1)) {
                q = next;
                continue;
            }
            if !self.is_word(q) {
                break;
            }
            let token = &doc.tokens.all[q];
            let flags = doc.flags(q);
            if q > p && (doc.tokens.all[q - 1].possessive || self.parted(q)) {
                break;
            }
            // "The Kim-Trump summit": surnames of two, tied by a hyphen before a noun of meeting.
            let surname = |q: usize| doc.flags(q) & flag::SURNAME != 0 && doc.tokens.all[q].capital;
            if token.hyphen && q == p + 1 && surname(p) && surname(q) && doc.flags(q + 1) & flag::MEETING != 0 {
                break;
            }
            if token.capital {
                // "EPA Donald Trump": a credit in capitals before a name that is not.
                let next_plain = self.plain_given(q + 1);
                if q == p && token.capitals && doc.norm(q).len() >= 3 && flags & flag::GIVEN == 0 && next_plain {
                    return None;
                }
                let shouting = token.capitals && doc.norm(q).len() > 4 && q > p && !doc.tokens.all[q - 1].capitals;
                if shouting && flags & (flag::GIVEN | flag::SURNAME) == 0 {
                    break;
                }
                let named = flags & (flag::GIVEN | flag::SURNAME | flag::NAME_PART) != 0;
                let stops = flags
                    & (ENDS_NAME
                        | flag::COUNTRY
                        | flag::DEMONYM
                        | flag::ORG
                        | flag::MONTH
                        | flag::MEDIA
                        | flag::HONORIFIC)
                    & !(flag::NOUN
                        | flag::ADJECTIVE
                        | flag::SPEECH
                        | flag::MEETING
                        | flag::VISIT
                        | flag::VERB
                        | flag::GROUP
                        | flag::LIGHT
                        | flag::SPEECH_NOUN)
                    != 0;
                if stops && !named && !token.hyphen {
                    break;
                }
                if q == p && !named && !titled && flags & (ENDS_NAME | flag::PLACE) != 0 {
                    return None;
                }
                if !named && flags & (flag::NOUN | flag::VERB | flag::ADJECTIVE) != 0 && !titled && words == 0 {
                    return None;
                }
                words += 1;
                end = Some(q);
                q += 1;
                continue;
            }
            // "Sang-gyun": a syllable that no list holds, tied to the name by a hyphen.
            if token.hyphen && end.is_some_and(|e| e + 1 == q) && self.syllable(q) {
                end = Some(q);
                q += 1;
                continue;
            }
            // "van der", "al": a lower-case particle between capitals.
            // Where the particle is an article or preposition too ("de"), only a given name before it and nothing else that
            // the next word could be make it one.
            let grammatical = flags & (flag::PREPOSITION | flag::DETERMINER) != 0
                && self.lexicon.spec.grammar.articled()
                && !(q == p + 1
                    && doc.flags(p) & flag::GIVEN != 0
                    && doc.tokens.all[p + 2..].first().is_some_and(|t| t.capital)
                    && doc.flags(q + 1) & (ENDS_NAME | flag::COUNTRY | flag::PLACE | flag::ORG | flag::DEMONYM) == 0);
            let particle = flags & flag::NAME_PART != 0 && q > p && self.next_capital(q + 1) && !grammatical;
            if particle {
                q += 1;
                continue;
            }
            break;
        }
        let end = end?;
        if !titled && words == 0 {
            return None;
        }
        // A single capitalised word without a title is left to resolution, unless it is a known given name with nothing else.
        if !titled && end == p {
            return None;
        }
        Some(end)
    }

    /// "STERLING CHANCE Donald Vale": whether a given name that is not in capitals stands at `q`, or behind more words that are.
    fn plain_given(&self, q: usize) -> bool {
        let shouted = |p: usize| {
            self.is_word(p)
                && self.doc.tokens.all[p].capitals
                && self.doc.norm(p).len() >= 3
                && self.doc.flags(p) & flag::GIVEN == 0
        };
        let next = (q..q + MAX_NAME).find(|&p| p >= self.doc.len() || !shouted(p)).unwrap_or(q);
        next < self.doc.len() && self.doc.flags(next) & flag::GIVEN != 0 && !self.doc.tokens.all[next].capitals
    }

    /// "Caption Hillary Clinton", "Virginia Donald Trump": whether words in capitals at `p` stand before the name of a known
    /// person and are no first name of his: pages run their headings and captions into the text.
    pub(super) fn heading_before(&self, p: usize) -> bool {
        let doc = self.doc;
        let word = |q: usize| self.is_word(q) && doc.tokens.all[q].capital;
        let first_name = |q: usize| {
            doc.flags(q) & flag::GIVEN != 0 && doc.flags(q) & flag::PLACE == 0 && !doc.tokens.all[q].capitals
        };
        (p + 1..p + 4)
            .take_while(|&q| word(q) && !first_name(q - 1))
            .any(|q| self.best(q, flag::PERSON).is_some_and(|x| x.len >= 2 && doc.flags(q) & flag::GIVEN != 0))
    }

    /// "John 'Jack' Miller": past what somebody is called besides, between the marks at `q`, to the rest of his name.
    fn past_nickname(&self, q: usize) -> Option<usize> {
        let doc = self.doc;
        if doc.kind(q) != Kind::Quote || !self.lexicon.spec.grammar.adjective_first {
            return None;
        }
        let called = doc.opening(q).filter(|c| c.closed && c.last - c.first < 2)?;
        let next = called.last + 2;
        let capitals = (called.first..=called.last).chain([next]).all(|p| self.is_word(p) && doc.tokens.all[p].capital);
        (capitals && doc.flags(next) & (flag::SPEECH | flag::COUNTRY | flag::TITLE | flag::ORG) == 0).then_some(next)
    }

    fn next_capital(&self, q: usize) -> bool {
        (q..q + 2).any(|i| i < self.doc.len() && self.is_word(i) && self.doc.tokens.all[i].capital)
    }

    /// "محمد حسن آصفري إن", "تركي بن محمد الفلاني": behind given names that a known person bears a surname that is not his:
    /// he is another, called so. Returns the last token of his name. A word that no list holds is a surname where it has the
    /// form of one or what he says follows.
    pub(super) fn another_bearer(&self, first: usize, last: usize, person: u32) -> Option<usize> {
        let doc = self.doc;
        let q = last + 1;
        if self.lexicon.spec.grammar.has_case || !self.is_word(q) {
            return None;
        }
        let given = (first..=last).all(|p| doc.flags(p) & (flag::GIVEN | flag::NAME_PART) != 0);
        let of_relation =
            doc.has_article(q) && self.relation(doc.norm(q)) && doc.words[q].clitics() & !clitic::ARTICLE == 0;
        let surname = doc.flags(q) & flag::SURNAME != 0
            && doc.flags(q) & (ENDS_NAME | flag::COUNTRY | flag::DEMONYM | flag::GIVEN) == 0
            && of_relation;
        // "تركي بن عبد الله الشليل": behind "son of" whatever has the article.
        let son = (first..last).any(|p| doc.flags(p) & flag::NAME_PART != 0) && doc.has_article(q);
        let unknown = doc.words[q].count == 0 && doc.flags(q) == 0;
        let reported = doc.kind(q + 1) == Kind::Colon || self.is_word(q + 1) && doc.flags(q + 1) & flag::THAT != 0;
        let other = surname || unknown && (of_relation || son || last == first + 1 && reported);
        let own = || {
            let name = self.lexicon.fold(&self.lexicon.people[person as usize].name);
            name.split(' ').any(|word| word == doc.norm(q))
        };
        (given && other && !own()).then_some(q)
    }

    /// A known person's name goes on: "بن عبدالعزيز آل سعود".
    pub(super) fn extend_name(&self, first: usize, last: usize) -> usize {
        let doc = self.doc;
        let mut end = last;
        let mut q = last + 1;
        if self.lexicon.spec.grammar.has_case {
            return end;
        }
        while q < doc.len() && self.is_word(q) && q - first < MAX_NAME + 3 {
            let flags = doc.flags(q);
            let attached = doc.words[q].clitics() & !clitic::ARTICLE != 0;
            if flags & flag::NAME_PART != 0
                && !attached
                && flags & (flag::SPEECH | flag::PREPOSITION) == 0
                && self.is_word(q + 1)
            {
                end = q + 1;
                q += 2;
                continue;
            }
            // "يزور الوزير فلان واشنطن": a country or capital after a full name is no part of it.
            if self.office_of_words(q) {
                break;
            }
            if flags & flag::SURNAME != 0 && !attached && flags & (ENDS_NAME | flag::COUNTRY) == 0 {
                end = q;
                q += 1;
                continue;
            }
            break;
        }
        end
    }
}
