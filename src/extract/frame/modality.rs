//! Whether an event happened, and when and where.

use super::*;

impl Engine<'_, '_> {
    /// The cue of modality nearest before `token`, within its clause.
    pub(super) fn cue_before(&self, token: usize, sentence: Sentence, reach: usize) -> Option<Modality> {
        let doc = self.doc;
        let past = !self.lexicon.spec.grammar.has_case
            && doc.matches_at(token).iter().any(|x| {
                matches!(x.meaning, Meaning::Trigger { form: Form::Past, .. } | Meaning::Light { form: Form::Past, .. })
            });
        let mut p = token;
        let mut steps = 0;
        while p > sentence.first && steps < reach {
            p -= 1;
            steps += 1;
            match doc.kind(p) {
                Kind::Comma | Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon | Kind::Quote => return None,
                _ => {}
            }
            // قد before a past verb affirms it; only before a present one does it say "may".
            let affirms = doc.flags(p) & flag::AUXILIARY != 0 && past;
            for x in doc.matches_at(p) {
                if affirms && x.len == 1 {
                    continue;
                }
                if let Meaning::Modality { modality, after: false } = x.meaning {
                    if x.last() < token {
                        return Some(modality);
                    }
                }
            }
            if doc.flags(p) & flag::NEGATION != 0 {
                return Some(Modality::Negated);
            }
            if self.at[p] == usize::MAX && self.is_other_trigger(p) {
                return None;
            }
        }
        None
    }

    /// What the form of the trigger says of its time, in languages where the future is a form.
    pub(super) fn tense(&self, hit: Hit) -> Option<Modality> {
        let same =
            |m: Meaning| matches!(m, Meaning::Trigger { trigger, form } if trigger == hit.trigger && form == hit.form);
        self.told_by_form(hit.first, same)
    }

    fn told_by_form(&self, token: usize, of: impl Fn(Meaning) -> bool) -> Option<Modality> {
        let found = self.doc.matches_at(token).iter().filter(|x| of(x.meaning)).fold(0, |all, x| all | x.flags);
        if found & flag::FUTURE_FORM != 0 {
            return Some(Modality::Planned);
        }
        (found & flag::CONDITIONAL != 0).then_some(Modality::Possible)
    }

    pub(super) fn verb_modality(&self, verb: usize, form: Form, sentence: Sentence) -> Option<Modality> {
        let told = self.told_by_form(verb, |m| matches!(m, Meaning::Light { form: f, .. } if f == form));
        if told.is_some() {
            return self.cue_before(verb, sentence, 6).filter(|&cue| cue == Modality::Negated).or(told);
        }
        let bits = self.doc.words[verb].clitics();
        if bits & clitic::FUTURE != 0 {
            return Some(Modality::Planned);
        }
        if let Some(cue) = self.cue_before(verb, sentence, 6) {
            return Some(cue);
        }
        if form == Form::Present && !self.lexicon.spec.grammar.has_case && verb >= self.doc.body {
            return Some(Modality::Planned);
        }
        None
    }

    /// The modality of an event, and whether words say it.
    pub(super) fn modality_of(&self, hit: Hit, sentence: Sentence, light: Option<Modality>) -> (Modality, bool) {
        if let Some(light) = light {
            return (light, true);
        }
        let doc = self.doc;
        if let Some(tense) = self.tense(hit) {
            let negated = self.cue_before(hit.first, sentence, 6) == Some(Modality::Negated);
            return (if negated { Modality::Negated } else { tense }, true);
        }
        if hit.clitics & clitic::FUTURE != 0 {
            // "من المتوقع أن": a future that is only expected stays planned.
            return match self.cue_before(hit.first, sentence, 6) {
                Some(Modality::Negated) => (Modality::Negated, true),
                _ => (Modality::Planned, true),
            };
        }
        let noun = hit.form == Form::Noun;
        // What follows: "لقاءه المقرر", "الزيارة التي ستجري".
        for p in hit.last + 1..(hit.last + 8).min(sentence.last + 1) {
            // A predicate has begun: what follows says nothing of the noun any more.
            if noun && doc.flags(p) & flag::NEGATION != 0 {
                break;
            }
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Comma) {
                break;
            }
            if noun && p <= hit.last + 3 && doc.words[p].clitics() & clitic::FUTURE != 0 && self.at[p] == usize::MAX {
                return (Modality::Planned, true);
            }
            for x in doc.matches_at(p) {
                if let Meaning::Modality { modality, after: true } = x.meaning {
                    if noun || modality == Modality::Ongoing {
                        return (modality, true);
                    }
                }
            }
        }
        if let Some(cue) = self.cue_before(hit.first, sentence, 7) {
            return (cue, true);
        }
        if hit.form == Form::Present && !self.lexicon.spec.grammar.has_case && hit.first >= doc.body {
            let was = (sentence.first..hit.first).rev().take(6).any(|p| self.is_was(doc.norm(p)));
            if !was {
                return (Modality::Planned, true);
            }
        }
        (Modality::Occurred, !noun && hit.first >= doc.body)
    }

    /// "Was", also behind a conjunction.
    fn is_was(&self, form: &str) -> bool {
        let was = &self.lexicon.spec.grammar.was;
        !was.is_empty()
            && self.lexicon.spec.clitics.after_conjunction(form).any(|(_, rest)| was.iter().any(|word| word == rest))
    }

    pub(super) fn when_and_where(&mut self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let before = self.clause_start(sentence, hit.first);
        let mut end = sentence.last;
        for p in hit.last + 1..=sentence.last {
            if self.at[p] == usize::MAX && self.doc.quoted[p] == self.doc.quoted[hit.first] && self.starts_report(p) {
                end = p - 1;
                break;
            }
        }
        let mut found = Vec::new();
        expressions(self.doc, self.lexicon, before, end, &mut found);
        let content = draft.content.clone();
        let inside = |p: usize| content.iter().any(|&(a, b)| a <= p && p <= b);
        found.retain(|e| !inside(e.first) || e.first < hit.last + 12);
        draft.time = found.into_iter().min_by_key(|e| {
            let after = e.first > hit.last;
            e.first.abs_diff(hit.first) + if after { 0 } else { 4 }
        });
        if draft.place.is_none() {
            draft.place = self.place_between(before, end, draft);
        }
    }

    /// A place after "in" and the like, outside the actors and the content.
    pub(super) fn place_between(&self, first: usize, last: usize, draft: &Draft) -> Option<(usize, usize, usize)> {
        let inside = |p: usize| draft.content.iter().any(|&(a, b)| a <= p && p <= b);
        let center = draft.triggers[0].0;
        let mut best: Option<(usize, (usize, usize, usize))> = None;
        let mut p = first;
        while p <= last && p < self.doc.len() {
            if let Some(index) = self.starting(p) {
                let m = &self.mentions[index];
                let located = m.kind == ActorKind::Country
                    && !inside(p)
                    && !draft.actors.iter().any(|a| a.entity == m.entity && a.role != Role::Host);
                if located {
                    if let Some(word) = self.preposition(index) {
                        if self.lexicon.spec.grammar.at.iter().any(|w| w == word) {
                            let distance = p.abs_diff(center);
                            if best.is_none_or(|b| distance < b.0) {
                                best = Some((distance, (m.first, m.last, index)));
                            }
                        }
                    }
                }
                p = m.last + 1;
                continue;
            }
            p += 1;
        }
        best.map(|b| b.1)
    }
}
