//! What the columns of a table hold, and the room that each gets.

use std::ops::Range;

use gouji_circular::Table;
use gouji_standard::{HalfPoints, House, TABLE_BODY_SIZES, TEXT_WIDTH, Twips};

use crate::head::{Group, label};
use crate::measure::{self, widest_token, width};
use crate::style::{CellAlign, cell_line};
use crate::style_sheet::{CELL_PADDING, CELL_PADDING_BOTTOM, CELL_PADDING_TOP};

/// Text longer than this is set over several lines rather than widening its column: 12 characters, in half characters.
const WIDEST_UNWRAPPED: i32 = 24;
/// What a column wants whose text stands on several lines anyhow: 9 characters a line, rather than smaller type for the whole table.
const WRAPPED: i32 = 18;
/// Lines that a header cell may take before it widens its column.
const HEADER_LINES: i32 = 2;
/// Added to what a column wants: the digits of a stand-in font may be wider than half a character.
const SPARE: i32 = 1;
/// A cell of text no longer than this many half characters is centred.
pub(super) const WIDEST_CENTRED: i32 = 16;
/// A stretch that is longer, an address on the web, is broken after all.
const LONGEST_TOKEN: i32 = 16;
/// A header longer than this may well stand on several lines.
const LONGEST_HEADER: i32 = 16;
/// What counts of a very long text when columns share the room that is left, in half characters.
const LONGEST_COUNTED: i32 = 160;

/// Of an entry this much, 6 characters, should stand on a line; of a header a third.
const FIRM_ENTRY: i32 = 12;
const FIRM_HEADER_LINES: i32 = 3;

/// What a column holds, in half characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// Room for its widest unbreakable stretch.
    pub(super) least: i32,
    /// Room that it should have: short texts on one line, headers on few.
    pub(super) wanted: i32,
    /// Room without which it would better stand on a landscape page.
    pub(super) firm: i32,
    /// Room for its header on one line.
    pub(super) header: i32,
    /// Its longest text on one line.
    pub(super) longest: i32,
    /// Its short texts on one line, their digits set in a wide font.
    pub(super) widened: i32,
    /// Of its numbers, what stands before the decimal point, and the point with what follows.
    pub(super) before_point: i32,
    pub(super) from_point: i32,
    pub(super) align: CellAlign,
}

/// What the columns hold. A header over several of them must find room above them together.
pub(super) fn measure_all(table: &Table, groups: &[Group], range: Range<usize>) -> Vec<Column> {
    let mut columns: Vec<Column> = range
        .clone()
        .map(|col| measure(table, col, label(&table.header, groups, col)))
        .collect();
    for group in groups {
        let over = width(&table.header[group.columns.start][..group.len]).0;
        let each = i32::try_from(group.columns.len()).map_or(1, |n| (header_wanted(over) + n - 1) / n);
        for column in &mut columns[group.columns.start - range.start..group.columns.end - range.start] {
            column.wanted = column.wanted.max(each);
            column.longest = column.longest.max(each);
        }
    }
    columns
}

/// Room for a header so wide in its lines.
fn header_wanted(header: i32) -> i32 {
    ((header + HEADER_LINES - 1) / HEADER_LINES + 1).max(header.min(4))
}

fn measure(table: &Table, col: usize, header: &str) -> Column {
    let mut column = Column {
        least: widest_token(header).clamp(2, LONGEST_TOKEN),
        wanted: 0,
        firm: 0,
        header: 0,
        longest: 0,
        widened: 0,
        before_point: 0,
        from_point: 0,
        align: CellAlign::Left,
    };
    let (mut filled, mut numbers, mut serial, mut widest) = (0_u32, 0_u32, true, 0);
    for row in &table.rows {
        let Some(cell) = row.cells.get(col).filter(|c| !c.filled) else {
            continue;
        };
        let text = cell.text.trim();
        if text.is_empty() {
            continue;
        }
        filled += 1;
        if is_number(text) {
            numbers += 1;
            let tail = from_point(text);
            column.from_point = column.from_point.max(tail);
            column.before_point = column.before_point.max(width(text).0 - tail);
            serial &= text.parse::<u32>().is_ok_and(|n| n == filled);
        } else {
            // A total row has no serial number; its label often stands there.
            serial &= filled > 1;
        }
        // The sign is a whole character wide in some fonts.
        let sign = i32::from(text.contains(['%', '‰']));
        for line in text.split('\n') {
            let own = width(line).0 + sign;
            widest = widest.max(own);
            if own <= WIDEST_UNWRAPPED {
                column.widened = column.widened.max(measure::widest(line).0 + sign);
            }
        }
        column.least = column.least.max(widest_token(text).min(LONGEST_TOKEN) + sign + SPARE);
    }
    let header_width = width(header).0;
    let header_wanted = header_wanted(header_width);
    column.header = header_width + SPARE;
    column.longest = (widest + SPARE).max(header_wanted);
    let all_numbers = numbers > 0 && numbers * 2 >= filled;
    if all_numbers && !serial {
        // Numbers that stand point under point take more room than the widest of them.
        column.least = column.least.max(column.before_point + column.from_point + SPARE);
    }
    column.firm = column
        .least
        .max((header_width + FIRM_HEADER_LINES - 1) / FIRM_HEADER_LINES + 1)
        .max(widest.min(FIRM_ENTRY) + SPARE);
    let wanted = if widest > WIDEST_UNWRAPPED { WRAPPED } else { widest };
    column.wanted = header_wanted.max(wanted + SPARE).max(column.least);
    column.align = if all_numbers {
        if serial { CellAlign::Center } else { CellAlign::Right }
    } else if widest <= WIDEST_CENTRED {
        CellAlign::Center
    } else {
        CellAlign::Left
    };
    column
}

