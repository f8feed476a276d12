//! Who travels: by the noun of a journey, where it does not say it, and what is no journey of an official.

use super::*;

impl Engine<'_, '_> {
    /// "انطلاق الحملة", "مغادرة آلاف السكان": what goes is told by a noun that names no actor.
    pub(super) fn owned_by_noun(&self, hit: Hit, sentence: Sentence) -> bool {
        let doc = self.doc;
        let next = hit.last + 1;
        let flags = doc.flags(next);
        let other = flag::ADJECTIVE
            | flag::DEMONYM
            | flag::ADVERB
            | flag::TIME_WORD
            | flag::WEEKDAY
            | flag::PREPOSITION
            | flag::RELATIVE
            | flag::THAT
            | flag::SUBORDINATOR
            | flag::CONJUNCTION
            | flag::VENUE
            | flag::VERB;
        // "توجه الهيئة": where a body tends to.
        let body = self.starting(next).map(|m| &self.mentions[m]).is_some_and(|m| {
            m.kind == ActorKind::Organization && m.clitics & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
        });
        if body && hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0 {
            return true;
        }
        hit.clitics & (clitic::ARTICLE | clitic::SUFFIX) == 0
            && next <= sentence.last
            && doc.kind(next) == Kind::Word
            && self.at[next] == usize::MAX
            && flags & flag::NOUN != 0
            && flags & other == 0
            && doc.words[next].clitics() & (clitic::PREPOSITION | clitic::CONJUNCTION) == 0
    }

    /// "محاولات الفارين للوصول", "تقوم بزيارة": who is to travel is told by the word before, or does so with a verb.
    pub(super) fn owned_elsewhere(&self, hit: Hit) -> bool {
        let doc = self.doc;
        let Some(before) = hit.first.checked_sub(1) else { return false };
        // "من أجل الوصول إلى": what everybody seeks.
        let aim = before > 0 && self.at[before] == usize::MAX && {
            let phrase =
                |p: usize| self.doc.matches_at(p).iter().any(|x| x.flags & IN_ORDER == IN_ORDER && x.last() == before);
            phrase(before) || phrase(before - 1)
        };
        if aim && !self.lexicon.spec.grammar.has_case {
            return true;
        }
        if self.lexicon.spec.grammar.has_case
            || hit.clitics & clitic::PREPOSITION == 0
            || doc.kind(before) != Kind::Word
            || self.at[before] != usize::MAX
        {
            return false;
        }
        let flags = doc.flags(before);
        let to = self.lexicon.spec.grammar.to.iter().any(|w| self.has_preposition(hit.first, w));
        let going = matches!(
            self.lexicon.triggers[hit.trigger as usize].manner.as_str(),
            "arrive" | "go" | "depart" | "return"
        );
        if to && going {
            return true;
        }
        let circumstance =
            flag::TIME_WORD | flag::WEEKDAY | flag::MONTH | flag::ADVERB | flag::MEETING | flag::VISIT | flag::MODALITY;
        to && (flags & flag::NOUN != 0 || doc.words[before].clitics() & clitic::SUFFIX != 0)
            && flags & circumstance == 0
            || flags & flag::LIGHT != 0
                && doc.matches_at(before).iter().any(|x| match x.meaning {
                    Meaning::Light { light, form: Form::Past | Form::Present } => {
                        matches!(
                            self.lexicon.lights[light as usize].role,
                            LightRole::Subject | LightRole::Bearer | LightRole::Receiver
                        )
                    }
                    _ => false,
                })
    }

