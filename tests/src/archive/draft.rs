//! A circular before it is written: blocks of words and figures, and the relations among the figures.
//!
//! Figures are exact (scaled whole numbers), so a relation can be judged anew after one of them has been changed.

use std::ops::Range;

use super::style::Style;

/// Index into [`Draft::figures`].
pub type FigureId = usize;

/// One printed figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its value times ten to the power of `decimals`.
    pub scaled: i64,
    /// Decimals printed.
    pub decimals: u32,
    /// Printed with thousands separators.
    pub grouped: bool,
    /// `%` for a rate in running text, else nothing.
    pub suffix: &'static str,
}

impl Figure {
    /// As printed.
    #[must_use]
    pub fn printed(&self) -> String {
        printed(i128::from(self.scaled), self.decimals, self.grouped) + self.suffix
    }
}

/// A scaled number as printed.
#[must_use]
pub fn printed(scaled: i128, decimals: u32, grouped: bool) -> String {
    let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = decimals as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let mut out = String::from(if scaled < 0 { "-" } else { "" });
    for (i, c) in whole.char_indices() {
        if grouped && i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if decimals > 0 {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A figure.
    Figure(FigureId),
}

/// Words and figures in order.
pub type Words = Vec<Piece>;

/// A part of a circular.
#[derive(Debug, Clone)]
pub enum Block {
    /// A centred line: title, caption of a table.
    Centred(String),
    /// A line at the left margin: document number, addressee.
    Plain(String),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Words),
    /// A table.
    Table(Table),
    /// A line at the right margin: signature, date.
    Right(String),
}

/// A table whose last row is a total.
#[derive(Debug, Clone)]
pub struct Table {
    /// Header cells.
    pub header: Vec<String>,
    /// Rows of as many cells as the header has.
    pub rows: Vec<Vec<Words>>,
    /// The first two cells of the last row are one.
    pub total_spans_two: bool,
}

/// The relation kinds of the public contract that the generator makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A total equals its parts.
    Sum,
    /// a = b − c.
    Difference,
    /// A percentage equals part ÷ whole.
    Ratio,
    /// Shares add to 100 %.
    ShareSum,
    /// A number of names.
    Count,
    /// A total in a table.
    TableTotal,
    /// Text against table.
    TextTable,
    /// Growth.
    Change,
    /// One figure stated twice.
    Repeat,
    /// How many reach a bar.
    Bound,
}

impl Kind {
    /// The name in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Difference => "difference",
            Self::Ratio => "ratio",
            Self::ShareSum => "share-sum",
            Self::Count => "count",
            Self::TableTotal => "table-total",
            Self::TextTable => "text-table",
            Self::Change => "change",
            Self::Repeat => "repeat",
            Self::Bound => "bound",
        }
    }
}

/// How the stated figure follows from others.
#[derive(Debug, Clone)]
pub enum Formula {
    /// Their sum.
    Sum(Vec<FigureId>),
    /// The first less the others.
    Less(FigureId, Vec<FigureId>),
    /// The first less the second, over the third, in percent.
    Ratio(FigureId, Option<FigureId>, FigureId),
    /// (Now − before) ÷ before, in percent.
    Growth(FigureId, FigureId),
    /// They add to 100 %; nothing is stated.
    Shares(Vec<FigureId>),
    /// This many names are listed.
    Names(i64),
    /// The same figure.
    Same(FigureId),
    /// This many of them are at or above a bar.
    Reach(Vec<FigureId>, i64),
}

/// One tie.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its kind.
    pub kind: Kind,
    /// The stated figure; `None` for shares.
    pub stated: Option<FigureId>,
    /// What it must equal.
    pub formula: Formula,
}

/// The verdicts of the public contract that occur here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Equal, or rounded half up.
    Holds,
    /// Cut off, rounded up, or within the rounding of the terms.
    Rounding,
    /// Neither.
    Broken,
}

impl Verdict {
    /// The name in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Rounding => "rounding",
            Self::Broken => "broken",
        }
    }
}

/// A circular before it is written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The issuer's habits.
    pub style: Style,
    /// Parts in order.
    pub blocks: Vec<Block>,
    /// Figures; each is printed once.
    pub figures: Vec<Figure>,
    /// Relations among them.
    pub relations: Vec<Relation>,
}

impl Draft {
    /// An empty circular.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self {
            style,
            blocks: Vec::new(),
            figures: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// A count.
    pub fn count(&mut self, value: i64) -> FigureId {
        self.figure(value, 0, "")
    }

    /// A figure of the given precision.
    pub fn figure(&mut self, scaled: i64, decimals: u32, suffix: &'static str) -> FigureId {
        // A rate has no thousands; small counts need no separators.
        let grouped = self.style.grouped && suffix.is_empty();
        self.figures.push(Figure {
            scaled,
            decimals,
            grouped,
            suffix,
        });
        self.figures.len() - 1
    }

    /// The rate of a part in a whole, in the issuer's precision and rounding, with its relation.
    pub fn rate(&mut self, part: FigureId, less: Option<FigureId>, whole: FigureId, suffix: &'static str) -> FigureId {
        let formula = Formula::Ratio(part, less, whole);
        let stated = self.percent(&formula, suffix);
        self.relations.push(Relation {
            kind: Kind::Ratio,
            stated: Some(stated),
            formula,
        });
        stated
    }

