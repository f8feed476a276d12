//! Programs from outside Cargo that some tests need. As root on Debian they are installed when missing; elsewhere the
//! test fails and says what to install.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use super::{cache, lock};

/// Whether `program` answers `argument` with success.
fn answers(program: &str, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn apt(arguments: &[&str]) -> bool {
    let run = |arguments: &[&str]| {
        Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    // A fresh container has no package lists, so one failure is answered by fetching them.
    run(arguments) || (run(&["update", "-q"]) && run(arguments))
}

fn may_install() -> bool {
    rustix::process::geteuid().is_root() && answers("apt-get", "--version")
}

/// Makes sure that a Java runtime and Maven are there.
///
/// # Panics
/// When they are missing and cannot be installed.
pub fn java_and_maven() {
    let missing = || {
        let mut missing = Vec::new();
        if !answers("java", "-version") {
            missing.push("openjdk-17-jre-headless");
        }
        if !answers("mvn", "--version") {
            missing.push("maven");
        }
        missing
    };
    if missing().is_empty() {
        return;
    }
    let _lock = lock("apt");
    let packages = missing();
    if packages.is_empty() {
        return;
    }
    if may_install() {
        apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages.as_slice()].concat());
    }
    let missing = missing();
    assert!(
        missing.is_empty(),
        "tests on a real Kafka need a Java runtime (17 or later) and Maven. Install them, on Debian with: \
         apt-get install {}",
        missing.join(" ")
    );
}

/// Makes sure that `python3` can make virtual environments.
///
/// # Panics
/// When it cannot and cannot be made to.
pub fn python_with_venv() {
    // Debian keeps ensurepip, without which an environment has no pip, in a package of its own.
    let there = || {
        let mut command = Command::new("python3");
        command.args(["-c", "import venv, ensurepip"]).stdin(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if there() {
        return;
    }
    let _lock = lock("apt");
    if !there() && may_install() {
        apt(&["install", "-y", "-q", "--no-install-recommends", "python3", "python3-venv"]);
    }
    assert!(
        there(),
        "the test of the Python example needs Python 3 with venv. Install it, on Debian with: \
         apt-get install python3 python3-venv"
    );
}

/// The path of `promtool`: the one on the `PATH`, or else the one of Debian's package `prometheus`, which is unpacked
/// in the test cache rather than installed because installing it would start a server.
///
/// # Panics
/// When there is neither.
pub fn promtool() -> PathBuf {
    if answers("promtool", "--version") {
        return PathBuf::from("promtool");
    }
    let _lock = lock("promtool");
    let folder = cache().join("prometheus");
    let program = folder.join("usr/bin/promtool");
    if !program.exists() && answers("apt-get", "--version") {
        let fetch = tempfile::tempdir_in(cache()).expect("a folder in the test cache");
        let download = || {
            Command::new("apt-get")
                .args(["download", "-q", "prometheus"])
                .current_dir(fetch.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        };
        // Lists can be refreshed by root alone; for others the download either works with the lists there are or not.
        if download() || (may_install() && apt(&["update", "-q"]) && download()) {
            let package = std::fs::read_dir(fetch.path())
                .expect("the folder just created")
                .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                .find(|path| path.extension().is_some_and(|extension| extension == "deb"));
            if let Some(package) = package {
                let status = Command::new("dpkg").arg("-x").arg(package).arg(&folder).status();
                assert!(status.is_ok_and(|status| status.success()), "cannot unpack Debian's package prometheus");
            }
        }
    }
    assert!(
        program.exists(),
        "promtool is needed to check the alert rules. Install it, on Debian with: apt-get install prometheus"
    );
    program
}

/// Holds an exposition against promtool's rules of format and naming.
///
/// # Panics
/// With what promtool says about it.
pub fn check_metrics(exposition: &str) {
    let mut child = Command::new(promtool())
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool starts");
    child.stdin.take().expect("a pipe").write_all(exposition.as_bytes()).expect("promtool reads");
    let output = child.wait_with_output().expect("promtool ends");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Runs to the end and hands back what was printed.
///
/// # Panics
/// With everything printed when the command cannot start or fails.
pub fn run(command: &mut Command) -> Output {
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", command.get_program().display()));
    assert!(
        output.status.success(),
        "{command:?} ended with {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
