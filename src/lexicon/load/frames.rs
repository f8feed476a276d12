//! Tables of what tells an event: triggers with their frames, nouns of saying, light verbs, modality, phrases that only look
//! like an event, and topics.

use super::*;

impl Builder {
    pub(super) fn triggers(&mut self, table: &Table, kind: EventType) -> Result<(), LoadError> {
        let [lemma, past, present, participle, nouns, frame, strength, cameo] =
            ["lemma", "past", "present", "participle", "nouns", "frame", "strength", "cameo"].map(|c| table.column(c));
        let (lemma, past, present, participle) = (lemma?, past?, present?, participle?);
        let (nouns, frame, strength, cameo) = (nouns?, frame?, strength?, cameo?);
        // Columns that only some languages have.
        let [perfect, future, conditional] = ["perfect", "future", "conditional"].map(|c| table.column(c).ok());
        let act_at = if kind == EventType::Statement { Some(table.column("act")?) } else { None };
        let manner_at = match kind {
            EventType::Meeting => Some(table.column("mode")?),
            EventType::Visit => Some(table.column("kind")?),
            EventType::Statement => None,
        };
        let flags = match kind {
            EventType::Statement => flag::SPEECH,
            EventType::Meeting => flag::MEETING,
            EventType::Visit => flag::VISIT,
        };
        for (line, row) in &table.rows {
            self.line = *line;
            let trigger = self.lexicon.triggers.len() as u32;
            let strength = match row[strength] {
                "strong" => Strength::Strong,
                "weak" => Strength::Weak,
                "attitude" => Strength::Attitude,
                other => return Err(table.fault(*line, format!("unknown strength {other:?}"))),
            };
            let manner = manner_at.map_or("", |at| row[at]);
            self.lexicon.triggers.push(Trigger {
                lemma: row[lemma].to_owned(),
                kind,
                act: match act_at {
                    Some(at) => act(row[at]).ok_or_else(|| table.fault(*line, format!("unknown act {:?}", row[at])))?,
                    None => Act::State,
                },
                mode: match manner {
                    "call" => MeetingMode::Call,
                    "multilateral" => MeetingMode::Multilateral,
                    "negotiation" => MeetingMode::Negotiation,
                    _ => MeetingMode::InPerson,
                },
                manner: manner.to_owned(),
                slots: slots(row[frame], &self.lexicon.spec.spelling.letters)
                    .map_err(|problem| table.fault(*line, problem))?,
                strength,
                cameo: row[cameo]
                    .parse()
                    .map_err(|_| table.fault(*line, format!("bad CAMEO code {:?}", row[cameo])))?,
                perfect: match perfect.map_or("", |at| row[at]) {
                    "" => Perfect::Ordinary,
                    "be" => Perfect::Be,
                    "reflexive" => Perfect::Reflexive,
                    other => return Err(table.fault(*line, format!("unknown perfect {other:?}"))),
                },
            });
            for (column, at, form) in [
                ("past", Some(past), Form::Past),
                ("present", Some(present), Form::Present),
                ("future", future, Form::Present),
                ("conditional", conditional, Form::Present),
                ("participle", Some(participle), Form::Participle),
                ("noun", Some(nouns), Form::Noun),
            ] {
                let tense = tense_flag(column);
                for value in at.into_iter().flat_map(|at| values(row[at])) {
                    let forms = if form == Form::Noun {
                        self.forms_first(column, value)
                    } else {
                        self.verb_forms(column, value)
                    };
                    for made in forms {
                        let extra = if form == Form::Noun { flag::NOUN } else { flag::VERB };
                        self.phrase(&made, Meaning::Trigger { trigger, form }, flags | extra | tense);
                    }
                }
            }
        }
        Ok(())
    }

    /// A verb inflects in its first word.
    pub(super) fn verb_forms(&self, column: &str, phrase: &str) -> Vec<String> {
        match phrase.split_once(' ') {
            Some((head, rest)) => self.forms(column, head).into_iter().map(|f| format!("{f} {rest}")).collect(),
            None => self.forms(column, phrase),
        }
    }

