//! Where documents are worked on: off the async threads, a bounded number at a time, each within a bounded time.

use clinical_pipeline::Stop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The desk. More work at once than there are hands would only make everybody wait longer.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    places: Arc<Semaphore>,
    limit: Duration,
}

/// Why there is no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unfinished {
    /// No place came free within the time limit.
    Overloaded,
    /// The work took longer than the time limit and was told to stop.
    TimedOut,
    /// The work panicked.
    Panicked,
}

/// Tells the work to stop when the request is over, however it ended: a client that goes away drops its request.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Desk {
    /// A desk with two places for each core: one to read while the other writes.
    pub(super) fn new(limit: Duration) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with_places(cores * 2, limit)
    }

    fn with_places(places: usize, limit: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), limit }
    }

    /// Does `work`. Its place is free again when it has really ended, not when the client was answered.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(Stop<'_>) -> T + Send + 'static,
    ) -> Result<T, Unfinished> {
        let Ok(Ok(place)) = tokio::time::timeout(self.limit, Arc::clone(&self.places).acquire_owned()).await else {
            return Err(Unfinished::Overloaded);
        };
        let flag = Arc::new(AtomicBool::new(false));
        let _guard = StopOnDrop(Arc::clone(&flag));
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work(Stop::when(&flag))
        });
        match tokio::time::timeout(self.limit, done).await {
            Err(_) => Err(Unfinished::TimedOut),
            Ok(Err(_)) => Err(Unfinished::Panicked),
            Ok(Ok(result)) => Ok(result),
        }
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
        let desk = Desk::with_places(1, Duration::from_millis(20));
        let late = desk
            .run(move |stop| {
                until_stopped(stop);
                tell.send(()).unwrap();
            })
            .await;
        assert_eq!(late, Err(Unfinished::TimedOut));
        assert_eq!(hear.recv_timeout(Duration::from_secs(5)), Ok(()));
        assert_eq!(desk.run(|_| 1).await, Ok(1), "its place is free again");
    }

    #[tokio::test]
    async fn a_client_that_goes_away_stops_the_work() {
        let (tell, hear) = mpsc::channel();
        let desk = Desk::with_places(1, Duration::from_secs(60));
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
        request.abort();
        assert!(request.await.is_err());
        assert_eq!(hear.recv_timeout(Duration::from_secs(5)), Ok(()));
    }

    #[tokio::test]
    async fn a_full_desk_says_so() {
        let desk = Desk::with_places(1, Duration::from_millis(30));
        let _held = Arc::clone(&desk.places).acquire_owned().await.unwrap();
        assert_eq!(desk.run(|_| 1).await, Err(Unfinished::Overloaded));
    }

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let desk = Desk::with_places(1, Duration::from_secs(5));
        let result: Result<(), _> = desk.run(|_| panic!("a patient's words")).await;
        assert_eq!(result, Err(Unfinished::Panicked));
        assert_eq!(desk.run(|_| 1).await, Ok(1));
    }
}
