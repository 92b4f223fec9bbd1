//! The program that is measured, as a process of its own.

use crate::Failure;
use crate::client::{self, Client};
use crate::machine;
use crate::tokens;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What stands before a request.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Guard {
    /// Tokens with a shared secret.
    pub(crate) secret: bool,
    /// Tokens with keys that are fetched from here.
    pub(crate) keys: Option<String>,
    /// An audit log in a folder.
    pub(crate) audit: bool,
}

impl Guard {
    /// As a hospital runs it.
    pub(crate) fn full() -> Self {
        Self { secret: true, keys: None, audit: true }
    }
}

/// A server that runs. Dropped, it is killed.
pub(crate) struct Server {
    child: Child,
    program: PathBuf,
    folder: PathBuf,
    pub(crate) address: SocketAddr,
    pub(crate) token: Option<String>,
}

impl Server {
    /// Starts it and waits until it answers.
    pub(crate) fn start(program: &Path, guard: &Guard, more: &[(&str, &str)]) -> Result<Self, Failure> {
        // Free now; nobody else of this machine is likely to take it in between.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let folder = std::env::temp_dir().join(format!("clinical-load-{}-{}", std::process::id(), address.port()));
        std::fs::create_dir_all(&folder)?;
        // Behind the clients: they stand for other machines, which do not wait for this one's processor.
        let mut command = Command::new("nice");
        command.args(["-n", "5"]).arg(program);
        command.env("CLINICAL_PORT", address.port().to_string());
        command.env("CLINICAL_LOG_DIR", &folder);
        command.env("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000");
        command.env("CLINICAL_ENABLE_AUDIT_LOG", if guard.audit { "true" } else { "false" });
        if guard.secret {
            command.env("OAUTH2_JWT_SECRET", tokens::SECRET);
        }
        if let Some(url) = &guard.keys {
            command.env("OAUTH2_JWKS_URL", url);
            command.env("OAUTH2_ISSUER", tokens::ISSUER).env("OAUTH2_AUDIENCE", tokens::AUDIENCE);
        }
        command.envs(more.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let token = match guard {
            Guard { keys: Some(_), .. } => Some(tokens::by_key()?),
            Guard { secret: true, .. } => Some(tokens::by_secret()?),
            _ => None,
        };
        let mut server = Self { child: command.spawn()?, program: program.to_owned(), folder, address, token };
        let live = client::request("GET", "/api/v1/health/live", None, "*/*", b"");
        for _ in 0..200 {
            std::thread::sleep(Duration::from_millis(50));
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server did not start ({status})").into());
            }
            if Client::open(address).and_then(|mut client| client.send(&live)).is_ok_and(|reply| reply.status == 200) {
                return Ok(server);
            }
        }
        Err("the server does not answer".into())
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn resident(&self) -> Result<f64, Failure> {
        machine::resident(self.id())
    }

    /// Asks it to end, and says how it did and whether its audit log is whole.
    pub(crate) fn end(mut self) -> Result<String, Failure> {
        if let Some(status) = self.child.try_wait()? {
            return Ok(format!("the server had ended by itself ({status})"));
        }
        Command::new("kill").arg("-TERM").arg(self.id().to_string()).status()?;
        let status = self.child.wait()?;
        let audit = self.folder.join("audit");
        if !audit.is_dir() {
            return Ok(format!("ended by request: {status}"));
        }
        let check = Command::new(&self.program).args(["audit", "verify"]).arg(audit).output()?;
        let said = String::from_utf8_lossy(&check.stdout).into_owned();
        Ok(format!("ended by request: {status}; audit log: {}", said.lines().last().unwrap_or("no word")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // This process's own child, by its handle. It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
