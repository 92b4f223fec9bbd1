//! Where documents are worked on: off the async threads, a bounded number at a time, each within a bounded time.
//!
//! Who comes when all places are taken waits in a short queue, or is sent away at once: whoever would wait too long is
//! better told now than later (see [`load`]). So at three times of what the desk can do, those that are served are
//! served about as quickly as ever.

mod load;

pub(super) use load::Counts;

use crate::clock::Stopwatch;
use clinical_pipeline::Stop;
use load::Load;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

/// The desk. More work at once than there are hands would only make everybody wait longer.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    places: Arc<Semaphore>,
    limit: Duration,
    load: Arc<Load>,
}

/// Why there is no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unfinished {
    /// The desk is full.
    Overloaded {
        /// Seconds after which it is worth coming back.
        retry_after: u64,
    },
    /// Waiting and work together took longer than the time limit; the work was told to stop.
    TimedOut,
    /// The work panicked.
    Panicked,
}

/// Tells the work to stop when the request is over, however it ended: a client that goes away drops its request.
struct StopOnDrop {
    flag: Arc<AtomicBool>,
    load: Arc<Load>,
    is_answered: bool,
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.flag.store(true, Ordering::Relaxed);
        if !self.is_answered {
            self.load.abandoned.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// One of those that wait.
struct Waiting<'d>(&'d AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A place that is taken. It is free again when the work has really ended, not when the client was answered.
struct Taken {
    load: Arc<Load>,
    watch: Stopwatch,
    _place: OwnedSemaphorePermit,
}

impl Taken {
    fn new(place: OwnedSemaphorePermit, load: Arc<Load>) -> Self {
        load.working.fetch_add(1, Ordering::Relaxed);
        Self { load, watch: Stopwatch::start(), _place: place }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.load.worked(self.watch.elapsed());
        self.load.working.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Desk {
    /// A desk with a place for each core. The work does nothing but compute, so a second place for a core adds no work
    /// done, and lets each piece of it take twice as long.
    pub(super) fn new(limit: Duration) -> Self {
        Self::with_places(std::thread::available_parallelism().map_or(1, std::num::NonZero::get), limit)
    }

    fn with_places(places: usize, limit: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), limit, load: Arc::new(Load::new(places, limit)) }
    }

    /// What the desk has done and is doing.
    pub(super) fn counts(&self) -> Counts {
        self.load.counts()
    }

    /// Does `work`, within the time limit, waiting included.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(Stop<'_>) -> T + Send + 'static,
    ) -> Result<T, Unfinished> {
        let deadline = Instant::now() + self.limit;
        let flag = Arc::new(AtomicBool::new(false));
        let mut guard = StopOnDrop { flag: Arc::clone(&flag), load: Arc::clone(&self.load), is_answered: false };
        let place = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(place) => Some(place),
            Err(_) => self.wait().await,
        };
        let Some(place) = place else {
            guard.is_answered = true;
            return Err(Unfinished::Overloaded { retry_after: self.load.shed() });
        };
        let taken = Taken::new(place, Arc::clone(&self.load));
        let done = tokio::task::spawn_blocking(move || {
            let _taken = taken;
            work(Stop::when(&flag))
        });
        let ended = timeout_at(deadline, done).await;
        guard.is_answered = true;
        let (count, result) = match ended {
            Err(_) => (&self.load.timed_out, Err(Unfinished::TimedOut)),
            Ok(Err(_)) => (&self.load.panicked, Err(Unfinished::Panicked)),
            Ok(Ok(result)) => (&self.load.done, Ok(result)),
        };
        count.fetch_add(1, Ordering::Relaxed);
        result
    }

