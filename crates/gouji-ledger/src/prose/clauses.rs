//! Running text as clauses and mentions.
//!
//! A passage is cut at its punctuation into clauses; a parenthesis that holds figures becomes clauses
//! of its own, one level deeper, hung on the mention before it. A parenthesis without figures, a title in
//! 《》 and a short quotation are words. Every quantity is a mention with the words before and behind it.

use std::ops::Range;

use gouji_document::Span;
use gouji_quantity::{Approx, Decimal, UnitClass};

use crate::context::{Context, LocalFigure, Passage};
use crate::{FigureClass, FigureIdx, Modality};

/// Deepest nesting of parentheses that is read; deeper ones are words.
const MAX_DEPTH: u8 = 4;
/// Longest quotation (in characters) that is taken as words with its punctuation.
const MAX_QUOTE: usize = 40;
/// Longest title between 《 and 》, in bytes.
const MAX_TITLE: usize = 400;

/// How many characters before a number of days are read for what the days were like.
const MAX_DAY_WORDS: usize = 12;

/// What parts two clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delim {
    /// Start of the passage or parenthesis.
    Start,
    Comma,
    /// 、
    Dun,
    Semi,
    Colon,
    /// 。！？
    Stop,
    /// End of the passage or parenthesis.
    End,
}

/// A stretch of text between two marks.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// Bytes of the passage's text, deeper parentheses included.
    pub range: Range<usize>,
    pub depth: u8,
    /// Its mentions at this depth, as indices into [`Prose::mentions`].
    pub mentions: Vec<usize>,
    pub before: Delim,
    pub after: Delim,
    /// Number of the sentence in the passage, counted by 。 at depth 0.
    pub sentence: usize,
    /// Number of the parenthesis it is in, 0 for none.
    pub group: usize,
}

/// A parenthesis with figures.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The mention right before it.
    pub host: Option<usize>,
    /// The group that holds it, 0 for none.
    pub parent: usize,
    pub range: Range<usize>,
    /// The clauses directly inside it, in order.
    pub clauses: Vec<usize>,
}

/// A quantity in running text.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub fig: FigureIdx,
    /// Bytes of the passage's text.
    pub digits: Range<usize>,
    pub full: Range<usize>,
    pub clause: usize,
    /// Words before it, back to the mention or mark before, without parentheses that hold figures.
    pub label: String,
    /// Words behind it, up to the next mention or mark.
    pub tail: String,
    /// Where those words end, in bytes of the passage's text.
    pub tail_end: usize,
    pub class: FigureClass,
    pub unit: String,
    pub unit_class: Option<UnitClass>,
    /// In base units.
    pub value: Decimal,
    pub decimals: u32,
    /// It is stated as a plain fact, exactly.
    pub plain: bool,
    pub span: Span,
    /// The first parenthesis with figures that hangs on it.
    pub hung: Option<usize>,
}

impl Mention {
    /// A count or an amount: something that can be summed.
    pub fn is_amount(&self) -> bool {
        self.plain
            // A count without a measure word counts the names before it (甲、乙两市), nothing that can be summed.
            && !(self.class == FigureClass::Count && self.unit.is_empty())
            && matches!(
                self.class,
                FigureClass::Count | FigureClass::Money | FigureClass::Measure
            )
    }

    /// A percentage or permillage.
    pub fn is_rate(&self) -> bool {
        self.plain && self.class == FigureClass::Rate
    }
}

/// A passage read into clauses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prose {
    pub clauses: Vec<Clause>,
    pub mentions: Vec<Mention>,
    /// Index 0 stands for the passage itself.
    pub groups: Vec<Group>,
}

impl Prose {
    /// The clause behind the last of a clause's record: the next in its group behind a ； or 。.
    pub fn end_of_record(&self, clause: usize) -> usize {
        let own = &self.clauses[clause];
        (clause + 1..self.clauses.len())
            .find(|c| {
                let other = &self.clauses[*c];
                other.group == own.group && matches!(other.before, Delim::Semi | Delim::Stop)
                    || other.sentence != own.sentence
            })
            .unwrap_or(self.clauses.len())
    }

    /// The clauses directly inside a group, in order.
    pub fn clauses_of(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        self.groups[group].clauses.iter().copied()
    }
}

