//! What is kept of a section's wording, so that one taken over from the issue before can be told.

/// Characters of a run that is looked for elsewhere; runs of five hardly ever agree by chance.
const RUN: usize = 5;
/// Fewest runs of a section that says something of its own; shorter ones are formulas.
const LEAST: usize = 120;
/// Most runs that are kept of a section.
const MAX_RUNS: usize = 2000;
/// Most sections that are kept of an issue.
pub(super) const MAX_PASSAGES: usize = 12;
/// Runs that weigh as much as one figure.
const RUNS_PER_ENTRY: usize = 16;

/// Words in the headings of sections that are written anew each time: what is wrong, and what is to be done. Of other
/// sections the same words with other figures are what a series is made of.
const OWN_WORDS: &[&str] = &["问题", "不足", "原因", "要求", "措施", "打算", "建议", "下一步", "下步"];

/// The wording of a section without its numbers, dates and marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its heading, as printed.
    pub heading: String,
    /// Its runs of five characters, hashed, in order, each once.
    runs: Vec<u64>,
}

impl Passage {
    /// The wording of a section; none if its heading is not of those that are written anew, or if there is too little of it.
    #[must_use]
    pub fn new(heading: &str, text: &str) -> Option<Self> {
        if !OWN_WORDS.iter().any(|w| heading.contains(w)) {
            return None;
        }
        let words: Vec<char> = text.chars().filter(|c| is_wording(*c)).collect();
        let mut runs: Vec<u64> = words.windows(RUN).take(MAX_RUNS).map(hash).collect();
        runs.sort_unstable();
        runs.dedup();
        (runs.len() >= LEAST).then(|| Self {
            heading: heading.to_owned(),
            runs,
        })
    }

    /// Share of its runs that another passage has, too, in whole per cent.
    #[must_use]
    pub fn percent_in(&self, other: &Self) -> usize {
        let n_both = (self.runs.iter())
            .filter(|run| other.runs.binary_search(run).is_ok())
            .count();
        n_both * 100 / self.runs.len().max(1)
    }

    /// What it weighs, in figures.
    pub(super) fn weight(&self) -> usize {
        self.runs.len() / RUNS_PER_ENTRY
    }
}

/// Whether a character is wording, not a number, a date or a mark.
fn is_wording(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii() && !"〇零一二三四五六七八九十百千万亿两年月日季度".contains(c)
}

/// FNV-1a over the characters: the same on every machine.
fn hash(run: &[char]) -> u64 {
    run.iter().fold(0xcbf2_9ce4_8422_2325, |h, c| {
        (h ^ u64::from(u32::from(*c))).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `n` different characters from the one with number `from` on.
    fn text(from: u32, n: u32) -> String {
        (from..from + n).filter_map(|k| char::from_u32(0x5000 + k)).collect()
    }

    #[test]
    fn numbers_and_marks_do_not_count() {
        let a = Passage::new("二、存在问题", &format!("{}，共12家", text(0, 150))).expect("a passage");
        let b = Passage::new("二、存在问题", &format!("{}。共三十七家", text(0, 150))).expect("a passage");
        assert_eq!(a.percent_in(&b), 100);
    }

    #[test]
    fn shares_are_of_the_first_ones_own_runs() {
        let whole = Passage::new("主要问题", &text(0, 304)).expect("a passage");
        let half = Passage::new("主要问题", &text(0, 154)).expect("a passage");
        assert_eq!(half.percent_in(&whole), 100);
        assert_eq!(whole.percent_in(&half), 50);
    }

    #[test]
    fn short_sections_and_those_of_figures_are_left_out() {
        assert_eq!(Passage::new("三、工作要求", &text(0, LEAST as u32)), None);
        assert_eq!(Passage::new("一、总体情况", &text(0, 400)), None);
    }
}
