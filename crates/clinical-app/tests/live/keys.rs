//! A key server that rotates its keys and goes away.

use crate::folder::until;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

pub(crate) struct KeyServer {
    port: u16,
    keys: Arc<Mutex<Value>>,
    asked: Arc<AtomicUsize>,
    ends: Arc<AtomicBool>,
    runs: Option<JoinHandle<()>>,
}

impl KeyServer {
    pub(crate) fn with(keys: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (keys, asked, ends) = (Arc::new(Mutex::new(keys)), Arc::default(), Arc::default());
        let mut server = Self { port, keys, asked, ends, runs: None };
        server.serve(listener);
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/keys", self.port)
    }

    /// From now on it gives these.
    pub(crate) fn rotates_to(&self, keys: Value) {
        *self.keys.lock().unwrap() = keys;
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Nobody listens any more.
    pub(crate) fn goes_away(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        self.runs.take().unwrap().join().unwrap();
        until("the key server is gone", || TcpStream::connect(("127.0.0.1", self.port)).is_err());
    }

    fn serve(&mut self, listener: TcpListener) {
        let (keys, asked, ends) = (Arc::clone(&self.keys), Arc::clone(&self.asked), Arc::clone(&self.ends));
        self.runs = Some(std::thread::spawn(move || {
            for connection in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(connection) = connection else { continue };
                let mut request = BufReader::new(connection);
                let mut line = String::new();
                while request.read_line(&mut line).is_ok_and(|length| length > 2) {
                    line.clear();
                }
                asked.fetch_add(1, Ordering::SeqCst);
                let body = json!({ "keys": *keys.lock().unwrap() }).to_string();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                // A client that is gone is its own affair.
                let _ = request.get_mut().write_all([head, body].concat().as_bytes());
            }
        }));
    }
}

impl Drop for KeyServer {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}