    pub(super) fn forms_first(&self, column: &str, phrase: &str) -> Vec<String> {
        if self.lexicon.spec.grammar.adjective_first {
            return self.head_forms(column, phrase);
        }
        let mut forms = self.verb_forms(column, phrase);
        // "جلسة محادثات" is definite as "جلسة المحادثات", "اتصال هاتفي" as "الاتصال الهاتفي".
        let article = &self.lexicon.spec.clitics.article;
        if !article.is_empty() && phrase.contains(' ') {
            let words: Vec<String> = phrase.split(' ').map(|w| self.lexicon.fold(w)).collect();
            if !words.iter().any(|w| w.starts_with(article.as_str())) {
                let all: Vec<String> = words.iter().map(|w| format!("{article}{w}")).collect();
                forms.push(all.join(" "));
                let last: Vec<String> = words
                    .iter()
                    .enumerate()
                    .map(|(i, w)| if i == 0 { w.clone() } else { format!("{article}{w}") })
                    .collect();
                forms.push(last.join(" "));
                // As an object a noun and its adjective both take the accusative: "اتصالا هاتفيا".
                let ending = &self.lexicon.spec.grammar.accusative_ending;
                let bare = &self.lexicon.spec.grammar.no_accusative_after;
                if !ending.is_empty() && words.len() == 2 {
                    let bears =
                        |w: &str| !bare.iter().any(|e| w.ends_with(e.as_str())) && !w.ends_with(ending.as_str());
                    let object: Vec<String> =
                        words.iter().map(|w| if bears(w) { format!("{w}{ending}") } else { w.clone() }).collect();
                    forms.push(object.join(" "));
                }
            }
        }
        forms
    }

    pub(super) fn speech_nouns(&mut self, table: &Table) -> Result<(), LoadError> {
        let (noun, act_at, cameo) = (table.column("noun")?, table.column("act")?, table.column("cameo")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let act = act(row[act_at]).ok_or_else(|| table.fault(*line, format!("unknown act {:?}", row[act_at])))?;
            let cameo: u16 =
                row[cameo].parse().map_err(|_| table.fault(*line, format!("bad CAMEO code {:?}", row[cameo])))?;
            for value in values(row[noun]) {
                for form in self.forms("noun", value) {
                    self.phrase(&form, Meaning::SpeechNoun { act, cameo }, flag::SPEECH_NOUN | flag::NOUN);
                }
            }
        }
        Ok(())
    }

