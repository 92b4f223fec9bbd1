//! Who waits for the desk, and the hands that work at it.
//!
//! A hand that has finished takes the next work by itself. It does not wait until the next request was woken and has
//! brought its work to the free place: where a work takes a millisecond or two, the cores stood empty for a fifth of the
//! time that way.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A piece of work. It does not panic.
pub(super) type Work = Box<dyn FnOnce() + Send>;

/// The line. Clones are the same line.
#[derive(Clone)]
pub(super) struct Line(Arc<Mutex<State>>);

struct State {
    /// Places without a hand. While there is one, nobody waits.
    free: usize,
    waiting: VecDeque<(u64, Work)>,
    next: u64,
}

/// What became of a piece of work that was brought.
pub(super) enum Entered {
    /// A hand has begun with it.
    Begun,
    /// It waits.
    Waits(Ticket),
    /// There was no room to wait.
    Full,
}

/// A piece of work that waits, or did when this was given. Dropped, the work leaves the line if it was not begun.
pub(super) struct Ticket {
    line: Line,
    number: u64,
}

impl Line {
    pub(super) fn new(places: usize) -> Self {
        Self(Arc::new(Mutex::new(State { free: places, waiting: VecDeque::new(), next: 0 })))
    }

    /// Begins a piece of work, or lets it wait if `has_room` for one more behind so many. Needs a tokio runtime.
    pub(super) fn enter(&self, work: Work, has_room: impl FnOnce(usize) -> bool) -> Entered {
        let mut state = self.state();
        if state.free > 0 {
            state.free -= 1;
            drop(state);
            let line = self.clone();
            tokio::task::spawn_blocking(move || line.work_off(work));
            return Entered::Begun;
        }
        if !has_room(state.waiting.len()) {
            // What it holds is freed below, when nobody waits for the line.
            drop(state);
            return Entered::Full;
        }
        let number = state.next;
        state.next += 1;
        state.waiting.push_back((number, work));
        Entered::Waits(Ticket { line: self.clone(), number })
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    /// A hand: one work after the other as long as there are any.
    fn work_off(&self, first: Work) {
        let mut next = Some(first);
        while let Some(work) = next {
            work();
            next = self.next();
        }
    }

    /// The next work, or the place is free: both at once, so that nobody waits for a hand that has just gone.
    fn next(&self) -> Option<Work> {
        let mut state = self.state();
        let next = state.waiting.pop_front().map(|(_, work)| work);
        if next.is_none() {
            state.free += 1;
        }
        next
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is whole before anything could panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// Takes the work out of the line. `false` if a hand has begun with it.
    pub(super) fn leave(&self) -> bool {
        let mut state = self.line.state();
        let at = state.waiting.iter().position(|(number, _)| *number == self.number);
        let work = at.and_then(|at| state.waiting.remove(at));
        drop(state);
        work.is_some()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.leave();
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("waiting", &self.waiting()).finish_non_exhaustive()
    }
}
