//! What the integration tests share: a real Apache Kafka, the `safir` process under test, and the outside programs.
//!
//! Every test binary compiles this module for itself and uses a part of it.
#![allow(dead_code)]

pub mod articles;
pub mod dice;
pub mod kafka;
pub mod ledger;
pub mod proxy;
pub mod secure;
pub mod service;
pub mod tools;
pub mod trial;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::FlockOperation;

/// Where downloads are kept between runs: `SAFIR_TEST_CACHE`, or a folder under `target/`.
pub fn cache() -> PathBuf {
    let folder = match std::env::var_os("SAFIR_TEST_CACHE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"),
    };
    std::fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot create the test cache {}: {error}", folder.display()));
    folder
}

/// Holds `name` in the cache for this process: the kernel frees it when the process ends, however it ends.
pub fn lock(name: &str) -> File {
    let path = cache().join(format!("{name}.lock"));
    let file = File::create(&path).unwrap_or_else(|error| panic!("cannot create {}: {error}", path.display()));
    rustix::fs::flock(&file, FlockOperation::LockExclusive)
        .unwrap_or_else(|error| panic!("cannot lock {}: {error}", path.display()));
    file
}

/// Asks until the answer is there, and panics with `what` when the time is over.
pub fn eventually<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < limit, "not within {limit:?}: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A port of the loopback interface that nobody listens on now. Somebody may a moment later: retry what fails to bind.
pub fn free_port() -> u16 {
    free_ports(1)[0]
}

/// As many different ones, all free at the same moment.
pub fn free_ports(count: usize) -> Vec<u16> {
    let held: Vec<_> =
        (0..count).map(|_| std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free loopback port")).collect();
    held.iter().map(|socket| socket.local_addr().expect("the port of a bound socket").port()).collect()
}
