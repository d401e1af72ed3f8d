//! A title in lines: whole in wording, balanced, as a trapezoid or a rhombus (回行, GB/T 9704-2012 §7.3.1).
//!
//! The standard asks for lines that are complete in meaning. Lines begin only where words begin (a list of the words of such titles; where
//! that does not know enough, jieba's dictionary, without guesses at unknown words), never inside book titles, quotations, numbers with their units or the name of the organ. Among the places left,
//! those win where titles of this kind fall apart by their grammar (before 关于, after 、, around 和, behind 工作 and not before it), and a list
//! of compounds keeps together what a dictionary cuts in two.

#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::LazyLock;

use gouji_standard::{HalfChars, HalfPoints, Twips};
use jieba_rs::Jieba;

use crate::measure::{char_width, is_han};
use vocabulary::{COMPOUNDS, Word, seam};

/// A seam between digits and Chinese characters, in eighths of a half character.
const SEAM: i32 = 4;
/// By how much, in half characters, a line may be too wide in such a layout: its characters are then set closer.
const CLOSER: i32 = 2;
/// A last line of no more than this would leave 的通报 or less alone.
const STRANDED: i32 = 6;
/// What lines of equal width cost; an hourglass costs more.
const MISSHAPEN: i32 = 60;
/// A break at this cost or above is never made.
const NEVER: i32 = 10_000;
/// Titles are broken by search up to this many characters; a longer one, which is no title, is left to the word processor.
const LONGEST: usize = 120;
/// Steps of the search, so that a hostile title costs no more than a real one.
const STEPS: usize = 20_000;

/// The dictionary. Loading it takes about 0.1 s of processor time and 26 MB of memory, once per process and only when a title holds words
/// that the list of [`vocabulary`] does not know; cutting a title then costs microseconds.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Where the words of a title come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// The list. Lines never begin beside what it does not know.
    List,
    /// The dictionary.
    Dictionary,
}

/// What names of organs end in.
pub(crate) const ORGAN_ENDS: &[&str] = &[
    "局",
    "委",
    "办",
    "厅",
    "院",
    "处",
    "所",
    "站",
    "部",
    "署",
    "中心",
    "分局",
    "总局",
    "委员会",
    "办公室",
    "办公厅",
    "人民政府",
    "政府",
    "领导小组",
    "指挥部",
    "办事处",
    "街道",
    "镇",
    "乡",
    "县",
    "区",
    "市",
    "省",
];

/// Where the subject of a title begins: 关于, in either script.
pub(crate) fn subject_at(title: &str) -> Option<usize> {
    ["关于", "關於"].iter().filter_map(|about| title.find(about)).min()
}

/// The widest line of a title of this size in so much room.
pub(crate) fn widest_line(room: Twips, size: HalfPoints) -> HalfChars {
    HalfChars(room.0 / size.twips().0.max(1) * 2)
}

/// The lines of a title, each no wider than `widest`, if it can be broken at all; one line otherwise.
///
/// `title` is on one line. An organ name, if the title begins with one, is what stands before its first 关于.
pub(crate) fn break_title(title: &str, widest: HalfChars) -> Vec<&str> {
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    let mut starts = Vec::with_capacity(chars.len() + 1); // width before each character
    // Before each character: changes between digits and Chinese, counted as half a half character, and digits and letters, as an eighth.
    let mut spare = Vec::with_capacity(chars.len() + 1);
    let (mut total, mut eighths) = (0, 0);
    for (at, (_, c)) in chars.iter().enumerate() {
        starts.push(total);
        let seam = at > 0
            && is_han(*c) != is_han(chars[at - 1].1)
            && (c.is_ascii_alphanumeric() || chars[at - 1].1.is_ascii_alphanumeric());
        eighths += i32::from(seam) * SEAM;
        spare.push(eighths);
        eighths += i32::from(c.is_ascii_alphanumeric());
        total += char_width(*c);
    }
    starts.push(total);
    spare.push(eighths);
    if total <= widest.0 && total + eighths.div_euclid(8) <= widest.0 + CLOSER || chars.len() > LONGEST {
        return vec![title];
    }
    let line = Line {
        title,
        chars: &chars,
        starts: &starts,
        spare: &spare,
        widest,
    };
    let breaks = match line.breaks(Words::List) {
        Some((breaks, true)) => breaks,
        _ => match line.breaks(Words::Dictionary) {
            Some((breaks, _)) => breaks,
            None => return vec![title],
        },
    };
    let mut out = Vec::with_capacity(breaks.len() + 1);
    let mut from = 0;
    for at in breaks {
        out.push(&title[from..chars[at].0]);
        from = chars[at].0;
    }
    out.push(&title[from..]);
    out
}