    /// The growth from before to now, with its relation.
    pub fn growth(&mut self, now: FigureId, before: FigureId) -> FigureId {
        let formula = Formula::Growth(now, before);
        let stated = self.percent(&formula, "%");
        self.relations.push(Relation {
            kind: Kind::Change,
            stated: Some(stated),
            formula,
        });
        stated
    }

    fn percent(&mut self, formula: &Formula, suffix: &'static str) -> FigureId {
        let (n, d) = self.true_percent(formula).unwrap_or((0, 1));
        let at = |decimals: u32| {
            let scale = 10_i128.pow(decimals);
            if self.style.cuts_off {
                n * scale / d
            } else {
                (2 * n * scale + d) / (2 * d)
            }
        };
        // Offices print 99.96% rather than a 100% that is none, and 0.04% rather than 0.
        let false_whole = |decimals: &u32| {
            let scaled = at(*decimals);
            (scaled == 0 && n > 0) || (scaled == 100 * 10_i128.pow(*decimals) && n < 100 * d)
        };
        let first = self.style.decimals;
        let decimals = (first..first + 4)
            .find(|decimals| !false_whole(decimals))
            .unwrap_or(first);
        let scaled = i64::try_from(at(decimals)).unwrap_or(0);
        self.figure(scaled, decimals, suffix)
    }

    /// Adds a relation.
    pub fn relate(&mut self, kind: Kind, stated: FigureId, formula: Formula) {
        self.relations.push(Relation {
            kind,
            stated: Some(stated),
            formula,
        });
    }

    /// A template with `{}` for each figure, in the issuer's punctuation.
    #[must_use]
    pub fn say(&self, template: &str, figures: &[FigureId]) -> Words {
        let mut words = Vec::new();
        let mut figures = figures.iter();
        for (i, text) in template.split("{}").enumerate() {
            if i > 0 {
                words.extend(figures.next().map(|f| Piece::Figure(*f)));
            }
            if !text.is_empty() {
                words.push(Piece::Text(self.style.punctuated(text)));
            }
        }
        words
    }

    /// The text of words.
    #[must_use]
    pub fn text_of(&self, words: &[Piece]) -> String {
        words
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Figure(id) => self.figures[*id].printed(),
            })
            .collect()
    }

    /// True value of a percentage, as a fraction.
    fn true_percent(&self, formula: &Formula) -> Option<(i128, i128)> {
        let value = |id: &FigureId| i128::from(self.figures[*id].scaled);
        let (n, d) = match formula {
            Formula::Ratio(part, less, whole) => (value(part) - less.as_ref().map_or(0, value), value(whole)),
            Formula::Growth(now, before) => ((value(now) - value(before)).abs(), value(before)),
            _ => return None,
        };
        (d > 0).then_some((n * 100, d))
    }

    /// What the figures give, as printed, and whether the stated figure agrees.
    #[must_use]
    pub fn judge(&self, relation: &Relation) -> (Verdict, String) {
        let value = |id: &FigureId| i128::from(self.figures[*id].scaled);
        if let Formula::Shares(shares) = &relation.formula {
            // Shares of different precision are brought to the finest; each may be off by half a unit of its own.
            let decimals = shares.iter().map(|s| self.figures[*s].decimals).max().unwrap_or(0);
            let unit = |id: &FigureId| 10_i128.pow(decimals - self.figures[*id].decimals);
            let sum: i128 = shares.iter().map(|s| value(s) * unit(s)).sum();
            let gap = (100 * 10_i128.pow(decimals) - sum).abs();
            let terms: i128 = shares.iter().map(unit).sum();
            let verdict = match gap {
                gap if 2 * gap <= terms => Verdict::Holds,
                gap if gap < terms => Verdict::Rounding,
                _ => Verdict::Broken,
            };
            return (verdict, printed(sum, decimals, false) + "%");
        }
        let Some(stated) = relation.stated.map(|id| &self.figures[id]) else {
            return (Verdict::Holds, String::new());
        };
        let said = i128::from(stated.scaled);
        let as_printed = |scaled| printed(scaled, stated.decimals, stated.grouped) + stated.suffix;
        if let Some((n, d)) = self.true_percent(&relation.formula) {
            let scale = 10_i128.pow(stated.decimals);
            let half_up = (2 * n * scale + d) / (2 * d);
            let verdict = match (said * d - n * scale).abs() {
                _ if said == half_up => Verdict::Holds,
                gap if gap < d => Verdict::Rounding,
                _ => Verdict::Broken,
            };
            return (verdict, as_printed(half_up));
        }
        let (expected, terms) = match &relation.formula {
            Formula::Sum(parts) => (parts.iter().map(value).sum(), parts.len()),
            Formula::Less(whole, parts) => (value(whole) - parts.iter().map(value).sum::<i128>(), parts.len() + 1),
            Formula::Names(n) => (i128::from(*n), 0),
            Formula::Same(other) => (value(other), 0),
            Formula::Reach(cells, bar) => (cells.iter().filter(|c| value(c) >= i128::from(*bar)).count() as i128, 0),
            // A percentage of nothing says nothing.
            Formula::Ratio(..) | Formula::Growth(..) | Formula::Shares(_) => return (Verdict::Holds, String::new()),
        };
        let gap = (said - expected).abs();
        let slack = if stated.decimals > 0 { terms as i128 + 1 } else { 0 };
        let verdict = match gap {
            0 => Verdict::Holds,
            gap if 2 * gap <= slack => Verdict::Rounding,
            _ => Verdict::Broken,
        };
        (verdict, as_printed(expected))
    }

    /// The figures that a relation ties.
    #[must_use]
    pub fn members(relation: &Relation) -> Vec<FigureId> {
        let mut members: Vec<FigureId> = relation.stated.into_iter().collect();
        match &relation.formula {
            Formula::Sum(parts) | Formula::Shares(parts) | Formula::Reach(parts, _) => members.extend(parts),
            Formula::Less(whole, parts) => {
                members.push(*whole);
                members.extend(parts);
            }
            Formula::Ratio(part, less, whole) => {
                members.push(*part);
                members.extend(less);
                members.push(*whole);
            }
            Formula::Growth(now, before) => members.extend([now, before]),
            Formula::Names(_) => {}
            Formula::Same(other) => members.push(*other),
        }
        members
    }
}

