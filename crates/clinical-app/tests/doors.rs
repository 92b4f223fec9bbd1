//! The doors, over a real socket: who comes in, who is not waited for, and how they close.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Extension, Router};
use clinical_app::http::serve::{Doors, serve};
use clinical_app::limits::Peer;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

struct House {
    address: SocketAddr,
    doors: Doors,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

async fn open(doors: Doors, router: Router) -> House {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(serve(listener, router, doors.clone(), async {
        let _ = stopped.await;
    }));
    House { address, doors, stop, served }
}

fn routes() -> Router {
    Router::new()
        .route("/live", get(|| async { "alive" }))
        .route("/peer", get(|Extension(Peer(peer)): Extension<Peer>| async move { peer.to_string() }))
        .route("/big", get(|| async { vec![b'x'; 32 << 20] }))
        .route("/no", post(|| async { (StatusCode::UNAUTHORIZED, "no") }))
        .route("/length", post(|body: String| async move { body.len().to_string() }))
}

fn request(path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n")
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    String::from_utf8_lossy(&reply).into_owned()
}

async fn ask(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(text.as_bytes()).await;
    rest(&mut stream).await
}

async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap();
}

#[tokio::test]
async fn a_handler_is_told_where_the_request_comes_from() {
    let house = open(Doors::default(), routes()).await;
    let close = "Connection: close\r\nX-Forwarded-For: 198.51.100.7\r\n";
    assert!(ask(house.address, &request("/peer", close)).await.ends_with("\r\n127.0.0.1"));
    let trusted = vec!["127.0.0.0/8".parse().unwrap()];
    let house = open(Doors { trusted, ..Doors::default() }, routes()).await;
    assert!(ask(house.address, &request("/peer", close)).await.ends_with("\r\n198.51.100.7"));
}

#[tokio::test]
async fn what_comes_beyond_the_last_place_is_told_at_once_and_the_rest_is_served() {
    let house = open(Doors { max_connections: 3, ..Doors::default() }, routes()).await;
    let mut inside = Vec::new();
    for _ in 0..3 {
        inside.push(TcpStream::connect(house.address).await.unwrap());
    }
    until(|| house.doors.traffic.open() == 3).await;
    let mut outside = TcpStream::connect(house.address).await.unwrap();
    let reply = rest(&mut outside).await;
    assert!(reply.starts_with("HTTP/1.1 503 ") && reply.contains("retry-after: 1"), "{reply}");
    inside[0].write_all(request("/live", "Connection: close\r\n").as_bytes()).await.unwrap();
    assert!(rest(&mut inside[0]).await.ends_with("alive"));
    until(|| house.doors.traffic.open() == 2).await;
    assert!(ask(house.address, &request("/live", "Connection: close\r\n")).await.ends_with("alive"));
    assert_eq!(house.doors.traffic.refused(), 1);
}

#[tokio::test]
async fn one_address_does_not_take_every_place() {
    let house = open(Doors { max_per_peer: 2, ..Doors::default() }, routes()).await;
    let _inside = [TcpStream::connect(house.address).await.unwrap(), TcpStream::connect(house.address).await.unwrap()];
    until(|| house.doors.traffic.open() == 2).await;
    let mut third = TcpStream::connect(house.address).await.unwrap();
    assert!(rest(&mut third).await.starts_with("HTTP/1.1 503 "));
}

// In the tests with a paused clock time runs ahead whenever everybody waits, and stands still otherwise.