/// Cuts a passage.
pub(crate) fn read(cx: &Context, passage: &Passage) -> Prose {
    let text = passage.text.as_str();
    let mut prose = Prose {
        groups: vec![Group {
            host: None,
            parent: 0,
            range: 0..text.len(),
            clauses: Vec::new(),
        }],
        ..Prose::default()
    };
    let marks = marks(cx, passage);
    let mut reader = Reader {
        cx,
        passage,
        text,
        next_figure: 0,
        sentence: 0,
        prose: &mut prose,
    };
    reader.run(&marks);
    for clause in 0..prose.clauses.len() {
        let c = &mut prose.clauses[clause];
        c.mentions.sort_unstable();
        for m in c.mentions.clone() {
            prose.mentions[m].clause = clause;
        }
        let group = prose.clauses[clause].group;
        prose.groups[group].clauses.push(clause);
    }
    for (idx, group) in prose.groups.iter().enumerate() {
        if let Some(host) = group.host {
            prose.mentions[host].hung.get_or_insert(idx);
        }
    }
    label_mentions(text, &mut prose);
    prose
}

/// The text from byte `at`, no more than `len` bytes of it: a search that fails must not cost the whole passage each time.
fn near(text: &str, at: usize, len: usize) -> &str {
    &text[at..text.floor_char_boundary(at + len)]
}

/// A structural mark of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Cut(Delim),
    Open,
    Close,
}

/// The structural marks, in order, those inside titles, quotations and wordy parentheses left out.
fn marks(cx: &Context, passage: &Passage) -> Vec<(Range<usize>, Mark)> {
    let text = passage.text.as_str();
    let parens = paren_pairs(text);
    let mut out = Vec::new();
    let mut skip_to = 0;
    let mut depth = 0_u8;
    let mut closers: Vec<usize> = Vec::new();
    let mut figure = 0;
    let mut previous = '\n';
    for (at, c) in text.char_indices() {
        let last = std::mem::replace(&mut previous, c);
        if at < skip_to {
            continue;
        }
        // A bracket that was passed over inside a quotation or a figure (其中“甲5个）乙”) closes all the same.
        while let Some(close) = closers.pop_if(|close| *close < at) {
            depth -= 1;
            let bracket = text[close..].chars().next().map_or(0, char::len_utf8);
            out.push((close..close + bracket, Mark::Close));
        }
        while figure < passage.figures.len() && passage.figures[figure].full.end <= at {
            figure += 1;
        }
        if passage.figures.get(figure).is_some_and(|f| f.full.contains(&at)) {
            continue;
        }
        let here = at..at + c.len_utf8();
        let next = text[here.end..].chars().next();
        let mark = match c {
            '《' => {
                if let Some(len) = near(text, at, MAX_TITLE).find('》') {
                    skip_to = at + len;
                }
                continue;
            }
            '“' => {
                if let Some(len) = near(text, at, 4 * MAX_QUOTE + 4).find('”')
                    && text[at..at + len].chars().count() <= MAX_QUOTE
                {
                    skip_to = at + len;
                }
                continue;
            }
            '（' | '(' | '[' | '［' | '【' => {
                let Ok(pair) = parens.binary_search_by_key(&at, |(open, _)| *open) else {
                    continue;
                };
                let close = parens[pair].1;
                let holds_figures = passage.figures[figure..]
                    .iter()
                    .take_while(|f| f.full.start < close)
                    .any(|f| is_quantity(cx, text, f));
                if !holds_figures || depth >= MAX_DEPTH {
                    skip_to = close + text[close..].chars().next().map_or(1, char::len_utf8);
                    continue;
                }
                depth += 1;
                closers.push(close);
                Mark::Open
            }
            '）' | ')' | ']' | '］' | '】' => {
                if closers.last() == Some(&at) {
                    closers.pop();
                    depth -= 1;
                    Mark::Close
                } else {
                    continue;
                }
            }
            // 共计9个，（微信6个、微博3个）: a mark typed before a parenthesis does not part it from its figure.
            '，' | ',' if next.is_some_and(|n| n == '（' || n == '(') && parens_open_at(&parens, here.end) => {
                continue;
            }
            '，' | ',' => Mark::Cut(Delim::Comma),
            '、' => Mark::Cut(Delim::Dun),
            '；' | ';' => Mark::Cut(Delim::Semi),
            '：' | ':' => Mark::Cut(Delim::Colon),
            '。' | '！' | '？' | '!' | '?' | '\n' => Mark::Cut(Delim::Stop),
            // A half-width stop ends a sentence only between words, never in a number or an address.
            '.' | '．' if !last.is_ascii_alphanumeric() && next.is_none_or(|n| !n.is_ascii_alphanumeric()) => {
                Mark::Cut(Delim::Stop)
            }
            '.' if last == '%' => Mark::Cut(Delim::Stop),
            // A blank behind a figure stands for a lost mark: 来件75件 其中咨询40件 投诉35件.
            ' ' | '\u{3000}'
                if figure > 0
                    && passage.figures[figure - 1].full.end == at
                    && is_quantity(cx, text, &passage.figures[figure - 1])
                    && next.is_some_and(|n| n.is_alphabetic() && !n.is_ascii()) =>
            {
                Mark::Cut(Delim::Dun)
            }
            _ => continue,
        };
        out.push((here, mark));
    }
    out
}

