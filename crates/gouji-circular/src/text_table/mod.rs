//! Tables that a text shows by bars, tabs, wide blanks or line by line, rebuilt.
//!
//! A false table is worse than a missed one: a run of short lines needs the head of a table and either serial numbers or
//! figures that come back in the same columns.

mod align;
pub(crate) mod bars;
mod columns;
mod drawn;
pub(crate) mod figures;
mod forms;
mod header;
mod line_rows;
mod lost_cells;
mod merged;
mod one_head;
mod proof;
mod repeated;
mod rows_first;
mod sequence;
mod spans;
mod stream;

use std::sync::LazyLock;

use gouji_document::Text;
use regex::Regex;

use crate::grid::{NOTE, UNIT_LINE};
use crate::lines::{Line, Unit};
use crate::panels::{self, discard};
use crate::parts::{join_onto, width};
use crate::{Cell, Discarded, Reason, Row, Table};

/// A line that no plain cell can be.
static NO_CELL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[一二三四五六七八九十]{1,3}、\S|[（(][一二三四五六七八九十]{1,3}[)）]\S{4}|附\s*件\s*\d*\s*[:：]?|附表\s*\d|",
        r"表\s*\d+|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$|[（(].{0,12}略[)）]$|抄送)"
    ))
    .expect("a fixed pattern")
});

/// The name of a table.
static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?:附?表|图表)\s*[\d一二三四五六七八九十]*(?:[-－.]\d+)?\s*[:：.．、]?\s*\S.*|.*(?:表|名单|一览|清单|台账|排名|统计|汇总|明细)",
        r"(?:[（(].{1,20}[)）])?)$"
    ))
    .expect("a fixed pattern")
});

/// Lines looked at to find out whether rows of columns begin here.
const NEAR: usize = 12;
/// Longest first cell of a stream whose bars stand on lines of their own, in characters.
const MAX_FIRST_CELL: usize = 12;
/// Most tables in one stream of cells.
const MAX_TABLES: usize = 16;
/// Cells looked at to find out whether a table begins here.
const WINDOW: usize = 240;

/// Whether the line can name a table that follows.
pub(crate) fn is_caption(line: &str) -> bool {
    let n = width(line);
    (2..=60).contains(&n) && !line.contains(['。', '；', '，']) && CAPTION.is_match(line.trim())
}

fn no_cell(line: &str) -> bool {
    NOTE.is_match(line) || NO_CELL.is_match(line) || (width(line) > 60 && line.trim_end().ends_with('。'))
}

/// Replaces runs of lines that are tables.
pub(crate) fn rebuild(units: Vec<Unit>, discarded: &mut Vec<Discarded>) -> Vec<Unit> {
    let mut out = Vec::with_capacity(units.len());
    let mut run: Vec<Line> = Vec::new();
    for unit in units {
        match unit {
            Unit::Line(line) => run.push(line),
            other => {
                rebuild_run(std::mem::take(&mut run), &mut out, discarded);
                out.push(other);
            }
        }
    }
    rebuild_run(run, &mut out, discarded);
    out
}

