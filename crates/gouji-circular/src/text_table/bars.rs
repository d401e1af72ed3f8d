//! Tables drawn with bars: one row a line, markdown, rows broken inside their cells, or one cell a line.

use std::sync::LazyLock;

use gouji_document::Text;
use regex::Regex;

use crate::headings::{ends_in_noun, label};
use crate::parts::{join_onto, mark_range, squash, width};

/// A line of dashes and bars only.
static RULE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s|｜│┃:+\-—=─━┄┼┬┴├┤┌┐└┘╋┳┻┣┫┏┓┗┛]*[-—=─━┄]{2,}[\s|｜│┃:+\-—=─━┄┼┬┴├┤┌┐└┘╋┳┻┣┫┏┓┗┛]*$")
        .expect("a fixed pattern")
});

/// Longest line that may be the head of a table, in bytes.
const MAX_HEAD_LINE: usize = 2_000;
/// Most lines without a bar inside one row.
const MAX_OPEN: usize = 4;

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃')
}

/// A block of lines with bars, as rows of cells; what drew the table is in `rules`.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// Rows without their trailing empty cells.
    pub rows: Vec<Vec<Text>>,
    /// Bars and lines of dashes.
    pub rules: Text,
    /// Lines taken.
    pub n_lines: usize,
    /// One cell a line, and nothing says where a row begins: `rows` has one row.
    pub sequence: bool,
    /// One cell a line: all cells in order, empty ones included.
    pub stream: Option<Vec<Text>>,
    /// Of one cell a line, runs of bars (or bars on lines of their own) stand for empty cells, so that `rows` has lost their places.
    pub gaps: bool,
}

/// Whether the line has a bar or draws a rule.
pub(crate) fn has_bar(line: &str) -> bool {
    line.contains(is_bar)
}

/// Whether the line is a bar and nothing else.
pub(crate) fn is_lone(line: &str) -> bool {
    let mut chars = line.trim().chars();
    chars.next().is_some_and(is_bar) && chars.next().is_none()
}

/// The cells of a line of bars, those at its ends left out where they are empty.
fn cells_of(line: &str) -> Vec<&str> {
    let bare = line.trim_matches(|c: char| is_bar(c) || c.is_whitespace());
    bare.split(is_bar).map(str::trim).collect()
}

/// Whether a cell can be a head: words that no value follows.
fn is_head_word(cell: &str) -> bool {
    !cell.is_empty() && !cell.ends_with(['：', ':']) && !super::figures::is_numeric(cell)
}

/// Whether a line is the head of a table with its first row below: three cells of words or more above about as many, with figures in
/// two at least and in half of them.
pub(crate) fn heads_table(line: &str, next: &str) -> bool {
    if !are_rows(&[line, next]) {
        return false;
    }
    let (heads, row) = (cells_of(line), cells_of(next));
    heads.len() >= 3
        && heads.iter().all(|c| is_head_word(c))
        && heads.len().abs_diff(row.len()) <= 1
        && is_row_of_figures(&row)
}

/// The same for a head of two lines, the lower of which stands below some cells of the upper only: 序号 | 乡镇 | 总数 | 小学 | 初中 above 走读 | 寄宿 | 走读 | 寄宿.
pub(crate) fn heads_table_twice(line: &str, next: &str, third: &str) -> bool {
    if !are_rows(&[line, next, third]) {
        return false;
    }
    let (heads, lower, row) = (cells_of(line), cells_of(next), cells_of(third));
    heads.len() >= 3
        && heads.len() < row.len()
        && lower.len() >= 2
        && lower.len() < row.len()
        && heads.len() + lower.len() > row.len()
        && heads.iter().chain(&lower).all(|c| is_head_word(c))
        && is_row_of_figures(&row)
}

fn are_rows(lines: &[&str]) -> bool {
    lines.iter().all(|l| has_bar(l) && l.len() <= MAX_HEAD_LINE)
}

/// Whether two cells at least, and half of all, are figures.
fn is_row_of_figures(row: &[&str]) -> bool {
    let figure = |c: &&&str| super::figures::is_numeric(c) && c.contains(|c: char| c.is_ascii_digit());
    let figures = row.iter().filter(figure).count();
    figures >= 2 && figures * 2 >= row.len()
}

