//! Two readers of the same bytes in turns, and the ratio of their times.
//!
//! What else the machine does at the time of a round slows both, so that the median of the ratios within a round says
//! more than two times do.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::{Measurement, WallTime};
use mimalloc::MiMalloc;

/// As the program has it. Both readers have the same.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Odd, so that there is a middle one.
const ROUNDS: usize = 21;

/// The middle one of the rounds.
pub struct Ratio {
    pub floor: Duration,
    pub ours: Duration,
    /// In hundredths, rounded down: the quartiles.
    quartiles: [u128; 3],
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [low, middle, high] = self.quartiles.map(|r| format!("{}.{:02}", r / 100, r % 100));
        write!(
            f,
            "floor {} µs, gouji-read {} µs, ratio {middle} ({low}–{high})",
            self.floor.as_micros(),
            self.ours.as_micros()
        )
    }
}

/// Lets both read `bytes`, `times` in each round.
pub fn measured(bytes: &[u8], times: u32, floor: fn(&[u8]) -> usize, ours: fn(&[u8]) -> usize) -> Ratio {
    let mut rounds: Vec<(u128, Duration, Duration)> = (0..ROUNDS)
        .map(|_| {
            let (floor, ours) = (timed(bytes, times, floor), timed(bytes, times, ours));
            (ours.as_nanos() * 100 / floor.as_nanos().max(1), floor, ours)
        })
        .collect();
    rounds.sort_unstable();
    let (_, floor, ours) = rounds[ROUNDS / 2];
    Ratio {
        floor,
        ours,
        quartiles: [1, 2, 3].map(|quarter| rounds[(ROUNDS - 1) * quarter / 4].0),
    }
}

fn timed(bytes: &[u8], times: u32, read: fn(&[u8]) -> usize) -> Duration {
    let start = WallTime.start();
    for _ in 0..times {
        black_box(read(black_box(bytes)));
    }
    WallTime.end(start) / times
}
