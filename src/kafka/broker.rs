//! librdkafka's mock cluster as a broker for demonstrations and tests.

use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use rdkafka::mocking::MockCluster;

use super::KafkaError;

/// A Kafka broker inside this process, on a free loopback port: librdkafka's mock cluster. For demonstrations and
/// tests: it holds at most 5 MiB per partition, in memory, and knows no transactions. Other processes of this machine
/// reach it too. It ends with this value.
pub struct EmbeddedBroker {
    bootstrap_servers: String,
    /// Dropping it ends the thread.
    keep: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl EmbeddedBroker {
    /// Starts a broker with `topics`, each with so many partitions. Other topics come to be, with four partitions,
    /// when they are first used.
    ///
    /// # Errors
    /// When librdkafka cannot start it.
    pub fn start(topics: &[(&str, i32)]) -> Result<Self, KafkaError> {
        let topics: Vec<(String, i32)> = topics.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        let (started, start) = channel();
        let (keep, kept) = channel::<()>();
        // The cluster cannot change threads, so that it lives and dies on one of its own.
        let thread = std::thread::Builder::new()
            .name("safir-broker".into())
            .spawn(move || {
                let cluster = MockCluster::new(1).and_then(|cluster| {
                    for (name, partitions) in &topics {
                        cluster.create_topic(name, *partitions, 1)?;
                    }
                    Ok(cluster)
                });
                match cluster {
                    Ok(cluster) => {
                        let _ = started.send(Ok(cluster.bootstrap_servers()));
                        // Returns when the sender is dropped.
                        let _ = kept.recv();
                    }
                    Err(error) => {
                        let _ = started.send(Err(KafkaError::of("the embedded broker does not start", &error)));
                    }
                }
            })
            .map_err(|error| KafkaError::new("the embedded broker does not start", error))?;
        let bootstrap_servers =
            start.recv().map_err(|error| KafkaError::new("the embedded broker does not start", error))??;
        Ok(Self { bootstrap_servers, keep: Some(keep), thread: Some(thread) })
    }

    /// `host:port`, for [`super::Settings::brokers`].
    pub fn bootstrap_servers(&self) -> &str {
        &self.bootstrap_servers
    }
}

impl Drop for EmbeddedBroker {
    fn drop(&mut self) {
        self.keep = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