fn rebuild_run(lines: Vec<Line>, out: &mut Vec<Unit>, discarded: &mut Vec<Discarded>) {
    let texts: Vec<&Text> = lines.iter().map(|l| &l.text).collect();
    let mut plan: Vec<(usize, Vec<Table>, Vec<Discarded>)> = Vec::new();
    let words = strings(&texts);
    let mut at = 0;
    let mut tried_to = 0;
    // Lines from here on belong to no table yet.
    let mut free = 0;
    let mut budget = rows_first::budget(texts.len());
    let mut tried_rows_to = 0;
    // The next line that no cell can be.
    let mut stop = 0;
    while at < lines.len() {
        let mut aside = Vec::new();
        // The first cell of a stream whose bars stand on lines of their own.
        let before_bar = || {
            let behind = texts.get(at + 2).is_some_and(|t| !bars::is_lone(t));
            behind && texts.get(at + 1).is_some_and(|t| bars::is_lone(t)) && width(texts[at]) <= MAX_FIRST_CELL
        };
        let found = if at >= tried_to && (bars::has_bar(texts[at].as_str()) || before_bar()) {
            let (taken, tables) = barred(&lines[at..], &texts[at..], &mut aside);
            tried_to = at + taken;
            (!tables.is_empty()).then_some((taken, tables))
        } else {
            None
        };
        let found = found.or_else(|| {
            aside.clear();
            let all = texts.len() - at;
            // Inside a run of tabs that is no table, only a head is tried again.
            let anew = at == 0 || !lines[at - 1].tab || figures::is_first_head(lines[at].str());
            widened(all.min(NEAR), all, |n| columned(&texts[at..at + n]))
                .or_else(|| {
                    if anew {
                        widened(all.min(WINDOW), all, |n| tabbed(&lines[at..at + n]))
                    } else {
                        None
                    }
                })
                .or_else(|| one_head::tabbed(&texts[at..]))
                .or_else(|| one_head::in_lines(&texts[at..]))
                .or_else(|| plain(&texts[at..]))
        });
        match found {
            Some((n, tables)) => {
                plan.push((at, tables, aside));
                at += n;
                free = at;
                plan.push((at, Vec::new(), Vec::new()));
            }
            None if budget > 0 && rows_first::begins(&words[free..], at - free) => {
                if stop <= at {
                    let ends = |i: &usize| words[*i].contains('。') || bars::has_bar(words[*i]);
                    stop = (at + 1..words.len()).find(ends).unwrap_or(words.len());
                }
                let cells = &words[free..stop];
                let single = || rows_first::solve_single(cells, at - free);
                match rows_first::solve(cells, at - free, &mut budget).or_else(single) {
                    Some(found) => {
                        let start = free + found.start;
                        let end = start + found.layout.used;
                        plan.push((start, vec![laid_out(&texts[start..end], &found.layout)], Vec::new()));
                        plan.push((end, Vec::new(), Vec::new()));
                        (at, free) = (end, end);
                    }
                    None => at += 1,
                }
            }
            None if at >= tried_rows_to && line_rows::begins(words[at]) => match line_rows::solve(&texts, free, at) {
                Some(found) => {
                    let (start, end) = (found.start, found.start + found.n_lines);
                    plan.push((start, vec![table_of(found.header, found.rows)], Vec::new()));
                    plan.push((end, Vec::new(), Vec::new()));
                    (at, free) = (end, end);
                }
                None => {
                    // Lines that go on alike are tried once.
                    tried_rows_to = (at..words.len())
                        .find(|&i| !line_rows::begins(words[i]))
                        .unwrap_or(words.len());
                    at += 1;
                }
            },
            None => at += 1,
        }
    }
    let mut plan = plan.into_iter().peekable();
    let mut inside = false;
    for (idx, line) in lines.into_iter().enumerate() {
        while let Some((_, tables, aside)) = plan.next_if(|(at, _, _)| *at == idx) {
            inside = !tables.is_empty();
            finish(tables, aside, out, discarded);
        }
        if !inside {
            out.push(Unit::Line(line));
        }
    }
}

/// Tries a reading on the lines near by, and only if it takes them all on the whole, so that failing costs little.
fn widened(near: usize, all: usize, read: impl Fn(usize) -> Found) -> Found {
    let found = read(near)?;
    if found.0 < near || near == all {
        Some(found)
    } else {
        read(all)
    }
}

fn finish(tables: Vec<Table>, aside: Vec<Discarded>, out: &mut Vec<Unit>, discarded: &mut Vec<Discarded>) {
    discarded.extend(aside);
    for mut table in tables {
        panels::drop_repeated_headers(&mut table, discarded);
        panels::stack(&mut table, discarded);
        out.push(Unit::Table(Box::new(table)));
    }
}

fn table_of(header: Vec<Text>, rows: Vec<Vec<Text>>) -> Table {
    Table {
        header,
        rows: rows
            .into_iter()
            .map(|cells| Row {
                cells: cells
                    .into_iter()
                    .map(|text| Cell {
                        text,
                        ..Cell::default()
                    })
                    .collect(),
                hidden: false,
            })
            .collect(),
        panels: 1,
        ..Table::default()
    }
}

/// The cells at `from` as one; what `claimed` has seen before stands there as a copy.
fn joined(cells: &[&Text], from: &[usize], claimed: &mut [bool]) -> Text {
    let mut out = Text::default();
    for &idx in from {
        if std::mem::replace(&mut claimed[idx], true) {
            out.push_synthetic(cells[idx].as_str());
        } else {
            join_onto(&mut out, cells[idx]);
        }
    }
    out
}