    /// A place, if one is likely to come free soon enough and does.
    async fn wait(&self) -> Option<OwnedSemaphorePermit> {
        let ahead = self.load.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.load.waiting);
        if !self.load.has_room(ahead) {
            return None;
        }
        // The semaphore is fair, and is never closed.
        timeout(self.load.patience(), Arc::clone(&self.places).acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn until_stopped(stop: Stop<'_>) {
        while !stop.is_asked() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[tokio::test]
    async fn late_work_is_told_to_stop() {
        let (tell, hear) = mpsc::channel();
        let desk = Desk::with_places(1, Duration::from_millis(100));
        let late = desk
            .run(move |stop| {
                until_stopped(stop);
                tell.send(()).unwrap();
            })
            .await;
        assert_eq!(late, Err(Unfinished::TimedOut));
        assert_eq!(hear.recv_timeout(Duration::from_secs(5)), Ok(()));
        while desk.counts().working > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(desk.run(|_| 1).await, Ok(1), "its place is free again");
        assert_eq!((desk.counts().timed_out, desk.counts().done), (1, 1));
    }

    #[tokio::test]
    async fn waiting_and_work_together_are_within_the_limit() {
        let desk = Desk::with_places(1, Duration::from_millis(400));
        let held = Arc::clone(&desk.places).acquire_owned().await.unwrap();
        let start = Instant::now();
        let release = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            drop(held);
        };
        let (late, ()) = tokio::join!(desk.run(until_stopped), release);
        assert_eq!(late, Err(Unfinished::TimedOut));
        // Had each its own limit, it would be 450 at least.
        assert!(start.elapsed() >= Duration::from_millis(400));
        assert_eq!(desk.counts().waiting, 0);
    }

    #[tokio::test]
    async fn a_client_that_goes_away_stops_the_work() {
        let (tell, hear) = mpsc::channel();
        let desk = Desk::with_places(1, Duration::from_secs(60));
        let counted = desk.clone();
        let request = tokio::spawn(async move {
            desk.run(move |stop| {
                tell.send(()).unwrap();
                until_stopped(stop);
                tell.send(()).unwrap();
            })
            .await
        });
        let hear = tokio::task::spawn_blocking(move || {
            hear.recv_timeout(Duration::from_secs(5)).unwrap();
            hear
        })
        .await
        .unwrap();
        assert_eq!(counted.counts().working, 1);
        request.abort();
        assert!(request.await.is_err());
        assert_eq!(hear.recv_timeout(Duration::from_secs(5)), Ok(()));
        assert_eq!(counted.counts().abandoned, 1);
    }

    #[tokio::test]
    async fn a_client_that_goes_away_while_it_waits_leaves_the_queue() {
        let desk = Desk::with_places(1, Duration::from_secs(60));
        let _held = Arc::clone(&desk.places).acquire_owned().await.unwrap();
        let waiting = desk.clone();
        let request = tokio::spawn(async move { waiting.run(|_| 1).await });
        while desk.counts().waiting == 0 {
            tokio::task::yield_now().await;
        }
        request.abort();
        assert!(request.await.is_err());
        assert_eq!((desk.counts().waiting, desk.counts().abandoned, desk.counts().shed), (0, 1, 0));
    }

    #[tokio::test]
    async fn a_full_desk_says_so() {
        let desk = Desk::with_places(1, Duration::from_millis(30));
        let _held = Arc::clone(&desk.places).acquire_owned().await.unwrap();
        assert_eq!(desk.run(|_| 1).await, Err(Unfinished::Overloaded { retry_after: 1 }));
        assert_eq!((desk.counts().shed, desk.counts().waiting), (1, 0));
    }

    #[tokio::test]
    async fn who_would_wait_too_long_is_sent_away_at_once() {
        let desk = Desk::with_places(1, Duration::from_secs(600));
        desk.load.worked(Duration::from_secs(500));
        let _held = Arc::clone(&desk.places).acquire_owned().await.unwrap();
        // Were it not at once, it would be after two minutes and a half, and the test would not end.
        let answer = timeout(Duration::from_secs(60), desk.run(|_| 1)).await.unwrap();
        assert!(matches!(answer, Err(Unfinished::Overloaded { retry_after: 30 })), "{answer:?}");
    }

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let desk = Desk::with_places(1, Duration::from_secs(5));
        let result: Result<(), _> = desk.run(|_| panic!("a patient's words")).await;
        assert_eq!(result, Err(Unfinished::Panicked));
        assert_eq!(desk.run(|_| 1).await, Ok(1));
        while desk.counts().working > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!((desk.counts().panicked, desk.counts().working), (1, 0));
    }
}
