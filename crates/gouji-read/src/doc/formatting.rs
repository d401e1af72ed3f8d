//! Which properties hold for which bytes of the text (MS-DOC 2.9.33 and 2.9.175): pages of 512 bytes, each with some runs
//! and their properties.

use std::ops::Range;

use super::fib::Ranges;
use crate::little_endian::u32_at;

const PAGE: usize = 512;
/// Number of runs of a page, its last byte.
const N_RUNS: usize = PAGE - 1;
/// Bytes of what a page says of a run: where its properties stand, and for paragraphs a height of no use.
const PARAGRAPH_ENTRY: usize = 13;

/// Bytes of the text with one set of properties.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    start: u32,
    end: u32,
    /// Its properties in the main stream; empty if it has none.
    properties: Range<usize>,
}

/// All runs of one kind, ascending.
#[derive(Debug, Default)]
pub(crate) struct Runs(Vec<Run>);

/// What is known of a place in the text.
pub(crate) struct Found<'m> {
    /// The properties, as stored.
    pub properties: &'m [u8],
    /// They hold up to this byte of the main stream.
    pub end: usize,
}

impl Runs {
    /// Runs of characters: each property list begins after its length.
    pub fn of_characters(main: &[u8], pages: &[u8]) -> Self {
        Self::parse(main, pages, 1, |page, at| {
            let len = usize::from(*page.get(at)?);
            Some(at + 1..at + 1 + len)
        })
    }

    /// Paragraphs: each property list begins with the number of the style.
    pub fn of_paragraphs(main: &[u8], pages: &[u8]) -> Self {
        Self::parse(main, pages, PARAGRAPH_ENTRY, |page, at| {
            // The length counts pairs of bytes; if it is 0 a second one follows, else it counts itself.
            Some(match usize::from(*page.get(at)?) {
                0 => at + 2..at + 2 + usize::from(*page.get(at + 1)?) * 2,
                n => at + 1..at + n * 2,
            })
        })
    }

    fn parse(main: &[u8], pages: &[u8], width: usize, properties_at: fn(&[u8], usize) -> Option<Range<usize>>) -> Self {
        let mut runs = Vec::new();
        // A page is listed once, so there cannot be more of them than fit into the stream.
        for (_, _, number) in Ranges::new(pages, 4).iter().take(main.len() / PAGE) {
            let number = u32_at(number, 0).unwrap_or(0) & 0x003F_FFFF;
            let at = number as usize * PAGE;
            let Some(page) = main.get(at..at + PAGE) else { continue };
            let n = usize::from(page[N_RUNS]);
            for idx in 0..n {
                let (Some(start), Some(end)) = (u32_at(page, idx * 4), u32_at(page, idx * 4 + 4)) else {
                    break;
                };
                let Some(&place) = page.get((n + 1) * 4 + idx * width) else {
                    break;
                };
                if start >= end {
                    continue;
                }
                let place = usize::from(place) * 2;
                let found = (place > 0).then(|| properties_at(page, place)).flatten();
                let found = found.unwrap_or_default();
                runs.push(Run {
                    start,
                    end,
                    properties: at + found.start..at + found.end.min(N_RUNS).max(found.start),
                });
            }
        }
        runs.sort_by_key(|run| run.start);
        Self(runs)
    }

    /// What holds at byte `at` of the main stream.
    pub fn at<'m>(&self, main: &'m [u8], at: usize) -> Found<'m> {
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        let next = self.0.partition_point(|run| run.start <= place);
        let run = next.checked_sub(1).map(|idx| &self.0[idx]);
        match run.filter(|run| place < run.end) {
            Some(run) => Found {
                properties: main.get(run.properties.clone()).unwrap_or_default(),
                end: run.end as usize,
            },
            None => Found {
                properties: &[],
                end: self.0.get(next).map_or(usize::MAX, |run| run.start as usize),
            },
        }
    }
}
