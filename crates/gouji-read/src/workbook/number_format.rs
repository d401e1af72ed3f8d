//! How a spreadsheet prints a value: number format codes (ECMA-376 part 1, 18.8.30 and 18.8.31).
//!
//! - Handled: `General`; digits with fixed and optional places, grouping, scaling by thousands, percent, literals; up to four
//!   sections; dates and times with year, month, day, weekday, hours, minutes, seconds, elapsed hours; text; the built-in
//!   codes, East Asian ones as in Chinese.
//! - Partly handled: colours, widths and fills say nothing about the figure and are dropped; Chinese numerals (`[DBNum1]`)
//!   are shown in arabic digits and warned of.
//!   Fractions (`# ?/?`, `0 ??/100`) are printed without the blanks that align them.
//! - Unknown, so the plain value is shown and warned of: conditions, exponents, fractions of a second.

mod code;
mod date;
mod digits;
mod fraction;

use self::code::{Section, Token, compile};
use self::date::print_date;
use self::digits::print_digits;
use super::plain::Plain;

/// A value as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Its characters.
    pub text: String,
    /// The format was understood.
    pub known: bool,
}

/// Characters of a format code; spreadsheets allow 255.
const MAX_CODE: usize = 1000;

/// A compiled format code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NumberFormat {
    /// As written, for warnings.
    pub code: String,
    sections: Vec<Section>,
}

impl NumberFormat {
    /// Compiles a code.
    pub fn new(code: &str) -> Self {
        let code: String = code.chars().take(MAX_CODE).collect();
        Self {
            sections: compile(&code),
            code,
        }
    }

    /// The built-in format of this id (18.8.30; ids 27–36 and 50–58 as in simplified Chinese).
    pub fn built_in(id: u32) -> Self {
        Self::new(match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
            30 => "m-d-yy",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            32 => "h\"时\"mm\"分\"",
            33 => "h\"时\"mm\"分\"ss\"秒\"",
            34 | 55 => "上午/下午h\"时\"mm\"分\"",
            35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
            37 | 38 => "#,##0;-#,##0",
            39 | 40 => "#,##0.00;-#,##0.00",
            41 | 42 => "#,##0;-#,##0;\"-\"",
            43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            49 => "@",
            _ => "General",
        })
    }

    /// A number as printed. `since_1904` tells the two day counts apart.
    pub fn number(&self, value: &Plain, since_1904: bool) -> Printed {
        let plain = |known| Printed {
            text: value.general(),
            known,
        };
        let n = self.sections.len();
        let is_negative = value.negative && !value.is_zero();
        let at = match n {
            0 => return plain(true),
            1 => 0,
            2 => usize::from(is_negative),
            _ if value.is_zero() => 2,
            _ => usize::from(is_negative),
        };
        let section = &self.sections[at];
        if section.unknown {
            return plain(false);
        }
        if section.is_date() {
            return match print_date(section, value, since_1904) {
                Some(text) => Printed {
                    text,
                    known: !section.chinese_digits,
                },
                None => plain(false),
            };
        }
        // A section of its own for what is below zero brings its own sign.
        let signed = is_negative && at == 0;
        let shown = if section.has(&Token::General) {
            let number = value.clone().magnitude().general();
            Some(match section.tokens[..] {
                [Token::General] => number,
                _ => with_literals(section, &Token::General, &number),
            })
        } else if let Some(fraction) = section.fraction {
            fraction.print(value)
        } else if section.has_digits() {
            print_digits(section, value)
        } else if section.has(&Token::Text) {
            return plain(true);
        } else {
            // Only literals: `;;;` hides the number, `"无"` stands for it.
            return Printed {
                text: with_literals(section, &Token::Text, ""),
                known: !section.tokens.is_empty() || n > 1,
            };
        };
        match shown {
            Some(shown) => Printed {
                text: if signed { format!("-{shown}") } else { shown },
                known: !section.chinese_digits,
            },
            None => plain(false),
        }
    }

    /// A text as printed: only a section with `@` changes it.
    pub fn text(&self, value: &str) -> String {
        let section = match self.sections.as_slice() {
            [only] => Some(only),
            [_, _, _, fourth] => Some(fourth),
            _ => None,
        };
        match section {
            Some(section) if section.has(&Token::Text) && !section.unknown => {
                with_literals(section, &Token::Text, value)
            }
            _ => value.to_owned(),
        }
    }
}

