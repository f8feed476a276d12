//! Safir reads news articles and extracts the diplomatic events that they tell.

pub mod article;
pub mod cli;
pub mod config;
pub mod decode;
pub mod dictionary;
pub mod event;
pub mod extract;
pub mod kafka;
pub mod lexicon;
pub mod pipeline;
pub mod record;
pub mod render;
pub mod service;
pub mod telemetry;
pub mod text;
