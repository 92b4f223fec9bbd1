//! One limit for several processes, through a real Redis: how it is shared, and what happens when Redis is away.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails is a test that fails"
)]
#![expect(clippy::disallowed_methods, reason = "the tests start a program of their own")]

use clinical_app::limits::{Config, Key, Limiter, State};
use clinical_pipeline::Phi;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread::ThreadId;
use std::time::Duration;

/// A Redis of the test's own.
struct Redis {
    process: Child,
    port: u16,
    folder: PathBuf,
    more: Vec<String>,
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Redis {
    /// `None`, said aloud, where there is no redis-server.
    fn start(more: &[&str]) -> Option<Self> {
        let is_there = Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_ok();
        if !is_there {
            assert!(std::env::var_os("NOTES_REAL_COMPONENTS").is_none(), "there is no redis-server");
            println!("not run: there is no redis-server");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("clinical-redis-{port}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let more: Vec<String> = more.iter().map(|text| (*text).to_owned()).collect();
        let process = spawn(port, &folder, &more);
        Some(Self { process, port, folder, more })
    }

    fn kill(&mut self) {
        // SIGKILL, which also ends a process that is stopped.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    fn again(&mut self) {
        self.process = spawn(self.port, &self.folder, &self.more);
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.process.id().to_string()]).status().unwrap().success());
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

fn spawn(port: u16, folder: &Path, more: &[String]) -> Child {
    Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no", "--dir"])
        .arg(folder)
        .args(more)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn limiter(url: &str, per_minute: u32) -> Limiter {
    Limiter::new(&Config { per_minute, redis: Some(Phi::new(url.to_owned())), trusted_proxies: Vec::new() }).unwrap()
}

/// Goes on asking until the limiter is in that state.
async fn until(limiter: &Limiter, state: State) {
    let reached = async {
        while limiter.state() != state {
            let _ = limiter.take(Key::Subject("somebody else")).await;
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), reached).await.unwrap_or_else(|_| panic!("not {state:?} in 30 s"));
}

#[tokio::test]
async fn two_limiters_share_one_limit_and_tell_the_same() {
    let Some(redis) = Redis::start(&[]) else { return };
    let (one, other) = (limiter(&redis.url(), 10), limiter(&redis.url(), 10));
    one.connect().await;
    until(&one, State::Shared).await;
    until(&other, State::Shared).await;
    for left in (0..10).rev() {
        let asked = if left % 2 == 0 { &one } else { &other };
        let verdict = asked.take(Key::Subject("a")).await;
        assert_eq!((verdict.allowed, verdict.remaining, verdict.limit), (true, left, 10));
    }
    for limiter in [&one, &other] {
        let refused = limiter.take(Key::Subject("a")).await;
        assert!(!refused.allowed);
        assert!((1..=6).contains(&refused.retry_after.unwrap()), "one comes back in six seconds: {refused:?}");
    }
    assert!(one.take(Key::Peer("192.0.2.1".parse().unwrap())).await.allowed);
}

#[tokio::test]
async fn what_is_in_redis_names_nobody_and_goes_by_itself() {
    let Some(redis) = Redis::start(&[]) else { return };
    let limiter = limiter(&redis.url(), 1000);
    until(&limiter, State::Shared).await;
    assert!(limiter.take(Key::Subject("CANARY")).await.allowed);
    assert!(limiter.take(Key::Peer("192.0.2.77".parse().unwrap())).await.allowed);
    let client = redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut connection).await.unwrap();
    for key in &keys {
        assert!(!key.contains("CANARY") && !key.contains("192.0.2"), "{key}");
        let left: i64 = redis::cmd("PTTL").arg(key).query_async(&mut connection).await.unwrap();
        assert!(left <= 60_000 && left != -1, "{key} stays for {left}");
    }
}

#[tokio::test]
async fn a_redis_that_dies_is_done_without_and_found_again() {
    let Some(mut redis) = Redis::start(&[]) else { return };
    let (one, other) = (limiter(&redis.url(), 60), limiter(&redis.url(), 60));
    until(&one, State::Shared).await;
    until(&other, State::Shared).await;
    redis.kill();
    assert!(one.take(Key::Subject("a")).await.allowed, "a request is answered whatever Redis does");
    until(&one, State::FallenBack).await;
    until(&other, State::FallenBack).await;
    let mut allowed = 0;
    while one.take(Key::Subject("a")).await.allowed {
        allowed += 1;
    }
    assert!(allowed < 62, "there is still a limit: {allowed}");
    redis.again();
    until(&one, State::Shared).await;
    until(&other, State::Shared).await;
    for _ in 0..30 {
        assert!(one.take(Key::Subject("b")).await.allowed);
    }
    let verdict = other.take(Key::Subject("b")).await;
    assert!(verdict.remaining <= 32, "the other counts too: {verdict:?}");
}

#[tokio::test]
async fn a_redis_that_hangs_costs_one_wait_and_not_each_request_one() {
    let Some(redis) = Redis::start(&[]) else { return };
    let limiter = limiter(&redis.url(), 1_000_000);
    until(&limiter, State::Shared).await;
    redis.signal("-STOP");
    assert!(limiter.take(Key::Subject("a")).await.allowed);
    assert_eq!(limiter.state(), State::FallenBack, "one late answer is enough");
    // At 50 ms each it would be a quarter of an hour.
    let all = async {
        for _ in 0..20_000 {
            assert!(limiter.take(Key::Subject("a")).await.allowed);
        }
    };
    tokio::time::timeout(Duration::from_secs(60), all).await.unwrap();
    assert_eq!(limiter.state(), State::FallenBack, "that it takes connections is not enough");
    redis.signal("-CONT");
    until(&limiter, State::Shared).await;
}

#[tokio::test]
async fn a_password_is_given_and_a_wrong_one_falls_back() {
    let Some(redis) = Redis::start(&["--requirepass", "secret of the test"]) else { return };
    let with = |password: &str| limiter(&format!("redis://:{password}@127.0.0.1:{}", redis.port), 10);
    let right = with("secret%20of%20the%20test");
    until(&right, State::Shared).await;
    for wrong in [with("CANARY"), limiter(&redis.url(), 10)] {
        wrong.connect().await;
        assert_eq!(wrong.state(), State::FallenBack);
        assert!(wrong.take(Key::Subject("a")).await.allowed);
        assert!(!format!("{wrong:?}").contains("CANARY"));
    }
}

#[tokio::test]
async fn a_redis_that_takes_no_writes_is_away() {
    let Some(redis) = Redis::start(&["--replicaof", "127.0.0.1 1"]) else { return };
    let limiter = limiter(&redis.url(), 10);
    for _ in 0..3 {
        limiter.connect().await;
        assert!(limiter.take(Key::Subject("a")).await.allowed);
        assert_eq!(limiter.state(), State::FallenBack);
    }
}

/// Keeps the messages of events, each with the thread that it came from: the tests run side by side.
struct Heard;

static MESSAGES: Mutex<Vec<(ThreadId, String)>> = Mutex::new(Vec::new());

impl tracing::field::Visit for Heard {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        MESSAGES.lock().unwrap().push((std::thread::current().id(), format!("{}={value:?}", field.name())));
    }
}

impl tracing::Subscriber for Heard {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("clinical_")
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut Self);
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn each_change_is_one_event() {
    let Some(mut redis) = Redis::start(&[]) else { return };
    tracing::subscriber::set_global_default(Heard).unwrap();
    let limiter = limiter(&redis.url(), 1_000_000);
    let wait_for_server = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", redis.port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    wait_for_server.await;
    limiter.connect().await;
    assert_eq!(limiter.state(), State::Shared);
    redis.kill();
    for _ in 0..100 {
        let _ = limiter.take(Key::Subject("a")).await;
    }
    until(&limiter, State::FallenBack).await;
    redis.again();
    until(&limiter, State::Shared).await;
    let here = std::thread::current().id();
    let messages = MESSAGES.lock().unwrap();
    let heard: Vec<_> = messages.iter().filter(|(thread, _)| *thread == here).map(|(_, text)| text.as_str()).collect();
    assert_eq!(heard, ["message=shared-limit-lost", "message=shared-limit-back"]);
}

#[test]
fn redis_is_reached_by_tls_with_a_checked_certificate() {
    let folder = std::env::temp_dir().join(format!("clinical-redis-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let stranger = folder.join("stranger.pem");
    std::fs::write(&stranger, rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem())
        .unwrap();
    let tls_port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let (cert_text, key_text) = (cert.to_str().unwrap(), key.to_str().unwrap());
    let options =
        ["--tls-port", &tls_port, "--tls-cert-file", cert_text, "--tls-key-file", key_text, "--tls-auth-clients", "no"];
    if let Some(_redis) = Redis::start(&options) {
        // The trusted certificates of a machine are read once from the environment, so another process asks.
        for (trusted, expected) in [(&cert, "Shared"), (&stranger, "FallenBack")] {
            let status = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "the_other_process_by_tls"])
                .env("SSL_CERT_FILE", trusted)
                .env("NOTES_TEST_REDIS", format!("rediss://localhost:{tls_port}"))
                .env("NOTES_TEST_STATE", expected)
                .stdout(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success(), "{expected}");
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Does something only in the process that `redis_is_reached_by_tls_with_a_checked_certificate` starts.
#[tokio::test]
async fn the_other_process_by_tls() {
    let Ok(url) = std::env::var("NOTES_TEST_REDIS") else { return };
    let limiter = limiter(&url, 10);
    if std::env::var("NOTES_TEST_STATE").unwrap() == "Shared" {
        until(&limiter, State::Shared).await;
        assert!(limiter.take(Key::Subject("a")).await.allowed);
    } else {
        limiter.connect().await;
        assert_eq!(limiter.state(), State::FallenBack);
    }
}