    /// Who goes on with a journey that names nobody: whoever travels or meets earlier in the sentence, else its subject.
    pub(in crate::extract::frame) fn traveller(
        &self,
        sentence: Sentence,
        hit: Hit,
        index: usize,
        loose: bool,
    ) -> Option<usize> {
        let earlier = self.drafts.iter().rev().take_while(|d| d.sentence == index).find(|d| {
            d.kind != EventType::Statement && d.triggers[0].0 < hit.first && !d.anaphoric && !d.actors.is_empty()
        });
        let person = |&m: &usize| matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group);
        earlier
            .and_then(|d| d.actors.iter().find(|a| a.role != Role::Host).map(|a| a.mention))
            .filter(person)
            .or_else(|| if loose { self.owner_of_suffix(sentence, hit.first, index) } else { None })
    }

    /// Who makes the journey that an adverbial names: "X, on a visit to Washington, said", "during a visit to Kyiv, X said".
    pub(super) fn on_journey(&self, sentence: Sentence, hit: Hit) -> Option<(usize, Option<(usize, usize)>)> {
        let doc = self.doc;
        let mut p = self.before_attributes(sentence, hit.first);
        let mut article = false;
        while p > sentence.first && self.at[p] == usize::MAX && doc.flags(p) & flag::DETERMINER != 0 {
            article = true;
            p -= 1;
        }
        let preposition =
            |q: usize| self.at[q] == usize::MAX && doc.kind(q) == Kind::Word && doc.flags(q) & flag::PREPOSITION != 0;
        let grammar = &self.lexicon.spec.grammar;
        let mut owners = grammar.of.iter().chain(&grammar.to).chain(&grammar.from).chain(&grammar.by);
        // "Ahead of": the last word of a longer preposition.
        let bound = owners.any(|w| w == doc.norm(p)) && !(p > sentence.first && preposition(p - 1));
        if !preposition(p) || bound || !article {
            return None;
        }
        if p > sentence.first && preposition(p - 1) {
            p -= 1;
        }
        let apposed = p > sentence.first + 1 && doc.kind(p - 1) == Kind::Comma;
        let found = (if apposed { self.ending(p - 2) } else { None })
            .or_else(|| self.last_subject(sentence, p, 1))
            .or_else(|| self.following_subject(sentence, p, hit.last))?;
        self.usable(found, sentence)
    }

    /// "في إجازة خاصة", "لتلقي العلاج": the clause says that somebody travels for himself.
    pub(super) fn private_journey(&self, sentence: Sentence, hit: Hit) -> bool {
        let doc = self.doc;
        let private = |p: usize| doc.matches_at(p).iter().any(|x| x.flags & PRIVATE == PRIVATE);
        // "زيارته الخاصة": the phrase may begin with the noun of the journey itself.
        let own = doc.matches_at(hit.first).iter().any(|x| x.flags & PRIVATE == PRIVATE && x.len > 1);
        if own && !self.lexicon.spec.grammar.has_case {
            return true;
        }
        (hit.last + 1..=(hit.last + 40).min(sentence.last))
            .take_while(|&p| !matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon))
            .take_while(|&p| p == hit.last + 1 || !(self.is_other_trigger(p) && self.at[p] == usize::MAX))
            .any(private)
    }

    /// Whom an invitation before the noun at `noun` invites: the last person named between, but for who sends it.
    pub(super) fn invited(&self, noun: usize, sentence: Sentence) -> Option<usize> {
        let doc = self.doc;
        let from = &self.lexicon.spec.grammar.from;
        let (mut guest, mut body) = (None, None);
        for p in (sentence.first..noun).rev().take(40) {
            if matches!(doc.kind(p), Kind::Stop | Kind::Break | Kind::Semicolon | Kind::Colon) {
                return None;
            }
            if let Some(m) = self.starting(p) {
                let person =
                    matches!(self.mentions[m].kind, ActorKind::Person | ActorKind::Group | ActorKind::Organization);
                let sender = self.preposition(m).is_some_and(|w| from.iter().any(|f| f == w))
                    || p > sentence.first
                        && self.listed("invitation_words", p - 1)
                        && self.sends_invitation(sentence, p - 1);
                if person && !sender && self.eligible(m) {
                    // "دعا المفوض، رئيس المجلس": a body gives way to a person before it.
                    let found = if self.mentions[m].kind == ActorKind::Organization { &mut body } else { &mut guest };
                    found.get_or_insert(m);
                }
                continue;
            }
            if self.at[p] != usize::MAX || doc.kind(p) != Kind::Word {
                continue;
            }
            let invites = doc.matches_at(p).iter().any(|x| match x.meaning {
                Meaning::Light { light, form: Form::Past | Form::Present } => {
                    let entry = &self.lexicon.lights[light as usize];
                    entry.modality == Some(Modality::Possible)
                        && self.lexicon.spec.grammar.to.contains(&entry.preposition)
                        && doc.flags(p) & flag::SPEECH != 0
                }
                Meaning::SpeechNoun { act, .. } => act == Act::Request,
                _ => false,
            });
            if invites {
                // "تلقى دعوة": who receives one stands before it.
                return guest.or(body).or_else(|| {
                    let upto = self.mentions.partition_point(|m| m.first < p);
                    (0..upto).rev().take_while(|&i| self.mentions[i].first >= sentence.first).find(|&i| {
                        matches!(self.mentions[i].kind, ActorKind::Person | ActorKind::Group) && self.eligible(i)
                    })
                });
            }
            if self.tells(p) {
                return None;
            }
        }
        None
    }

    /// Whether a mention has a name or an office, or has not been speaking: a source only tells.
    pub(super) fn known_to_act(&self, mention: usize) -> bool {
        let m = &self.mentions[mention];
        let spoke = || {
            self.drafts
                .iter()
                .rev()
                .take(32)
                .any(|d| d.kind == EventType::Statement && d.actors.first().is_some_and(|a| a.entity == m.entity))
        };
        m.name.is_some() || m.title.is_some() || !spoke()
    }

    pub(super) fn visitors(&self, draft: &Draft) -> usize {
        draft.actors.iter().filter(|a| a.role == Role::Visitor).count()
    }

    /// "زيارة مرتقبة للرئيس إلى غانا": whom a preposition written with him ties to the noun travels, where it goes being told
    /// by another.
    pub(in crate::extract::frame) fn attached_visitor(
        &self,
        draft: &mut Draft,
        sentence: Sentence,
        hit: Hit,
        word: &str,
    ) {
        let attached = self.lexicon.spec.clitics.article_swallowed_by.iter().any(|w| w == word);
        let bare = hit.form == Form::Noun && hit.clitics & clitic::SUFFIX == 0 && !self.lexicon.spec.grammar.has_case;
        // "أول زيارة للوزير إلى غانا" points back at the one that was told.
        let ranked = hit.first > sentence.first && self.listed("rankings", hit.first - 1);
        if !attached || !bare || ranked || self.visitors(draft) > 0 {
            return;
        }
        let visitor = (hit.last + 1..=(hit.last + 4).min(sentence.last)).find_map(|p| self.starting(p)).filter(|&m| {
            let m = &self.mentions[m];
            m.kind == ActorKind::Person && m.clitics & clitic::PREPOSITION != 0
        });
        if let Some(visitor) = visitor.filter(|&m| self.preposition(m) == Some(word) && self.eligible(m)) {
            let hosts = draft.actors.len();
            self.push_actor(draft, Role::Visitor, visitor, None);
            self.coordinate(draft, Role::Visitor, visitor, sentence);
            // Who travels comes first.
            draft.actors.rotate_left(hosts);
        }
    }

    /// "زيارة الرئيس إلى باريس", "زيارته لواشنطن", "زيارة العراق".
    pub(in crate::extract::frame) fn visit_owner(&self, draft: &mut Draft, sentence: Sentence, hit: Hit, index: usize) {
        let doc = self.doc;
        if let Some(from) = self.suffix_of(hit) {
            if let Some(owner) = self.owner_of_suffix(sentence, hit.first, index) {
                let trigger = &self.lexicon.triggers[hit.trigger as usize];
                let visits = matches!(trigger.manner.as_str(), "visit" | "tour");
                let goal = if visits { self.goal_country(sentence, hit, trigger) } else { None };
                let home = goal.filter(|&c| self.resolver.entities[self.mentions[owner].entity].country == Some(c));
                let owner = home.and_then(|c| self.guest_before(sentence, hit.first, c)).unwrap_or(owner);
                if self.mentions[owner].kind != ActorKind::Country {
                    self.push_actor(draft, Role::Visitor, owner, Some(from));
                }
            }
        }
        if self.lexicon.spec.grammar.has_case && hit.first > sentence.first {
            let p = self.before_attributes(sentence, hit.first);
            if let Some(owner) = self.ending(p) {
                let m = &self.mentions[owner];
                if doc.tokens.all[m.last].possessive && self.eligible(owner) && m.kind != ActorKind::Country {
                    self.push_actor(draft, Role::Visitor, owner, None);
                } else if m.pronoun && doc.flags(p) & flag::OBLIQUE != 0 {
                    if let Some(resolved) = self.resolve_pronoun(owner, sentence) {
                        self.push_actor(draft, Role::Visitor, resolved, Some((m.first, m.last)));
                    }
                }
            }
        }
        let mut p = hit.last + 1;
        let mut steps = 0;
        while p <= sentence.last && steps < 5 {
            steps += 1;
            if let Some(m) = self.starting(p) {
                let mention = &self.mentions[m];
                let preposition = self.preposition(m);
                let of = self.lexicon.spec.grammar.has_case
                    && mention.kind != ActorKind::Country
                    && preposition.is_some_and(|w| self.lexicon.spec.grammar.of.iter().any(|o| o == w));
                let by = of || preposition.is_some_and(|w| self.lexicon.spec.grammar.by.iter().any(|b| b == w));
                // "خلال الزيارة الرئيس": a noun with its article has no owner right behind it.
                let whole = hit.clitics & clitic::ARTICLE != 0
                    && !self.lexicon.spec.grammar.has_case
                    && mention.kind == ActorKind::Person
                    && preposition.is_none();
                if whole {
                    break;
                }
                if preposition.is_none() && mention.clitics & clitic::CONJUNCTION == 0 || by {
                    // "مغادرته القاهرة إلى بيروت": the country left is told of only where none is headed for.
                    let left = draft.manner == "depart" && !self.lexicon.spec.grammar.has_case;
                    if self.honorific(m).is_some() {
                        // "زيارة سموه": an honorific with its pronoun.
                        if let Some(owner) = self.resolve_pronoun(m, sentence) {
                            self.push_actor(draft, Role::Visitor, owner, Some((mention.first, mention.last)));
                        }
                    } else if mention.kind == ActorKind::Country && !by {
                        // "وصول إيران إلى القنبلة": a state that comes or goes travels nowhere, and is no one's host.
                        let comes = matches!(draft.manner.as_str(), "arrive" | "go")
                            && hit.clitics & clitic::SUFFIX == 0
                            && !self.lexicon.spec.grammar.has_case;
                        if left || comes {
                            break;
                        }
                        self.push_host(draft, Role::Host, m, sentence);
                    } else if !by && self.names_region(m) {
                        // "زيارة محافظة عدن"
                        self.push_host(draft, Role::Host, m, sentence);
                        draft.place = draft.place.or(Some(Where {
                            first: mention.first,
                            last: mention.last,
                            country: self.resolver.entities[mention.entity].country,
                        }));
                    } else if mention.kind != ActorKind::Organization || by {
                        self.push_actor(draft, Role::Visitor, m, None);
                        self.coordinate(draft, Role::Visitor, m, sentence);
                    } else if (draft.manner != "go" || self.lexicon.spec.grammar.has_case) && !self.says_abroad(m, hit)
                    {
                        // "توجه الوزارة": where a body tends to is no journey.
                        self.push_actor(draft, Role::Host, m, None);
                    }
                }
                break;
            }
            let preposition = self.lexicon.spec.grammar.has_case && steps == 1 && doc.flags(p) & flag::PREPOSITION != 0;
            if doc.kind(p) != Kind::Word || doc.flags(p) & (flag::ADJECTIVE | flag::ADVERB) == 0 && !preposition {
                break;
            }
            p += 1;
        }
    }

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
