//! Everything that knows librdkafka.

mod broker;
mod client;
mod consumer;
mod producer;
mod publish;
mod settings;
mod tail;
mod transaction;

pub use broker::EmbeddedBroker;
pub use consumer::{KafkaSource, Membership};
pub use producer::KafkaSink;
pub use publish::ArticlePublisher;
pub use settings::Settings;
pub use tail::{EventReader, ReceivedRecord, Start};
pub use transaction::TransactionalKafkaSink;

/// librdkafka, or a broker behind it, refused.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{context}: {reason}")]
pub struct KafkaError {
    pub context: String,
    pub reason: String,
}

impl KafkaError {
    pub(crate) fn new(context: impl Into<String>, reason: impl ToString) -> Self {
        Self { context: context.into(), reason: reason.to_string() }
    }
}
