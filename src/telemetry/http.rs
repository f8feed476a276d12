//! `/metrics`, `/healthz`, `/readyz` and `/version` on one port.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Health, Metrics};

#[derive(Clone)]
struct Shared {
    metrics: Arc<Metrics>,
    health: Arc<Health>,
    lexicon_version: Arc<str>,
}

/// Binds `listen` and serves until the returned handle is dropped.
///
/// # Errors
/// When the address cannot be bound.
pub async fn serve(
    listen: SocketAddr,
    metrics: Arc<Metrics>,
    health: Arc<Health>,
    lexicon_version: &str,
) -> std::io::Result<HttpServer> {
    let listener = TcpListener::bind(listen).await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/metrics", get(serve_metrics))
        .route("/healthz", get(serve_health))
        .route("/readyz", get(serve_readiness))
        .route("/version", get(serve_version))
        .with_state(Shared { metrics, health, lexicon_version: lexicon_version.into() });
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the http port ended");
        }
    });
    Ok(HttpServer { address, task })
}

/// A running HTTP port; dropping it closes the port.
pub struct HttpServer {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl HttpServer {
    /// The bound address, with the port chosen by the system when 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve_metrics(State(shared): State<Shared>) -> impl IntoResponse {
    shared.metrics.ready.set(f64::from(u8::from(shared.health.unready().is_empty())));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], shared.metrics.render())
}

async fn serve_health(State(shared): State<Shared>) -> impl IntoResponse {
    verdict("alive", shared.health.dead())
}

async fn serve_readiness(State(shared): State<Shared>) -> impl IntoResponse {
    verdict("ready", shared.health.unready())
}

async fn serve_version(State(shared): State<Shared>) -> impl IntoResponse {
    Json(json!({
        "name": "safir",
        "version": env!("CARGO_PKG_VERSION"),
        "lexicon_version": shared.lexicon_version.as_ref(),
    }))
}

fn verdict(name: &str, reasons: Vec<&'static str>) -> (StatusCode, Json<serde_json::Value>) {
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ name: reasons.is_empty(), "reasons": reasons })))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    async fn fetch(address: SocketAddr, path: &str) -> String {
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("the port is open");
        let request = format!("GET {path} HTTP/1.1\r\nhost: safir\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("the request is written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("the answer is text");
        answer
    }

    #[tokio::test]
    async fn one_port_tells_metrics_health_readiness_and_version() {
        let health = Arc::new(Health::default());
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = serve(listen, Arc::default(), health.clone(), "0123456789abcdef").await.expect("a free port");
        let address = server.address();
        assert!(fetch(address, "/healthz").await.starts_with("HTTP/1.1 200"));
        let unready = fetch(address, "/readyz").await;
        assert!(unready.starts_with("HTTP/1.1 503") && unready.contains("no assignment"), "{unready}");
        assert!(fetch(address, "/metrics").await.contains("\nsafir_ready 0\n"));
        health.set_assigned(true);
        health.set_producer_connected(true);
        assert!(fetch(address, "/readyz").await.starts_with("HTTP/1.1 200"));
        assert!(fetch(address, "/metrics").await.contains("\nsafir_ready 1\n"));
        assert!(fetch(address, "/version").await.contains(r#""lexicon_version":"0123456789abcdef""#));
        assert!(fetch(address, "/nothing").await.starts_with("HTTP/1.1 404"));
    }
}