/// How the text of a cell stands in its column, and the space at its right: numbers point under point, as a block in the middle.
pub(super) fn stand(column: &Column, text: &str, size: HalfPoints, col_width: Twips) -> (CellAlign, Option<Twips>) {
    let text = text.trim();
    match column.align {
        CellAlign::Right if is_number(text) => {
            let half = size.twips().0 / 2;
            let block = column.before_point + column.from_point;
            let free = (col_width.0 - room(block, size)).max(0);
            // In a stand-in font the digits may be wider: the room for that is at the left of all numbers of the column alike.
            let around = (free / 2).min(free - widened(block) * half).max(0);
            // A whole rate ends where the others do: 100% with its sign under a point would look lost.
            let shorter = if text.ends_with(['%', '％', '‰']) && !text.contains('.') {
                0
            } else {
                (column.from_point - from_point(text)) * half
            };
            // A number that the block has no room for stands at the edge.
            let right = if col_width.0 >= room(block, size) {
                around + shorter
            } else {
                0
            };
            (CellAlign::Right, (right > 0).then_some(Twips(right)))
        }
        // A dash among numbers, a remark.
        CellAlign::Right if width(text).0 <= WIDEST_CENTRED => (CellAlign::Center, None),
        CellAlign::Right => (CellAlign::Left, None),
        other => (other, None),
    }
}

/// The space on each side that keeps a header from leaving one character alone on its last line: 受理|件数, not 受理件|数.
///
/// Only Chinese characters are counted out; where Latin words and brackets part is the word processor's to say.
pub(super) fn even_lines(header: &str, size: HalfPoints, col_width: Twips) -> Option<Twips> {
    let inner = col_width.0 - 2 * CELL_PADDING.0;
    let character = size.twips().0;
    let n = i32::try_from(header.chars().count()).ok()?;
    let fit = inner / character.max(1);
    if fit < 2 || n <= fit || n % fit != 1 || !header.chars().all(measure::is_han) {
        return None;
    }
    let lines = (n + fit - 1) / fit;
    let even = (n + lines - 1) / lines;
    // A quarter of a character is left, so that rounding does not break a line early.
    let side = (inner - even * character - character / 4) / 2;
    (even < fit && side > 0).then_some(Twips(side))
}

/// What digits that are six tenths of the type wide, and not half of it, add to so many half characters.
fn widened(halves: i32) -> i32 {
    (halves * 3 + 9) / 10
}

/// Whether a cell holds a number and nothing else: digits with their marks, sign, % or ‰.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '−' | '－' | '%' | '％' | '‰' | ' '))
}

/// Width of a number from its decimal point on, or of the sign behind its digits if it has none.
fn from_point(text: &str) -> i32 {
    let at = text
        .find('.')
        .or_else(|| text.rfind(|c: char| c.is_ascii_digit()).map(|last| last + 1));
    at.map_or(0, |at| width(&text[at..]).0)
}

/// Width of so many half characters at a size, with the padding of a cell.
pub(super) fn room(halves: i32, size: HalfPoints) -> i32 {
    // A half character is half as wide as the type is high.
    halves.saturating_mul(size.twips().0) / 2 + 2 * CELL_PADDING.0 + BORDER
}

/// Half a rule on each side, and the rounding of word processors.
const BORDER: i32 = 12;

/// The largest type at which each column has the room it should have; the smallest of the house if none gives that. Where that would stand
/// words on end, a character a line, on a page that was turned already, the type becomes smaller than the house has it on upright ones.
pub(super) fn type_size(columns: &[Column], house: &House, total: Twips) -> HalfPoints {
    let fits = |room_of: fn(&Column) -> i32, size| {
        let sum: i64 = columns.iter().map(|c| i64::from(room(room_of(c), size))).sum();
        sum <= i64::from(total.0)
    };
    let mut smallest = TABLE_BODY_SIZES[0];
    for size in house.table_sizes() {
        if fits(|c| c.wanted, size) {
            return size;
        }
        smallest = size;
    }
    if total > TEXT_WIDTH {
        let mut smaller = TABLE_BODY_SIZES.into_iter().filter(|size| *size <= smallest);
        let firm = smaller.clone().find(|size| fits(|c| c.firm, *size));
        return firm.or_else(|| smaller.next_back()).unwrap_or(smallest);
    }
    smallest
}

