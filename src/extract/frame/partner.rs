//! Who meets whoever alone is named: the subject of the verb that wishes or refuses a meeting, and whoever speaks of himself.

use super::*;

impl Engine<'_, '_> {
    /// "يرفض لقاء الوزير", "تريد الحكومة التفاوض مع الوفد", "يتطلع لاستقبال الأمير": behind a verb that says what somebody
    /// wishes, plans or refuses, who is named behind the noun is the other party, and the verb's subject the first.
    pub(super) fn wishing_party(
        &self,
        draft: &mut Draft,
        sentence: Sentence,
        hit: Hit,
        index: usize,
        trigger: &Trigger,
    ) -> Option<Modality> {
        let [other] = draft.actors.as_slice() else { return None };
        if trigger.strength != Strength::Strong || !self.is_other_party(other, hit, trigger) {
            return None;
        }
        let entity = other.entity;
        let (verb, modality) = self.wishing_verb(sentence, hit)?;
        let after = self.subject_after(sentence, verb).filter(|&m| self.mentions[m].last < hit.first);
        let (first, from) = match after.or_else(|| self.subject_before(sentence, verb)) {
            Some(m) => self.usable_party(m, sentence)?,
            None => {
                let goes_on = self.dropped(index, sentence, verb)?;
                (Some(goes_on).filter(|&m| self.eligible(m) && !self.only_tells(m))?, Some((verb, verb)))
            }
        };
        if self.mentions[first].entity == entity || self.mentions[first].place.is_some() {
            return None;
        }
        let before = draft.actors.len();
        self.push_actor(draft, Role::Party, first, from);
        if draft.actors.len() > before {
            draft.actors.rotate_right(1);
        }
        let told = self.cue_before(hit.first, sentence, 6).is_some();
        modality.filter(|_| !told)
    }

    /// Whether the only party of a noun is whom one meets: its object, or behind the preposition of the verb.
    fn is_other_party(&self, actor: &Actor, hit: Hit, trigger: &Trigger) -> bool {
        let m = &self.mentions[actor.mention];
        if actor.from.is_some() || m.first <= hit.last || m.first > hit.last + 6 || m.place.is_some() {
            return false;
        }
        let grammar = &self.lexicon.spec.grammar;
        // "خلال الاجتماع الاستماع إلى": behind another noun stands whom that is about.
        let beside = (hit.last + 1..m.first).all(|p| {
            let apart = flag::MEETING | flag::VISIT | flag::SPEECH_NOUN;
            self.at[p] == usize::MAX
                && self.doc.flags(p) & apart == 0
                && self.doc.flags(p) & (flag::PREPOSITION | flag::ADJECTIVE | flag::ADVERB | flag::TIME_WORD) != 0
        });
        if !beside {
            return false;
        }
        let slot = |marker: &dyn Fn(&Marker) -> bool| trigger.slots.iter().any(|s| s.actor && marker(&s.marker));
        match self.preposition(actor.mention) {
            None => {
                let bare = hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0 && hit.first == hit.last;
                bare && m.first == hit.last + 1 && slot(&|marker| *marker == Marker::Object)
            }
            Some(word) => {
                !grammar.between.iter().chain(&grammar.of).any(|w| w == word)
                    && !self.lexicon.spec.clitics.article_swallowed_by.iter().any(|w| w == word)
                    && slot(&|marker| matches!(marker, Marker::Preposition(w) if w == word))
            }
        }
    }

    /// The verb of wishing, planning or refusing that governs a noun, and what it makes of it; only its subject stands between
    /// them.
    fn wishing_verb(&self, sentence: Sentence, hit: Hit) -> Option<(usize, Option<Modality>)> {
        let doc = self.doc;
        let start = self.clause_start(sentence, hit.first);
        let mut p = hit.first;
        while p > start && hit.first - p < 14 {
            p -= 1;
            if self.at[p] != usize::MAX {
                p = self.mentions[self.at[p]].first.max(start);
                continue;
            }
            if doc.kind(p) != Kind::Word {
                return None;
            }
            if !self.is_verb(p) && doc.flags(p) & (flag::LIGHT | flag::SPEECH) == 0 {
                continue;
            }
            let bare = |x: &&Match| x.clitics & (clitic::ARTICLE | clitic::SUFFIX | clitic::PREPOSITION) == 0;
            let light = doc.matches_at(p).iter().filter(bare).find_map(|x| match x.meaning {
                Meaning::Light { light, form: Form::Past | Form::Present } => {
                    self.lexicon.lights[light as usize].modality
                }
                _ => None,
            });
            let cue = light.is_some() || doc.matches_at(p).iter().filter(bare).any(|x| x.flags & flag::MODALITY != 0);
            return Some((p, light)).filter(|_| cue && self.only_subject_between(p, hit.first));
        }
        None
    }

