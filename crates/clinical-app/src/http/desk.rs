//! Where documents are worked on: off the async threads, a bounded number at a time, each within a bounded time.
//!
//! Who comes when all places are taken waits in a short queue, or is sent away at once: whoever would wait too long is
//! better told now than later (see [`load`]). So at three times of what the desk can do, those that are served are
//! served about as quickly as ever.

mod line;
mod load;

pub(super) use load::Counts;

use crate::clock::Stopwatch;
use clinical_pipeline::Stop;
use line::{Entered, Line, Work};
use load::Load;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};

/// The desk. More work at once than there are hands would only make everybody wait longer.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    line: Line,
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

/// Work that is done. It has ended when it has really ended, not when the client was answered.
struct Doing {
    load: Arc<Load>,
    watch: Stopwatch,
}

impl Doing {
    fn begin(load: Arc<Load>) -> Self {
        load.working.fetch_add(1, Ordering::Relaxed);
        Self { load, watch: Stopwatch::start() }
    }
}

impl Drop for Doing {
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
        Self { line: Line::new(places), limit, load: Arc::new(Load::new(places, limit)) }
    }

    /// What the desk has done and is doing.
    pub(super) fn counts(&self) -> Counts {
        self.load.counts(self.line.waiting())
    }

    /// Does `work`, within the time limit, waiting included.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(Stop<'_>) -> T + Send + 'static,
    ) -> Result<T, Unfinished> {
        self.run_within(self.limit, work).await
    }

    /// Does `work` within what is left of the time limit.
    pub(super) async fn run_within<T: Send + 'static>(
        &self,
        left: Duration,
        work: impl FnOnce(Stop<'_>) -> T + Send + 'static,
    ) -> Result<T, Unfinished> {
        let deadline = Instant::now() + left;
        let flag = Arc::new(AtomicBool::new(false));
        let mut guard = StopOnDrop { flag: Arc::clone(&flag), load: Arc::clone(&self.load), is_answered: false };
        let (tell, mut told) = oneshot::channel();
        let load = Arc::clone(&self.load);
        let work: Work = Box::new(move || {
            let doing = Doing::begin(load);
            // What the work leaves behind is its own and is dropped with it.
            let done = catch_unwind(AssertUnwindSafe(|| work(Stop::when(&flag)))).ok();
            drop(doing);
            // If nobody waits for it any more, it is dropped.
            let _ = tell.send(done);
        });
        let ended = match self.line.enter(work, |ahead| self.load.has_room(ahead)) {
            Entered::Full => None,
            Entered::Begun => Some(timeout_at(deadline, told).await),
            Entered::Waits(ticket) => match timeout(self.load.patience(), &mut told).await {
                Ok(ended) => Some(Ok(ended)),
                Err(_) if ticket.leave() => None,
                Err(_) => Some(timeout_at(deadline, told).await),
            },
        };
        guard.is_answered = true;
        let (count, result) = match ended {
            None => return Err(Unfinished::Overloaded { retry_after: self.load.shed() }),
            Some(Err(_)) => (&self.load.timed_out, Err(Unfinished::TimedOut)),
            Some(Ok(Ok(Some(result)))) => (&self.load.done, Ok(result)),
            // A panic; or the runtime has ended, and nobody hears this.
            Some(Ok(_)) => (&self.load.panicked, Err(Unfinished::Panicked)),
        };
        count.fetch_add(1, Ordering::Relaxed);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, mpsc};

    fn until_stopped(stop: Stop<'_>) {
        while !stop.is_asked() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Takes a place until what is given is dropped.
    async fn held(desk: &Desk) -> mpsc::Sender<()> {
        let (release, released) = mpsc::channel::<()>();
        let (before, taken) = (desk.counts().working, desk.clone());
        tokio::spawn(async move { taken.run(move |_| released.recv().is_ok()).await });
        while desk.counts().working == before {
            tokio::task::yield_now().await;
        }
        release
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
        let held = held(&desk).await;
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
        let _held = held(&desk).await;
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
    async fn who_waits_is_served_in_turn_and_the_place_is_free_afterwards() {
        let desk = Desk::with_places(1, Duration::from_secs(60));
        let held = held(&desk).await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut requests = Vec::new();
        for number in 0..5 {
            let (waiting, order) = (desk.clone(), Arc::clone(&order));
            let work = move |_: Stop<'_>| order.lock().unwrap().push(number);
            requests.push(tokio::spawn(async move { waiting.run(work).await }));
            while desk.counts().waiting <= number {
                tokio::task::yield_now().await;
            }
        }
        // One of them loses patience of its own accord.
        let gone = requests.remove(1);
        gone.abort();
        assert!(gone.await.is_err());
        drop(held);
        for request in requests {
            assert_eq!(request.await.unwrap(), Ok(()));
        }
        assert_eq!(*order.lock().unwrap(), [0, 2, 3, 4]);
        while desk.counts().working > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!((desk.counts().waiting, desk.counts().abandoned), (0, 1));
        assert_eq!(desk.run(|_| 1).await, Ok(1));
    }

    #[tokio::test]
    async fn a_full_desk_says_so() {
        let desk = Desk::with_places(1, Duration::from_millis(30));
        let _held = held(&desk).await;
        assert_eq!(desk.run(|_| 1).await, Err(Unfinished::Overloaded { retry_after: 1 }));
        assert_eq!((desk.counts().shed, desk.counts().waiting), (1, 0));
    }

    #[tokio::test]
    async fn who_would_wait_too_long_is_sent_away_at_once() {
        let desk = Desk::with_places(1, Duration::from_secs(600));
        desk.load.worked(Duration::from_secs(500));
        let _held = held(&desk).await;
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