    pub(super) fn light_verbs(&mut self, table: &Table) -> Result<(), LoadError> {
        let [past, present, participle, prep, class, modality_column] =
            ["past", "present", "participle", "prep", "noun_class", "modality"].map(|c| table.column(c));
        let (past, present, participle) = (past?, present?, participle?);
        let (prep, class, modality_at) = (prep?, class?, modality_column?);
        let [future, conditional] = ["future", "conditional"].map(|c| table.column(c).ok());
        let role_at = table.header.iter().position(|h| *h == "role");
        for (line, row) in &table.rows {
            self.line = *line;
            let light = self.lexicon.lights.len() as u32;
            self.lexicon.lights.push(Light {
                preposition: if row[prep] == "-" { String::new() } else { self.lexicon.fold(row[prep]) },
                kind: match row[class] {
                    "speech" => Some(EventType::Statement),
                    "meeting" => Some(EventType::Meeting),
                    "visit" => Some(EventType::Visit),
                    _ => None,
                },
                modality: match row[modality_at] {
                    "" => None,
                    name => Some(
                        modality_named(name).ok_or_else(|| table.fault(*line, format!("unknown modality {name:?}")))?,
                    ),
                },
                role: match role_at.map_or("", |at| row[at]) {
                    "" => LightRole::Subject,
                    "object" => LightRole::Object,
                    "place" => LightRole::Place,
                    "event" => LightRole::Event,
                    "attend" => LightRole::Attend,
                    "bearer" => LightRole::Bearer,
                    "receiver" => LightRole::Receiver,
                    other => return Err(table.fault(*line, format!("unknown role {other:?}"))),
                },
            });
            for (column, at, form) in [
                ("past", Some(past), Form::Past),
                ("present", Some(present), Form::Present),
                ("future", future, Form::Present),
                ("conditional", conditional, Form::Present),
                ("participle", Some(participle), Form::Participle),
            ] {
                let tense = tense_flag(column);
                for value in at.into_iter().flat_map(|at| values(row[at])) {
                    for made in self.verb_forms(column, value) {
                        self.phrase(&made, Meaning::Light { light, form }, flag::LIGHT | flag::VERB | tense);
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn modality(&mut self, table: &Table) -> Result<(), LoadError> {
        let (phrase, value, scope) = (table.column("phrase")?, table.column("modality")?, table.column("scope")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let modality = modality_named(row[value])
                .ok_or_else(|| table.fault(*line, format!("unknown modality {:?}", row[value])))?;
            for form in values(row[phrase]) {
                for scope in values(row[scope]) {
                    let meaning = Meaning::Modality { modality, after: scope == "after" };
                    self.phrase(form, meaning, flag::MODALITY | flag::PARTICLE);
                }
            }
        }
        Ok(())
    }

    pub(super) fn nulls(&mut self, table: &Table) -> Result<(), LoadError> {
        let (phrase, kind) = (table.column("phrase")?, table.column("type")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let kind = match row[kind] {
                "meeting" => EventType::Meeting,
                "visit" => EventType::Visit,
                "statement" => EventType::Statement,
                other => return Err(table.fault(*line, format!("unknown type {other:?}"))),
            };
            for form in values(row[phrase]) {
                self.phrase(form, Meaning::Null { kind }, flag::NULL);
            }
        }
        Ok(())
    }

    pub(super) fn topics(&mut self, table: &Table) -> Result<(), LoadError> {
        let (word, topic) = (table.column("word")?, table.column("topic")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let index = match self.lexicon.topics.iter().position(|t| t == row[topic]) {
                Some(index) => index,
                None => {
                    self.lexicon.topics.push(row[topic].to_owned());
                    self.lexicon.topics.len() - 1
                }
            };
            for form in values(row[word]) {
                let forms = if form.contains(' ') { vec![form.to_owned()] } else { self.forms("adjective", form) };
                for made in forms {
                    self.phrase(&made, Meaning::Topic { topic: index as u16 }, flag::TOPIC);
                }
            }
        }
        Ok(())
    }
}

/// What a column of verb forms says of their tense, beyond the form itself.
fn tense_flag(column: &str) -> Flags {
    match column {
        "future" => flag::FUTURE_FORM,
        "conditional" => flag::CONDITIONAL,
        _ => 0,
    }
}

fn act(name: &str) -> Option<Act> {
    Some(match name {
        "state" => Act::State,
        "support" => Act::Support,
        "request" => Act::Request,
        "promise" => Act::Promise,
        "accuse" => Act::Accuse,
        "reject" => Act::Reject,
        "warn" => Act::Warn,
        "agree" => Act::Agree,
        _ => return None,
    })
}

fn modality_named(name: &str) -> Option<Modality> {
    Some(match name {
        "occurred" => Modality::Occurred,
        "ongoing" => Modality::Ongoing,
        "planned" => Modality::Planned,
        "possible" => Modality::Possible,
        "negated" => Modality::Negated,
        _ => return None,
    })
}

fn slots(frame: &str, letters: &str) -> Result<Vec<Slot>, String> {
    frame
        .split(';')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (marker, parts) = part.split_once('=').ok_or_else(|| format!("slot {part:?} has no ="))?;
            let mut slot = Slot {
                marker: marker_of(marker, letters),
                content: false,
                actor: false,
                speaker: false,
                required: false,
                place: false,
                origin: false,
                topic: false,
                personal: false,
                silent: false,
            };
            // "obj!=target": an object that the verb is never without.
            if let Some(bare) = marker.strip_suffix('!') {
                slot.marker = marker_of(bare, letters);
                slot.required = true;
            }
            for name in parts.split('+') {
                match name {
                    "content" | "purpose" => slot.content = true,
                    "party" | "target" | "host" | "visitor" | "sender" | "delegation" => slot.actor = true,
                    "speaker" => (slot.actor, slot.speaker) = (true, true),
                    "silent" => slot.silent = true,
                    "person" => (slot.actor, slot.personal) = (true, true),
                    "topic" => (slot.content, slot.topic) = (true, true),
                    "place" => slot.place = true,
                    "origin" => slot.origin = true,
                    "meeting" | "visit" | "event" | "tour" | "outlet" => {}
                    other => return Err(format!("unknown slot {other:?}")),
                }
            }
            Ok(slot)
        })
        .collect()
}

fn marker_of(marker: &str, letters: &str) -> Marker {
    match marker {
        "subj" => Marker::Subject,
        "obj" => Marker::Object,
        "that" => Marker::That,
        "inf" => Marker::Infinitive,
        "quote" => Marker::Quote,
        "pred" => Marker::Predicate,
        "matter" => Marker::Matter,
        preposition => Marker::Preposition(fold_keeping(preposition, letters)),
    }
}
