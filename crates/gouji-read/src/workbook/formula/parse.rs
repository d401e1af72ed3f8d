//! A formula as a tree. What the tree has no node for is not evaluable, and the formula as a whole is left alone.

use std::collections::BTreeMap;

use gouji_quantity::Ratio;

use super::token::{Edge, MAX_COL, MAX_ROW, Token, tokens};
use crate::workbook::plain::Plain;

/// Calls, signs and parentheses inside each other; Excel allows 64 calls.
const MAX_DEPTH: usize = 64;
/// Nodes of one formula; Excel allows 8192 characters.
const MAX_NODES: usize = 8192;

/// Cells of one sheet, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    /// Index of the sheet.
    pub sheet: usize,
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Area {
    /// Whether it is one cell.
    pub fn is_cell(&self) -> bool {
        self.top == self.bottom && self.left == self.right
    }
}

/// The functions that are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Sum,
    Average,
    Count,
    Max,
    Min,
    Product,
    SumProduct,
    Subtotal,
    Round,
    RoundUp,
    RoundDown,
    Abs,
    /// The first argument, where it has a value.
    IfError,
}

impl Function {
    /// Each with its name and its number in binary workbooks (`Ftab`, MS-XLS 2.5.198.17).
    const ALL: [(Self, &'static str, u16); 13] = [
        (Self::Sum, "SUM", 4),
        (Self::Average, "AVERAGE", 5),
        (Self::Count, "COUNT", 0),
        (Self::Max, "MAX", 7),
        (Self::Min, "MIN", 6),
        (Self::Product, "PRODUCT", 183),
        (Self::SumProduct, "SUMPRODUCT", 228),
        (Self::Subtotal, "SUBTOTAL", 344),
        (Self::Round, "ROUND", 27),
        (Self::RoundUp, "ROUNDUP", 212),
        (Self::RoundDown, "ROUNDDOWN", 213),
        (Self::Abs, "ABS", 24),
        (Self::IfError, "IFERROR", 480),
    ];

    fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(_, n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(function, ..)| function)
    }

    /// The function of a number.
    pub fn numbered(number: u16) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(.., n)| *n == number);
        found.map(|(function, ..)| function)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.into_iter().find(|(function, ..)| *function == self);
        found.map_or("", |(_, name, _)| name)
    }

    /// How many arguments it takes, if that is always the same.
    pub fn n_arguments(self) -> Option<usize> {
        match self {
            Self::Round | Self::RoundUp | Self::RoundDown | Self::IfError => Some(2),
            Self::Abs => Some(1),
            _ => None,
        }
    }
}

/// A node. Sums and products are flat, however many terms they have, so that no chain of them is deep.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// A constant.
    Number(Constant),
    /// A text; only allowed where it is not looked at.
    Text,
    /// Cells.
    Area(Area),
    /// Terms, each added or (`true`) taken off.
    Terms(Vec<(bool, Expr)>),
    /// Factors, each multiplied or (`true`) divided by.
    Factors(Vec<(bool, Expr)>),
    /// With the other sign.
    Negated(Box<Expr>),
    /// A hundredth.
    Percent(Box<Expr>),
    /// A power.
    Power(Box<Expr>, Box<Expr>),
    /// A function of its arguments.
    Call(Function, Vec<Expr>),
}

/// A constant, comparable by how it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Constant(pub Ratio);

impl PartialEq for Constant {
    fn eq(&self, other: &Self) -> bool {
        self.0.compare(other.0).is_some_and(std::cmp::Ordering::is_eq)
    }
}

/// Reads a formula, without its `=`, of a cell on the sheet `home`. `sheets` gives indices by name in lower case. `None` if it
/// is not evaluable: names, other files, arrays, comparisons, texts, functions that are not computed.
pub(crate) fn parse(text: &str, home: usize, sheets: &BTreeMap<String, usize>) -> Option<Expr> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
        nodes: 0,
        home,
        sheets,
    };
    let expr = parser.terms()?;
    (parser.at == tokens.len()).then_some(expr)
}

struct Parser<'p, 't> {
    tokens: &'p [(Token<'t>, usize, usize)],
    at: usize,
    depth: usize,
    nodes: usize,
    home: usize,
    sheets: &'p BTreeMap<String, usize>,
}

impl Parser<'_, '_> {
    fn mark(&mut self, mark: char) -> bool {
        let found = matches!(self.tokens.get(self.at), Some((Token::Mark(c), ..)) if *c == mark);
        self.at += usize::from(found);
        found
    }

