//! The clock of last resort: a thread that gives each document so many seconds and no more.
//!
//! What a document may hold is limited by counts, which are the same on every machine; they keep time and memory in bounds
//! already. Should one of them have a hole, this costs the one document instead of the whole run. Nobody asks for the
//! time: one thread counts seconds as they pass, and workers only look at the sign that it gives.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use gouji_document::Deadline;

/// How often the clock ticks.
const TICK: Duration = Duration::from_secs(1);

/// Watches over the documents that are being worked on. Shared by all workers; ends when dropped.
pub(crate) struct Watch {
    shared: Arc<Shared>,
    clock: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    is_over: bool,
    /// Ticks so far.
    now: u64,
    /// Documents begun so far.
    n_begun: u64,
    /// Documents that are being worked on, in the order in which they were begun: until which tick each has time.
    running: BTreeMap<u64, (u64, Deadline)>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts until it is told to end.
    fn count(&self, tick: Duration) {
        let mut state = self.lock();
        // It may be over before the first tick.
        while !state.is_over {
            let (next, waited) = self
                .ended
                .wait_timeout(state, tick)
                .unwrap_or_else(PoisonError::into_inner);
            state = next;
            if waited.timed_out() {
                state.now += 1;
                for (until, deadline) in state.running.values() {
                    if *until <= state.now {
                        deadline.pass();
                    }
                }
            }
        }
    }
}

impl Watch {
    /// Starts the clock. A system that gives no further thread leaves documents as much time as they take.
    pub fn start() -> Self {
        Self::ticking(TICK)
    }

    fn ticking(tick: Duration) -> Self {
        let shared = Arc::new(Shared::default());
        let counting = Arc::clone(&shared);
        let clock = Builder::new()
            .name("gouji-watch".to_owned())
            .spawn(move || counting.count(tick))
            .ok();
        Self { shared, clock }
    }

    /// Gives a document `seconds` from now on; they end with what is returned.
    pub fn give(&self, seconds: u64) -> Given<'_> {
        let deadline = Deadline::new();
        let mut state = self.shared.lock();
        // The tick that comes next may come at once.
        let until = state.now.saturating_add(seconds).saturating_add(1);
        state.n_begun += 1;
        let number = state.n_begun;
        state.running.insert(number, (until, deadline.clone()));
        Given {
            watch: self,
            number,
            deadline,
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.lock().is_over = true;
        self.shared.ended.notify_all();
        if let Some(clock) = self.clock.take() {
            // It only counts; there is nothing that could have gone wrong in it.
            let _ = clock.join();
        }
    }
}

/// The time of one document.
pub(crate) struct Given<'w> {
    watch: &'w Watch,
    number: u64,
    /// Passes when the time is over.
    pub deadline: Deadline,
}

impl Drop for Given<'_> {
    fn drop(&mut self) {
        self.watch.shared.lock().running.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_passes_after_its_ticks_and_no_other_does() {
        let watch = Watch::ticking(Duration::from_millis(1));
        let (short, long) = (watch.give(2), watch.give(u64::MAX));
        while !short.deadline.has_passed() {
            std::thread::yield_now();
        }
        assert!(!long.deadline.has_passed());
        assert!(watch.shared.lock().now >= 3);
    }

    #[test]
    fn what_is_done_is_watched_no_more_and_the_clock_ends_with_the_watch() {
        let watch = Watch::ticking(Duration::from_secs(3600));
        let given = watch.give(1);
        assert_eq!(watch.shared.lock().running.len(), 1);
        drop(given);
        assert!(watch.shared.lock().running.is_empty());
        // Returns at once, not after a tick.
        drop(watch);
    }
}
