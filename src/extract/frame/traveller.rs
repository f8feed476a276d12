//! Who travels where the noun of a journey does not say it, and what is no journey of an official.

use super::*;

impl Engine<'_, '_> {
    /// "مباحثات الجولة السابعة", "جولة أخرى من المشاورات": a round of talks, of voting or of fighting is no tour.
    pub(super) fn is_round(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        if hit.form != Form::Noun || hit.clitics & clitic::SUFFIX != 0 {
            return false;
        }
        let round = |p: usize| self.at[p] == usize::MAX && doc.flags(p) & (flag::MEETING | flag::SETTING) != 0;
        let whose = hit.first.checked_sub(1).filter(|&p| p >= sentence.first && hit.clitics & clitic::ARTICLE != 0);
        if whose
            .is_some_and(|p| round(p) && doc.flags(p) & (flag::PREPOSITION | flag::VERB) == 0 && !doc.has_article(p))
        {
            return true;
        }
        let next = hit.last + 1;
        let article = hit.clitics & clitic::ARTICLE != 0;
        if article && self.listed("round_numbers", next) {
            return true;
        }
        let of = &self.lexicon.spec.grammar.of;
        (next..=(next + 3).min(sentence.last))
            .take_while(|&p| doc.kind(p) == Kind::Word)
            .any(|p| of.iter().any(|w| w == doc.norm(p)) && p < sentence.last && round(p + 1))
    }

    /// "كان في وداعه لدى مغادرته": a journey that the sentence before calls private.
    pub(super) fn goes_on_privately(&self, index: usize, trigger: &Trigger) -> bool {
        let Some(before) = index.checked_sub(1).filter(|_| matches!(trigger.manner.as_str(), "depart" | "arrive"))
        else {
            return false;
        };
        let sentence = self.doc.sentences[before];
        sentence.first >= self.doc.body
            && (sentence.first..=sentence.last)
                .any(|p| self.doc.matches_at(p).iter().any(|x| x.flags & PRIVATE == PRIVATE))
    }

    /// "السياح والسعوديون يزورون": people of a country, by nothing but their nationality, travel for themselves.
    pub(super) fn private_people(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let doc = self.doc;
        // "ممثلين عن مجموعة لأصحاب الشركات": whom businesses send.
        let behind = (m.last + 2).min(doc.len());
        let sent = (m.first + 1..behind).any(|p| doc.flags(p) & flag::PREPOSITION != 0);
        let business = m.kind == ActorKind::Group
            && sent
            && (m.first + 1..(m.last + 8).min(doc.len()))
                .take_while(|&p| doc.kind(p) == Kind::Word && !self.tells(p))
                .any(|p| self.listed("businesses", p));
        if business {
            return true;
        }
        m.first == m.last
            && m.kind == ActorKind::Group
            && m.name.is_none()
            && m.title.is_none()
            && doc.flags(m.first) & flag::DEMONYM != 0
            && doc.flags(m.first) & (flag::TITLE | flag::ORG | flag::GROUP) == 0
    }

    /// "البلد الواقع في الشرق": a country by its noun, which is where one goes and never who goes.
    pub(super) fn is_homeland(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        m.kind == ActorKind::Group && self.doc.flags(m.first) & flag::HOME != 0
    }

    /// Whom a pronoun at the noun of a visit means where the subject of the sentence is at home in `host`: "استقبل الملك
    /// الرئيس خلال زيارته للمملكة". The nearest person before it who is a guest there.
    pub(super) fn guest_before(&self, sentence: Sentence, noun: usize, host: u16) -> Option<usize> {
        let upto = self.mentions.partition_point(|m| m.first < noun);
        let from = self.doc.sentences[(self.doc.sentence_of[noun] as usize).saturating_sub(1)].first;
        let from = if from < self.doc.body { sentence.first } else { from };
        (0..upto).rev().take_while(|&i| self.mentions[i].first >= from).take(24).find(|&i| {
            let m = &self.mentions[i];
            matches!(m.kind, ActorKind::Person | ActorKind::Group)
                && !m.plural
                && !m.pronoun
                && m.place.is_none()
                && m.entity != usize::MAX
                && self.eligible(i)
                && self.resolver.entities[m.entity].country.is_some_and(|c| c != host)
        })
    }

