//! The tables of a lexicon: their names, their columns, and what may stand in them. The loader, the checks and the
//! command line all go by this list.

/// A table of `lexicon/` (or of `world/`).
pub struct Table {
    /// Its file without the extension.
    pub name: &'static str,
    /// Every column that it may have.
    pub columns: &'static [&'static str],
    /// The column whose values tell its rows apart: a row of a later dictionary replaces those that share one with it.
    pub key: &'static str,
    /// Columns that hold one of a few values.
    pub choices: &'static [(&'static str, &'static [&'static str])],
}

/// The folder of facts that belong to no language.
pub const WORLD: &str = "world";

/// The table of the world's facts.
pub const TERMS: Table = Table {
    name: "terms",
    columns: &["id", "office", "country", "from", "to"],
    key: "id",
    choices: &[("office", OFFICES)],
};

/// The tables of a language, in the order in which they are read.
pub const TABLES: &[Table] = &[
    Table {
        name: "countries",
        columns: &["iso", "names", "demonyms", "peoples", "capital", "metonyms"],
        key: "iso",
        choices: &[],
    },
    Table {
        name: "places",
        columns: &["name", "iso", "kind"],
        key: "name",
        choices: &[("kind", &["city", "region", "venue", "water"])],
    },
    Table {
        name: "organisations",
        columns: &["id", "names", "country", "kind"],
        key: "id",
        choices: &[(
            "kind",
            &["armed", "body", "igo", "military", "ministry", "movement", "ngo", "parliament", "party"],
        )],
    },
    Table { name: "media", columns: &["name", "country"], key: "name", choices: &[] },
    Table {
        name: "titles",
        columns: &["title", "office", "class", "country"],
        key: "title",
        choices: &[
            ("office", OFFICES),
            ("class", &["honorific", "military", "nonactor", "official", "religious", "royal"]),
        ],
    },
    // After the titles: what is one is no name, though somebody is called so.
    Table { name: "people", columns: &["id", "names"], key: "id", choices: &[] },
    Table {
        name: "groups",
        columns: &["word", "kind", "actor"],
        key: "word",
        choices: &[("kind", &["group", "person", "persons"]), ("actor", &["no", "yes"])],
    },
    Table {
        name: "names",
        columns: &["name", "kind", "gender"],
        key: "name",
        choices: &[("kind", &["given", "part", "surname"])],
    },
    Table {
        name: "common",
        columns: &["word", "class"],
        key: "word",
        choices: &[("class", &["adj", "adv", "noun", "particle", "verb"])],
    },
    Table {
        name: "speech",
        columns: &[
            "lemma",
            "past",
            "present",
            "participle",
            "nouns",
            "act",
            "frame",
            "strength",
            "cameo",
            "perfect",
            "future",
            "conditional",
        ],
        key: "lemma",
        choices: &[("act", ACTS), ("strength", STRENGTHS), ("perfect", PERFECTS)],
    },
    Table {
        name: "meeting",
        columns: &[
            "lemma",
            "past",
            "present",
            "participle",
            "nouns",
            "mode",
            "frame",
            "strength",
            "cameo",
            "passive",
            "perfect",
            "future",
            "conditional",
        ],
        key: "lemma",
        choices: &[
            ("mode", &["call", "greet", "in_person", "multilateral", "negotiation"]),
            ("strength", STRENGTHS),
            ("perfect", PERFECTS),
        ],
    },
    Table {
        name: "visit",
        columns: &[
            "lemma",
            "past",
            "present",
            "participle",
            "nouns",
            "kind",
            "frame",
            "strength",
            "cameo",
            "passive",
            "perfect",
            "future",
            "conditional",
        ],
        key: "lemma",
        choices: &[
            ("kind", &["arrive", "depart", "go", "host", "return", "send", "tour", "visit"]),
            ("strength", STRENGTHS),
            ("perfect", PERFECTS),
        ],
    },
    Table { name: "speech_nouns", columns: &["noun", "act", "cameo"], key: "noun", choices: &[("act", ACTS)] },
    Table {
        name: "light_verbs",
        columns: &[
            "verb",
            "past",
            "present",
            "participle",
            "prep",
            "noun_class",
            "modality",
            "future",
            "conditional",
            "role",
        ],
        key: "verb",
        choices: &[
            ("noun_class", &["", "any", "meeting", "speech", "visit"]),
            ("modality", &["", "negated", "occurred", "ongoing", "planned", "possible"]),
            ("role", &["", "attend", "bearer", "event", "object", "place", "receiver"]),
        ],
    },
    Table {
        name: "modality",
        columns: &["phrase", "modality", "scope"],
        key: "phrase",
        choices: &[
            ("modality", &["negated", "occurred", "ongoing", "planned", "possible"]),
            ("scope", &["after", "before", "before|after"]),
        ],
    },
    Table {
        name: "nulls",
        columns: &["phrase", "type", "note"],
        key: "phrase",
        choices: &[("type", &["meeting", "statement", "visit"])],
    },
    Table { name: "topics", columns: &["word", "topic"], key: "word", choices: &[] },
];

/// The table of a file: its path inside the folder of a language, or of the world.
pub fn named(path: &str) -> Option<&'static Table> {
    if path == "terms.tsv" {
        return Some(&TERMS);
    }
    let name = path.strip_prefix("lexicon/")?.strip_suffix(".tsv")?;
    TABLES.iter().find(|table| table.name == name)
}

const ACTS: &[&str] = &["accuse", "agree", "promise", "reject", "request", "state", "support", "warn"];
const PERFECTS: &[&str] = &["", "be", "reflexive"];
const STRENGTHS: &[&str] = &["attitude", "strong", "weak"];
const OFFICES: &[&str] = &[
    "",
    "ADVISER",
    "AGENCY_HEAD",
    "AMBASSADOR",
    "CENTRAL_BANK_GOVERNOR",
    "CHIEF_OF_STAFF",
    "COMMISSIONER",
    "CROWN_PRINCE",
    "DEFENCE_MINISTER",
    "DEPUTY_CROWN_PRINCE",
    "DEPUTY_HEAD_OF_GOVERNMENT",
    "DEPUTY_HEAD_OF_STATE",
    "DEPUTY_MINISTER",
    "ENVOY",
    "FINANCE_MINISTER",
    "FOREIGN_MINISTER",
    "GOVERNOR",
    "HEAD_OF_GOVERNMENT",
    "HEAD_OF_STATE",
    "INTELLIGENCE_CHIEF",
    "INTERIOR_MINISTER",
    "JUDGE",
    "LEGISLATOR",
    "MAYOR",
    "MILITARY_CHIEF",
    "MINISTER",
    "MOVEMENT_LEADER",
    "NATIONAL_SECURITY_ADVISER",
    "OFFICIAL",
    "OIL_MINISTER",
    "PARTY_LEADER",
    "RELIGIOUS_LEADER",
    "ROYAL",
    "SECRETARY_GENERAL",
    "SPEAKER_OF_PARLIAMENT",
    "SPOKESPERSON",
    "UNDERSECRETARY",
];
