//! The program in a process of its own.

use crate::client::{Ask, Line, Reply};
use crate::folder::{Folder, until, wait};
use crate::person::Person;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

pub(crate) type Settings<'s> = [(&'s str, &'s str)];

/// The program with nothing but these settings in its environment.
pub(crate) fn program(settings: &Settings<'_>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
    command
        .env_clear()
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// What a command says and how it ends.
pub(crate) fn outcome(mut command: Command) -> (Option<i32>, String) {
    let output = command.stdout(Stdio::piped()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

/// A port that nobody listens on. It is none of those that the system gives to clients: one that looks for a listener
/// there could be given the very port, and find itself.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = u16::try_from(std::process::id() % 10_000).unwrap();
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let mut ports = std::iter::repeat_with(|| 15_000 + (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % 15_000);
    ports.find(is_free).unwrap()
}

/// Starts a service that must not start. Gives its exit code and what it said. Its port must never have been open.
pub(crate) fn refused(mut command: Command) -> (Option<i32>, String) {
    let port = free_port();
    let mut process = Process(command.args(["serve", "--port", &port.to_string()]).spawn().unwrap());
    let mut err = process.0.stderr.take().unwrap();
    let status = wait("the service that must not start ends", || {
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "its port was open");
        process.0.try_wait().unwrap()
    });
    let mut said = String::new();
    err.read_to_string(&mut said).unwrap();
    (status.code(), said)
}

/// A process that ends with the test, also with one that fails.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running service.
pub(crate) struct Service {
    process: Process,
    pub(crate) address: SocketAddr,
    said: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
}

impl Service {
    pub(crate) fn start(settings: &Settings<'_>) -> Self {
        Self::run(program(settings))
    }

    pub(crate) fn start_as(person: Person, settings: &Settings<'_>) -> Self {
        let mut command = program(settings);
        person.runs(&mut command);
        Self::run(command)
    }

    /// Runs a command that becomes the program, and waits until it is ready.
    pub(crate) fn run(mut command: Command) -> Self {
        let mut process = Process(command.args(["serve", "--port", "0"]).spawn().unwrap());
        let mut err = BufReader::new(process.0.stderr.take().unwrap());
        let mut first = String::new();
        let address = loop {
            if err.read_line(&mut first).unwrap() == 0 {
                panic!("it did not start: {first}");
            }
            if let Some((_, rest)) = first.split_once("://") {
                break rest.split(' ').next().unwrap().parse().unwrap();
            }
        };
        let said = Arc::new(Mutex::new(first));
        let kept = Arc::clone(&said);
        let reader = std::thread::spawn(move || {
            let mut line = String::new();
            while err.read_line(&mut line).unwrap_or(0) > 0 {
                kept.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        let service = Self { process, address, said, reader };
        if !service.said().contains("https://") {
            until("the service is ready", || service.get("/api/v1/health/ready").status == 200);
        }
        service
    }

    pub(crate) fn line(&self) -> Line {
        Line::open(self.address).unwrap()
    }

    /// One request on a connection of its own.
    pub(crate) fn ask(&self, ask: &Ask) -> Reply {
        self.line().ask(ask).unwrap()
    }

    pub(crate) fn get(&self, target: &str) -> Reply {
        self.ask(&Ask::get(target))
    }

    /// What `/api/v1/health/dependencies` says of one of them.
    pub(crate) fn dependency(&self, name: &str) -> Value {
        self.get("/api/v1/health/dependencies").json()["dependencies"][name].clone()
    }

    /// The value of a series of `/metrics`, if it is there.
    pub(crate) fn metric(&self, series: &str) -> Option<f64> {
        let text = self.get("/metrics").text();
        let found = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        found.map(|value| value.parse().unwrap())
    }

    /// What it wrote to standard error so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// How often a word stands in what it wrote.
    pub(crate) fn said_times(&self, word: &str) -> usize {
        self.said().matches(word).count()
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.process.0)
    }

    /// Asks it to end, as Docker and systemd do.
    pub(crate) fn terminate(&self) {
        kill_process(self.pid(), Signal::TERM).unwrap();
    }

    /// Takes its life, as a machine out of memory does.
    pub(crate) fn kill(mut self) {
        self.process.0.kill().unwrap();
        assert!(!self.process.0.wait().unwrap().success());
    }

    pub(crate) fn ended(&mut self) -> ExitStatus {
        wait("the service ends", || self.process.0.try_wait().unwrap())
    }

    /// Asks it to end, waits for that, and gives all that it said.
    pub(crate) fn end(mut self) -> String {
        self.terminate();
        let status = self.ended();
        self.reader.join().unwrap();
        let said = self.said.lock().unwrap().clone();
        assert_eq!(status.code(), Some(0), "{said}");
        said
    }
}

/// `clinical-notes audit verify` of both logs in a folder must find nothing.
pub(crate) fn verify(folder: &Folder) {
    let mut command = program(&[]);
    command.args(["audit", "verify"]).arg(folder.join("audit")).arg(folder.join("security"));
    let (code, said) = outcome(command);
    assert_eq!(code, Some(0), "{said}");
}
