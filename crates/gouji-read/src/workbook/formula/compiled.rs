//! The text of a formula that a binary workbook keeps as tokens in reverse Polish order (MS-XLS 2.5.198, MS-XLSB 2.5.97).
//!
//! Only what [`super::parse`] can compute is written out: numbers, texts, cells and ranges of this workbook, the four
//! operations, powers, percentages and the functions it knows. A formula with anything else has no text here, and nothing is
//! said of it. Parentheses come from the order of the tokens, not only from the token that keeps those of the author, so
//! that the text always means what the tokens do.

use std::borrow::Cow;
use std::fmt::Write;

use encoding_rs::{Encoding, UTF_16LE};

use super::super::sheet::{address, place};
use super::super::xls::double;
use super::parse::Function;
use crate::little_endian::{u16_at, u32_at};

/// Bytes of a formula's text; Excel allows 8192 characters.
const MAX_TEXT: usize = 32 << 10;

/// How the operands of tokens are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// BIFF5: rows of 14 bits with the two that say what moves, columns of 8; texts in a code page; sheets by their number.
    Xls5(&'static Encoding),
    /// BIFF8: rows of 16 bits, columns of 8.
    Xls,
    /// BIFF12: rows of 20 bits, columns of 14.
    Xlsb,
}

/// Entries of the table by which formulas name sheets; an index into it has 16 bits.
const MAX_REFERENCES: usize = 65_536;

/// How formulas name sheets: by the number of an entry in a table.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Books that formulas refer to: whether it is this one.
    books: Vec<bool>,
    /// A book, and the first and last of its sheets.
    entries: Vec<[u32; 3]>,
}

impl References {
    /// Adds a book.
    pub fn add_book(&mut self, is_own: bool) {
        if self.books.len() < MAX_REFERENCES {
            self.books.push(is_own);
        }
    }

    /// Adds an entry; `false` once there are too many.
    pub fn add(&mut self, book: u32, first: u32, last: u32) -> bool {
        let has_room = self.entries.len() < MAX_REFERENCES;
        if has_room {
            self.entries.push([book, first, last]);
        }
        has_room
    }

    /// The one sheet of this workbook, of all that it lists, that an entry means.
    pub fn sheet(&self, at: u16) -> Option<usize> {
        let [book, first, last] = *self.entries.get(usize::from(at))?;
        let is_own = *self.books.get(usize::try_from(book).ok()?)?;
        (is_own && first == last).then(|| usize::try_from(first).ok())?
    }
}

/// A formula of a sheet, compiled.
pub(crate) struct Compiled<'f> {
    /// Its tokens.
    pub tokens: &'f [u8],
    /// How they are laid out.
    pub layout: Layout,
    /// Row and column of the cell it stands in, from 0: references of a shared formula count from there.
    pub here: (u32, u32),
}

/// The cell, as row and column, that keeps the tokens of a shared formula (or of an array) for one whose own tokens only name
/// that cell. `extra` is what follows the tokens.
pub(crate) fn keeper(tokens: &[u8], extra: &[u8], layout: Layout) -> Option<(u32, u32)> {
    if tokens.first() != Some(&0x01) {
        return None;
    }
    match layout {
        Layout::Xls5(_) | Layout::Xls => Some((u16_at(tokens, 1)?.into(), u16_at(tokens, 3)?.into())),
        Layout::Xlsb => Some((u32_at(tokens, 1)?, u32_at(extra, 0)?)),
    }
}