/// Offsets of matching parentheses, full and half width and square brackets taken as one kind, in the order of the opening ones.
fn paren_pairs(text: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '[' | '［' | '【' => open.push(at),
            '）' | ')' | ']' | '］' | '】' => {
                if let Some(o) = open.pop() {
                    pairs.push((o, at));
                }
            }
            // An opening that was never closed does not reach over a sentence.
            '。' => open.clear(),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

fn is_quantity(cx: &Context, text: &str, local: &LocalFigure) -> bool {
    let figure = cx.figure(local.idx);
    figure.stated.is_some()
        && match figure.class {
            FigureClass::Date
            | FigureClass::Period
            | FigureClass::DocumentNumber
            | FigureClass::NamePart
            | FigureClass::Label => false,
            FigureClass::Duration => counts_days(cx, text, local),
            _ => true,
        }
}

/// 监测182天，优良175天，轻度污染7天: days that were counted by what they were like, which is no length of time.
fn counts_days(cx: &Context, text: &str, local: &LocalFigure) -> bool {
    const LIKE: [&str; 7] = ["优", "良", "污染", "达标", "超标", "监测", "天数"];
    let days = cx.figure(local.idx).unit.as_ref().is_some_and(|u| u.name == "天");
    let before = &text[..local.full.start];
    let near = before
        .char_indices()
        .rev()
        .take(MAX_DAY_WORDS)
        .last()
        .map_or(0, |(at, _)| at);
    let words = before[near..]
        .rsplit(['，', '。', '；', '、', '：', ',', ';', ':', '（', '('])
        .next();
    days && words.is_some_and(|w| LIKE.iter().any(|l| w.contains(l)) && !w.contains("连续"))
}

struct Reader<'a, 'b> {
    cx: &'a Context<'a>,
    passage: &'a Passage<'a>,
    text: &'a str,
    next_figure: usize,
    sentence: usize,
    prose: &'b mut Prose,
}

/// Whether a parenthesis that is closed again opens at a byte.
fn parens_open_at(parens: &[(usize, usize)], at: usize) -> bool {
    parens.binary_search_by_key(&at, |(open, _)| *open).is_ok()
}

/// A clause that is still open.
struct Open {
    start: usize,
    before: Delim,
    group: usize,
    depth: u8,
    mentions: Vec<usize>,
}

impl Reader<'_, '_> {
    fn run(&mut self, marks: &[(Range<usize>, Mark)]) {
        let mut stack = vec![Open {
            start: 0,
            before: Delim::Start,
            group: 0,
            depth: 0,
            mentions: Vec::new(),
        }];
        for (range, mark) in marks {
            self.take_figures(range.start, &mut stack);
            match mark {
                Mark::Open => {
                    let Some(top) = stack.last() else { break };
                    let (group, depth) = (top.group, top.depth + 1);
                    self.prose.groups.push(Group {
                        host: top.mentions.last().copied(),
                        parent: group,
                        range: range.clone(),
                        clauses: Vec::new(),
                    });
                    stack.push(Open {
                        start: range.end,
                        before: Delim::Start,
                        group: self.prose.groups.len() - 1,
                        depth,
                        mentions: Vec::new(),
                    });
                }
                Mark::Close => {
                    if stack.len() > 1
                        && let Some(open) = stack.pop()
                    {
                        self.prose.groups[open.group].range.end = range.end;
                        self.close(open, range.start, Delim::End);
                    }
                }
                Mark::Cut(delim) => {
                    let Some(open) = stack.pop() else { break };
                    let (group, depth) = (open.group, open.depth);
                    self.close(open, range.start, *delim);
                    if *delim == Delim::Stop && depth == 0 {
                        self.sentence += 1;
                    }
                    stack.push(Open {
                        start: range.end,
                        before: *delim,
                        group,
                        depth,
                        mentions: Vec::new(),
                    });
                }
            }
        }
        self.take_figures(self.text.len(), &mut stack);
        while let Some(open) = stack.pop() {
            if open.group > 0 {
                self.prose.groups[open.group].range.end = self.text.len();
            }
            self.close(open, self.text.len(), Delim::End);
        }
        // Clauses were closed inside out; put them in the order of the text, outer before inner.
        self.prose.clauses.sort_by_key(|c| (c.range.start, c.depth));
    }

    fn close(&mut self, open: Open, end: usize, after: Delim) {
        self.prose.clauses.push(Clause {
            range: open.start..end.max(open.start),
            depth: open.depth,
            mentions: open.mentions,
            before: open.before,
            after,
            sentence: self.sentence,
            group: open.group,
        });
    }

    fn take_figures(&mut self, up_to: usize, stack: &mut [Open]) {
        while let Some(local) = self.passage.figures.get(self.next_figure)
            && local.full.start < up_to
        {
            self.next_figure += 1;
            if !is_quantity(self.cx, self.text, local) {
                continue;
            }
            let figure = self.cx.figure(local.idx);
            let Some(stated) = &figure.stated else { continue };
            let Some(value) = stated.base() else { continue };
            let Some(top) = stack.last_mut() else { continue };
            self.prose.mentions.push(Mention {
                fig: local.idx,
                digits: local.digits.clone(),
                full: local.full.clone(),
                clause: 0,
                label: String::new(),
                tail: String::new(),
                tail_end: local.full.end,
                class: match figure.class {
                    FigureClass::Duration => FigureClass::Count,
                    class => class,
                },
                unit: figure.unit.as_ref().map(|u| u.name.clone()).unwrap_or_default(),
                unit_class: figure.unit.as_ref().map(|u| u.class),
                value,
                decimals: stated.decimals,
                plain: figure.modality == Modality::Fact && stated.approx == Approx::Exact,
                span: figure.span,
                hung: None,
            });
            top.mentions.push(self.prose.mentions.len() - 1);
        }
    }
}

/// 占事故总数的30.08%和死亡人数的15.38%: what is tied to a share and names a whole of its own is a share as well, and is labelled so.
fn continued_share(prose: &Prose, m: usize, label: &str) -> Option<String> {
    let before = &prose.mentions[m.checked_sub(1)?];
    let is_share = |m: &Mention| m.is_rate() && m.label.contains('占') && m.label.ends_with('的');
    let whole = ["和", "及", "与", "以及"]
        .iter()
        .find_map(|w| label.strip_prefix(w))
        .unwrap_or(label);
    let named = whole.chars().count() >= 3 && whole.ends_with('的') && !whole.contains('占');
    (named && prose.mentions[m].is_rate() && is_share(before)).then(|| format!("占{whole}"))
}

/// Fills label and tail of each mention from the words of its clause.
fn label_mentions(text: &str, prose: &mut Prose) {
    for clause_idx in 0..prose.clauses.len() {
        let clause = prose.clauses[clause_idx].clone();
        // Parentheses with figures inside this clause, to be left out of the words.
        let first = prose.groups[1..].partition_point(|g| g.range.start < clause.range.start) + 1;
        let holes: Vec<Range<usize>> = prose.groups[first..]
            .iter()
            .take_while(|g| g.range.start < clause.range.end)
            .filter(|g| g.parent == clause.group)
            .map(|g| g.range.clone())
            .collect();
        let words = |from: usize, to: usize| -> String {
            let mut out = String::new();
            let mut at = from;
            let first = holes.partition_point(|hole| hole.start < from);
            for hole in holes[first..].iter().take_while(|hole| hole.start < to) {
                if hole.start >= at && hole.end <= to {
                    out.push_str(&text[at..hole.start]);
                    at = hole.end;
                }
            }
            if at < to {
                out.push_str(&text[at..to]);
            }
            out.trim().to_owned()
        };
        let mut from = clause.range.start;
        for (i, &m) in clause.mentions.iter().enumerate() {
            let full = prose.mentions[m].full.clone();
            let label = words(from, full.start.max(from));
            let tied = i > 0 || clause.before == Delim::Dun;
            let share = tied.then(|| continued_share(prose, m, &label)).flatten();
            prose.mentions[m].label = share.unwrap_or(label);
            let to = clause
                .mentions
                .get(i + 1)
                .map_or(clause.range.end, |&n| prose.mentions[n].full.start);
            prose.mentions[m].tail = words(full.end, to.max(full.end));
            prose.mentions[m].tail_end = to.max(full.end);
            from = full.end;
        }
    }
}
