//! The real service in a process of its own, and the bytes that go to it and come back.

use super::folders::World;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

/// The process; it ends with the test, also with one that fails.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running service. What it writes is kept.
pub(crate) struct Server {
    process: Process,
    address: SocketAddr,
    out: JoinHandle<String>,
    err: JoinHandle<String>,
}

/// More requests in a minute than any test sends.
const UNLIMITED: (&str, &str) = ("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000");

impl Server {
    pub(crate) fn start(world: &World, options: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut child = world
            .program()
            .envs([UNLIMITED])
            .envs(variables.iter().copied())
            .args(["serve", "--port", "0"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = child.stdout.take().unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let process = Process(child);
        let mut said = String::new();
        let address = loop {
            let before = said.len();
            assert!(err.read_line(&mut said).unwrap() > 0, "it did not start: {said}");
            // The log may have lines before it.
            let Some((_, rest)) = said[before..].split_once("clinical-notes: http") else { continue };
            break rest.trim_start_matches(['s', ':', '/']).split(' ').next().unwrap().parse().unwrap();
        };
        let all = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let out = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            out.read_to_end(&mut bytes).unwrap();
            all(bytes)
        });
        let err = std::thread::spawn(move || {
            let mut bytes = said.into_bytes();
            err.read_to_end(&mut bytes).unwrap();
            all(bytes)
        });
        Self { process, address, out, err }
    }

    /// Whether the kernel would write the memory of the process into a file.
    #[cfg(target_os = "linux")]
    pub(crate) fn core_limit(&self) -> String {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", self.process.0.id())).unwrap();
        let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        line.split_whitespace().skip(4).take(2).collect::<Vec<_>>().join(" ")
    }

    /// Sends a whole request and gives what comes back.
    pub(crate) fn ask(&self, bytes: &[u8]) -> Reply {
        self.exchange(bytes, Duration::from_secs(20))
    }

    fn exchange(&self, bytes: &[u8], patience: Duration) -> Reply {
        let mut stream = self.open();
        stream.set_read_timeout(Some(patience)).unwrap();
        // It may refuse before it has read all; what it says counts.
        let _ = stream.write_all(bytes);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        let _ = stream.shutdown(Shutdown::Both);
        Reply::read(&reply)
    }

    /// Sends whole requests at the same time and gives what comes back.
    pub(crate) fn ask_at_once(&self, all: &[Vec<u8>]) -> Vec<Reply> {
        self.exchange_at_once(all, Duration::from_secs(20))
    }

    /// Sends bytes to which there may be no answer, and gives what comes back within a moment.
    pub(crate) fn push(&self, all: &[Vec<u8>]) -> Vec<Reply> {
        self.exchange_at_once(all, Duration::from_millis(250))
    }

    /// Sends bytes and waits as long as it takes until the service closes.
    pub(crate) fn wait(&self, all: &[Vec<u8>]) -> Vec<Reply> {
        self.exchange_at_once(all, Duration::from_secs(120))
    }

    fn exchange_at_once(&self, all: &[Vec<u8>], patience: Duration) -> Vec<Reply> {
        std::thread::scope(|scope| {
            let asking: Vec<_> = all.iter().map(|bytes| scope.spawn(move || self.exchange(bytes, patience))).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        })
    }

    /// Sends bytes and goes away without waiting.
    pub(crate) fn abandon(&self, bytes: &[u8]) {
        let _ = self.open().write_all(bytes);
    }

    pub(crate) fn open(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// Ends it as an operator would and gives its standard output and standard error.
    pub(crate) fn end(mut self) -> (String, String) {
        Command::new("kill").args(["-TERM", &self.process.0.id().to_string()]).status().unwrap();
        self.process.0.wait().unwrap();
        (self.out.join().unwrap(), self.err.join().unwrap())
    }
}

/// What came back.
pub(crate) struct Reply {
    /// 0 where nothing came.
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }
}

/// A request with everything that a client can put into one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Request<'r> {
    pub(crate) method: &'r str,
    pub(crate) target: &'r str,
    pub(crate) accept: &'r str,
    pub(crate) media: &'r str,
    /// Headers that a client may make up, with their values.
    pub(crate) more: &'r [(&'r str, String)],
    pub(crate) body: &'r [u8],
}

impl Request<'_> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", self.method, self.target);
        let length = self.body.len().to_string();
        for (name, value) in [("Accept", self.accept), ("Content-Type", self.media), ("Content-Length", &length)] {
            if !value.is_empty() {
                head += &format!("{name}: {value}\r\n");
            }
        }
        for (name, value) in self.more {
            head += &format!("{name}: {value}\r\n");
        }
        [head.as_bytes(), b"\r\n", self.body].concat()
    }
}
