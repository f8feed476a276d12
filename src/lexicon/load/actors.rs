//! Tables of who and where: countries, places, bodies, people with their terms, titles, groups and names.

use super::*;

impl Builder {
    pub(super) fn countries(&mut self, table: &Table) -> Result<(), LoadError> {
        let [iso, names, demonyms, peoples, capital, metonyms] =
            ["iso", "names", "demonyms", "peoples", "capital", "metonyms"].map(|c| table.column(c));
        let (iso, names, demonyms, peoples, capital, metonyms) =
            (iso?, names?, demonyms?, peoples?, capital?, metonyms?);
        for (line, row) in &table.rows {
            self.line = *line;
            if row[iso].len() != 2 {
                return Err(table.fault(*line, format!("{:?} is no ISO 3166-1 alpha-2 code", row[iso])));
            }
            let country = self.country(row[iso]);
            if let Some(first) = values(row[names]).next() {
                self.lexicon.countries[country as usize].name = first.to_owned();
            }
            for name in values(row[names]) {
                self.phrase(name, Meaning::Country { country, form: CountryForm::Name }, flag::COUNTRY);
            }
            for name in values(row[capital]) {
                let meaning = Meaning::Country { country, form: CountryForm::Capital };
                self.phrase(name, meaning, flag::COUNTRY | flag::PLACE | flag::CAPITAL_CITY);
            }
            self.capitals(country, row[demonyms], row[capital]);
            for name in values(row[metonyms]) {
                self.phrase(name, Meaning::Country { country, form: CountryForm::Seat }, flag::COUNTRY);
            }
            for name in values(row[demonyms]) {
                for form in self.forms("demonym", name) {
                    self.phrase(&form, Meaning::Demonym { country, people: false }, flag::DEMONYM);
                }
                // A plural is a noun for the inhabitants as well.
                for form in self.forms("demonym_people", name).into_iter().skip(1) {
                    self.phrase(&form, Meaning::Demonym { country, people: true }, flag::DEMONYM);
                }
            }
            for name in values(row[peoples]) {
                self.phrase(name, Meaning::Demonym { country, people: true }, flag::DEMONYM);
            }
        }
        Ok(())
    }

    pub(super) fn places(&mut self, table: &Table) -> Result<(), LoadError> {
        let (name, iso) = (table.column("name")?, table.column("iso")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let place = self.lexicon.places.len() as u32;
            let first = values(row[name]).next().unwrap_or_default();
            self.lexicon.places.push(PlaceEntry { name: first.to_owned(), iso: row[iso].to_owned() });
            for value in values(row[name]) {
                self.phrase(value, Meaning::Place { place }, flag::PLACE);
            }
        }
        Ok(())
    }

    pub(super) fn organisations(&mut self, table: &Table) -> Result<(), LoadError> {
        let (id, names) = (table.column("id")?, table.column("names")?);
        let (country, kind) = (table.column("country")?, table.column("kind")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let organisation = self.lexicon.organisations.len() as u32;
            self.org_index.insert(row[id].to_owned(), organisation);
            // A union of states has bodies and officials as a country does.
            if !row[country].is_empty() {
                self.country(row[country]);
            }
            self.lexicon.organisations.push(Organisation {
                id: row[id].to_owned(),
                name: values(row[names]).next().unwrap_or_default().to_owned(),
                country: row[country].to_owned(),
                kind: row[kind].to_owned(),
            });
            for value in values(row[names]) {
                self.phrase(value, Meaning::Organisation { organisation }, flag::ORG);
            }
        }
        Ok(())
    }