/// A piece of a formula; the parts of one are indices of pieces before it.
enum Node {
    Text(String),
    Sign(char, usize),
    Percent(usize),
    Infix(&'static str, usize, usize),
    Call(&'static str, Vec<usize>),
    Parentheses(usize),
}

/// How closely a piece binds: the grammar of [`super::parse`], from the loosest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Term,
    Factor,
    Power,
    Sign,
    Percent,
    Primary,
}

impl Node {
    fn binding(&self) -> Binding {
        match self {
            Self::Text(_) | Self::Call(..) | Self::Parentheses(_) => Binding::Primary,
            Self::Percent(_) => Binding::Percent,
            Self::Sign(..) => Binding::Sign,
            Self::Infix("^", ..) => Binding::Power,
            Self::Infix("*" | "/", ..) => Binding::Factor,
            Self::Infix(..) => Binding::Term,
        }
    }
}

impl Compiled<'_> {
    /// The formula as written, without `=`; `None` if it holds what is not computed, or is damaged. `sheets` gives the name of
    /// the one sheet that a number of the table of references means; in BIFF5 the number is that of the sheet itself.
    pub fn text<'s>(&self, sheets: &dyn Fn(u16) -> Option<&'s str>) -> Option<String> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut stack: Vec<usize> = Vec::new();
        let mut rest = self.tokens;
        while let Some((&token, operands)) = rest.split_first() {
            let mut operands = Operands(operands);
            // Three classes of the same token say what kind of value is wanted of it.
            let kind = if token < 0x20 { token } else { token & 0x1F | 0x20 };
            let node = match kind {
                0x03..=0x07 => {
                    let (right, left) = (stack.pop()?, stack.pop()?);
                    let sign = ["+", "-", "*", "/", "^"][usize::from(kind - 0x03)];
                    Node::Infix(sign, left, right)
                }
                0x12 => Node::Sign('+', stack.pop()?),
                0x13 => Node::Sign('-', stack.pop()?),
                0x14 => Node::Percent(stack.pop()?),
                0x15 => Node::Parentheses(stack.pop()?),
                0x17 => Node::Text(self.string(&mut operands)?),
                0x19 => {
                    // What an editor or a spreadsheet in a hurry needs: blanks, jumps; and a sum of one argument.
                    const SUM: u8 = 0x10;
                    const CHOOSE: u8 = 0x04;
                    let attributes = operands.u8()?;
                    let data = operands.u16()?;
                    if attributes & CHOOSE != 0 {
                        operands.take(usize::from(data).checked_mul(2)?.checked_add(2)?)?;
                    }
                    if attributes & SUM == 0 {
                        rest = operands.0;
                        continue;
                    }
                    Node::Call("SUM", vec![stack.pop()?])
                }
                0x1E => Node::Text(operands.u16()?.to_string()),
                0x1F => {
                    let number = double(operands.take(8)?)?;
                    let is_negative = number.negative;
                    let text = Node::Text(number.magnitude().general());
                    if is_negative {
                        nodes.push(text);
                        Node::Sign('-', nodes.len() - 1)
                    } else {
                        text
                    }
                }
                0x21 => {
                    let function = Function::numbered(operands.u16()?)?;
                    let n = function.n_arguments()?;
                    Node::Call(function.name(), arguments(&mut stack, n)?)
                }
                0x22 => {
                    let n = operands.u8()? & 0x7F;
                    let function = Function::numbered(operands.u16()? & 0x7FFF)?;
                    Node::Call(function.name(), arguments(&mut stack, usize::from(n))?)
                }
                0x24 | 0x2C => Node::Text(self.cell(&mut operands, kind == 0x2C)?),
                0x25 | 0x2D => Node::Text(self.area(&mut operands, kind == 0x2D)?),
                0x3A | 0x3B => {
                    let sheet = sheets(self.sheet(&mut operands)?)?;
                    let cells = if kind == 0x3A {
                        self.cell(&mut operands, false)?
                    } else {
                        self.area(&mut operands, false)?
                    };
                    Node::Text(format!("{}!{cells}", sheet_name(sheet)))
                }
                _ => return None,
            };
            rest = operands.0;
            nodes.push(node);
            stack.push(nodes.len() - 1);
        }
        match stack[..] {
            [root] => written(&nodes, root),
            _ => None,
        }
    }

    /// A text in quotes.
    fn string(&self, operands: &mut Operands<'_>) -> Option<String> {
        let is_wide;
        let n = match self.layout {
            Layout::Xls5(encoding) => {
                let n = usize::from(operands.u8()?);
                let text = encoding.decode_without_bom_handling(operands.take(n)?).0;
                return Some(quoted(&text));
            }
            Layout::Xls => {
                let n = usize::from(operands.u8()?);
                is_wide = operands.u8()? & 1 != 0;
                n
            }
            Layout::Xlsb => {
                is_wide = true;
                usize::from(operands.u16()?)
            }
        };
        let text = if is_wide {
            let bytes = operands.take(n * 2)?;
            UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
        } else {
            // The low bytes of UTF-16.
            operands.take(n)?.iter().map(|b| char::from(*b)).collect()
        };
        Some(quoted(&text))
    }

    /// The number by which a reference names its sheet.
    fn sheet(&self, operands: &mut Operands<'_>) -> Option<u16> {
        let number = operands.u16()?;
        let Layout::Xls5(_) = self.layout else {
            return Some(number);
        };
        // A negative number means this workbook; then, behind what only Excel knows, come the first and the last sheet.
        operands.take(8)?;
        let (first, last) = (operands.u16()?, operands.u16()?);
        (number & 0x8000 != 0 && first == last).then_some(first)
    }

    /// The rows and columns of as many places, all rows first; two bits of the column say what of both moves.
    fn places<const N: usize>(&self, operands: &mut Operands<'_>) -> Option<[(u32, u16); N]> {
        const MOVES: u16 = 0xC000;
        let mut out = [(0, 0); N];
        for (row, col) in &mut out {
            match self.layout {
                Layout::Xls5(_) => {
                    let both = operands.u16()?;
                    (*row, *col) = (u32::from(both & !MOVES), both & MOVES);
                }
                Layout::Xls => *row = operands.u16()?.into(),
                Layout::Xlsb => *row = operands.u32()?,
            }
        }
        for (_, col) in &mut out {
            match self.layout {
                Layout::Xls5(_) => *col |= u16::from(operands.u8()?),
                Layout::Xls | Layout::Xlsb => *col = operands.u16()?,
            }
        }
        Some(out)
    }

    fn cell(&self, operands: &mut Operands<'_>, from_here: bool) -> Option<String> {
        let [(row, col)] = self.places(operands)?;
        self.reference(row, col, from_here)
    }

    fn area(&self, operands: &mut Operands<'_>, from_here: bool) -> Option<String> {
        let [(top, left), (bottom, right)] = self.places(operands)?;
        let mut out = self.reference(top, left, from_here)?;
        let _ = write!(out, ":{}", self.reference(bottom, right, from_here)?);
        Some(out)
    }

    /// `$A$1`. The two upper bits of `col` tell which of both moves with the formula; what moves counts from here where
    /// `from_here` is set, round the edge of the sheet (2.5.198.111).
    fn reference(&self, row: u32, col: u16, from_here: bool) -> Option<String> {
        let (rows, cols) = match self.layout {
            Layout::Xls5(_) => (0x3FFF, 0xFF),
            Layout::Xls => (0xFFFF, 0xFF),
            Layout::Xlsb => (0xF_FFFF, 0x3FFF),
        };
        let (col_moves, row_moves) = (col & 0x4000 != 0, col & 0x8000 != 0);
        let shifted = |at: u32, moves: bool, here: u32, mask: u32| {
            if moves && from_here {
                Some(at.wrapping_add(here) & mask)
            } else {
                Some(at).filter(|at| *at <= mask)
            }
        };
        let row = shifted(row, row_moves, self.here.0, rows)?;
        let col = shifted(u32::from(col & 0x3FFF), col_moves, self.here.1, cols)?;
        let mark = |moves: bool| if moves { "" } else { "$" };
        let name = address(0, col);
        let letters = name.trim_end_matches('1');
        Some(format!("{}{letters}{}{}", mark(col_moves), mark(row_moves), row + 1))
    }
}