/// Reads the block that begins with the first line. `stop` tells lines that cannot be inside a cell.
pub(crate) fn read(lines: &[&Text], stop: impl Fn(&str) -> bool) -> Option<Block> {
    let n_lines = extent(lines, stop);
    let lines = &lines[..n_lines];
    let plain: Vec<&&Text> = lines.iter().filter(|l| !RULE.is_match(l)).collect();
    let leading = plain.iter().filter(|l| l.starts_with(is_bar)).count();
    let most_bars = plain.iter().map(|l| l.matches(is_bar).count()).max().unwrap_or(0);
    let mut block = Block {
        n_lines,
        ..Block::default()
    };
    if plain.len() < 2 {
        return None;
    }
    let closed = rows_closed(&plain);
    let mut reader = Reader {
        block: &mut block,
        closed,
        row: Vec::new(),
        cell: Text::default(),
        empty_closed: true,
        opener: false,
    };
    let one_a_line = most_bars <= 2 && plain.len() >= 4 && cells_per_line(&plain) <= 1;
    let lead_style = !closed && (leading * 3 >= plain.len() || one_a_line && leading >= 2);
    for line in lines {
        if RULE.is_match(line) {
            reader.end_row();
            mark_range(&mut reader.block.rules, line, 0..line.len());
            continue;
        }
        reader.line(line, lead_style, one_a_line);
    }
    reader.end_row();
    block.sequence = one_a_line && (leading < 2 || leading == plain.len());
    block.stream = stream(lines);
    if let Some(rows) = block.stream.as_deref().and_then(framed) {
        block.rows = rows;
        block.stream = None;
        block.sequence = false;
        trim_ends(&mut block.rows);
        return Some(block);
    }
    let lone = plain.iter().all(|l| is_lone(l) || !has_bar(l));
    block.gaps = block.stream.is_some() && (most_bars > 2 || lone);
    if block.sequence {
        let cells: Vec<Text> = block.rows.drain(..).flatten().collect();
        block.rows.push(cells);
    }
    trim_ends(&mut block.rows);
    Some(block)
}

/// Takes the empty cells off the ends of rows, and the rows in which nothing else stands.
fn trim_ends(rows: &mut Vec<Vec<Text>>) {
    for row in rows.iter_mut() {
        while row.last().is_some_and(|c| c.is_empty()) {
            row.pop();
        }
    }
    rows.retain(|r| !r.is_empty());
}

/// Whether each line is a row whose bars only close its cells, so that a bar at its beginning closes an empty one (a merged name):
/// lines with and without such a bar have equally many.
fn rows_closed(plain: &[&&Text]) -> bool {
    let bars = |l: &&&Text| l.matches(is_bar).count();
    let shut = |l: &&&Text| l.trim_end().ends_with(is_bar);
    let (led, bare): (Vec<&&Text>, Vec<&&Text>) = plain.iter().partition(|l| l.starts_with(is_bar));
    let Some(n_bars) = bare.first().map(bars) else {
        return false;
    };
    let alike = led.iter().filter(|l| bars(l) == n_bars && shut(l)).count();
    n_bars >= 3 && bare.len() >= 2 && bare.iter().all(|l| bars(l) == n_bars && shut(l)) && alike * 5 >= led.len() * 4
}