    /// "وصل الوزير أمس. ويلتقي خلال الزيارة الرئيس": whom a verb names behind the visit that was told is met by the visitor.
    pub(super) fn met_on_visit(&self, index: usize, sentence: Sentence, hit: Hit, after: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[after];
        let visit = (hit.last + 1..m.first).any(|p| {
            self.at[p] == usize::MAX
                && doc.flags(p) & flag::VISIT != 0
                && doc.flags(p) & flag::VERB == 0
                && (doc.has_article(p) || doc.words[p].clitics() & clitic::SUFFIX != 0)
        });
        let near = |d: &&Draft| index.saturating_sub(d.sentence) <= 2;
        let told = self.drafts.iter().rev().take_while(near).find(|d| d.kind == EventType::Visit && !d.anaphoric);
        let visitor = told.and_then(|d| d.actors.iter().find(|a| a.role == Role::Visitor));
        visit
            && visitor.is_some_and(|v| v.entity != m.entity && self.gender_fits(hit.first, v.mention))
            && self.object_at(sentence, m.last + 1).is_none()
    }

    /// The visitor of the journey told last, in this sentence or the one before, where a verb of travel in the future goes on.
    pub(super) fn travels_on(&self, index: usize, hit: Hit, trigger: &Trigger) -> Option<usize> {
        let moves = matches!(trigger.manner.as_str(), "go" | "visit" | "arrive" | "depart" | "return" | "tour");
        let future = hit.clitics & clitic::FUTURE != 0 && hit.clitics & clitic::CONJUNCTION != 0;
        if trigger.kind != EventType::Visit || !moves || !future {
            return None;
        }
        let near = |d: &&Draft| index.saturating_sub(d.sentence) <= 1;
        let last = self.drafts.iter().rev().take_while(near).find(|d| d.kind == EventType::Visit && !d.anaphoric)?;
        let visitor = last.actors.iter().find(|a| a.role == Role::Visitor)?.mention;
        (self.eligible(visitor) && self.gender_fits(hit.first, visitor)).then_some(visitor)
    }

    /// "قال: التقيت الرئيس", "ونحن نتفاوض مع": whoever speaks of himself in the words that a statement gives him.
    pub(super) fn speaks_of_himself(&self, index: usize, hit: Hit, subject: Subject) -> Option<usize> {
        // "اجتمعت مع": where nobody else is its subject, the feminine of the past is a man's own word as well.
        let feminine = self.lexicon.spec.grammar.feminine_past.as_str();
        let either = subject == Subject::Dropped
            && hit.form == Form::Past
            && hit.first == hit.last
            && !self.lexicon.spec.grammar.first_past.is_empty()
            && self.doc.quoted[hit.first] != 0
            && self.doc.norm(hit.first).ends_with(feminine);
        if !either && !self.in_first_person(hit) {
            return None;
        }
        let holds = |d: &&Draft| {
            d.kind == EventType::Statement && d.content.iter().any(|&(a, b)| a <= hit.first && hit.first <= b)
        };
        let own = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(holds);
        let said = own.and_then(|d| d.actors.first()).map(|a| a.mention);
        let near = |&(_, at): &(usize, usize)| at <= index && index - at <= 2;
        let quoted = self.doc.quoted[hit.first] != 0;
        said.or_else(|| self.speaker.filter(near).filter(|_| quoted).map(|s| s.0))
            .filter(|&m| self.eligible(m) && (!either || self.is_feminine(m) == Some(false)))
    }

    /// "ليطلع المجلس": a verb behind the attached preposition of an aim.
    pub(super) fn is_verb_of_aim(&self, p: usize) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        let doc = self.doc;
        let present = |x: &Match| {
            matches!(
                x.meaning,
                Meaning::Trigger { form: Form::Present, .. } | Meaning::Light { form: Form::Present, .. }
            )
        };
        !grammar.has_case
            && self.at[p] == usize::MAX
            && doc.flags(p) & (flag::NOUN | flag::PREPOSITION | flag::ADVERB) == 0
            && self.has_dative(p)
            && (doc.flags(p) & flag::VERB != 0 || doc.matches_at(p).iter().any(present))
    }

    /// A present that begins as no third person does (نلتقي), or a past with the ending of the first (التقيت).
    pub(super) fn in_first_person(&self, hit: Hit) -> bool {
        let grammar = &self.lexicon.spec.grammar;
        if grammar.has_case || grammar.first_past.is_empty() || hit.clitics & clitic::SUFFIX != 0 {
            return false;
        }
        let word = self.doc.norm(hit.first);
        match hit.form {
            Form::Present => {
                let clitics = &self.lexicon.spec.clitics;
                let third = |form: &str| {
                    form.starts_with(grammar.masculine_present.as_str())
                        || form.starts_with(grammar.feminine_present.as_str())
                };
                let joined = hit.clitics & clitic::CONJUNCTION != 0;
                let bare =
                    clitics.after_conjunction(word).find(|(and, _)| *and == joined).map_or(word, |(_, rest)| rest);
                let future = hit.clitics & clitic::FUTURE != 0;
                let stem = clitics.after_future(bare).filter(|_| future).unwrap_or(bare);
                !third(stem)
            }
            Form::Past => grammar.first_past.iter().any(|ending| word.ends_with(ending.as_str())),
            _ => false,
        }
    }
}
