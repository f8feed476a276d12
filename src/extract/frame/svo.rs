//! Clauses of languages that put the subject before its verb and mark names by case (English, French).
//!
//! A verb is first read with what belongs to it (auxiliaries, negation, "to"); then its subject is walked to from there,
//! past adverbials, relative clauses and appositions, through coordination to the verb before. `verb.rs` reads the verb,
//! `actors.rs` finds who takes part, `statement.rs` drafts statements, `content.rs` reads what they say, `voice.rs`
//! who "we" is.

mod actors;
mod clause;
mod content;
mod statement;
mod target;
mod verb;
mod voice;

use crate::lexicon::flag;

/// What a word that can be a verb may be known as.
const VERBAL: u64 = flag::VERB | flag::SPEECH | flag::MEETING | flag::VISIT | flag::LIGHT | flag::AUXILIARY;
/// How many steps of coordination and verbs a subject is looked for over.
const DEPTH: usize = 4;
