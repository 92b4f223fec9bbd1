//! A key server that does as it is told. Small enough to misbehave in every way; each answer ends its connection.

use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What it does next.
#[derive(Clone)]
pub(crate) enum Does {
    /// Gives these keys.
    Keys(Value),
    /// Gives this status and no keys.
    Status(&'static str),
    /// Gives this body.
    Body(Vec<u8>),
    /// Says something that is not HTTP.
    Noise,
    /// Takes the request and says nothing.
    Silence,
    /// Gives a byte now and then, without an end.
    Drip,
    /// Gives these keys after a while.
    Slowly(Value, Duration),
    /// Gives these keys when it is told to.
    When(Value, Arc<Notify>),
    /// Sends somewhere else.
    Redirect(String),
    /// Closes without an answer.
    Close,
}

pub(crate) struct Server {
    port: u16,
    does: Arc<Mutex<Does>>,
    asked: Arc<AtomicUsize>,
    runs: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts with these keys.
    pub(crate) async fn with(keys: Value) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut server = Self { port, does: Arc::new(Mutex::new(Does::Keys(keys))), asked: Arc::default(), runs: None };
        server.serve(listener);
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/keys", self.port)
    }

    pub(crate) fn does(&self, next: Does) {
        *self.does.lock().unwrap() = next;
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Nobody listens any more.
    pub(crate) async fn goes_away(&mut self) {
        let runs = self.runs.take().unwrap();
        runs.abort();
        let _ = runs.await;
    }

    /// It listens again where it did.
    pub(crate) async fn comes_back(&mut self) {
        self.serve(TcpListener::bind(("127.0.0.1", self.port)).await.unwrap());
    }

    fn serve(&mut self, listener: TcpListener) {
        let (does, asked) = (Arc::clone(&self.does), Arc::clone(&self.asked));
        self.runs = Some(tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (does, asked) = (Arc::clone(&does), Arc::clone(&asked));
                tokio::spawn(async move {
                    // The client may be gone before the end: that is its right.
                    let _ = answer(connection, &does, &asked).await;
                });
            }
        }));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runs) = &self.runs {
            runs.abort();
        }
    }
}

async fn answer(mut to: TcpStream, does: &Mutex<Does>, asked: &AtomicUsize) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(to.read_u8().await?);
    }
    asked.fetch_add(1, Ordering::SeqCst);
    let does = does.lock().unwrap().clone();
    let head = |status: &str, more: &str| format!("HTTP/1.1 {status}\r\nConnection: close\r\n{more}\r\n");
    match does {
        Does::Keys(keys) => write(&mut to, &head("200 OK", ""), set(&keys).as_bytes()).await,
        Does::Status(status) => write(&mut to, &head(status, ""), b"{}").await,
        Does::Body(body) => write(&mut to, &head("200 OK", "Content-Type: application/json\r\n"), &body).await,
        Does::Noise => write(&mut to, "SSH-2.0-OpenSSH_9.2\r\n", b"").await,
        Does::Redirect(place) => write(&mut to, &head("302 Found", &format!("Location: {place}\r\n")), b"").await,
        Does::Close => Ok(()),
        Does::Silence => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        Does::Drip => {
            write(&mut to, &head("200 OK", ""), b"{").await?;
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                to.write_all(b" ").await?;
            }
        }
        Does::When(keys, told) => {
            told.notified().await;
            write(&mut to, &head("200 OK", ""), set(&keys).as_bytes()).await
        }
        Does::Slowly(keys, time) => {
            tokio::time::sleep(time).await;
            write(&mut to, &head("200 OK", ""), set(&keys).as_bytes()).await
        }
    }
}

fn set(keys: &Value) -> String {
    json!({ "keys": keys }).to_string()
}

async fn write(to: &mut TcpStream, head: &str, body: &[u8]) -> std::io::Result<()> {
    to.write_all(head.as_bytes()).await?;
    to.write_all(body).await?;
    to.flush().await
}
