//! Text without language: folding, tokens, sentences, quotations. No IO, no clock, cannot fail.

pub mod fold;
pub mod markup;
pub mod quote;
pub mod token;

pub use quote::{Quotation, quotations};
pub use token::{Kind, Spelling, Token, Tokens};
