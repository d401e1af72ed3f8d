//! How an issuer writes: punctuation, cues, precision, the shape of tables. One issuer keeps one style.

use super::random::SplitMix64;

/// The habits of one issuer.
#[derive(Debug, Clone)]
pub struct Style {
    /// Half-width commas, colons, semicolons and parentheses.
    pub half_width: bool,
    /// Thousands separators; never with half-width commas.
    pub grouped: bool,
    /// Decimals of a rate.
    pub decimals: u32,
    /// Rates are cut off instead of rounded.
    pub cuts_off: bool,
    /// How a breakdown is begun, after the total and its unit.
    pub cue: &'static str,
    /// What stands between the parts of a breakdown.
    pub separator: &'static str,
    /// How a share is brought in: `，占{}` or `（{}）`.
    pub share: (&'static str, &'static str),
    /// What a paragraph of a text file begins with.
    pub indent: &'static str,
    /// An empty line between the paragraphs of a text file.
    pub spaced: bool,
    /// The shape of a table in a text file.
    pub table: TableShape,
    /// A text file in GB18030 instead of UTF-8.
    pub gb18030: bool,
    /// Windows line ends.
    pub crlf: bool,
    /// Text files are copies of web pages, with what stands around the circular there.
    pub page: bool,
}

/// The shapes that tables take in text files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableShape {
    /// `| a | b |`
    Pipes,
    /// Cells between tabs.
    Tabs,
    /// One cell a line, an empty line after each.
    CellPerLine,
}

impl Style {
    /// The style of an issuer.
    #[must_use]
    pub fn of_issuer(seed: u64, issuer: usize) -> Self {
        let mut random = SplitMix64::new(seed ^ 0x5717_1E00, issuer as u64);
        let half_width = random.chance(1, 4);
        Self {
            half_width,
            grouped: !half_width && random.chance(1, 3),
            decimals: random.pick(&[1, 1, 2, 2, 0]),
            cuts_off: random.chance(1, 10),
            cue: random.pick(&["，其中", "，其中：", "。其中，", "，包括", "，其中，"]),
            separator: random.pick(&["、", "、", "，"]),
            share: random.pick(&[("，占", ""), ("，占比", ""), ("（", "）"), ("，占总数的", "")]),
            indent: random.pick(&["", "　　", "    "]),
            spaced: random.chance(1, 2),
            table: random.pick(&[TableShape::Pipes, TableShape::Tabs, TableShape::CellPerLine]),
            gb18030: random.chance(1, 3),
            crlf: random.chance(1, 4),
            page: random.chance(1, 4),
        }
    }

    /// A text in the issuer's punctuation.
    #[must_use]
    pub fn punctuated(&self, text: &str) -> String {
        if !self.half_width {
            return text.to_owned();
        }
        text.chars()
            .map(|c| match c {
                '，' => ',',
                '：' => ':',
                '；' => ';',
                '（' => '(',
                '）' => ')',
                other => other,
            })
            .collect()
    }
}
