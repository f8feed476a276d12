//! `/metrics`, `/healthz`, `/readyz` and `/version` on one port.

use std::net::SocketAddr;
use std::sync::Arc;

use super::{Health, Metrics};

/// Binds `listen` and serves until the returned handle is dropped.
///
/// # Errors
/// When the address cannot be bound.
pub async fn serve(
    listen: SocketAddr,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
    lexicon_version: String,
) -> std::io::Result<HttpServer> {
    let _ = (listen, metrics, health, lexicon_version);
    todo!("signatures first")
}

/// A running HTTP port.
pub struct HttpServer {}

impl HttpServer {
    /// The bound address, with the port chosen by the system when 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        todo!("signatures first")
    }
}