    /// Where the journey of the noun `hit` goes, by the words right behind it.
    pub(super) fn goal_country(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> Option<u16> {
        let direct = self.starting(hit.last + 1).filter(|&m| self.mentions[m].clitics & clitic::CONJUNCTION == 0);
        let goal = direct.filter(|&m| self.preposition(m).is_none()).or_else(|| {
            trigger.slots.iter().find_map(|slot| match &slot.marker {
                Marker::Preposition(word) if slot.actor => self.destination(sentence, hit.last + 1, Some(word)),
                _ => None,
            })
        })?;
        let m = &self.mentions[goal];
        (m.kind == ActorKind::Country && m.first <= hit.last + 5).then_some(m.country).flatten()
    }

    /// "طلب من الوزير التوجه إلى", "كلف مبعوثه بزيارة": whom somebody sends, right before the noun of the journey.
    pub(super) fn ordered(&self, sentence: Sentence, noun: usize) -> Option<usize> {
        let mut p = noun.checked_sub(1).filter(|&p| p > sentence.first)?;
        while p > sentence.first
            && self.at[p] == usize::MAX
            && self.doc.flags(p) & (flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY) != 0
        {
            p -= 1;
        }
        let sent = self.ending(p)?;
        let m = &self.mentions[sent];
        if !matches!(m.kind, ActorKind::Person | ActorKind::Group) || !self.eligible(sent) || m.pronoun {
            return None;
        }
        (sentence.first..m.first)
            .rev()
            .take(9)
            .take_while(|&p| !matches!(self.doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon))
            .find(|&p| self.at[p] == usize::MAX && (self.tells(p) || self.listed("orders", p)))
            .filter(|&p| self.listed("orders", p))
            .map(|_| sent)
    }

    /// Whether the invitation to a journey told in sentence `index` is taken up in it or right after: "قبل الدعوة".
    pub(super) fn invitation_accepted(&self, index: usize) -> bool {
        let doc = self.doc;
        let last = doc.sentences[(index + 1).min(doc.sentences.len() - 1)];
        let from = doc.sentences[index];
        if self.lexicon.spec.grammar.has_case {
            return false;
        }
        let invitation = |p: usize| {
            // Whoever accepts it may stand between: "قبل الرئيس دعوة".
            let mut between = (p + 1..=(p + 9).min(last.last)).skip_while(|&q| self.at[q] != usize::MAX);
            between.next().is_some_and(|q| self.listed("invitation_words", q))
        };
        (from.first..=last.last).any(|p| {
            self.listed("acceptances", p)
                && !(p > from.first && doc.flags(p - 1) & flag::NEGATION != 0)
                && invitation(p)
        })
    }

    /// "تلبية دعوة الرئيس إلى زيارة": who stands right behind the noun of an accepted invitation sends it.
    pub(super) fn sends_invitation(&self, sentence: Sentence, invitation: usize) -> bool {
        (sentence.first..invitation)
            .rev()
            .take(10)
            .skip_while(|&p| self.at[p] != usize::MAX)
            .take(2)
            .any(|p| self.listed("acceptances", p))
    }

    /// "زيارة في إطارها قضايا": whether only words of the noun's own stand between it and `p`.
    pub(super) fn right_behind(&self, hit: Hit, p: usize) -> bool {
        let doc = self.doc;
        (hit.last + 1..p).all(|q| {
            self.at[q] != usize::MAX
                || doc.kind(q) != Kind::Word
                || doc.flags(q) & flag::NOUN == 0
                || doc.flags(q)
                    & (flag::ADJECTIVE
                        | flag::ADVERB
                        | flag::TIME_WORD
                        | flag::WEEKDAY
                        | flag::MONTH
                        | flag::PREPOSITION
                        | flag::SETTING
                        | flag::MEETING
                        | flag::VISIT)
                    != 0
                || doc.words[q].clitics() & clitic::PREPOSITION != 0
        })
    }

    /// "ذلك جاء خلال لقاء الرئيس": a verb of coming whose subject stands behind the noun of an event tells of no journey.
    pub(super) fn comes_at_event(&self, sentence: Sentence, hit: Hit, subject: usize) -> bool {
        let doc = self.doc;
        let m = &self.mentions[subject];
        let upto = if m.first > hit.last { m.first } else { (hit.last + 4).min(sentence.last + 1) };
        (hit.last + 1..upto).any(|p| {
            self.at[p] == usize::MAX
                && doc.flags(p) & (flag::MEETING | flag::VISIT | flag::SPEECH_NOUN | flag::SETTING) != 0
                && doc.flags(p) & (flag::VERB | flag::ADVERB | flag::TIME_WORD) == 0
        })
    }

    /// "رحلاته الخارجية": the adjective that says abroad, and not the ministry of that name.
    pub(super) fn says_abroad(&self, mention: usize, hit: Hit) -> bool {
        let m = &self.mentions[mention];
        !self.lexicon.spec.grammar.has_case
            && m.first == m.last
            && m.first == hit.last + 1
            && hit.clitics & (clitic::SUFFIX | clitic::ARTICLE) != 0
            && self.doc.has_article(m.first)
    }

    /// "الوزير والوفد المرافق له، الذي يزور": whom a delegation goes along with, right before it.
    pub(super) fn led_along(&self, mention: usize) -> Option<usize> {
        let m = &self.mentions[mention];
        if self.lexicon.spec.grammar.has_case || m.kind != ActorKind::Group || m.clitics & clitic::CONJUNCTION == 0 {
            return None;
        }
        let lead = mention.checked_sub(1)?;
        let l = &self.mentions[lead];
        let comma = m.first.checked_sub(1).is_some_and(|p| self.doc.kind(p) == Kind::Comma);
        let beside = l.last + 1 + usize::from(comma) == m.first;
        (beside && l.kind == ActorKind::Person && !l.plural && self.eligible(lead)).then_some(lead)
    }

    /// "الأمير فلان، ولي العهد، وزير الدفاع": an office without a name behind a comma that follows its bearer.
    pub(super) fn further_title(&self, draft: &Draft, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let comma = m.first.checked_sub(1).filter(|&p| self.doc.kind(p) == Kind::Comma);
        let bearer = comma.and_then(|p| p.checked_sub(1)).and_then(|p| self.ending(p));
        m.kind == ActorKind::Person
            && m.name.is_none()
            && m.title.is_some()
            && bearer.is_some_and(|b| {
                self.mentions[b].kind == ActorKind::Person
                    && (draft.actors.iter().any(|a| a.role == Role::Visitor && a.mention == b)
                        || self.mentions[b].name.is_none())
            })
    }

    /// "زيارته للمنطقة", "يزور الوزير المنطقة": a region by its noun alone is where a journey went.
    pub(super) fn region_visited(&self, sentence: Sentence, hit: Hit, draft: &Draft) -> Option<Where> {
        let doc = self.doc;
        let found = (hit.last + 1..=(hit.last + 16).min(sentence.last))
            .take_while(|&p| {
                !matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Quote | Kind::Colon)
            })
            .take_while(|&p| {
                self.at[p] != usize::MAX || !self.tells(p) && doc.flags(p) & (flag::THAT | flag::RELATIVE) == 0
            })
            .find(|&p| self.at[p] == usize::MAX && self.listed("regions", p))?;
        let before = found - 1;
        let at = self.at[before];
        let visitor = at != usize::MAX && draft.actors.iter().any(|a| a.mention == at);
        let grammar = &self.lexicon.spec.grammar;
        let led = visitor
            || before == hit.last
            || doc.words[found].clitics() & clitic::PREPOSITION != 0
            || grammar.at.iter().chain(&grammar.to).any(|w| w == doc.norm(before));
        led.then_some(Where { first: found, last: found, country: None })
    }