/// A title that needs more than one line.
#[derive(Clone, Copy)]
struct Line<'a> {
    title: &'a str,
    /// Its characters with their bytes.
    chars: &'a [(usize, char)],
    /// Width before each character, and of all.
    starts: &'a [i32],
    /// What some layouts add before each character, in eighths of a half character.
    spare: &'a [i32],
    widest: HalfChars,
}

impl Line<'_> {
    /// The characters that lines begin with, but for the first, and whether each of these places is a good one; if there are any.
    fn breaks(&self, words: Words) -> Option<(Vec<usize>, bool)> {
        /// Beside a word of one character, the worst that is no makeshift.
        const GOOD: i32 = 14;
        let costs = break_costs(self.title, self.chars, self.starts, self.widest, words);
        let total = self.starts[self.chars.len()];
        let widest = self.widest.0;
        let fewest = usize::try_from((total + widest - 1) / widest).unwrap_or(usize::MAX);
        let mut search = Search {
            starts: self.starts,
            spare: self.spare,
            costs: &costs,
            widest,
            best: None,
            steps: 0,
        };
        for n_lines in fewest..=fewest + 1 {
            // A further line is worth a little: it must buy better breaks.
            let extra = if n_lines > fewest { 12 } else { 0 };
            search.lines(n_lines, 0, &mut Vec::new(), extra);
        }
        let shaped = search
            .best
            .as_ref()
            .is_some_and(|(_, breaks)| search.shape(breaks) < MISSHAPEN);
        let (_, breaks) = search.best?;
        let good = shaped && breaks.iter().all(|at| costs[*at] <= GOOD);
        Some((breaks, good))
    }
}

/// What must be taken from each character of the lines of a title for the widest to fit in any layout; nothing, mostly.
pub(crate) fn closer(lines: &[&str], widest: HalfChars, size: HalfPoints) -> Option<Twips> {
    let over = lines.iter().filter_map(|line| {
        let chars: Vec<char> = line.chars().collect();
        let narrow = chars.iter().filter(|c| c.is_ascii_alphanumeric()).count();
        let seams = chars
            .windows(2)
            .filter(|w| is_han(w[0]) != is_han(w[1]) && (w[0].is_ascii_alphanumeric() || w[1].is_ascii_alphanumeric()));
        // Bold stand-ins have digits six tenths of the type wide: two eighths of a half character more than half.
        let eighths = i32::try_from(seams.count() * 4 + narrow * 2).ok()?;
        let natural = i32::try_from(chars.iter().map(|c| i64::from(char_width(*c))).sum::<i64>()).ok()?;
        // In eighths of a half character; a half character is half as wide as the type is high.
        let over = natural.checked_mul(8)?.checked_add(eighths)? - widest.0 * 8;
        let n = i32::try_from(chars.len()).ok()?;
        // A title that could not be broken is too wide anyhow.
        (over > 0 && natural <= widest.0).then(|| (over * size.twips().0 + 16 * n - 1) / (16 * n))
    });
    over.max().map(|twips| Twips(-twips))
}

struct Search<'a> {
    starts: &'a [i32],
    spare: &'a [i32],
    costs: &'a [i32],
    widest: i32,
    best: Option<(i32, Vec<usize>)>,
    steps: usize,
}

