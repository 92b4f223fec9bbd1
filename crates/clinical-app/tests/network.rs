//! The doors, over a real socket.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use clinical_app::http::app::App;
use clinical_app::http::router::router;
use clinical_app::http::serve::{Doors, serve};
use clinical_app::settings::Settings;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

async fn started(settings: Settings) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (app, _) = App::start(settings).unwrap();
    let doors = Doors { grace: Duration::from_secs(5), ..Doors::default() };
    let served = serve(listener, router(app), doors, async {
        let _ = stopped.await;
    });
    (address, stop, tokio::spawn(served))
}

fn head(length: usize) -> String {
    format!(
        "POST /api/v1/summarize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )
}

fn rest(mut stream: TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut reply = Vec::new();
    // The server may close hard on a client that still sends; what it said before counts.
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_is_finished_and_nothing_more_is_taken() {
    let (address, stop, served) = started(Settings::default()).await;
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head(8).as_bytes()).unwrap();
    stream.write_all(b"[1, 2").unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(address).is_err(), "the door is closed");
    stream.write_all(b", 3").unwrap();
    let reply = tokio::task::spawn_blocking(|| rest(stream)).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 4"), "{reply}");
    tokio::time::timeout(Duration::from_secs(5), served).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_connection_does_not_hold_up_the_end() {
    let (address, stop, served) = started(Settings::default()).await;
    let _idle = TcpStream::connect(address).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(6), served).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_a_length_is_bounded_while_it_streams() {
    let (address, _stop, _served) = started(Settings { max_request_bytes: 1 << 20, ..Settings::default() }).await;
    let reply = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let chunked = head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
        stream.write_all(chunked.as_bytes()).unwrap();
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        for _ in 0..64 {
            if stream.write_all(chunk.as_bytes()).is_err() {
                break;
            }
        }
        rest(stream)
    })
    .await
    .unwrap();
    // A reset may overtake the reply; a reply that is there is the right one.
    assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 413"), "{reply}");
}

#[test]
#[cfg(unix)]
fn the_program_starts_says_where_and_ends_when_asked() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .args(["serve", "--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(server.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    assert!(rest(stream).ends_with(r#"{"status":"alive"}"#));
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}