#[tokio::test(start_paused = true)]
async fn headers_that_do_not_end_are_not_waited_for() {
    let house = open(Doors::default(), routes()).await;
    let mut stream = TcpStream::connect(house.address).await.unwrap();
    stream.write_all(b"GET /live HTTP/1.1\r\nHost:").await.unwrap();
    let reply = rest(&mut stream).await;
    assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 408"), "{reply}");
    until(|| house.doors.traffic.open() == 0).await;
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stops_coming_is_not_waited_for() {
    let house = open(Doors::default(), routes()).await;
    let text = "POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf";
    let reply = ask(house.address, text).await;
    assert!(reply.starts_with("HTTP/1.1 4"), "{reply}");
    assert_eq!(house.doors.traffic.too_slow(), 1);
    until(|| house.doors.traffic.open() == 0).await;
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_nobody_reads_is_not_kept() {
    let house = open(Doors::default(), routes()).await;
    let mut stream = TcpStream::connect(house.address).await.unwrap();
    stream.write_all(request("/big", "").as_bytes()).await.unwrap();
    until(|| house.doors.traffic.open() == 1).await;
    while house.doors.traffic.open() == 1 {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(house.doors.traffic.too_slow(), 1);
}

#[tokio::test]
async fn readiness_is_false_before_the_door_closes() {
    let doors = Doors { drain_delay: Duration::from_secs(600), ..Doors::default() };
    let house = open(doors, routes()).await;
    assert!(!house.doors.closing.load(Ordering::Acquire));
    house.stop.send(()).unwrap();
    until(|| house.doors.closing.load(Ordering::Acquire)).await;
    // Whoever has not seen it yet is served.
    assert!(ask(house.address, &request("/live", "Connection: close\r\n")).await.ends_with("alive"));
    house.served.abort();
}

#[tokio::test]
async fn the_door_closes_after_the_delay_and_what_was_taken_is_finished() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (told, awaited) = (Arc::clone(&begun), Arc::clone(&go_on));
    let slow = get(move || {
        let (told, awaited) = (Arc::clone(&told), Arc::clone(&awaited));
        async move {
            told.notify_one();
            awaited.notified().await;
            "finished"
        }
    });
    let doors = Doors { drain_delay: Duration::from_millis(1), ..Doors::default() };
    let house = open(doors, routes().route("/slow", slow)).await;
    let address = house.address;
    let taken = tokio::spawn(async move { ask(address, &request("/slow", "")).await });
    begun.notified().await;
    house.stop.send(()).unwrap();
    until(|| std::net::TcpStream::connect(address).is_err()).await;
    go_on.notify_one();
    let reply = taken.await.unwrap();
    assert!(reply.ends_with("finished") && reply.contains("connection: close"), "{reply}");
    tokio::time::timeout(Duration::from_secs(20), house.served).await.unwrap().unwrap();
}

#[tokio::test]
async fn idle_connections_do_not_hold_up_the_end() {
    let house = open(Doors { grace: Duration::from_secs(600), ..Doors::default() }, routes()).await;
    let _silent = TcpStream::connect(house.address).await.unwrap();
    let mut idle = TcpStream::connect(house.address).await.unwrap();
    idle.write_all(request("/live", "").as_bytes()).await.unwrap();
    let mut buffer = [0; 16];
    idle.read_exact(&mut buffer).await.unwrap();
    house.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(20), house.served).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_while_it_sends_reads_why() {
    let house = open(Doors::default(), routes()).await;
    for _ in 0..10 {
        let mut stream = TcpStream::connect(house.address).await.unwrap();
        let head = b"POST /no HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n";
        stream.write_all(head).await.unwrap();
        // The reply is there, and its sender would be gone.
        tokio::time::sleep(Duration::from_millis(20)).await;
        for _ in 0..20 {
            stream.write_all(&[b'x'; 10_000]).await.unwrap();
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let reply = rest(&mut stream).await;
        assert!(reply.starts_with("HTTP/1.1 401") && reply.ends_with("no"), "{reply}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_and_never_stops_sending_is_left() {
    let house = open(Doors::default(), routes()).await;
    let mut stream = TcpStream::connect(house.address).await.unwrap();
    let head = b"POST /no HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000000\r\n\r\n";
    stream.write_all(head).await.unwrap();
    let sending = async { while stream.write_all(&[b'x'; 1000]).await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(20), sending).await.unwrap();
}