/// The cells of a block with at most one of them a line, each closed (or each opened) by its bar; a line of bars alone is empty
/// cells.
fn stream(lines: &[&Text]) -> Option<Vec<Text>> {
    // A dash or two before a bar say that there is nothing; more, or none before a bar, draw a rule.
    let bare = |l: &str| l.trim().trim_matches(is_bar).trim().chars().count();
    let drawn = |l: &str| RULE.is_match(l) && (bare(l) > 3 || !has_bar(l));
    let told: Vec<&&Text> = lines.iter().filter(|l| bare(l) > 0 && !drawn(l)).collect();
    let closed = told.iter().filter(|l| l.trim_end().ends_with(is_bar)).count();
    let opened = told.iter().filter(|l| l.trim_start().starts_with(is_bar)).count();
    let inner = |l: &&&Text| l.trim().trim_matches(is_bar).contains(is_bar);
    if told.len() < 6 || told.iter().any(inner) {
        return None;
    }
    let alone = lines.iter().filter(|l| is_lone(l)).count();
    let close = match (opened, closed) {
        // Bars on lines of their own part the cells.
        (0, 0) if alone * 5 >= told.len() * 4 => true,
        (0, n) if n * 5 >= told.len() * 4 => true,
        (n, m) if n == told.len() && (m == 0 || m == n) => false,
        _ => return None,
    };
    let both = !close && closed > 0;
    let (mut out, mut cell) = (Vec::new(), Text::default());
    for line in lines.iter().filter(|l| !drawn(l)) {
        let mut at = 0;
        // The dashes of a line that might be a rule are claimed as one.
        let word = |range: std::ops::Range<usize>| {
            let text = line.slice(range).trimmed();
            if RULE.is_match(line) {
                Text::synthetic(text.as_str())
            } else {
                text
            }
        };
        for (idx, (pos, bar)) in line.match_indices(is_bar).enumerate() {
            join_onto(&mut cell, &word(at..pos));
            at = pos + bar.len();
            // Between bars on both sides the first only opens.
            if close || both && idx > 0 || !(both || out.is_empty() && cell.is_empty()) {
                out.push(std::mem::take(&mut cell));
            }
        }
        join_onto(&mut cell, &word(at..line.len()));
    }
    if !cell.is_empty() {
        out.push(cell);
    }
    Some(out)
}

/// Fewest rows, the head among them, of a stream in which each is framed.
const MIN_FRAMED: usize = 3;

/// Longest row of such a stream, and most lengths that are tried.
const MAX_FRAME: usize = 200;
const MAX_FRAMES: usize = 24;

/// The rows of a stream in which each begins with a bar and ends with one (| a | b |, a bar or a cell a line): where the bar that opens
/// a row follows the one that closes the row before, an empty cell seems to stand at every row's beginning.
fn framed(cells: &[Text]) -> Option<Vec<Vec<Text>>> {
    if !cells.first()?.is_empty() {
        return None;
    }
    let opens = |row: &[Text]| row[0].is_empty();
    // What is cut off at the end is a row, too.
    let filled = |row: &&[Text]| row.len() > 1 && row[1..].iter().any(|c| !c.is_empty());
    let regular =
        |period: &usize| cells.chunks(*period).all(opens) && cells.chunks(*period).filter(filled).count() >= MIN_FRAMED;
    // A head whose cells span others is filled up at its end: the first empty cell need not begin a row.
    let empty = (3..cells.len().min(MAX_FRAME)).filter(|at| cells[*at].is_empty());
    let period = empty.take(MAX_FRAMES).find(regular)?;
    Some(cells.chunks(period).map(|r| r[1..].to_vec()).collect())
}

fn cells_per_line(plain: &[&&Text]) -> usize {
    plain
        .iter()
        .map(|l| l.split(is_bar).filter(|c| !c.trim().is_empty()).count())
        .max()
        .unwrap_or(0)
}

/// Whether a line after a closed row stands between two tables: a numbered heading, the name of a table, or a line that
/// announces one.
fn parts_tables(line: &str) -> bool {
    let end = line.trim_end();
    let title = label(end).map(|l| &end[l.title_at..]);
    title.is_some_and(|t| width(t) >= 4 && (t.ends_with(['：', ':']) || ends_in_noun(t)))
        || width(end) >= 8 && (end.ends_with(['：', ':', '。']) || super::is_caption(end))
}

/// Whether the first cell of a row is that of totals.
fn closes_table(line: &str) -> bool {
    let bare = line.trim().trim_start_matches(is_bar);
    super::proof::is_total_label(bare.split(is_bar).next().unwrap_or(""))
}

