//! A parallel map whose results come in order and whose memory is bounded.
//!
//! Workers take the next item as long as it is not too far ahead of the oldest result that has not been taken:
//! a slow document holds up those behind it rather than letting their results pile up.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::ThreadPoolBuilder;

use crate::limits::{RESULTS_IN_FLIGHT_PER_WORKER, WORKER_STACK_BYTES};

/// Name of the worker threads: a panic in one is one document's failure, not the program's.
pub const WORKER_NAME: &str = "gouji-worker";

/// Maps `work` over `items` on `threads` workers and hands each result to `take`, in the order of the items.
///
/// `take` runs on the calling thread and may stop the run by an error; items in work are finished, no others begun.
///
/// # Errors
/// What `take` returns, or that no thread could be started.
pub fn ordered_map<I, T, E, W, S>(items: &[I], threads: NonZeroUsize, work: W, mut take: S) -> Result<(), E>
where
    I: Sync,
    T: Send,
    E: From<rayon::ThreadPoolBuildError>,
    W: Fn(&I) -> T + Sync,
    S: FnMut(&I, T) -> Result<(), E>,
{
    let threads = threads.get().min(items.len()).max(1);
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|_| WORKER_NAME.to_owned())
        .stack_size(WORKER_STACK_BYTES)
        .build()?;
    let window = threads * RESULTS_IN_FLIGHT_PER_WORKER;
    let queue = Queue::new();
    pool.in_place_scope(|scope| {
        scope.spawn_broadcast(|_, _| {
            while let Some(idx) = queue.next(items.len(), window) {
                let result = catch_unwind(AssertUnwindSafe(|| work(&items[idx])));
                queue.put(idx, result);
            }
        });
        // Whatever happens here, the workers must be told to stop, or the scope would wait for them for ever.
        let _stop = StopOnDrop(&queue);
        for (idx, item) in items.iter().enumerate() {
            match queue.take(idx) {
                Ok(result) => take(item, result)?,
                Err(panic) => resume_unwind(panic),
            }
        }
        Ok(())
    })
}

struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// The next item to be worked on.
    next: usize,
    /// Items before this one have been taken.
    taken: usize,
    stopped: bool,
    done: BTreeMap<usize, std::thread::Result<T>>,
}

impl<T> Queue<T> {
    fn new() -> Self {
        Self {
            state: Mutex::new(State {
                next: 0,
                taken: 0,
                stopped: false,
                done: BTreeMap::new(),
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<T>>) -> MutexGuard<'a, State<T>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, len: usize, window: usize) -> Option<usize> {
        let mut state = self.lock();
        while !state.stopped && state.next < len && state.next >= state.taken + window {
            state = self.wait(state);
        }
        if state.stopped || state.next >= len {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn put(&self, idx: usize, result: std::thread::Result<T>) {
        self.lock().done.insert(idx, result);
        self.changed.notify_all();
    }

    fn take(&self, idx: usize) -> std::thread::Result<T> {
        let mut state = self.lock();
        loop {
            if let Some(result) = state.done.remove(&idx) {
                state.taken = idx + 1;
                self.changed.notify_all();
                return result;
            }
            state = self.wait(state);
        }
    }
}

struct StopOnDrop<'a, T>(&'a Queue<T>);

impl<T> Drop for StopOnDrop<'_, T> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug)]
    enum Stop {
        Asked,
        Pool,
    }

    impl From<rayon::ThreadPoolBuildError> for Stop {
        fn from(_: rayon::ThreadPoolBuildError) -> Self {
            Self::Pool
        }
    }

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        let items: Vec<usize> = (0..500).collect();
        for n in [1, 2, 7] {
            let mut seen = Vec::new();
            // Earlier items take longer, so that they finish out of order.
            let work = |i: &usize| (0..(500 - i) * 50).fold(*i, |acc, _| std::hint::black_box(acc));
            ordered_map::<_, _, Stop, _, _>(&items, threads(n), work, |item, result| {
                assert_eq!(*item, result);
                seen.push(result);
                Ok(())
            })
            .unwrap();
            assert_eq!(seen, items);
        }
    }

    #[test]
    fn results_that_nobody_takes_do_not_pile_up() {
        let items: Vec<usize> = (0..2000).collect();
        let begun = AtomicUsize::new(0);
        let work = |_: &usize| begun.fetch_add(1, Ordering::SeqCst);
        let mut taken = 0;
        ordered_map::<_, _, Stop, _, _>(&items, threads(2), work, |_, _| {
            let ahead = begun.load(Ordering::SeqCst).saturating_sub(taken);
            assert!(ahead <= 2 * RESULTS_IN_FLIGHT_PER_WORKER + 3, "{ahead}");
            taken += 1;
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn an_error_of_the_taker_ends_the_run() {
        let items: Vec<usize> = (0..1000).collect();
        let begun = AtomicUsize::new(0);
        let result = ordered_map(
            &items,
            threads(2),
            |_| begun.fetch_add(1, Ordering::SeqCst),
            |item, _| if *item == 3 { Err(Stop::Asked) } else { Ok(()) },
        );
        assert!(matches!(result, Err(Stop::Asked)));
        assert!(begun.load(Ordering::SeqCst) < 100);
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        let items: [usize; 0] = [];
        ordered_map::<_, (), Stop, _, _>(&items, threads(4), |_| (), |_, ()| Ok(())).unwrap();
    }
}
