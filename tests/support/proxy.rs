//! A TCP proxy that plays a bad network between Safir and a broker: delay, throttle, cut, refusal, half-open connections.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How the network behaves at the moment. The default is a good one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    /// Every byte arrives so much later, in each direction.
    pub delay: Duration,
    /// Each direction of each connection carries no more.
    pub bytes_per_second: Option<u32>,
    /// New connections are closed at once.
    pub refuse: bool,
}

/// A loopback port whose connections lead to another one.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    upstream: SocketAddr,
    weather: Mutex<Weather>,
    links: Mutex<Vec<Arc<Link>>>,
    over: AtomicBool,
}

struct Link {
    client: TcpStream,
    server: TcpStream,
    /// Both ends stay open and nothing arrives any more, as behind a router that has forgotten the connection.
    half_open: AtomicBool,
    closed: AtomicBool,
}

impl Link {
    fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Proxy {
    /// Opens a port of its own, which is there before anybody listens on `upstream_port`.
    pub fn start(upstream_port: u16) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free loopback port");
        listener.set_nonblocking(true).expect("a listener may be made so");
        let port = listener.local_addr().expect("the port of a bound socket").port();
        let shared = Arc::new(Shared {
            upstream: ([127, 0, 0, 1], upstream_port).into(),
            weather: Mutex::default(),
            links: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let accepting = shared.clone();
        std::thread::spawn(move || accepting.accept(&listener));
        Proxy { port, shared }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn set(&self, weather: Weather) {
        *lock(&self.shared.weather) = weather;
    }

    /// Closes every connection.
    pub fn cut(&self) {
        lock(&self.shared.links).drain(..).for_each(|link| link.close());
    }

    /// From now on the connections that there are carry nothing, and neither end is told. New ones work.
    pub fn half_open(&self) {
        lock(&self.shared.links).iter().for_each(|link| link.half_open.store(true, Ordering::Relaxed));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        self.cut();
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        while !self.over.load(Ordering::Relaxed) {
            match listener.accept() {
                Ok((client, _)) if !lock(&self.weather).refuse => self.connect(client),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(2)),
                Err(error) => panic!("the proxy cannot accept: {error}"),
            }
        }
    }

    fn connect(self: &Arc<Self>, client: TcpStream) {
        // Nobody there: the client sees its connection closed.
        let Ok(server) = TcpStream::connect_timeout(&self.upstream, Duration::from_secs(2)) else { return };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let link = Arc::new(Link { client, server, half_open: AtomicBool::new(false), closed: AtomicBool::new(false) });
        let mut links = lock(&self.links);
        links.retain(|link| !link.closed.load(Ordering::Relaxed));
        links.push(link.clone());
        drop(links);
        for upstream in [true, false] {
            let (shared, reading, writing) = (self.clone(), link.clone(), link.clone());
            // What is under way is held here until it is due, so that a delay is not a throttle.
            let (sender, receiver) = sync_channel(256);
            std::thread::spawn(move || {
                let from = if upstream { &reading.client } else { &reading.server };
                shared.read(from, &sender);
                drop(sender);
            });
            let shared = self.clone();
            std::thread::spawn(move || {
                let to = if upstream { &writing.server } else { &writing.client };
                shared.write(&writing, to, &receiver);
                writing.close();
            });
        }
    }

    fn read(&self, mut from: &TcpStream, to: &SyncSender<(Instant, Vec<u8>)>) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(count) = from.read(&mut buffer) {
            let due = Instant::now() + lock(&self.weather).delay;
            if count == 0 || to.send((due, buffer[..count].to_vec())).is_err() {
                return;
            }
        }
    }

    fn write(&self, link: &Link, mut to: &TcpStream, from: &Receiver<(Instant, Vec<u8>)>) {
        while let Ok((due, bytes)) = from.recv() {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            // A small piece at a time, so that a throttle is even and ends when the weather changes.
            for piece in bytes.chunks(4096) {
                if let Some(rate) = lock(&self.weather).bytes_per_second {
                    std::thread::sleep(Duration::from_secs_f64(piece.len() as f64 / f64::from(rate)));
                }
                if !link.half_open.load(Ordering::Relaxed) && to.write_all(piece).is_err() {
                    return;
                }
            }
        }
    }
}
