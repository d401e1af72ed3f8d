//! How the cells of a workbook print what they hold: their styles, as far as number formats go.

use std::collections::BTreeMap;

use super::Spending;
use super::number_format::NumberFormat;
use super::plain::Plain;
use super::sheet::address;
use crate::assembly::Assembly;

/// The number formats of a workbook by cell style, and how its days count.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// Each format once.
    formats: Vec<NumberFormat>,
    /// Index of its format by cell style.
    by_style: Vec<usize>,
    since_1904: bool,
}

impl Styles {
    /// Styles that use these formats: the `codes` that the workbook defines by id, and the id of each cell style. An id that
    /// is not defined is a built-in one.
    pub fn new(codes: &BTreeMap<u32, String>, ids: &[u32], since_1904: bool) -> Self {
        let mut out = Self {
            since_1904,
            ..Self::default()
        };
        let mut known = BTreeMap::new();
        for &id in ids {
            let at = *known.entry(id).or_insert_with(|| {
                out.formats.push(match codes.get(&id) {
                    Some(code) => NumberFormat::new(code),
                    None => NumberFormat::built_in(id),
                });
                out.formats.len() - 1
            });
            out.by_style.push(at);
        }
        out
    }

    /// The format of a style; the first of all where there is no such style, and none in a workbook without any.
    fn format(&self, style: u32) -> Option<&NumberFormat> {
        let at = usize::try_from(style).ok().and_then(|style| self.by_style.get(style));
        self.formats.get(*at.or(self.by_style.first())?)
    }

    /// A text as printed.
    pub fn text(&self, style: u32, text: &str) -> String {
        self.format(style).map_or_else(|| text.to_owned(), |f| f.text(text))
    }

    /// A number as printed.
    pub fn number(&self, style: u32, number: &Plain) -> String {
        match self.format(style) {
            Some(format) => format.number(number, self.since_1904).text,
            None => number.general(),
        }
    }

    /// The number of a cell as printed. A format that is not understood is warned of, once in a workbook.
    pub fn cell(&self, cell: Printing<'_>, number: &Plain, spending: &mut Spending, assembly: &mut Assembly) -> String {
        let Some(format) = self.format(cell.style) else {
            return number.general();
        };
        let printed = format.number(number, self.since_1904);
        if !printed.known {
            let place = format!("{}!{}", cell.sheet, address(cell.row, cell.col));
            spending.unknown_format(format.code.clone(), &place, assembly);
        }
        printed.text
    }
}

/// The cell that is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printing<'s> {
    /// Index of its style.
    pub style: u32,
    /// The name of its sheet.
    pub sheet: &'s str,
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub col: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_prints_by_its_own_format_or_the_built_in_one_of_its_id() {
        let codes = BTreeMap::from([(10, "0.0%".to_owned()), (164, "0\"件\"".to_owned())]);
        let styles = Styles::new(&codes, &[0, 164, 10, 3, 164], false);
        let number = Plain::parse("1234.5").expect("a number");
        let printed: Vec<String> = (0..6).map(|style| styles.number(style, &number)).collect();
        assert_eq!(printed, ["1234.5", "1235件", "123450.0%", "1,235", "1235件", "1234.5"]);
        assert_eq!(styles.formats.len(), 4);
        assert_eq!(Styles::default().number(0, &number), "1234.5");
        assert_eq!(Styles::default().text(7, "甲"), "甲");
    }

    #[test]
    fn a_format_that_is_not_understood_is_warned_of_once() {
        let codes = BTreeMap::from([(164, "0.00E+00".to_owned())]);
        let styles = Styles::new(&codes, &[164], false);
        let (mut spending, mut assembly) = (Spending::default(), Assembly::default());
        let number = Plain::parse("12").expect("a number");
        for col in 0..3 {
            let cell = Printing {
                style: 0,
                sheet: "表",
                row: 4,
                col,
            };
            assert_eq!(styles.cell(cell, &number, &mut spending, &mut assembly), "12");
        }
        let places: Vec<&str> = assembly.warnings.iter().map(|w| w.place.as_str()).collect();
        assert_eq!(places, ["表!A5"]);
    }
}