/// A text with the place of each figure in it, as byte ranges.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Place of each figure, by id; `None` for one that is not printed.
    pub places: Vec<Option<Range<usize>>>,
}

impl Rendered {
    /// Nothing yet, with room for the figures of a draft.
    #[must_use]
    pub fn new(draft: &Draft) -> Self {
        Self {
            text: String::new(),
            places: vec![None; draft.figures.len()],
        }
    }

    /// Appends words.
    pub fn words(&mut self, draft: &Draft, words: &[Piece]) {
        for piece in words {
            match piece {
                Piece::Text(text) => self.text.push_str(text),
                Piece::Figure(id) => {
                    let start = self.text.len();
                    self.text.push_str(&draft.figures[*id].printed());
                    self.places[*id] = Some(start..self.text.len());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let mut style = Style::of_issuer(1, 1);
        (style.decimals, style.cuts_off, style.grouped) = (1, false, false);
        Draft::new(style)
    }

    #[test]
    fn figures_are_printed_with_separators_and_decimals() {
        assert_eq!(printed(1_234_567, 2, true), "12,345.67");
        assert_eq!(printed(5, 2, false), "0.05");
        assert_eq!(printed(123_456, 0, true), "123,456");
        assert_eq!(printed(999, 0, true), "999");
    }

    #[test]
    fn a_sum_holds_until_a_part_is_changed() {
        let mut draft = draft();
        let (total, a, b) = (draft.count(30), draft.count(12), draft.count(18));
        draft.relate(Kind::Sum, total, Formula::Sum(vec![a, b]));
        assert_eq!(draft.judge(&draft.relations[0]), (Verdict::Holds, "30".to_owned()));
        draft.figures[b].scaled = 13;
        assert_eq!(draft.judge(&draft.relations[0]), (Verdict::Broken, "25".to_owned()));
    }

    #[test]
    fn a_rate_that_is_cut_off_is_rounding_and_one_further_off_is_broken() {
        let mut draft = draft();
        let (part, whole) = (draft.count(199), draft.count(205));
        let rate = draft.rate(part, None, whole, "%");
        let verdict = |draft: &Draft| draft.judge(&draft.relations[0]);
        assert_eq!(
            (draft.figures[rate].printed().as_str(), verdict(&draft).0),
            ("97.1%", Verdict::Holds)
        );
        draft.figures[rate].scaled = 970;
        assert_eq!(verdict(&draft), (Verdict::Rounding, "97.1%".to_owned()));
        draft.figures[rate].scaled = 969;
        assert_eq!(verdict(&draft).0, Verdict::Broken);
    }

    #[test]
    fn a_rate_short_of_100_is_never_printed_as_100() {
        let mut draft = draft();
        let (part, whole) = (draft.count(2999), draft.count(3000));
        let rate = draft.rate(part, None, whole, "%");
        assert_eq!(draft.figures[rate].printed(), "99.97%");
        let all = draft.rate(whole, None, whole, "%");
        assert_eq!(draft.figures[all].printed(), "100.0%");
    }

    #[test]
    fn shares_may_miss_100_by_half_a_unit_each() {
        let mut draft = draft();
        let shares: Vec<FigureId> = [333, 333, 333].into_iter().map(|s| draft.figure(s, 1, "%")).collect();
        draft.relations.push(Relation {
            kind: Kind::ShareSum,
            stated: None,
            formula: Formula::Shares(shares.clone()),
        });
        assert_eq!(draft.judge(&draft.relations[0]).0, Verdict::Holds);
        draft.figures[shares[0]].scaled = 303;
        assert_eq!(draft.judge(&draft.relations[0]), (Verdict::Broken, "96.9%".to_owned()));
    }
}