    /// a + b − c
    fn terms(&mut self) -> Option<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut terms = vec![(false, self.factors()?)];
        loop {
            let minus = match (self.mark('+'), self.mark('-')) {
                (true, false) => false,
                (false, true) => true,
                // `1+-2`: the sign belongs to what follows.
                (true, true) => {
                    self.at -= 1;
                    false
                }
                _ => break,
            };
            terms.push((minus, self.factors()?));
        }
        self.depth -= 1;
        Some(match terms.pop() {
            Some((_, only)) if terms.is_empty() => only,
            last => {
                terms.extend(last);
                Expr::Terms(terms)
            }
        })
    }

    /// a × b ÷ c
    fn factors(&mut self) -> Option<Expr> {
        let mut factors = vec![(false, self.power()?)];
        loop {
            let over = if self.mark('*') {
                false
            } else if self.mark('/') {
                true
            } else {
                break;
            };
            factors.push((over, self.power()?));
        }
        Some(match factors.pop() {
            Some((_, only)) if factors.is_empty() => only,
            last => {
                factors.extend(last);
                Expr::Factors(factors)
            }
        })
    }

    /// a ^ b, where a sign binds closer than the power (`-2^2` is 4).
    fn power(&mut self) -> Option<Expr> {
        let mut base = self.signed()?;
        let mut n = 0;
        while self.mark('^') {
            n += 1;
            if n > MAX_DEPTH {
                return None;
            }
            base = Expr::Power(Box::new(base), Box::new(self.signed()?));
        }
        Some(base)
    }

    fn signed(&mut self) -> Option<Expr> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return None;
        }
        let mut negative = false;
        loop {
            if self.mark('-') {
                negative = !negative;
            } else if !self.mark('+') {
                break;
            }
        }
        let mut value = self.primary()?;
        let mut n = 0;
        while self.mark('%') {
            n += 1;
            if n > 4 {
                return None;
            }
            value = Expr::Percent(Box::new(value));
        }
        Some(if negative {
            Expr::Negated(Box::new(value))
        } else {
            value
        })
    }

    fn primary(&mut self) -> Option<Expr> {
        let (token, ..) = self.tokens.get(self.at)?;
        self.at += 1;
        match token {
            Token::Number(digits) => Some(Expr::Number(Constant(Plain::parse(digits)?.ratio()?))),
            Token::Text => Some(Expr::Text),
            Token::Mark('(') => {
                let inside = self.terms()?;
                self.mark(')').then_some(inside)
            }
            Token::Word(name) => {
                let function = Function::named(name)?;
                if !self.mark('(') {
                    return None;
                }
                let mut arguments = Vec::new();
                loop {
                    arguments.push(self.terms()?);
                    if self.mark(')') {
                        return Some(Expr::Call(function, arguments));
                    }
                    if !self.mark(',') {
                        return None;
                    }
                }
            }
            Token::Sheet(name) => {
                let sheet = *self.sheets.get(&name.to_lowercase())?;
                self.area(sheet)
            }
            Token::Cell(..) | Token::Column(_) | Token::Row(_) => {
                self.at -= 1;
                self.area(self.home)
            }
            Token::Mark(_) => None,
        }
    }

    fn area(&mut self, sheet: usize) -> Option<Expr> {
        let first = self.corner()?;
        let last = if self.mark(':') {
            if let Some((Token::Sheet(name), ..)) = self.tokens.get(self.at) {
                if self.sheets.get(&name.to_lowercase()) != Some(&sheet) {
                    return None;
                }
                self.at += 1;
            }
            self.corner()?
        } else {
            first
        };
        // Three ends (A1:B2:C3) are a range too, but nobody means it.
        let whole = |edge: Option<Edge>, end: u32| edge.map_or((0, end - 1), |e| (e.at, e.at));
        if first.0.is_some() != last.0.is_some() || first.1.is_some() != last.1.is_some() {
            return None;
        }
        let (rows, cols) = (
            [whole(first.0, MAX_ROW), whole(last.0, MAX_ROW)],
            [whole(first.1, MAX_COL), whole(last.1, MAX_COL)],
        );
        Some(Expr::Area(Area {
            sheet,
            top: rows[0].0.min(rows[1].0),
            bottom: rows[0].1.max(rows[1].1),
            left: cols[0].0.min(cols[1].0),
            right: cols[0].1.max(cols[1].1),
        }))
    }

    fn corner(&mut self) -> Option<(Option<Edge>, Option<Edge>)> {
        let found = match self.tokens.get(self.at)?.0 {
            Token::Cell(row, col) => (Some(row), Some(col)),
            Token::Column(col) => (None, Some(col)),
            Token::Row(row) => (Some(row), None),
            _ => return None,
        };
        self.at += 1;
        Some(found)
    }
}