impl Search<'_> {
    /// Whether the characters in between fit on a line. Some layouts set a quarter of a character between digits and Chinese
    /// characters, whatever the document says, and the digits of some fonts are wider than half a character; the line must bear that.
    fn fits(&self, from: usize, to: usize) -> bool {
        let spare = self.spare[to.saturating_sub(1)] - self.spare[from];
        let natural = self.starts[to] - self.starts[from];
        natural <= self.widest && natural + (spare + SEAM).div_euclid(8) <= self.widest + CLOSER
    }

    /// Tries every way to set the characters from `from` on in `n_lines` lines.
    fn lines(&mut self, n_lines: usize, from: usize, breaks: &mut Vec<usize>, cost: i32) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let end = self.starts.len() - 1;
        let rest = self.starts[end] - self.starts[from];
        if n_lines == 1 {
            if self.fits(from, end) && rest > STRANDED {
                let cost = cost + self.shape(breaks);
                if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                    self.best = Some((cost, breaks.clone()));
                }
            }
            return;
        }
        let below = i32::try_from(n_lines - 1).unwrap_or(i32::MAX / 1024) * self.widest;
        for at in from + 1..end {
            let line = self.starts[at] - self.starts[from];
            if !self.fits(from, at) {
                break;
            }
            if rest - line > below || self.costs[at] >= NEVER {
                continue;
            }
            breaks.push(at);
            self.lines(n_lines - 1, at, breaks, cost + self.costs[at]);
            breaks.pop();
        }
    }

    /// What the outline of the lines costs: unevenness a little, an hourglass or a rectangle much.
    fn shape(&self, breaks: &[usize]) -> i32 {
        let edges: Vec<usize> = std::iter::once(0)
            .chain(breaks.iter().copied())
            .chain(std::iter::once(self.starts.len() - 1))
            .collect();
        let widths: Vec<i32> = edges
            .windows(2)
            .map(|w| self.starts[w[1]] - self.starts[w[0]])
            .collect();
        let (Some(most), Some(least)) = (widths.iter().max(), widths.iter().min()) else {
            return 0;
        };
        if widths.len() > 1 && most == least {
            return MISSHAPEN;
        }
        let top = widths.iter().position(|w| w == most).unwrap_or(0);
        let single_peak = widths[..=top].is_sorted() && widths[top..].is_sorted_by(|a, b| a >= b);
        // The organ's own line may well be short; those below it are of one piece.
        let below = match (widths.get(1..), self.costs.get(breaks.first().copied().unwrap_or(0))) {
            (Some(below), Some(cost)) if *cost < 0 && below.len() > 1 => {
                (below.iter().max().unwrap_or(most) - below.iter().min().unwrap_or(least)) / 6
            }
            _ => 0,
        };
        (most - least) / 2 + below + if single_peak { 0 } else { 400 }
    }
}

const INSIDE_COMPOUND: i32 = 80;
/// Beside a word of one character: 县 before 林业局, 区 after a name that the dictionary does not know.
const AFTER_SINGLE: i32 = 14;
const BEFORE_SINGLE: i32 = 22;
/// Between 2024年 and 第三季度, which are one period.
const PARTED_PERIOD: i32 = 24;

/// For each character the cost of starting a line with it.
fn break_costs(title: &str, chars: &[(usize, char)], starts: &[i32], widest: HalfChars, words: Words) -> Vec<i32> {
    let mut costs = vec![30; chars.len() + 1];
    costs[0] = NEVER;
    tokens(title, chars, words, &mut costs);
    // By grammar.
    for at in 1..chars.len() {
        let (before, after) = (chars[at - 1].1, chars[at].1);
        costs[at] = match (before, after) {
            _ if costs[at] >= NEVER => NEVER,
            (_, '和' | '与' | '及' | '暨') if within_name(&chars[at..]) => costs[at].max(60),
            // “12345” before 热线 is its name.
            ('”', _) if at > 1 && chars[at - 2].1.is_ascii_digit() => INSIDE_COMPOUND,
            // 问题 behind a quotation says what that is.
            ('》' | '）' | '”', _) if costs[at] > BEFORE_SINGLE => costs[at],
            // 第25周、26周 are one period, too.
            ('、', '第' | '0'..='9') => costs[at].max(PARTED_PERIOD),
            ('、' | '》' | '）' | '”' | '，' | ' ' | '：', _) => 3,
            ('和' | '与' | '及' | '暨' | '对' | '在', '《' | '“') => 40,
            (_, '《') => 5,
            (_, '“') => 8,
            (_, '和' | '与' | '及' | '暨') if costs[at] <= 30 => 3,
            ('和' | '与' | '及' | '暨' | '对' | '在', _) => costs[at].max(25),
            ('为', _) if costs[at] == AFTER_SINGLE => 25,
            (_, '为' | '对') if costs[at] == BEFORE_SINGLE => 4,
            ('的', _) if costs[at] <= 30 => 10,
            _ => costs[at],
        };
        if "的、，。；：！？》）”’〕％%等".contains(after) || "《（“‘〔第".contains(before) {
            costs[at] = NEVER;
        }
    }
    // 条例第九条: a title is organ, subject (关于…的) and kind. The organ keeps together if it can.
    if let Some(byte) = subject_at(title).filter(|byte| *byte > 0) {
        let subject = chars.partition_point(|(at, _)| *at < byte);
        if starts[subject] <= widest.0 {
            costs[1..subject].fill(NEVER);
        }
        // Several organs part where one ends.
        for at in borders(&title[..byte], &chars[..subject]) {
            if starts[subject] > widest.0 {
                costs[at] = -30;
            }
        }
        // The list may not know the organ, but where it ends is plain.
        if costs[subject] < NEVER || words == Words::List {
            costs[subject] = -34;
        }
        if let Some(cost) = costs.get_mut(subject + 2) {
            *cost = (*cost).max(INSIDE_COMPOUND);
        }
    }
    never_inside_pairs(chars, &mut costs);
    costs
}

