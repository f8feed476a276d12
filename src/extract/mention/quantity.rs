//! Quantities before a group: "some sources", "a number of officials". They belong to the phrase.

use super::*;
use crate::lexicon::mark;

impl Parser<'_> {
    /// Takes a quantity right before a group into its phrase, no further back than `floor`.
    pub(super) fn quantified(&self, m: &mut Mention, floor: usize) {
        let doc = self.doc;
        let several = m.kind == ActorKind::Group || m.plural;
        if !several || m.pronoun || m.both || m.name.is_some() || m.place.is_some() || m.shared.is_some() {
            return;
        }
        let joined = clitic::PREPOSITION | clitic::CONJUNCTION;
        let free = |p: usize| self.is_word(p) && doc.tokens.all[p].field == doc.tokens.all[m.first].field;
        let Some(before) = m.first.checked_sub(1).filter(|&p| p >= floor && free(p) && m.clitics & joined == 0) else {
            return;
        };
        let of = self.lexicon.spec.grammar.of.iter().any(|w| w == doc.norm(before));
        let quantity = if of {
            let last = before.checked_sub(1).filter(|&p| p >= floor && free(p));
            // "عدد كبير من المسؤولين"
            let described = last.filter(|&p| p > floor && doc.flags(p) & flag::ADJECTIVE != 0 && free(p - 1));
            last.filter(|&p| self.is_part(p)).or(described.map(|p| p - 1).filter(|&p| self.is_part(p)))
        } else {
            Some(before).filter(|&p| self.is_part(p))
        };
        let Some(quantity) = quantity else { return };
        // "معظم الفرنسيين": of a people nobody in particular.
        if m.title.is_none() && m.first == m.last && doc.flags(m.first) & flag::DEMONYM != 0 {
            m.actor = false;
            m.non_actor = true;
        }
        m.first = quantity;
        m.clitics = doc.words[quantity].clitics();
    }

    /// Whether a word, without what is attached to it, says that some of a group are meant.
    fn is_part(&self, p: usize) -> bool {
        let clitics = &self.lexicon.spec.clitics;
        let norm = self.doc.norm(p);
        let bits = self.doc.words[p].clitics();
        if bits & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0 && !self.doc.words[p].marked(mark::LISTED) {
            return false;
        }
        let strip = |word: &'_ str, attached: &[String]| -> Option<usize> {
            attached.iter().find(|a| word.starts_with(a.as_str())).map(String::len)
        };
        let mut from = 0;
        if bits & clitic::CONJUNCTION != 0 {
            from += strip(norm, &clitics.conjunctions).unwrap_or(0);
        }
        if bits & clitic::PREPOSITION != 0 {
            from += strip(&norm[from..], &clitics.prepositions).unwrap_or(0);
        }
        self.stands_in("parts", p) || from > 0 && self.listed("parts", &norm[from..])
    }
}
