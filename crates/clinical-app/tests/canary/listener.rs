//! Servers that the service asks: a collector of telemetry, a key server. Each hears everything and says what it is
//! told to say.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One request: where it went, and all its bytes.
#[derive(Clone)]
pub(crate) struct Heard {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The server. Its thread ends with the tests.
pub(crate) struct Listener {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Listener {
    /// Answers every request with these bytes and closes.
    pub(crate) fn saying(reply: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, reply): (Arc<Mutex<Vec<Heard>>>, Vec<u8>) = (Arc::default(), reply.into());
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (kept, reply) = (Arc::clone(&kept), reply.clone());
                // Who asks may be gone before the answer.
                std::thread::spawn(move || stream.is_ok_and(|stream| hear(stream, &kept, &reply).is_some()));
            }
        });
        Self { address, heard }
    }

    /// The same of a whole reply.
    pub(crate) fn replying(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::saying(format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn port(&self) -> String {
        self.address.port().to_string()
    }

    /// What came so far.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

fn hear(mut stream: TcpStream, kept: &Mutex<Vec<Heard>>, reply: &[u8]) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let before = head.len();
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head[before..].trim_end();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = head.split(' ').nth(1)?.to_owned();
    kept.lock().unwrap().push(Heard { path, text: head + &String::from_utf8_lossy(&body) });
    stream.write_all(reply).ok()
}
