//! A seeded source of choices: SplitMix64, so that an archive is the same on every machine and day.

/// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit state, full period.
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A source for one purpose: the same seed and stream give the same choices.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut source = Self(seed ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        source.bits();
        source
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` − 1; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        // The product of two 64-bit numbers, shifted, is below `n`.
        usize::try_from((u128::from(self.bits()) * n as u128) >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high.saturating_sub(low)).unwrap_or(0);
        low + i64::try_from(self.below(width + 1)).unwrap_or(0)
    }

    /// True in `n` of `of` cases.
    pub fn chance(&mut self, n: usize, of: usize) -> bool {
        self.below(of) < n
    }

    /// One of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// `n` different members of a list, in a random order.
    pub fn sample<'a, T>(&mut self, list: &'a [T], n: usize) -> Vec<&'a T> {
        let mut order: Vec<usize> = (0..list.len()).collect();
        for i in 0..n.min(list.len()) {
            let j = i + self.below(list.len() - i);
            order.swap(i, j);
        }
        order.into_iter().take(n).map(|i| &list[i]).collect()
    }

    /// `total` in `n` parts, each at least 1 where the total allows, largest first.
    pub fn split(&mut self, total: i64, n: usize) -> Vec<i64> {
        let weights: Vec<i64> = (0..n).map(|_| self.range(1, 12)).collect();
        let sum: i64 = weights.iter().sum();
        let spare = (total - i64::try_from(n).unwrap_or(0)).max(0);
        let mut parts: Vec<i64> = weights
            .iter()
            .map(|w| spare * w / sum.max(1) + i64::from(total > 0))
            .collect();
        let rest = total - parts.iter().sum::<i64>();
        parts.sort_unstable_by(|a, b| b.cmp(a));
        if let Some(first) = parts.first_mut() {
            *first += rest;
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_choices_and_another_stream_others() {
        let (mut a, mut b, mut c) = (SplitMix64::new(7, 1), SplitMix64::new(7, 1), SplitMix64::new(7, 2));
        let first: Vec<u64> = (0..8).map(|_| a.bits()).collect();
        assert_eq!(first, (0..8).map(|_| b.bits()).collect::<Vec<_>>());
        assert_ne!(first, (0..8).map(|_| c.bits()).collect::<Vec<_>>());
    }

    #[test]
    fn parts_add_up_to_their_total() {
        let mut source = SplitMix64::new(3, 0);
        for total in [9, 10, 97, 100_000] {
            for n in 1..9 {
                let parts = source.split(total, n);
                assert_eq!((parts.len(), parts.iter().sum::<i64>()), (n, total));
                assert!(parts.iter().all(|p| *p > 0), "{total} in {n}: {parts:?}");
            }
        }
    }

    #[test]
    fn a_sample_has_no_member_twice() {
        let mut source = SplitMix64::new(5, 0);
        let list: Vec<usize> = (0..20).collect();
        for n in 0..=20 {
            let mut taken: Vec<usize> = source.sample(&list, n).into_iter().copied().collect();
            taken.sort_unstable();
            taken.dedup();
            assert_eq!(taken.len(), n);
        }
    }
}