/// A text as a formula writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A sheet's name as a formula writes it: in quotes, unless it can be nothing else.
fn sheet_name(name: &str) -> Cow<'_, str> {
    let is_plain = name.starts_with(|c: char| c.is_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && place(name).is_none();
    if is_plain {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("'{}'", name.replace('\'', "''")))
    }
}

/// The last `n` of the stack.
fn arguments(stack: &mut Vec<usize>, n: usize) -> Option<Vec<usize>> {
    let at = stack.len().checked_sub(n)?;
    (n > 0).then(|| stack.split_off(at))
}

/// What is still to be written.
enum Due<'n> {
    Text(&'n str),
    /// A piece, in parentheses unless it binds as closely as this.
    Piece(usize, Binding),
}

/// The text of the tree under `root`. A chain of thousands of terms is as deep a tree, so the way down is kept in a list.
fn written(nodes: &[Node], root: usize) -> Option<String> {
    let mut out = String::new();
    let mut due = vec![Due::Piece(root, Binding::Term)];
    let mut sign = [0; 4];
    while let Some(next) = due.pop() {
        let (at, least) = match next {
            Due::Text(text) => {
                out.push_str(text);
                continue;
            }
            Due::Piece(at, least) => (at, least),
        };
        let node = nodes.get(at)?;
        if node.binding() < least {
            out.push('(');
            due.extend([Due::Text(")"), Due::Piece(at, Binding::Term)]);
            continue;
        }
        // Last first.
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Sign(c, inside) => {
                out.push_str(c.encode_utf8(&mut sign));
                due.push(Due::Piece(*inside, Binding::Sign));
            }
            Node::Percent(inside) => due.extend([Due::Text("%"), Due::Piece(*inside, Binding::Percent)]),
            Node::Infix(sign, left, right) => {
                let (near, far) = match *sign {
                    "^" => (Binding::Power, Binding::Sign),
                    "*" | "/" => (Binding::Factor, Binding::Power),
                    _ => (Binding::Term, Binding::Factor),
                };
                due.extend([Due::Piece(*right, far), Due::Text(sign), Due::Piece(*left, near)]);
            }
            Node::Call(name, arguments) => {
                out.push_str(name);
                due.push(Due::Text(")"));
                for (nth, argument) in arguments.iter().enumerate().rev() {
                    due.push(Due::Piece(*argument, Binding::Term));
                    due.push(Due::Text(if nth == 0 { "(" } else { "," }));
                }
            }
            Node::Parentheses(inside) => {
                out.push('(');
                due.extend([Due::Text(")"), Due::Piece(*inside, Binding::Term)]);
            }
        }
        if out.len() > MAX_TEXT {
            return None;
        }
    }
    Some(out)
}

