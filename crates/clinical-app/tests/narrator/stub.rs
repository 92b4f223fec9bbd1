//! A model server that does as it is told, and remembers what it was asked.

use clinical_app::narrator::{Auth, Config, Narrator, Pace};
use clinical_pipeline::{Ask, Narrative};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// Stands for words of a model: they must never be seen but in its reply.
pub(crate) const WORDS: &str = "CANARYwordsOfTheModel";

/// What it does with a request.
#[derive(Clone)]
pub(crate) enum Does {
    /// Gives these bytes and closes.
    Raw(Vec<u8>),
    /// The same after a while.
    After(Duration, Vec<u8>),
    /// Gives these bytes one by one, with a pause behind each.
    Drip(Vec<u8>, Duration),
    /// Gives a chunk after the other without an end.
    Flood,
    /// Says nothing and stays.
    Silence,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    /// In small letters, as HTTP does not tell them apart.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let begin = format!("{name}: ");
        self.head.lines().find_map(|line| line.strip_prefix(begin.as_str()))
    }
}

#[derive(Default)]
struct Inner {
    next: VecDeque<Does>,
    requests: Vec<Request>,
    now: usize,
    most: usize,
}

pub(crate) struct Stub {
    pub(crate) port: u16,
    inner: Arc<Mutex<Inner>>,
}

impl Stub {
    pub(crate) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let inner = Arc::new(Mutex::new(Inner { next: VecDeque::from([does]), ..Inner::default() }));
        let shared = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = Arc::clone(&shared);
                tokio::spawn(async move {
                    serve(stream, &inner).await;
                });
            }
        });
        Self { port, inner }
    }

    /// What it does next, one after the other; the last of them for good.
    pub(crate) fn does(&self, next: impl IntoIterator<Item = Does>) {
        self.inner.lock().unwrap().next = next.into_iter().collect();
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.inner.lock().unwrap().requests.clone()
    }

    pub(crate) fn asked(&self) -> usize {
        self.inner.lock().unwrap().requests.len()
    }

    /// The most requests that it had at once.
    pub(crate) fn most(&self) -> usize {
        self.inner.lock().unwrap().most
    }

    /// One that asks this server.
    pub(crate) fn narrator(&self, auth: Auth) -> Arc<Narrator> {
        narrator(Config { auth, ..config(&self.url("/v1")) })
    }
}

async fn serve(mut stream: TcpStream, inner: &Mutex<Inner>) -> Option<()> {
    let request = read(&mut stream).await?;
    let does = {
        let mut inner = inner.lock().unwrap();
        inner.requests.push(request);
        inner.now += 1;
        inner.most = inner.most.max(inner.now);
        if inner.next.len() > 1 { inner.next.pop_front() } else { inner.next.front().cloned() }
    };
    // Whoever asked may be gone; that is its own affair.
    match does? {
        Does::Raw(bytes) => drop(stream.write_all(&bytes).await),
        Does::After(time, bytes) => {
            sleep(time).await;
            drop(stream.write_all(&bytes).await);
        }
        Does::Drip(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[byte]).await.is_err() {
                    break;
                }
                sleep(pause).await;
            }
        }
        Does::Flood => {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            let mut open = stream.write_all(head.as_bytes()).await.is_ok();
            let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
            while open {
                open = stream.write_all(chunk.as_bytes()).await.is_ok();
            }
        }
        Does::Silence => drop(stream.read(&mut [0; 1]).await),
    }
    inner.lock().unwrap().now -= 1;
    let _ = stream.shutdown().await;
    Some(())
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).await.ok().filter(|length| *length > 0)?;
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let (lower, body) = (head.to_lowercase(), body.to_owned());
        let length = lower.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            break (head.to_owned(), body);
        }
    };
    let (line, rest) = head.split_once("\r\n").unwrap_or((&head, ""));
    // Names in small letters; values as they are.
    let lines = rest.lines().filter_map(|line| line.split_once(": "));
    let head = lines.map(|(name, value)| format!("{}: {value}\n", name.to_lowercase())).collect();
    Some(Request { line: line.to_owned(), head, body })
}

/// A whole reply.
pub(crate) fn reply(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

pub(crate) const JSON: &str = "Content-Type: application/json; charset=utf-8\r\n";

/// A status and nothing of use.
pub(crate) fn status(line: &str) -> Does {
    Does::Raw(reply(line, JSON, &json!({ "error": { "message": WORDS } }).to_string()))
}

/// A body of JSON.
pub(crate) fn body(body: &str) -> Does {
    Does::Raw(reply("200 OK", JSON, body))
}

/// A completion whose text this is.
pub(crate) fn completion(text: &str) -> String {
    json!({
        "id": "c-1", "object": "chat.completion", "created": 1, "model": "stub-2026-01",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    })
    .to_string()
}

/// An answer as it was asked for, to no sentence.
pub(crate) fn good() -> Does {
    body(&completion("{\"sentences\":[]}"))
}

pub(crate) fn config(base_url: &str) -> Config {
    Config {
        base_url: base_url.to_owned(),
        model: "stub".to_owned(),
        auth: Auth::None,
        timeout: Duration::from_millis(400),
        concurrency: 2,
        max_tokens: 700,
        reviewed: false,
        disclosure: None,
        contact: None,
    }
}

/// Impatient.
pub(crate) const PACE: Pace = Pace { rest: Duration::from_millis(300), backoff: Duration::from_millis(5) };

pub(crate) fn narrator(config: Config) -> Arc<Narrator> {
    Arc::new(Narrator::with_pace(config, PACE).unwrap())
}

pub(crate) fn ask() -> Ask {
    Ask {
        system: Narrative::new("Say it in plain words."),
        user: Narrative::new(r#"{"sentences":[{"id":1,"text":"You have a fever."}]}"#),
        sentences: 1,
    }
}

/// Longer than any test waits.
pub(crate) const LONG: Duration = Duration::from_secs(20);
