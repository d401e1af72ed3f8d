//! Where a cell stands in a sheet.

use std::fmt;

/// The place of a cell in its sheet, shown as spreadsheets name it (`C7`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub col: u32,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Seven letters and ten digits, from the end.
        let mut out = [0_u8; 20];
        let mut at = out.len();
        let mut put = |byte: u64, base: u8| {
            at -= 1;
            out[at] = base + u8::try_from(byte).unwrap_or(0);
            at
        };
        let mut n = u64::from(self.row) + 1;
        while n > 0 {
            put(n % 10, b'0');
            n /= 10;
        }
        let mut n = u64::from(self.col) + 1;
        let mut start = 0;
        while n > 0 {
            start = put((n - 1) % 26, b'A');
            n = (n - 1) / 26;
        }
        f.write_str(std::str::from_utf8(&out[start..]).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_letters() {
        let shown = |row, col| Address { row, col }.to_string();
        assert_eq!(
            (shown(0, 0), shown(9, 25), shown(0, 26)),
            ("A1".into(), "Z10".into(), "AA1".into())
        );
        assert_eq!(shown(u32::MAX, 16_383), "XFD4294967296");
    }
}
