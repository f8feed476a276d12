//! Countries, bodies and groups: by their number in the lexicon or by their phrase.

use super::*;

impl<'a> Resolver<'a> {
    /// "إدارة الرئيس فلان": a body whose phrase ends with a title is called with the name that the next mention holds.
    pub(super) fn called_after(&mut self, e: usize, m: &Mention, next: Option<&Mention>) {
        let Some(next) = next.filter(|n| n.first == m.last + 1 && n.title.is_none() && n.clitics == 0) else { return };
        let named = next.name.is_some() && next.kind == ActorKind::Person && !self.lexicon.spec.grammar.has_case;
        let titled = || (m.first + 1..=m.last).any(|p| self.doc.longest(p, flag::TITLE).is_some());
        if named && m.kind == ActorKind::Organization && titled() {
            self.entities[e].call(m.first, next.last);
        }
    }

    pub(super) fn organisation(&mut self, m: &Mention, i: usize) -> usize {
        if let Some(organisation) = m.organisation {
            return self.keyed(m, i, Key::Organisation(organisation));
        }
        let phrase = self.fold_title(m.first, m.last);
        if m.first == m.last {
            if let Some(e) = self.body_headed(&phrase, i) {
                return e;
            }
        }
        self.keyed(m, i, Key::Body(vocabulary::hash(&phrase)))
    }

    /// "التنظيم", "الحزب": the last body with that head.
    fn body_headed(&self, head: &str, i: usize) -> Option<usize> {
        let article = self.lexicon.spec.clitics.article.as_str();
        self.reachable()
            .filter(|&e| self.entities[e].kind == ActorKind::Organization && self.entities[e].last_seen < i)
            .filter(|&e| {
                let (first, last) = self.ends_of(&self.entities[e]);
                first.strip_prefix(article).unwrap_or(first) == head || last == head
            })
            .max_by_key(|&e| self.entities[e].last_seen)
    }

    /// The first and the last word of a name, folded.
    fn ends_of<'e>(&'e self, entity: &'e Entity<'a>) -> (&'e str, &'e str) {
        if let Some((first, last)) = entity.called.filter(|&(first, last)| self.plain(first, last)) {
            if first == last || self.ends_plainly(last) {
                return (self.doc.norm(first), self.doc.norm(last));
            }
        }
        let folded = entity.folded.get_or_init(|| self.lexicon.fold(self.name_of(entity)));
        (first_word(folded), last_word(folded))
    }

    pub(super) fn group(&mut self, m: &Mention, i: usize) -> usize {
        if let Some(name) = self.shared_name(m) {
            let e = self.keyed(m, i, Key::Group(vocabulary::hash(&crate::text::fold::fold(&name))));
            self.entities[e].rename(name);
            return e;
        }
        let phrase = self.fold_title(m.first, m.last);
        if m.definite && !m.both && !self.lexicon.spec.grammar.has_case {
            if let Some(e) = self.group_headed(m, &phrase, i) {
                return e;
            }
        }
        self.keyed(m, i, Key::Group(vocabulary::hash(&phrase)))
    }

    /// "الوفد", "المصادر الإيرانية": the last one with that head, of whom the further words were said as well. Several
    /// persons are told of by such a noun however far back they were named.
    fn group_headed(&self, m: &Mention, phrase: &str, i: usize) -> Option<usize> {
        let persons =
            self.doc.matches_at(m.first).iter().any(|x| matches!(x.meaning, Meaning::Group { person: true, .. }));
        let mut words = phrase.split(' ');
        let head = words.next().unwrap_or_default();
        let alone = m.first == m.last;
        self.reachable()
            .filter(|&e| {
                let entity = &self.entities[e];
                matches!(entity.kind, ActorKind::Group | ActorKind::Organization)
                    && entity.last_seen < i
                    && (persons || i - entity.last_seen <= EPITHET_REACH)
                    && (alone || entity.country == m.country)
                    && entity.head.get_or_init(|| self.head_of(entity)) == head
                    && (alone || self.says(self.name_of(entity), words.clone()))
            })
            .max_by_key(|&e| self.entities[e].last_seen)
    }

    /// Whether a name that has no article holds all of `words`, which have none either.
    fn says<'w>(&self, name: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
        let folded = crate::text::fold::fold(name);
        let article = self.lexicon.spec.clitics.article.as_str();
        !folded.starts_with(article) && words.all(|word| folded.split(' ').any(|own| own == word))
    }

    /// The first word of a name, folded and without its article.
    fn head_of(&self, entity: &Entity<'a>) -> Cow<'a, str> {
        if let Some((first, _)) = entity.called.filter(|&(first, last)| self.plain(first, last)) {
            return self.bare(first);
        }
        let folded = crate::text::fold::fold(self.name_of(entity).split(' ').next().unwrap_or(""));
        let article = self.lexicon.spec.clitics.article.as_str();
        let bare = folded.strip_prefix(article).filter(|rest| rest.len() >= ENOUGH).map(str::to_owned);
        Cow::Owned(bare.unwrap_or(folded))
    }

    /// Whether the first word of a phrase is its first token as it stands: nothing is attached to it, folding drops none of
    /// its marks, and a space ends it.
    fn plain(&self, first: usize, last: usize) -> bool {
        self.doc.words[first].clitics() & (clitic::CONJUNCTION | clitic::PREPOSITION) == 0
            && self.is_whole(first)
            && (first == last || self.is_apart(first + 1))
            && !self.lexicon.spec.grammar.definite_article.iter().any(|article| article == self.doc.norm(first))
    }

    /// Whether the last word of a phrase is its last token as it stands.
    fn ends_plainly(&self, last: usize) -> bool {
        self.is_whole(last) && self.is_apart(last)
    }

    /// Whether folding drops none of a word's marks.
    fn is_whole(&self, token: usize) -> bool {
        let word = &self.doc.tokens.all[token];
        word.kind == Kind::Word && !word.possessive && (word.end - word.start) as usize == self.doc.norm(token).len()
    }

    /// Whether nothing but a space stands before a token.
    fn is_apart(&self, token: usize) -> bool {
        let tokens = &self.doc.tokens.all;
        tokens.get(token).is_some_and(|word| word.spaced && word.start == tokens[token - 1].end + 1)
    }

    /// What one of several who share a noun is called: the noun for one, and the country.
    pub(super) fn shared_name(&self, m: &Mention) -> Option<String> {
        let (first, last) = m.shared?;
        let own = if m.first == first { last + 1 } else { m.first };
        let country = self.clean(own, m.last);
        if let Some((_, _, index)) = m.title {
            let title = &self.lexicon.titles[index as usize].title;
            let definite = own > 0
                && !title.contains(' ')
                && self.doc.has_article(own)
                && self.doc.flags(own) & (flag::DEMONYM | flag::COUNTRY) == flag::DEMONYM;
            let article = if definite { self.lexicon.spec.clitics.article.as_str() } else { "" };
            return Some(format!("{article}{title} {country}"));
        }
        let noun = self.clean(first, last);
        let one = self
            .lexicon
            .spec
            .grammar
            .dual_endings
            .iter()
            .filter(|_| self.doc.flags(first) & flag::BOTH_SIDES != 0)
            .find_map(|ending| noun.strip_suffix(ending.as_str()));
        Some(format!("{} {country}", one.unwrap_or(&noun)))
    }
}