fn with_literals(section: &Section, place: &Token, value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 16);
    for token in &section.tokens {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            _ if token == place => out.push_str(value),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, pairs: &[(&str, &str)]) {
        for (stored, shown) in pairs {
            let value = Plain::parse(stored).expect("a number");
            let printed = NumberFormat::new(code).number(&value, false);
            assert_eq!(
                (printed.text.as_str(), printed.known),
                (*shown, true),
                "{code} {stored}"
            );
        }
    }

    #[track_caller]
    fn unknown(code: &str, stored: &str, shown: &str) {
        let printed = NumberFormat::new(code).number(&Plain::parse(stored).expect("a number"), false);
        assert_eq!((printed.text.as_str(), printed.known), (shown, false), "{code}");
    }

    #[test]
    fn figures_are_printed_with_their_places() {
        check("General", &[("12", "12"), ("-3.50", "-3.5")]);
        check("G/通用格式", &[("12", "12")]);
        check("0", &[("12.5", "13"), ("0.4", "0"), ("-7", "-7")]);
        check("0.00", &[("2.675", "2.68"), ("3", "3.00"), ("-0.5", "-0.50")]);
        check("0.##", &[("2.5", "2.5"), ("3", "3"), ("3.125", "3.13")]);
        check("#,##0", &[("1234567", "1,234,567"), ("123", "123"), ("0", "0")]);
        check("#,##0.00", &[("1234.5", "1,234.50")]);
        check("#", &[("0", ""), ("12", "12")]);
        check("000", &[("7", "007"), ("12345", "12345")]);
        check("0,", &[("12345", "12")]);
        check("000-0000", &[("1234567", "123-4567")]);
        check("0!.0,\"万\"", &[("123456", "12.3万"), ("-99999", "-10.0万")]);
        check("0\\.0,", &[("123456", "12.3")]);
    }

    #[test]
    fn percent_multiplies_and_a_literal_percent_does_not() {
        check("0%", &[("0.075", "8%"), ("1", "100%")]);
        check("0.00%", &[("0.97073170731707314", "97.07%"), ("-0.05", "-5.00%")]);
        check("0.0\"%\"", &[("97.07", "97.1%")]);
        check("0.0\\%", &[("97.07", "97.1%")]);
    }

    #[test]
    fn sections_go_by_sign() {
        check("0;(0)", &[("5", "5"), ("-5", "(5)"), ("0", "0")]);
        check("0.0;-0.0;\"-\"", &[("5", "5.0"), ("-5", "-5.0"), ("0", "-")]);
        check(
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            &[("1234.5", "1,234.50"), ("0", "-")],
        );
        check("[Red]0;[$¥-804]0", &[("5", "5"), ("-5", "¥5")]);
        check(";;;", &[("5", "")]);
        check("0\"件\"", &[("12", "12件")]);
        check("General\"件\"", &[("12.5", "12.5件")]);
    }

    #[test]
    fn dates_are_printed() {
        check(
            "yyyy\"年\"m\"月\"d\"日\"",
            &[("45539", "2024年9月4日"), ("45539.7", "2024年9月4日")],
        );
        check("[$-804]yyyy\"年\"m\"月\";@", &[("45539", "2024年9月")]);
        check("yyyy/m/d h:mm", &[("45539.5", "2024/9/4 12:00")]);
        check(
            "yyyy-mm-dd",
            &[
                ("1", "1900-01-01"),
                ("59", "1900-02-28"),
                ("60", "1900-02-29"),
                ("61", "1900-03-01"),
            ],
        );
        check("h:mm:ss", &[("0.999999", "0:00:00"), ("0.25", "6:00:00")]);
        check(
            "上午/下午h\"时\"mm\"分\"",
            &[("0.5", "下午12时00分"), ("0", "上午12时00分")],
        );
        check("[h]:mm", &[("1.5", "36:00")]);
        check("aaaa", &[("45539", "星期三")]);
        check("yy.m.d", &[("45539", "24.9.4")]);
        let since_1904 = NumberFormat::new("yyyy-m-d").number(&Plain::parse("0").expect("zero"), true);
        assert_eq!(since_1904.text, "1904-1-1");
        assert_eq!(
            NumberFormat::built_in(57)
                .number(&Plain::parse("45539").expect("a number"), false)
                .text,
            "2024年9月"
        );
    }

    #[test]
    fn fractions_are_printed() {
        check(
            "# ?/?",
            &[
                ("0.5", "1/2"),
                ("2.75", "2 3/4"),
                ("3", "3"),
                ("-1.25", "-1 1/4"),
                ("0.97", "1"),
            ],
        );
        check("# ??/??", &[("0.3125", "5/16"), ("3.14159265358979", "3 14/99")]);
        check("0 ?/8", &[("0.25", "0 2/8"), ("1.99", "2")]);
        check("?/100", &[("0.25", "25/100"), ("1.5", "150/100")]);
        assert_eq!(
            NumberFormat::built_in(12)
                .number(&Plain::parse("0.2").expect("a number"), false)
                .text,
            "1/5"
        );
    }

    #[test]
    fn built_in_dates_are_the_chinese_ones() {
        let shown = |id| {
            NumberFormat::built_in(id)
                .number(&Plain::parse("45539.5625").expect("a number"), false)
                .text
        };
        for id in [27, 36, 50, 52, 57] {
            assert_eq!(shown(id), "2024年9月", "{id}");
        }
        for id in [28, 29, 51, 53, 54, 58] {
            assert_eq!(shown(id), "9月4日", "{id}");
        }
        assert_eq!(
            (shown(14), shown(30), shown(31)),
            ("2024/9/4".into(), "9-4-24".into(), "2024年9月4日".into())
        );
        assert_eq!((shown(32), shown(33)), ("13时30分".into(), "13时30分00秒".into()));
        for id in [34, 55] {
            assert_eq!(shown(id), "下午1时30分", "{id}");
        }
        for id in [35, 56] {
            assert_eq!(shown(id), "下午1时30分00秒", "{id}");
        }
    }

    #[test]
    fn unknown_formats_show_the_plain_value() {
        unknown("0.00E+00", "1234", "1234");
        unknown("yyyy/0", "0.5", "0.5");
        unknown("0/x", "0.5", "0.5");
        unknown("[>=100]0;0.0", "5.25", "5.25");
        unknown("yyyy-mm-dd", "-1", "-1");
        unknown("mm:ss.0", "0.5", "0.5");
        unknown("[DBNum1]yyyy\"年\"", "45539", "2024年");
    }

    #[test]
    fn text_keeps_itself_unless_told_otherwise() {
        assert_eq!(NumberFormat::new("0.00").text("甲"), "甲");
        assert_eq!(NumberFormat::new("@").text("93.54%"), "93.54%");
        assert_eq!(NumberFormat::new("@\"镇\"").text("甲"), "甲镇");
        check("@", &[("12.50", "12.5")]);
    }

    #[test]
    fn hostile_codes_end() {
        for code in [
            "\"",
            "\\",
            "[",
            "_",
            "*",
            "[[[",
            ";;;;;;;;;",
            "0.0.0.0",
            "年yyyy\\",
            "e",
            "b",
            "%%%%%%%%0",
            "?/?/?",
            "/",
            "0/",
            "# ?/99999999999999999999",
            ",,,0,,,",
        ] {
            for value in ["0", "-1.5", "1e300", "1e-300"] {
                let _ = NumberFormat::new(code).number(&Plain::parse(value).expect("a number"), false);
            }
        }
        let long = "0".repeat(100_000);
        assert!(
            NumberFormat::new(&long)
                .number(&Plain::parse("1").expect("one"), false)
                .text
                .len()
                < 2000
        );
    }
}