/// Widths that add to `total`, the width of the text area.
pub(super) fn share(columns: &[Column], size: HalfPoints, total: Twips) -> Vec<Twips> {
    let whole = total;
    let total = i64::from(whole.0);
    let mut wanted: Vec<i64> = columns.iter().map(|c| i64::from(room(c.wanted, size))).collect();
    let least: Vec<i64> = columns.iter().map(|c| i64::from(room(c.least, size))).collect();
    let mut left = total - wanted.iter().sum::<i64>();
    // Numbers and dates are not broken in a font of wider digits where there is room for that, those that need least of it first.
    let mut tight: Vec<(i64, usize)> = columns
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let block = c.before_point + c.from_point;
            let own = match c.align {
                CellAlign::Right => block + widened(block),
                _ => c.widened,
            };
            (i64::from(room(own, size)) - wanted[at], at)
        })
        .filter(|(more, _)| *more > 0)
        .collect();
    tight.sort_unstable();
    for (more, at) in tight {
        if more <= left {
            wanted[at] += more;
            left -= more;
        }
    }
    // Headers come to stand on one line where there is room for that, those that need least of it first.
    let mut short: Vec<(i64, usize)> = columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.header > c.wanted && c.header <= LONGEST_HEADER)
        .map(|(at, c)| (i64::from(room(c.header, size)) - wanted[at], at))
        .collect();
    short.sort_unstable();
    for (more, at) in short {
        if more <= left {
            wanted[at] += more;
            left -= more;
        }
    }
    let (sum_wanted, sum_least): (i64, i64) = (wanted.iter().sum(), least.iter().sum());
    let spread = |base: &[i64], weights: &[i64], left: i64| -> Vec<i64> {
        let all: i64 = weights.iter().sum::<i64>().max(1);
        base.iter().zip(weights).map(|(b, w)| b + left * w / all).collect()
    };
    let mut widths = if sum_wanted <= total {
        // What is left goes to texts that take several lines, then to all alike.
        let hungry: Vec<i64> = columns
            .iter()
            .map(|c| i64::from(c.longest.min(LONGEST_COUNTED) - c.wanted).max(0))
            .collect();
        let weights = if hungry.iter().any(|w| *w > 0) {
            &hungry
        } else {
            &wanted
        };
        spread(&wanted, weights, total - sum_wanted)
    } else if sum_least <= total {
        let wishes: Vec<i64> = wanted.iter().zip(&least).map(|(w, l)| w - l).collect();
        spread(&least, &wishes, total - sum_least)
    } else {
        // Nothing fits: all give way in proportion, and numbers will break.
        spread(&vec![0; least.len()], &least, total)
    };
    // The rounding goes to the last column, so that cells, grid and table agree.
    let sum: i64 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total - sum;
    }
    widths
        .into_iter()
        .map(|w| Twips(i32::try_from(w).unwrap_or(whole.0)))
        .collect()
}

/// How high a table comes to stand, by the lines that its cells take; at the least so much, for words may break early.
pub(super) fn height(table: &Table, range: Range<usize>, widths: &[Twips], size: HalfPoints) -> i64 {
    let half = i64::from(size.twips().0 / 2).max(1);
    let row = |texts: &mut dyn Iterator<Item = &str>| {
        let lines = texts.zip(widths).map(|(text, col_width)| {
            let inner = i64::from(col_width.0 - 2 * CELL_PADDING.0).max(half * 2);
            let lines = text
                .split('\n')
                .map(|line| (i64::from(width(line).0) * half + inner - 1) / inner);
            lines.map(|n| n.max(1)).sum::<i64>()
        });
        lines.max().unwrap_or(1) * i64::from(cell_line(size).0) + i64::from(CELL_PADDING_TOP.0 + CELL_PADDING_BOTTOM.0)
    };
    let header = table.is_headed().then(|| {
        let texts = range
            .clone()
            .map(|col| table.header.get(col).map_or("", |text| text.as_str()));
        row(&mut texts.into_iter())
    });
    let rows = table.rows.iter().map(|r| {
        let cells = range
            .clone()
            .map(|col| r.cells.get(col).filter(|c| !c.filled).map_or("", |c| c.text.as_str()));
        row(&mut cells.into_iter())
    });
    header.into_iter().chain(rows).sum()
}