/// The bytes behind a token.
struct Operands<'a>(&'a [u8]);

impl<'a> Operands<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    fn u16(&mut self) -> Option<u16> {
        u16_at(self.take(2)?, 0)
    }

    fn u32(&mut self) -> Option<u32> {
        u32_at(self.take(4)?, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tokens: &[u8], layout: Layout, here: (u32, u32)) -> Option<String> {
        let compiled = Compiled { tokens, layout, here };
        compiled.text(&|sheet| (sheet == 1).then_some("表 '1"))
    }

    /// Tokens of an xls at A1.
    #[track_caller]
    fn check(tokens: &[&[u8]], expected: &str) {
        assert_eq!(text(&tokens.concat(), Layout::Xls, (0, 0)).as_deref(), Some(expected));
    }

    /// B2, with both ends moving.
    const B2: &[u8] = &[0x44, 1, 0, 1, 0xC0];
    const TWO: &[u8] = &[0x1E, 2, 0];
    const THREE: &[u8] = &[0x1E, 3, 0];
    const ADD: &[u8] = &[0x03];
    const TAKE: &[u8] = &[0x04];
    const TIMES: &[u8] = &[0x05];
    const OVER: &[u8] = &[0x06];
    const POWER: &[u8] = &[0x07];
    const MINUS: &[u8] = &[0x13];
    const PERCENT: &[u8] = &[0x14];
    const IN_PARENTHESES: &[u8] = &[0x15];

    #[test]
    fn operations_come_back_as_they_were_written() {
        check(&[B2, TWO, ADD, THREE, TAKE], "B2+2-3");
        check(&[B2, TWO, ADD, IN_PARENTHESES, THREE, OVER], "(B2+2)/3");
        check(&[B2, MINUS, TWO, POWER, PERCENT], "(-B2^2)%");
        check(&[&[0x1F], &[0, 0, 0, 0, 0, 0, 0xF8, 0xBF], PERCENT], "(-1.5)%");
        check(&[&[0x17, 1, 0, b'"'], B2, ADD], "\"\"\"\"+B2");
        check(&[&[0x17, 1, 1, 0x32, 0x75], B2, ADD], "\"甲\"+B2");
    }

    #[test]
    fn parentheses_that_no_token_keeps_are_put_in() {
        check(&[B2, TWO, ADD, THREE, TIMES], "(B2+2)*3");
        check(&[B2, TWO, THREE, TAKE, TAKE], "B2-(2-3)");
        check(&[B2, TWO, THREE, OVER, OVER], "B2/(2/3)");
        check(&[B2, TWO, THREE, TIMES, OVER, MINUS], "-(B2/(2*3))");
        check(&[B2, TWO, THREE, POWER, POWER], "B2^(2^3)");
        check(&[B2, TWO, POWER, THREE, POWER], "B2^2^3");
    }

    #[test]
    fn functions_and_references() {
        const AREA: &[u8] = &[0x25, 2, 0, 9, 0, 1, 0xC0, 2, 0x80];
        check(&[&[0x19, 0x40, 0, 1], AREA, &[0x19, 0x10, 0, 0]], "SUM(B3:$C10)");
        check(&[AREA, TWO, &[0x22, 2, 4, 0]], "SUM(B3:$C10,2)");
        check(
            &[AREA, &[0x42, 1, 5, 0], TWO, &[0x41, 27, 0]],
            "ROUND(AVERAGE(B3:$C10),2)",
        );
        check(&[&[0x5A, 1, 0, 3, 0, 0, 0]], "'表 ''1'!$A$4");
        check(
            &[&[0x3B, 1, 0, 3, 0, 4, 0, 0, 0xC0, 0, 0xC0], &[0x22, 1, 0, 0]],
            "COUNT('表 ''1'!A4:A5)",
        );
    }

    #[test]
    fn names_of_sheets_are_quoted_where_they_must_be() {
        let names = ["汇总", "Sheet1", "AB12", "1月", "东 片", "甲'乙", ""].map(sheet_name);
        assert_eq!(
            names,
            ["汇总", "Sheet1", "'AB12'", "'1月'", "'东 片'", "'甲''乙'", "''"]
        );
    }

    #[test]
    fn references_of_a_shared_formula_count_from_its_cell() {
        // Two rows up and a column to the left; a fixed row and column.
        let up = [0x4C, 0xFE, 0xFF, 0xFF, 0xC0];
        let fixed = [0x4C, 4, 0, 1, 0];
        let tokens = [&up[..], &fixed, ADD].concat();
        assert_eq!(text(&tokens, Layout::Xls, (7, 3)).as_deref(), Some("C6+$B$5"));
        // Round the edge of the sheet.
        assert_eq!(text(&up, Layout::Xls, (1, 0)).as_deref(), Some("IV65536"));
        let area = [0x2D, 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0xC0, 0, 0xC0];
        let tokens = [&area[..], &[0x19, 0x10, 0, 0]].concat();
        assert_eq!(text(&tokens, Layout::Xlsb, (9, 2)).as_deref(), Some("SUM(C7:C9)"));
    }

    #[test]
    fn the_wider_layout_is_read_too() {
        let tokens = [
            &[0x44, 0x40, 0x42, 0x0F, 0, 0xFF, 0xFF][..],
            &[0x17, 1, 0, 0x32, 0x75],
            ADD,
        ]
        .concat();
        assert_eq!(
            text(&tokens, Layout::Xlsb, (0, 0)).as_deref(),
            Some("XFD1000001+\"甲\"")
        );
        let tokens = [&[0x3A, 1, 0, 3, 0, 0, 0, 2, 0xC0][..], &[0x1E, 1, 0], &[0x41, 0xE0, 1]].concat();
        assert_eq!(
            text(&tokens, Layout::Xlsb, (0, 0)).as_deref(),
            Some("IFERROR('表 ''1'!C4,1)")
        );
    }

    #[test]
    fn the_older_layout_is_read_too() {
        const OLD: Layout = Layout::Xls5(encoding_rs::GB18030);
        let check = |tokens: &[&[u8]], here, expected: Option<&str>| {
            assert_eq!(text(&tokens.concat(), OLD, here).as_deref(), expected);
        };
        // B2 with both ends moving, then $B2, then B$3:$C10.
        check(&[&[0x44, 1, 0xC0, 1], &[0x44, 1, 0x80, 1], ADD], (0, 0), Some("B2+$B2"));
        let area = [0x25, 2, 0x40, 9, 0, 1, 2];
        check(&[&area, &[0x22, 1, 4, 0]], (0, 0), Some("SUM(B$3:$C$10)"));
        check(&[&[0x17, 2, 0xBC, 0xD7], TWO, ADD], (0, 0), Some("\"甲\"+2"));
        // Two rows up and a column to the left of the cell.
        check(&[&[0x4C, 0xFE, 0xFF, 0xFF], TWO, ADD], (7, 3), Some("C6+2"));
        let elsewhere =
            |book: u8, last: u8| [[0x5A, 0xFF, book].as_slice(), &[0; 8], &[1, 0, last, 0, 3, 0xC0, 0]].concat();
        check(&[&elsewhere(0xFF, 1)], (0, 0), Some("'表 ''1'!A4"));
        check(&[&elsewhere(0xFF, 2)], (0, 0), None);
        check(&[&elsewhere(0, 1)], (0, 0), None);
        check(&[&[0x44, 1, 0xC0]], (0, 0), None);
    }

    #[test]
    fn what_is_not_computed_has_no_text() {
        for tokens in [
            // A name, a comparison, another function, a missing argument, an error, a sheet of another file.
            &[0x23, 1, 0, 0, 0][..],
            &[0x1E, 1, 0, 0x1E, 2, 0, 0x0B],
            &[0x1E, 1, 0, 0x42, 1, 1, 0],
            &[0x1E, 1, 0, 0x16, 0x41, 27, 0],
            &[0x1C, 0x17],
            &[0x5A, 2, 0, 3, 0, 0, 0],
            // Damage: too few operands, too many, a cut token, nothing, a column that is not there.
            &[0x1E, 1, 0, 0x03],
            &[0x1E, 1, 0, 0x1E, 1, 0],
            &[0x44, 1],
            &[],
            &[0x44, 1, 0, 0, 0xC1],
            &[0x22, 0, 4, 0],
        ] {
            assert_eq!(text(tokens, Layout::Xls, (0, 0)), None, "{tokens:02X?}");
        }
    }

    #[test]
    fn long_chains_and_deep_trees_take_no_stack() {
        let mut chain = TWO.to_vec();
        chain.extend([TWO, ADD].concat().repeat(1000));
        assert_eq!(text(&chain, Layout::Xls, (0, 0)).map(|t| t.len()), Some(2001));
        let mut tower = TWO.to_vec();
        tower.extend([PERCENT, MINUS].concat().repeat(30_000));
        assert_eq!(text(&tower, Layout::Xls, (0, 0)), None, "longer than any formula");
    }

    #[test]
    fn entries_mean_one_sheet_of_this_workbook_or_none() {
        let mut references = References::default();
        references.add_book(false);
        references.add_book(true);
        for [book, first, last] in [[1, 2, 2], [0, 2, 2], [1, 0, 2], [7, 0, 0]] {
            assert!(references.add(book, first, last));
        }
        let found = [0, 1, 2, 3, 4].map(|at| references.sheet(at));
        assert_eq!(found, [Some(2), None, None, None, None]);
    }

    #[test]
    fn the_keeper_of_a_shared_formula_is_named() {
        assert_eq!(keeper(&[1, 3, 0, 2, 0], &[], Layout::Xls), Some((3, 2)));
        assert_eq!(
            keeper(&[1, 3, 0, 1, 0], &[2, 0, 0, 0], Layout::Xlsb),
            Some((0x1_0003, 2))
        );
        assert_eq!(keeper(&[1, 3], &[], Layout::Xls), None);
        assert_eq!(keeper(B2, &[], Layout::Xls), None);
    }
}