/// A head without the blanks that a narrow column set between its characters (警 情 类 别).
fn unspaced(head: &Text) -> Text {
    let mut out = Text::default();
    let mut at = 0;
    let blanks = head.char_indices().filter(|(_, c)| c.is_whitespace());
    for (pos, c) in blanks {
        let (left, right) = (head[..pos].trim_end(), head[pos..].trim_start());
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if !latin(left.chars().next_back()) && !latin(right.chars().next()) {
            out.append(&head.slice(at..pos));
            at = pos + c.len_utf8();
        }
    }
    out.append(&head.slice(at..head.len()));
    out
}

fn laid_out(cells: &[&Text], layout: &sequence::Layout) -> Table {
    let mut claimed = vec![false; cells.len()];
    let mut row = |columns: &Vec<Vec<usize>>| {
        columns
            .iter()
            .map(|c| joined(cells, c, &mut claimed))
            .collect::<Vec<_>>()
    };
    let header = row(&layout.header).iter().map(unspaced).collect();
    let mut table = table_of(header, layout.rows.iter().map(row).collect());
    for &idx in &layout.caption {
        let slot = if UNIT_LINE.is_match(cells[idx].as_str()) {
            &mut table.unit_line
        } else {
            &mut table.caption
        };
        match slot {
            Some(text) => text.append(cells[idx]),
            None => *slot = Some(cells[idx].clone()),
        }
    }
    table
}

fn strings<'a>(cells: &[&'a Text]) -> Vec<&'a str> {
    cells.iter().map(|c| c.as_str()).collect()
}

/// Lines taken, and their tables.
type Found = Option<(usize, Vec<Table>)>;

fn columned(texts: &[&Text]) -> Found {
    if !columns::begins(texts[0].as_str()) {
        return None;
    }
    let (header, rows, n) = columns::read(texts)?;
    Some((n, vec![table_of(header, rows)]))
}

/// One cell a line, each after a tab; a line without one continues the cell above, an empty line may part rows.
fn tabbed(lines: &[Line]) -> Found {
    if !lines[0].tab {
        return None;
    }
    let mut cells: Vec<Text> = Vec::new();
    let mut groups: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut n = 0;
    for line in lines {
        if line.tab {
            if line.blank_before || cells.is_empty() {
                groups.push(cells.len());
            }
            cells.push(line.text.clone());
            ends.push(n + 1);
        } else if !line.blank_before && !no_cell(line.str()) && width(line.str()) <= 30 {
            if let (Some(cell), Some(end)) = (cells.last_mut(), ends.last_mut()) {
                join_onto(cell, &line.text);
                *end = n + 1;
            }
        } else {
            break;
        }
        n += 1;
    }
    let texts: Vec<&Text> = cells.iter().collect();
    groups.push(cells.len());
    let sizes: Vec<usize> = groups.windows(2).map(|w| w[1] - w[0]).collect();
    if sizes.len() >= 2 && sizes[0] >= 3 && sizes.iter().all(|s| *s == sizes[0]) {
        let mut rows = texts
            .chunks(sizes[0])
            .map(|r| r.iter().map(|t| (*t).clone()).collect::<Vec<_>>());
        let header = rows.next()?;
        return Some((n, vec![table_of(header, rows.collect())]));
    }
    let layout = sequence::solve(&strings(&texts), true)?;
    let taken = ends.get(layout.used.checked_sub(1)?).copied()?;
    Some((taken, vec![laid_out(&texts, &layout)]))
}

/// One cell a line, nothing else: a table's head must stand first.
fn plain(texts: &[&Text]) -> Found {
    let digit = |t: &&Text| t.starts_with(|c: char| c.is_ascii_digit() || c == '一' || ('０'..='９').contains(&c));
    if !figures::is_first_head(texts[0].as_str()) || !texts.iter().take(sequence::MAX_HEADER).any(digit) {
        return None;
    }
    let end = |limit: usize| {
        texts
            .iter()
            .take(limit)
            .position(|t| no_cell(t.as_str()))
            .unwrap_or(texts.len().min(limit))
    };
    let first = &texts[..end(WINDOW)];
    let layout = solve(&strings(first))?;
    if first.len() < WINDOW {
        return Some((layout.used, vec![laid_out(first, &layout)]));
    }
    let all = &texts[..end(usize::MAX)];
    let layout = solve(&strings(all))?;
    Some((layout.used, vec![laid_out(all, &layout)]))
}