    /// "تشكل مصر المحطة الأولى في جولته": the country that a tour is said to stop in.
    pub(super) fn station_before(&self, draft: &mut Draft, sentence: Sentence, hit: Hit) {
        let station = (sentence.first..hit.first)
            .rev()
            .take(6)
            .take_while(|&p| !self.tells(p) && self.doc.kind(p) == Kind::Word)
            .find(|&p| self.at[p] == usize::MAX && self.listed("stations", p));
        let Some(station) = station else { return };
        let country = (sentence.first..station).rev().take(6).find_map(|p| self.ending(p));
        let country = country.filter(|&m| self.mentions[m].kind == ActorKind::Country);
        if let Some(country) = country {
            self.push_host(draft, Role::Host, country, sentence);
        }
    }

    /// "الوزير الذي يجول": whether the verb of a relative clause, without a pronoun of its own, tells of an actor before it.
    pub(super) fn told_by_antecedent(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        let Some(relative) = hit.first.checked_sub(1).filter(|&p| p > sentence.first + 1) else { return false };
        let plain = self.at[relative] == usize::MAX
            && doc.flags(relative) & flag::RELATIVE != 0
            && doc.flags(relative) & (flag::PREPOSITION | flag::SUBORDINATOR) == 0;
        plain
            && hit.clitics & clitic::SUFFIX == 0
            && self.subject_before(sentence, hit.first).is_some_and(|m| {
                matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group)
                    && self.eligible(m)
                    && self.gender_fits(hit.first, m)
            })
    }

    /// "وصلت أمس أول طائرة": a common noun behind the verb, past its adverbials, is what came.
    pub(super) fn thing_behind(&self, sentence: Sentence, hit: Hit, trigger: &Trigger) -> bool {
        let doc = self.doc;
        if !matches!(trigger.manner.as_str(), "arrive" | "go" | "return") || hit.clitics & clitic::SUFFIX != 0 {
            return false;
        }
        let timed = flag::ADVERB | flag::TIME_WORD | flag::WEEKDAY;
        let next = (hit.last + 1..=(hit.last + 5).min(sentence.last))
            .find(|&p| self.at[p] != usize::MAX || doc.kind(p) != Kind::Word || doc.flags(p) & timed == 0);
        let Some(p) = next.filter(|&p| p > hit.last + 1) else { return false };
        let flags = doc.flags(p);
        let places = &self.lexicon.spec.grammar.place_heads;
        let place =
            flag::VENUE | flag::HOME | flag::PREPOSITION | flag::VERB | flag::VISIT | flag::MEETING | flag::SETTING;
        self.at[p] == usize::MAX
            && doc.kind(p) == Kind::Word
            && (flags & flag::NOUN != 0 && flags & place == 0 || self.listed("rankings", p))
            && doc.words[p].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
            && !places.iter().any(|w| w == doc.norm(p))
            && !self.listed("capital_words", p)
            && !self.listed("regions", p)
    }

    /// "الزيارة المرتقبة للملك": a person behind a preposition that is attached to him, right behind a noun with its article
    /// and what is said of it.
    pub(super) fn belongs_to_person(&self, sentence: Sentence, hit: Hit) -> Option<usize> {
        let doc = self.doc;
        let said = flag::ADJECTIVE | flag::MODALITY;
        let attached = &self.lexicon.spec.clitics.article_swallowed_by;
        if hit.form != Form::Noun || hit.clitics & clitic::ARTICLE == 0 {
            return None;
        }
        (hit.last + 1..=(hit.last + 3).min(sentence.last))
            .find(|&p| self.at[p] != usize::MAX || doc.flags(p) & said == 0)
            .and_then(|p| self.starting(p))
            .filter(|&m| {
                let own = self.preposition(m).is_some_and(|w| attached.iter().any(|a| a == w));
                let mention = &self.mentions[m];
                own && mention.clitics & clitic::PREPOSITION != 0
                    && mention.kind == ActorKind::Person
                    && self.eligible(m)
            })
    }
}
