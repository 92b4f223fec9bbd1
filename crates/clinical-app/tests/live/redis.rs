//! A Redis of the test's own.

use crate::folder::{Folder, is_there, until};
use crate::service::{Process, free_port};
use std::net::TcpStream;
use std::process::{Command, Stdio};

const SERVER: &str = "/usr/bin/redis-server";

pub(crate) struct Redis {
    folder: Folder,
    port: u16,
    process: Process,
}

impl Redis {
    /// `None`, said aloud, where there is no redis-server.
    pub(crate) fn start(name: &str) -> Option<Self> {
        is_there(SERVER).then(|| {
            let (folder, port) = (Folder::new(name), free_port());
            let process = spawn(&folder, port);
            Self { folder, port, process }
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// SIGKILL.
    pub(crate) fn dies(&mut self) {
        self.process.0.kill().unwrap();
        self.process.0.wait().unwrap();
    }

    pub(crate) fn comes_back(&mut self) {
        self.process = spawn(&self.folder, self.port);
    }
}

fn spawn(folder: &Folder, port: u16) -> Process {
    let mut command = Command::new(SERVER);
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no", "--dir"]);
    let process = Process(command.arg(folder.path()).stdout(Stdio::null()).spawn().unwrap());
    until("Redis listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
    process
}
