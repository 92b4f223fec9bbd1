//! A client that costs little: one connection that stays open, requests that are made beforehand, and of a reply
//! nothing but its status and its length is looked at.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A connection.
pub(crate) struct Client {
    address: SocketAddr,
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What is looked at of a reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) bytes: usize,
}

impl Client {
    pub(crate) fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self { address, stream, buffer: vec![0; 256 << 10] })
    }

    /// Sends a request and waits for the whole reply. A connection that the server ends is opened anew afterwards.
    pub(crate) fn send(&mut self, request: &[u8]) -> io::Result<Reply> {
        let reply = self.stream.write_all(request).and_then(|()| self.reply());
        let ended = !matches!(reply, Ok((_, true)));
        if ended {
            self.stream = Self::open(self.address)?.stream;
        }
        reply.map(|(reply, _)| reply)
    }

    /// The reply, and whether the connection goes on.
    fn reply(&mut self) -> io::Result<(Reply, bool)> {
        let mut have = 0;
        let head = loop {
            if let Some(end) = self.buffer[..have].windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            have += self.more(have)?;
        };
        let text = std::str::from_utf8(&self.buffer[..head]).map_err(|_| io::ErrorKind::InvalidData)?;
        let status = text.get(9..12).and_then(|t| t.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let value = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let bytes = value("content-length").and_then(|t| t.parse().ok()).unwrap_or(0);
        let goes_on = value("connection") != Some("close");
        let reply = Reply { status, bytes };
        let mut rest = (head + bytes).saturating_sub(have);
        while rest > 0 {
            // What was read before is not needed any more.
            rest = rest.saturating_sub(self.more(0)?);
        }
        Ok((reply, goes_on))
    }

    fn more(&mut self, from: usize) -> io::Result<usize> {
        match self.stream.read(&mut self.buffer[from..])? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            bytes => Ok(bytes),
        }
    }
}

/// A request as it goes over the line.
pub(crate) fn request(method: &str, path: &str, token: Option<&str>, accept: &str, body: &[u8]) -> Vec<u8> {
    let token = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    let about = match body {
        [] => String::new(),
        some => format!("Content-Type: application/json\r\nContent-Length: {}\r\n", some.len()),
    };
    let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{token}{about}\r\n");
    [head.as_bytes(), body].concat()
}

/// The request that all figures are about.
pub(crate) fn summarize(token: Option<&str>, body: &[u8]) -> Vec<u8> {
    request("POST", "/api/v1/summarize", token, "application/json", body)
}
