//! A sheet as its reader saw it. What blocks it becomes, [`super::layout`] decides.

use gouji_document::Address;

use super::plain::Plain;

/// What a cell holds behind what it shows.
#[derive(Debug, Clone, Default)]
pub(crate) enum Value {
    /// A text, a truth value, or nothing that counts.
    #[default]
    Text,
    /// A number.
    Number(Plain),
    /// An error.
    Error,
    /// Nothing: a formula that was saved without its result.
    Missing,
}

/// A cell that shows something, or that a formula may name.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetCell {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub col: u32,
    /// As printed.
    pub text: String,
    /// As written, without `=`.
    pub formula: Option<String>,
    /// The formula is one of an array, whose cells it does not name one by one.
    pub is_array: bool,
    /// What it holds.
    pub value: Value,
    /// Index of its style, for the number format of a result that is yet to come.
    pub style: u32,
}

/// Rows and columns of a sheet (ECMA-376 part 1, 18.3.1.73).
pub(crate) const MAX_ROW: u32 = 1_048_576;
pub(crate) const MAX_COL: u32 = 16_384;

/// A merged range, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// A sheet.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Its name.
    pub name: String,
    /// It is hidden.
    pub is_hidden: bool,
    /// Cells in any order.
    pub cells: Vec<SheetCell>,
    /// Merged ranges.
    pub merges: Vec<Merge>,
    /// Hidden rows, in any order.
    pub hidden_rows: Vec<u32>,
    /// Ranges of hidden columns, ends included.
    pub hidden_cols: Vec<(u32, u32)>,
}

/// `A1`, `AB12`.
pub(crate) fn address(row: u32, col: u32) -> String {
    Address { row, col }.to_string()
}

/// `AB12` → row 11, column 27.
pub(crate) fn place(address: &str) -> Option<(u32, u32)> {
    let address = address.trim();
    let split = address.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = address.split_at(split);
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let col = letters
        .bytes()
        .fold(0u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = digits.parse().ok()?;
    ((1..=MAX_ROW).contains(&row) && (1..=MAX_COL).contains(&col)).then(|| (row - 1, col - 1))
}