/// Where the name of another organ begins in a text of nothing but such names: behind a blank or 、, and where the name of the place, or the
/// rank that stands for it, is said again behind the end of an organ.
///
/// ```text
/// 青禾县教育局|青禾县卫生健康局        县公安局|县交通运输局        中共青禾县委办公室|青禾县人民政府办公室
/// ```
pub(crate) fn borders(organs: &str, chars: &[(usize, char)]) -> Vec<usize> {
    /// Characters of the name of a place, with its kind.
    const PLACE: std::ops::RangeInclusive<usize> = 2..=6;
    /// Characters that may stand before it: 中共.
    const BEFORE_PLACE: usize = 2;
    /// A rank by itself stands for the place.
    const RANKS: &str = "省市县区州旗镇乡";
    let mut out = Vec::new();
    let mut from = 0;
    for at in 1..chars.len() {
        let (before, here) = (&organs[chars[from].0..chars[at].0], chars[at].1);
        let ended = || {
            ORGAN_ENDS
                .iter()
                .any(|end| before.len() > end.len() && before.ends_with(end))
        };
        let blank = |c: char| c == '、' || c.is_whitespace();
        let begins = if blank(chars[at - 1].1) {
            let before = before.trim_end_matches(blank);
            !blank(here) && ORGAN_ENDS.iter().any(|end| before.ends_with(end))
        } else if !ended() {
            false
        } else if RANKS.contains(here) {
            // 市场 begins no name behind 局: the same rank must have begun the one before, and that must not end in a rank itself.
            here == chars[from].1 && !RANKS.contains(chars[at - 1].1)
        } else {
            PLACE.clone().any(|n| {
                let Some(place) = chars.get(at..at + n).filter(|place| RANKS.contains(place[n - 1].1)) else {
                    return false;
                };
                let mut said = chars[from..at].windows(n).take(BEFORE_PLACE + 1);
                said.any(|w| w.iter().map(|(_, c)| c).eq(place.iter().map(|(_, c)| c)))
            })
        };
        if begins {
            out.push(at);
            from = at;
        }
    }
    out
}

/// Whether the 和 at the start joins two halves of the name of an organ: 住房和城乡建设局.
fn within_name(chars: &[(usize, char)]) -> bool {
    let end = chars
        .iter()
        .skip(3)
        .take(8)
        .position(|(_, c)| !is_han(*c) || "局委厅部".contains(*c) || "的和与及对在".contains(*c));
    // 委员 and 部门 are no organs.
    end.is_some_and(|n| {
        "局委厅部".contains(chars[n + 3].1) && !chars.get(n + 4).is_some_and(|(_, c)| "员门分队".contains(*c))
    })
}