    pub(super) fn people(&mut self, table: &Table) -> Result<(), LoadError> {
        let (id, names) = (table.column("id")?, table.column("names")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let person = self.lexicon.people.len() as u32;
            let name = values(row[names]).next().unwrap_or_default().to_owned();
            self.lexicon.people.push(Person { id: row[id].to_owned(), name });
            for value in values(row[names]) {
                self.phrase(value, Meaning::Person { person }, flag::PERSON);
                self.names.push((self.lexicon.fold(value), person));
                // The words of known people's names are known names, so that unknown relatives read well too.
                let words: Vec<&str> = value.split_whitespace().collect();
                if words.len() >= 2 {
                    for (i, word) in words.iter().enumerate() {
                        let flags = if i == 0 { flag::GIVEN } else { flag::SURNAME };
                        // "رئيس", "الملك": a title that a known person is called by makes no name of it for others.
                        let id = self.lexicon.vocabulary.get(&self.lexicon.fold(word));
                        let title = !self.lexicon.spec.grammar.has_case
                            && id.is_some_and(|id| {
                                self.lexicon.heads[id as usize].flags & (flag::TITLE | flag::HONORIFIC) != 0
                            });
                        if word.chars().count() > 2 && !title {
                            self.name_word(word, flags);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn terms(&mut self, table: &Table) -> Result<(), LoadError> {
        let [id, office, country, from, to] = ["id", "office", "country", "from", "to"].map(|c| table.column(c));
        let (id, office, country, from, to) = (id?, office?, country?, from?, to?);
        for (line, row) in &table.rows {
            self.line = *line;
            let from = first_or_last(row[from], false)
                .ok_or_else(|| table.fault(*line, format!("bad date {:?}", row[from])))?;
            let to =
                first_or_last(row[to], true).ok_or_else(|| table.fault(*line, format!("bad date {:?}", row[to])))?;
            if from > to {
                return Err(table.fault(*line, "the term ends before it begins"));
            }
            self.lexicon.terms.entry(row[id].to_owned()).or_default().push(Term {
                office: row[office].to_owned(),
                country: row[country].to_owned(),
                from,
                to,
            });
        }
        Ok(())
    }

    pub(super) fn titles(&mut self, table: &Table) -> Result<(), LoadError> {
        let (title, office, class) = (table.column("title")?, table.column("office")?, table.column("class")?);
        let country = table.optional("country");
        let article = self.lexicon.spec.clitics.article.clone();
        for (line, row) in &table.rows {
            self.line = *line;
            let class = match row[class] {
                "official" => TitleClass::Official,
                "military" => TitleClass::Military,
                "religious" => TitleClass::Religious,
                "royal" => TitleClass::Royal,
                "honorific" => TitleClass::Honorific,
                "nonactor" => TitleClass::NonActor,
                other => return Err(table.fault(*line, format!("unknown class {other:?}"))),
            };
            let index = self.lexicon.titles.len() as u32;
            let country = country.map(|c| row[c]).filter(|iso| !iso.is_empty()).map(|iso| self.country(iso));
            self.lexicon.titles.push(Title {
                title: row[title].to_owned(),
                office: row[office].to_owned(),
                class,
                country,
            });
            let flags = match class {
                TitleClass::Honorific => flag::HONORIFIC,
                TitleClass::NonActor => flag::TITLE | flag::NON_ACTOR,
                _ => flag::TITLE,
            };
            for value in values(row[title]) {
                self.phrase(value, Meaning::Title { title: index, plural: false }, flags);
                // "د": an abbreviation has no other forms.
                if value.trim_end_matches('.').chars().count() < 2 {
                    continue;
                }
                for form in self.head_forms("title", value).into_iter().skip(1) {
                    self.phrase(&form, Meaning::Title { title: index, plural: false }, flags);
                }
                for form in self.head_forms("title_plural", value).into_iter().skip(1) {
                    // بكين is Beijing and not several beys.
                    if self.names_country(&form) {
                        continue;
                    }
                    self.phrase(&form, Meaning::Title { title: index, plural: true }, flags);
                }
                // "أمين عام" is definite as "الأمين العام": every word takes the article.
                if !article.is_empty()
                    && value.contains(' ')
                    && !value.split(' ').any(|w| self.lexicon.fold(w).starts_with(&article))
                {
                    let definite: Vec<String> =
                        value.split(' ').map(|w| format!("{article}{}", self.lexicon.fold(w))).collect();
                    self.phrase(&definite.join(" "), Meaning::Title { title: index, plural: false }, flags);
                }
            }
        }
        Ok(())
    }

    /// "العاصمة التركية", "العاصمة أنقرة", "العاصمة التركية أنقرة": the capital by what it is.
    pub(super) fn capitals(&mut self, country: u16, demonyms: &str, capitals: &str) {
        let Some(words) = self.lexicon.spec.words.get("capital_words").cloned() else { return };
        let article = self.lexicon.spec.clitics.article.clone();
        let meaning = Meaning::Country { country, form: CountryForm::Capital };
        let flags = flag::COUNTRY | flag::PLACE | flag::CAPITAL_CITY;
        for word in &words {
            // Every adjective agrees with the word, which is feminine: the second of its forms.
            let adjectives: Vec<String> =
                values(demonyms).filter_map(|name| self.forms("demonym", name).get(1).cloned()).collect();
            for adjective in &adjectives {
                self.phrase(&format!("{word} {article}{adjective}"), meaning, flags);
            }
            for capital in values(capitals) {
                self.phrase(&format!("{word} {capital}"), meaning, flags);
                for adjective in &adjectives {
                    self.phrase(&format!("{word} {article}{adjective} {capital}"), meaning, flags);
                }
            }
        }
    }

    /// Whether the word is a country or capital by itself.
    pub(super) fn names_country(&self, form: &str) -> bool {
        self.lexicon
            .vocabulary
            .get(&self.lexicon.fold(form))
            .is_some_and(|id| self.lexicon.heads[id as usize].flags & flag::COUNTRY != 0)
    }

    pub(super) fn groups(&mut self, table: &Table) -> Result<(), LoadError> {
        let (word, kind, actor) = (table.column("word")?, table.column("kind")?, table.column("actor")?);
        for (line, row) in &table.rows {
            self.line = *line;
            let actor = row[actor] == "yes";
            let plural = row[kind] == "persons";
            let person = plural || row[kind] == "person";
            let flags = flag::GROUP | if actor { 0 } else { flag::NON_ACTOR };
            for value in values(row[word]) {
                self.phrase(value, Meaning::Group { actor, person, plural }, flags);
            }
        }
        Ok(())
    }

    pub(super) fn names(&mut self, table: &Table) -> Result<(), LoadError> {
        let (name, kind) = (table.column("name")?, table.column("kind")?);
        let gender = table.optional("gender");
        for (line, row) in &table.rows {
            self.line = *line;
            let gender = match gender.map_or("", |g| row[g]) {
                "f" => gender::FEMALE,
                "m" => gender::MALE,
                "" => 0,
                other => return Err(table.fault(*line, format!("unknown gender {other:?}"))),
            };
            let flags = match row[kind] {
                "given" => flag::GIVEN,
                "surname" => flag::SURNAME,
                "part" => flag::NAME_PART,
                other => return Err(table.fault(*line, format!("unknown kind {other:?}"))),
            };
            for value in values(row[name]) {
                self.name_word(value, flags);
                if gender != 0 {
                    {
                        let folded = self.lexicon.fold(value);
                        self.lexicon.genders.insert(folded, gender);
                    }
                }
            }
        }
        Ok(())
    }

    /// A word of names, unless it is spelt like a word of the grammar: that reading is always likelier.
    pub(super) fn name_word(&mut self, word: &str, flags: Flags) {
        let folded = self.lexicon.fold(word);
        let grammar = self.lexicon.vocabulary.get(&folded).is_some_and(|id| {
            self.lexicon.heads[id as usize].flags & (flag::PARTICLE | flag::ADVERB | flag::AUXILIARY) != 0
        });
        // "Beatrix of the Netherlands": an article is no word of anybody's name.
        let article =
            self.lexicon.spec.grammar.adjective_first && self.lexicon.spec.grammar.definite_article.contains(&folded);
        if !article && (!grammar || self.lexicon.spec.grammar.has_case) {
            self.phrase(word, Meaning::Word, flags);
        }
    }
}

/// A date of a term as `yyyymmdd`: the first day it can mean, or with `last` the last one. Empty is open.
fn first_or_last(text: &str, last: bool) -> Option<u32> {
    if text.is_empty() {
        return Some(if last { 99_991_231 } else { 0 });
    }
    let mut parts = text.split('-').map(str::parse::<u32>);
    let year = parts.next()?.ok()?;
    let month = parts.next().transpose().ok()?.unwrap_or(if last { 12 } else { 1 });
    let day = parts.next().transpose().ok()?.unwrap_or(if last { 31 } else { 1 });
    Some(year * 10_000 + month * 100 + day)
}