/// The reading of bare lines that takes the most of them.
fn solve(cells: &[&str]) -> Option<sequence::Layout> {
    if let Some(layout) = repeated::solve(cells) {
        return Some(layout);
    }
    let plain = sequence::solve(cells, false);
    let uneven = stream::solve(cells, false);
    // A head that spans columns was proven by them.
    let spanned = |layout: &sequence::Layout| {
        let mut heads = layout.header.windows(2);
        heads.any(|w| w[0].first().is_some_and(|head| w[1].first() == Some(head)))
    };
    match (plain, uneven) {
        (Some(plain), Some(uneven)) if uneven.used > plain.used || uneven.used == plain.used && spanned(&uneven) => {
            Some(uneven)
        }
        (None, uneven) => uneven,
        (plain, _) => plain,
    }
}

/// The tables of a stream of cells, one after another, if they take it all; notes may stand below the last.
fn tables_of_stream(cells: &[Text]) -> Vec<Table> {
    let all: Vec<&Text> = cells.iter().collect();
    let words = strings(&all);
    let mut out = Vec::new();
    let mut at = 0;
    while at < all.len() && out.len() < MAX_TABLES {
        let rest = &words[at..];
        let one = || merged::solve(rest).or_else(|| stream::solve(rest, false));
        let Some(layout) = stream::solve(rest, true).or_else(one) else {
            break;
        };
        out.push(laid_out(&all[at..], &layout));
        at += layout.used;
    }
    let rest = all[at..].iter().filter(|t| !t.is_empty());
    let notes: Vec<Text> = rest.map(|t| (*t).clone()).collect();
    let noted = notes.first().is_none_or(|t| NOTE.is_match(t.as_str()));
    match out.last_mut() {
        Some(table) if noted && notes.iter().all(|t| !figures::is_numeric(t)) => table.notes.extend(notes),
        _ => out.clear(),
    }
    out
}

/// Most characters of a last cell that lost its bar.
const MAX_UNCLOSED: usize = 16;

/// The line right behind a block of bars that may be its last cell without its bar: a figure, or a few words.
fn unclosed(lines: &[Line], at: usize) -> Option<&Text> {
    let line = lines.get(at).filter(|l| !l.blank_before && !l.tab)?;
    let text = line.str();
    let plain = width(text) <= MAX_UNCLOSED && !text.contains(['。', '；', '，', '：', ':']) && !no_cell(text);
    (plain && !text.trim().is_empty()).then_some(&line.text)
}

/// The tables of a stream whose last cell stands behind it, if that cell completes the last row.
fn completed(cells: &[Text], last: &Text) -> Option<Vec<Table>> {
    let mut all = cells.to_vec();
    all.push(last.clone());
    let tables = tables_of_stream(&all);
    let end = tables.last()?;
    let cell = end.rows.last()?.cells.last()?;
    (end.notes.is_empty() && cell.text.as_str() == last.as_str()).then_some(tables)
}

/// The tables of a block of bars, with the number of lines it takes even if it holds none.
fn barred(lines: &[Line], texts: &[&Text], aside: &mut Vec<Discarded>) -> (usize, Vec<Table>) {
    let Some(block) = bars::read(texts, no_cell) else {
        return (1, Vec::new());
    };
    let mut n_lines = block.n_lines;
    let stream = block.stream.as_deref();
    let last = stream.and_then(|_| unclosed(lines, n_lines));
    let with = |numeric: bool| {
        let last = last.filter(|l| figures::is_numeric(l) == numeric)?;
        completed(stream?, last)
    };
    // A figure behind the last bar belongs to the row that it completes; words do if there is no table without them.
    let mut tables = with(true).unwrap_or_default();
    if !tables.is_empty() {
        n_lines += 1;
    } else {
        tables = stream.map(tables_of_stream).unwrap_or_default();
        if tables.is_empty() {
            tables = with(false).unwrap_or_default();
            n_lines += usize::from(!tables.is_empty());
        }
    }
    if tables.is_empty() && !block.gaps {
        tables = drawn::tables(block.rows, block.sequence);
    }
    if !tables.is_empty() {
        discard(block.rules, Reason::TableRule, aside);
    }
    (n_lines, tables)
}
