//! The clock of these tests is moved by hand; nobody sleeps.

use super::*;
use http_body_util::BodyExt as _;
use std::convert::Infallible;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
use tokio::time::{Instant, Sleep, sleep};

fn traffic() -> Arc<Traffic> {
    Arc::default()
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_nobody_reads_ends() {
    let (server, _client) = duplex(1024);
    let traffic = traffic();
    let mut paced = Paced::new(server, Arc::clone(&traffic));
    let start = Instant::now();
    let ended = paced.write_all(&[0; 5000]).await.map_err(|error| error.kind());
    assert_eq!(ended, Err(io::ErrorKind::TimedOut));
    assert!(start.elapsed() >= READER);
    assert_eq!(traffic.too_slow(), 1);
}

/// Writes a megabyte to one who reads so many bytes each second.
async fn read_at(bytes_a_second: usize) -> bool {
    let (server, mut client) = duplex(4096);
    let mut paced = Paced::new(server, traffic());
    let reader = tokio::spawn(async move {
        let mut buffer = vec![0; bytes_a_second];
        while client.read_exact(&mut buffer).await.is_ok() {
            sleep(Duration::from_secs(1)).await;
        }
    });
    let written = paced.write_all(&vec![0; 1 << 20]).await.is_ok();
    drop(paced);
    reader.await.unwrap();
    written
}

#[tokio::test(start_paused = true)]
async fn a_slow_line_is_waited_for_and_a_drip_is_not() {
    assert!(read_at(2000).await);
    assert!(!read_at(500).await);
    assert!(!read_at(1).await, "a byte now and then is not progress");
}

#[tokio::test(start_paused = true)]
async fn a_connection_may_be_silent_between_replies() {
    let (server, mut client) = duplex(1024);
    let mut paced = Paced::new(server, traffic());
    for _ in 0..50 {
        // A little more than the pipe holds, so that each reply waits a moment for its reader.
        let (written, read) = tokio::join!(paced.write_all(&[0; 1100]), async {
            sleep(Duration::from_millis(10)).await;
            let mut buffer = [0; 1100];
            client.read_exact(&mut buffer).await
        });
        assert!(written.is_ok() && read.is_ok());
        sleep(Duration::from_secs(300)).await;
    }
}

/// A body of so many pieces, one each second.
struct Drip {
    piece: usize,
    left: usize,
    pause: Pin<Box<Sleep>>,
}

impl Drip {
    fn new(piece: usize, pieces: usize) -> Self {
        Self { piece, left: pieces, pause: Box::pin(sleep(Duration::from_secs(1))) }
    }
}

impl Body for Drip {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        std::task::ready!(this.pause.as_mut().poll(cx));
        this.pause = Box::pin(sleep(Duration::from_secs(1)));
        this.left -= 1;
        Poll::Ready(Some(Ok(Frame::data(vec![0; this.piece].into()))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_drips_is_cut_off_and_a_slow_one_is_not() {
    let traffic = traffic();
    let read = async |piece, pieces| {
        let unread = Unread::default();
        Upload::new(Drip::new(piece, pieces), Arc::clone(&traffic), unread).collect().await.is_ok()
    };
    assert!(read(1500, 300).await);
    assert_eq!(traffic.too_slow(), 0);
    assert!(!read(100, 300).await);
    assert_eq!(traffic.too_slow(), 1);
    assert!(read(1, 20).await, "a short body may take a while");
}

#[tokio::test(start_paused = true)]
async fn time_in_which_nobody_asks_for_the_body_is_not_the_clients() {
    let mut body = Upload::new(Drip::new(10, 20), traffic(), Unread::default());
    while let Some(frame) = body.frame().await {
        assert!(frame.is_ok());
        // The handler does something else; the next piece is there when it comes back.
        sleep(Duration::from_secs(60)).await;
    }
}