/// How many lines belong to the block: those with bars, and short runs between them that a cell left open.
fn extent(lines: &[&Text], stop: impl Fn(&str) -> bool) -> usize {
    let mut end = 0;
    let mut at = 0;
    while at < lines.len() && at <= end + MAX_OPEN {
        if has_bar(lines[at]) || RULE.is_match(lines[at]) {
            let open = at == end || lines[end..at].iter().all(|l| width(l) <= 200);
            // Below the row of totals the head of another table.
            let another = at > 1
                && at == end
                && closes_table(lines[at - 1])
                && lines.get(at + 1).is_some_and(|next| heads_table(lines[at], next));
            if !open || another {
                break;
            }
            end = at + 1;
        } else if stop(lines[at]) || at > 0 && lines[at - 1].trim_end().ends_with(is_bar) && parts_tables(lines[at]) {
            break;
        }
        at += 1;
    }
    end
}

struct Reader<'a> {
    block: &'a mut Block,
    /// Bars close cells, at the beginning of a line too.
    closed: bool,
    row: Vec<Text>,
    cell: Text,
    /// The last token was a bar, and no cell has begun since.
    empty_closed: bool,
    /// The row has only its opening bar so far.
    opener: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: &Text, lead_style: bool, one_a_line: bool) {
        let leads = line.starts_with(is_bar);
        let begins = if lead_style {
            leads && self.empty_closed && !self.opener
        } else if one_a_line {
            true
        } else {
            has_bar(line)
        };
        if begins {
            self.end_row();
        }
        let mut at = 0;
        for (pos, c) in line.char_indices() {
            if !is_bar(c) {
                continue;
            }
            self.word(&line.slice(at..pos).trimmed());
            at = pos + c.len_utf8();
            mark_range(&mut self.block.rules, line, pos..at);
            let opens = pos == 0 && begins && leads && !self.closed;
            if opens {
                self.opener = true;
                self.empty_closed = true;
            } else {
                self.close();
            }
        }
        self.word(&line.slice(at..line.len()).trimmed());
    }

    fn word(&mut self, text: &Text) {
        if text.is_empty() {
            return;
        }
        join_onto(&mut self.cell, text);
        self.empty_closed = false;
        self.opener = false;
    }

    fn close(&mut self) {
        self.row.push(std::mem::take(&mut self.cell));
        self.empty_closed = true;
        self.opener = false;
    }

    fn end_row(&mut self) {
        if !self.cell.is_empty() {
            self.close();
        }
        if !self.row.is_empty() {
            self.block.rows.push(std::mem::take(&mut self.row));
        }
        self.empty_closed = true;
        self.opener = false;
    }
}

/// A row of labels and values (`得分： | 80 | 扣分： | 20`) as header and data, if it is one. A lone first cell keeps an
/// empty head.
pub(crate) fn labelled(row: &[Text]) -> Option<(Vec<Text>, Vec<Text>)> {
    let is_label = |t: &Text| width(t) <= 20 && t.trim_end().ends_with(['：', ':']);
    let lead = usize::from(!row.is_empty() && row.len() % 2 == 1 && !is_label(&row[0]));
    let pairs = row[lead..].chunks(2);
    if row.len() < 4 || pairs.len() < 2 {
        return None;
    }
    let fits = row[lead..]
        .chunks(2)
        .all(|p| p.len() == 2 && is_label(&p[0]) && !is_label(&p[1]) && !p[1].is_empty());
    if !fits {
        return None;
    }
    let (mut header, mut values) = (Vec::new(), Vec::new());
    if lead == 1 {
        header.push(Text::default());
        values.push(row[0].clone());
    }
    for pair in row[lead..].chunks(2) {
        let whole = 0..pair[0].len();
        let end = pair[0].trim_end_matches([':', '：', ' ']).len();
        header.push(crate::parts::part_of(&pair[0], whole, 0..end));
        values.push(pair[1].clone());
    }
    Some((header, values))
}

/// Whether a row is a remark about the table (`计算公式： | …`).
pub(crate) fn is_remark(row: &[Text]) -> bool {
    row.len() == 2 && squash(&row[0]).ends_with(['：', ':']) && width(&row[0]) <= 12
}
