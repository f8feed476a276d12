//! `/metrics`, `/healthz`, `/readyz` and `/version` on one port.
//!
//! Nothing that is answered comes from an article. Whoever reaches the port can hold a bounded part of the process, and
//! only for a bounded time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::{Health, Metrics};

/// Connections at a time; more are closed at once. Probes and a scraper or two need a handful.
const MAX_CONNECTIONS: usize = 64;
/// How long a client may take to send the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
/// How long a connection may live, whatever it does: a client that reads slowly, or sends a body for ever, ends here.
const LIFETIME: Duration = Duration::from_secs(60);
/// Bounds of the head of a request.
const MAX_HEADERS: usize = 64;
const MAX_HEAD_BYTES: usize = 16 * 1024;

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
    let task = tokio::spawn(accept(listener, router));
    Ok(HttpServer { address, task })
}

async fn accept(listener: TcpListener, router: Router) {
    let service = TowerToHyperService::new(router);
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    // Dropping it ends the connections.
    let mut connections = JoinSet::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Mostly no file is left to open; that passes.
                tracing::debug!(%error, "a connection to the http port was not taken");
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        while connections.try_join_next().is_some() {}
        let Ok(place) = room.clone().try_acquire_owned() else { continue };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_PATIENCE)
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service.clone());
        connections.spawn(async move {
            // Errors are the client's.
            let _ = timeout(LIFETIME, connection).await;
            drop(place);
        });
    }
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

    async fn server() -> HttpServer {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        serve(listen, Arc::default(), Arc::default(), "0").await.expect("a free port")
    }

    #[tokio::test]
    async fn a_head_that_is_too_large_or_too_slow_ends_its_connection() {
        let server = server().await;
        let mut large = tokio::net::TcpStream::connect(server.address()).await.expect("open");
        let line = format!("GET /healthz HTTP/1.1\r\nhost: safir\r\nx: {}\r\n\r\n", "y".repeat(100_000));
        let _ = large.write_all(line.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = large.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));

        let mut slow = tokio::net::TcpStream::connect(server.address()).await.expect("open");
        slow.write_all(b"GET /healthz HTT").await.expect("written");
        let start = std::time::Instant::now();
        let mut rest = Vec::new();
        let ended = timeout(HEAD_PATIENCE * 3, slow.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "the connection is still open after {:?}", start.elapsed());
        assert!(!rest.starts_with(b"HTTP/1.1 200"));
    }

    #[tokio::test]
    async fn more_connections_than_there_is_room_for_are_closed_and_room_comes_back() {
        let server = server().await;
        let mut held = Vec::new();
        for _ in 0..MAX_CONNECTIONS {
            held.push(tokio::net::TcpStream::connect(server.address()).await.expect("open"));
        }
        // All are taken in order, so the next one finds no room.
        let mut more = tokio::net::TcpStream::connect(server.address()).await.expect("open");
        let mut nothing = Vec::new();
        let closed = timeout(Duration::from_secs(3), more.read_to_end(&mut nothing)).await;
        assert!(closed.is_ok() && nothing.is_empty(), "it was taken");
        drop(held);
        for attempt in 0.. {
            sleep(Duration::from_millis(50)).await;
            let mut stream = tokio::net::TcpStream::connect(server.address()).await.expect("open");
            let _ = stream.write_all(b"GET /version HTTP/1.1\r\nhost: safir\r\nconnection: close\r\n\r\n").await;
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer).await;
            if answer.starts_with("HTTP/1.1 200") {
                break;
            }
            assert!(attempt < 100, "no room came back");
        }
    }
}
