//! Agreement in gender and number: what tells a verb's subject from its object where no case does.

use super::*;

impl Engine<'_, '_> {
    /// "واتهم أوغندا": a country or body right after a verb of the other gender is its object, and the subject is dropped.
    /// So is any actor right after a verb in the plural, which in front of its subject would be singular: "يطالبون الوزير".
    pub(super) fn is_object_by_gender(&self, hit: Hit, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.first == hit.last + 1
            && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && (matches!(m.kind, ActorKind::Country | ActorKind::Organization) && !self.gender_fits(hit.first, mention)
                || self.verb_is_plural(hit.first))
    }

    /// "حيث يلتقي مسؤولين": a plural in the oblique right after its verb is its object, and the subject is dropped.
    pub(super) fn is_object_by_form(&self, hit: Hit, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case || m.first != hit.last + 1 || m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) != 0 {
            return false;
        }
        let norm = self.doc.norm(m.first);
        let mut scratch = String::new();
        let stem = |ending: &str| norm.strip_suffix(ending).filter(|s| !s.is_empty() && !ending.is_empty());
        let mut known = |stem: &str| {
            let word = self.lexicon.look_up(stem, &mut scratch);
            word.flags & (flag::GROUP | flag::TITLE) != 0 && word.clitics() & !clitic::ARTICLE == 0
        };
        // "ودعت الحوثيين": some groups are known only by the form itself.
        let oblique = stem(&grammar.oblique_plural);
        oblique.is_some_and(&mut known)
            || oblique.is_some() && known(norm)
            || m.kind == ActorKind::Group && stem(&grammar.accusative_ending).is_some_and(&mut known)
    }

    /// Whether a verb's gender and that of an actor do not contradict each other, as far as both show it.
    pub(super) fn gender_fits(&self, verb: usize, mention: usize) -> bool {
        let m = &self.mentions[mention];
        if m.kind == ActorKind::Person
            && !m.plural
            && m.shared.is_none()
            && (m.name.is_some() || m.title.is_some())
            && self.verb_is_plural(verb)
        {
            return false;
        }
        // "ولفتوا": people speak, and no single country or body.
        if matches!(m.kind, ActorKind::Country | ActorKind::Organization)
            && !m.plural
            && m.shared.is_none()
            && self.verb_is_plural(verb)
        {
            return false;
        }
        let participle = self.doc.matches_at(verb).iter().any(|x| {
            matches!(x.meaning, Meaning::Trigger { form: Form::Participle, .. } if x.clitics & clitic::ARTICLE == 0)
        });
        if participle && self.chained(self.doc.norm(verb)) && !self.participle_agrees(verb, mention) {
            return false;
        }
        match (self.verb_is_feminine(verb), self.is_feminine(mention)) {
            (Some(verb), Some(actor)) => verb == actor,
            _ => true,
        }
    }

    /// Whether the form of a verb asks for more than two subjects.
    fn verb_is_plural(&self, verb: usize) -> bool {
        let norm = self.doc.norm(verb);
        self.lexicon.spec.grammar.plural_verbs.iter().any(|ending| norm.ends_with(ending.as_str()))
            && self.doc.matches_at(verb).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                    let lemma = self.lexicon.triggers[trigger as usize].lemma.as_str();
                    x.len == 1 && !self.lexicon.spec.grammar.plural_verbs.iter().any(|e| lemma.ends_with(e.as_str()))
                }
                Meaning::Light { form: Form::Present, .. } => x.len == 1,
                _ => false,
            })
    }

    /// Whether the form of a verb asks for two subjects.
    pub(super) fn verb_is_dual(&self, verb: usize) -> bool {
        let norm = self.doc.norm(verb);
        let endings = &self.lexicon.spec.grammar.dual_verbs;
        let dual = |word: &str| endings.iter().any(|ending| word.ends_with(ending.as_str()));
        dual(norm)
            && self.doc.matches_at(verb).iter().any(|x| match x.meaning {
                Meaning::Trigger { trigger, form: Form::Past | Form::Present } => {
                    x.len == 1
                        && x.clitics & clitic::SUFFIX == 0
                        && self.doc.flags(verb) & (flag::NOUN | flag::ADJECTIVE | flag::ADVERB) == 0
                        && !dual(&self.lexicon.triggers[trigger as usize].lemma)
                        && !self.verb_is_plural(verb)
                }
                _ => false,
            })
    }

    /// The gender that the form of a verb asks of its subject; `None` where it shows none.
    fn verb_is_feminine(&self, verb: usize) -> Option<bool> {
        let doc = self.doc;
        let grammar = &self.lexicon.spec.grammar;
        let x = doc.matches_at(verb).iter().find(|x| {
            matches!(
                x.meaning,
                Meaning::Trigger { form: Form::Past | Form::Present, .. }
                    | Meaning::Light { form: Form::Past | Form::Present, .. }
            )
        })?;
        let (Meaning::Trigger { form, .. } | Meaning::Light { form, .. }) = x.meaning else { return None };
        if grammar.feminine_past.is_empty() || x.clitics & clitic::SUFFIX != 0 {
            return None;
        }
        let norm = doc.norm(verb);
        if form == Form::Past {
            // A stem that ends like the feminine form says nothing; duals and plurals neither.
            let lemma = match x.meaning {
                Meaning::Trigger { trigger, .. } => self.lexicon.triggers[trigger as usize].lemma.as_str(),
                _ => "",
            };
            let stem = lemma.split(' ').next().is_some_and(|w| w.ends_with(grammar.feminine_past.as_str()));
            let other = grammar.chained_endings.iter().any(|e| norm.ends_with(e.as_str()));
            return if stem || x.len > 1 {
                None
            } else if norm.ends_with(grammar.feminine_past.as_str()) {
                Some(true)
            } else if other {
                None
            } else {
                Some(false)
            };
        }
        let mut rest = norm;
        let mut strip = |list: &[String]| {
            if let Some(r) = list.iter().find_map(|c| rest.strip_prefix(c.as_str())) {
                rest = r;
            }
        };
        if x.clitics & clitic::CONJUNCTION != 0 {
            strip(&self.lexicon.spec.clitics.conjunctions);
        }
        if x.clitics & clitic::FUTURE != 0 {
            strip(std::slice::from_ref(&self.lexicon.spec.clitics.future));
        }
        if rest.starts_with(grammar.feminine_present.as_str()) {
            Some(true)
        } else if rest.starts_with(grammar.masculine_present.as_str()) {
            Some(false)
        } else {
            None
        }
    }

    /// The gender of an actor, where a title or the head of a phrase shows it.
    pub(super) fn is_feminine(&self, mention: usize) -> Option<bool> {
        let m = &self.mentions[mention];
        let ending = self.lexicon.spec.grammar.feminine_ending.as_str();
        if m.entity == usize::MAX || ending.is_empty() || m.plural || m.both {
            return None;
        }
        let entity = &self.resolver.entities[m.entity];
        match entity.kind {
            // Countries are feminine but for some, and so are cities; a seat of power has the gender of its own noun.
            ActorKind::Country => match (m.form?, m.country?) {
                (CountryForm::Name, country) => {
                    let iso = &self.lexicon.countries[country as usize].iso;
                    let masculine = self.lexicon.spec.grammar.masculine_countries.contains(iso);
                    (!masculine).then_some(true)
                }
                (CountryForm::Capital, _) => Some(true),
                (CountryForm::Seat, _) => None,
            },
            ActorKind::Person => {
                let (title, index) = entity.title.as_ref()?;
                let class = self.lexicon.titles[*index as usize].class;
                let head = crate::text::fold::fold(title.split(' ').next()?);
                let official = matches!(class, TitleClass::Official | TitleClass::Military);
                official.then(|| head.ends_with(ending))
            }
            ActorKind::Organization if entity.organisation.is_none() => {
                let head = crate::text::fold::fold(self.resolver.name_of(entity).split(' ').next()?);
                let article = self.lexicon.spec.clitics.article.as_str();
                let bare = head.strip_prefix(article).unwrap_or(head.as_str());
                let masculine =
                    self.lexicon.spec.words.get("masculine_heads").is_some_and(|list| list.iter().any(|w| w == bare));
                if masculine { Some(false) } else { head.ends_with(ending).then_some(true) }
            }
            _ => None,
        }
    }

    /// Whether a participle's number and gender and those of an actor do not contradict each other, as far as both show them.
    pub(super) fn participle_agrees(&self, participle: usize, mention: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case {
            return true;
        }
        let m = &self.mentions[mention];
        let norm = self.doc.norm(participle);
        let ends = |ending: &str| !ending.is_empty() && norm.ends_with(ending);
        let several = m.plural || m.both || m.shared.is_some();
        if ends(&grammar.oblique_plural) {
            return several || m.kind == ActorKind::Group;
        }
        // "مؤسسات المجتمع": several bodies are feminine.
        if m.plural && m.kind == ActorKind::Organization && ends(&grammar.accusative_ending) {
            return false;
        }
        match self.is_feminine(mention) {
            Some(true) => !ends(&grammar.accusative_ending),
            Some(false) => !ends(&grammar.feminine_ending),
            None => true,
        }
    }
}