/// Marks what stands inside words, compounds, numbers and Latin words, and where words end.
fn tokens(title: &str, chars: &[(usize, char)], words: Words, costs: &mut [i32]) {
    const NUMBER_EDGE: i32 = 2;
    const NUMBER_IN_NAME: i32 = 60;
    let byte = |at: usize| chars.get(at).map_or(title.len(), |(byte, _)| *byte);
    let cut: Vec<Word> = match words {
        Words::List => vocabulary::cut(title, chars),
        // Offsets of its tokens count characters.
        Words::Dictionary => DICTIONARY
            .cut(title, false)
            .iter()
            .map(|token| Word {
                start: token.start,
                end: token.end.min(chars.len()),
                known: true,
            })
            .collect(),
    };
    let (mut first, mut last) = (Word::default(), Word::default());
    let mut last_single = false;
    // Characters in a row that the list does not know.
    let mut unknown = 0;
    for (idx, word) in cut.iter().copied().enumerate() {
        let Word { start, end, known } = word;
        costs[start + 1..end.max(start + 1)].fill(NEVER);
        let single = end - start == 1 && chars.get(start).is_some_and(|(_, c)| is_han(*c));
        // 和 between a stretch that is a word of its own and a known word joins the two, whatever the first is.
        let next_known = || {
            cut.get(idx + 1)
                .is_some_and(|next| next.known && next.end - next.start > 1)
        };
        let joins = unknown > 1 && chars.get(start).is_some_and(|(_, c)| "和与及暨".contains(*c)) && next_known();
        unknown = if known { 0 } else { unknown + 1 };
        if start > 0 {
            costs[start] = match (last_single, single) {
                _ if joins => BEFORE_SINGLE,
                _ if !known || !last.known => NEVER,
                // Two in a row may be one name that the dictionary does not know.
                (true, true) => costs[start],
                (true, false) => AFTER_SINGLE,
                (false, true) => BEFORE_SINGLE,
                (false, false) => {
                    let text = |word: Word| &title[byte(word.start)..byte(word.end)];
                    seam(text(first), text(last), text(word))
                }
            };
            // The name of an organ ends in this word, and goes on to the left of it.
            if costs[start] < NEVER
                && ORGAN_ENDS.contains(&&title[byte(start)..byte(end)])
                && is_han(chars[start - 1].1)
            {
                costs[start] = INSIDE_COMPOUND;
            }
        }
        first = std::mem::replace(&mut last, word);
        last_single = single;
    }
    let mut at = 0;
    // Where a number goes on with another: 2024年第三季度.
    let mut goes_on = None;
    while at < chars.len() {
        let rest = &title[chars[at].0..];
        if let Some((n, has_unit)) = number(&chars[at..]) {
            costs[at + 1..at + n].fill(NEVER);
            if goes_on != Some(at) {
                costs[at] = costs[at].min(NUMBER_EDGE + 6);
            }
            if costs[at + n] < NEVER {
                let more = chars.get(at + n).is_some_and(|(_, c)| *c == '第' || c.is_ascii_digit());
                goes_on = more.then_some(at + n);
                costs[at + n] = match (more, has_unit) {
                    // 2024年 before 第三季度 may part, if nothing better offers.
                    (true, _) => PARTED_PERIOD,
                    (false, true) => NUMBER_EDGE,
                    // A number that counts nothing is part of the name that follows: 12345 before 热线.
                    (false, false) => NUMBER_IN_NAME,
                };
            }
            // 年度 of 2031年度 may begin a compound: 年度报告.
            for start in at + 1..at + n {
                let rest = &title[chars[start].0..];
                for compound in COMPOUNDS.iter().filter(|w| rest.starts_with(**w)) {
                    let end = (start + compound.chars().count()).min(chars.len());
                    for cost in costs.iter_mut().take(end).skip(at + n) {
                        *cost = INSIDE_COMPOUND.max(*cost);
                    }
                }
            }
            at += n;
        } else if let Some(compound) = COMPOUNDS
            .iter()
            .filter(|w| rest.starts_with(**w))
            .max_by_key(|w| w.len())
        {
            let n = compound.chars().count();
            for cost in &mut costs[at + 1..at + n] {
                *cost = INSIDE_COMPOUND.max(*cost);
            }
            at += n;
        } else {
            at += 1;
        }
    }
    if let Some(last) = costs.last_mut() {
        *last = NEVER;
    }
}

/// How many characters from the start on are a number with its unit, an ordinal or a Latin word; and whether there is a unit.
fn number(chars: &[(usize, char)]) -> Option<(usize, bool)> {
    const UNITS: &str = "年月日号季度个件条批次期届家份轮项名户起例位周";
    const HAN_DIGITS: &str = "〇零一二三四五六七八九十百两";
    let at = |n: usize| chars.get(n).map(|(_, c)| *c);
    let mut n = 0;
    let first = at(0)?;
    if first.is_ascii_alphanumeric() {
        while at(n).is_some_and(|c| c.is_ascii_alphanumeric() || ".,-+—～~至%％‰".contains(c)) {
            n += 1;
        }
        // 至 and dashes join two numbers only.
        while n > 1 && at(n - 1).is_some_and(|c| !c.is_ascii_alphanumeric() && !"%％‰".contains(c)) {
            n -= 1;
        }
    } else if first == '第' {
        n = 1;
        while at(n).is_some_and(|c| HAN_DIGITS.contains(c) || c.is_ascii_digit()) {
            n += 1;
        }
        if n == 1 {
            return None;
        }
    } else {
        return None;
    }
    let mut units = 0;
    while units < 2 && at(n).is_some_and(|c| UNITS.contains(c)) {
        n += 1;
        units += 1;
    }
    (n > 1).then_some((n, units > 0))
}

fn never_inside_pairs(chars: &[(usize, char)], costs: &mut [i32]) {
    let mut open: Vec<usize> = Vec::new();
    for (at, (_, c)) in chars.iter().enumerate() {
        match c {
            '《' | '（' | '“' | '〔' | '(' => open.push(at),
            '》' | '）' | '”' | '〕' | ')' => {
                // Nested pairs lie inside the outermost one.
                if let Some(start) = open.pop().filter(|_| open.is_empty()) {
                    costs[start + 1..=at].fill(NEVER);
                }
            }
            _ => {}
        }
    }
}
