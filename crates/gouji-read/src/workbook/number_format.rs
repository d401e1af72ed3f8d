//! How a spreadsheet prints a value: number format codes (ECMA-376 part 1, 18.8.30 and 18.8.31).
//!
//! - Handled: `General`; digits with fixed and optional places, grouping, scaling by thousands, percent, literals; up to four
//!   sections; dates and times with year, month, day, weekday, hours, minutes, seconds, elapsed hours; text; the built-in
//!   codes, East Asian ones as in Chinese.
//! - Partly handled: colours, widths and fills say nothing about the figure and are dropped; Chinese numerals (`[DBNum1]`)
//!   are shown in arabic digits and warned of.
//!   Fractions (`# ?/?`, `0 ??/100`) are printed without the blanks that align them.
//! - Unknown, so the plain value is shown and warned of: conditions, exponents, fractions of a second.

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
const SECONDS_A_DAY: i128 = 86_400;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Text,
    General,
    Year(usize),
    /// Month, or minute beside hours or seconds.
    M(usize),
    Day(usize),
    /// Weekday: 3 for 三, 4 for 星期三.
    Weekday(usize),
    Hour(usize),
    Second(usize),
    HalfDay,
    ElapsedHours,
    ElapsedMinutes,
    ElapsedSeconds,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Section {
    tokens: Vec<Token>,
    unknown: bool,
    chinese_digits: bool,
    /// A fraction.
    fraction: Option<Fraction>,
}

/// How a fraction is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fraction {
    /// The whole part stands before it; `true` if also where it is 0.
    whole: Option<bool>,
    /// The denominator, or the largest that it may be.
    fixed: bool,
    denominator: i128,
}

impl Fraction {
    /// Reads the tokens of a section: digits of the whole part, a blank, digits, `/`, digits or a number.
    fn of(tokens: &[Token]) -> Option<Self> {
        const MOST: i128 = 999;
        let slash = tokens.iter().position(|t| matches!(t, Token::Literal(l) if l == "/"))?;
        let (before, after) = (&tokens[..slash], &tokens[slash + 1..]);
        let is_digit = |t: &&Token| matches!(t, Token::Digit(_));
        let n_over = before.iter().rev().take_while(is_digit).count();
        let rest = &before[..before.len() - n_over];
        let whole: Vec<char> = rest
            .iter()
            .filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None })
            .collect();
        let blank = |t: &&Token| matches!(t, Token::Literal(l) if l.trim().is_empty());
        if n_over == 0 || rest.iter().any(|t| !is_digit(&t) && !blank(&t)) {
            return None;
        }
        let mut written = String::new();
        let mut places = 0;
        for token in after.iter().filter(|t| !blank(t)) {
            match token {
                Token::Digit('0') if !written.is_empty() => written.push('0'),
                Token::Digit(_) if written.is_empty() => places += 1,
                Token::Literal(l) if places == 0 && l.bytes().all(|b| b.is_ascii_digit()) => written.push_str(l),
                _ => return None,
            }
        }
        let fixed = !written.is_empty();
        let denominator = if fixed {
            written.parse().ok().filter(|n| (1..=10_000).contains(n))?
        } else {
            10_i128.pow(u32::try_from(places).ok().filter(|n| (1..=3).contains(n))?) - 1
        };
        Some(Self {
            whole: (!whole.is_empty()).then(|| whole.contains(&'0')),
            fixed,
            denominator: if fixed { denominator } else { denominator.min(MOST) },
        })
    }

    /// A magnitude as printed.
    fn print(self, value: &Plain) -> Option<String> {
        let value = value.ratio()?.abs()?.reduced();
        let (num, den) = (value.num(), value.den());
        let (mut whole, rest) = match self.whole {
            Some(_) => (num / den, num % den),
            None => (0, num),
        };
        // The nearest n/d, the smallest d of those: rest/den against n/d is |rest·d − n·den| over den·d.
        let first = if self.fixed { self.denominator } else { 1 };
        let mut best: Option<(i128, i128, i128)> = None;
        for d in first..=self.denominator {
            let scaled = rest.checked_mul(d)?;
            let n = scaled.checked_mul(2)?.checked_add(den)? / den.checked_mul(2)?;
            let gap = scaled.checked_sub(n.checked_mul(den)?)?.abs();
            let nearer = match best {
                Some((_, other, least)) => gap.checked_mul(other)? < least.checked_mul(d)?,
                None => true,
            };
            if nearer {
                best = Some((n, d, gap));
            }
        }
        let (mut n, d, _) = best?;
        if self.whole.is_some() && n == d {
            (whole, n) = (whole + 1, 0);
        }
        Some(match self.whole {
            Some(_) if n == 0 => whole.to_string(),
            Some(false) if whole == 0 => format!("{n}/{d}"),
            Some(_) => format!("{whole} {n}/{d}"),
            None => format!("{n}/{d}"),
        })
    }
}

impl Section {
    fn is_date(&self) -> bool {
        self.tokens.iter().any(|t| {
            !matches!(
                t,
                Token::Literal(_)
                    | Token::Digit(_)
                    | Token::Point
                    | Token::Comma
                    | Token::Percent
                    | Token::Text
                    | Token::General
            )
        })
    }

    fn has(&self, token: &Token) -> bool {
        self.tokens.contains(token)
    }

    fn has_digits(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Digit(_)))
    }
}

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

fn compile(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let Some(section) = sections.last_mut() else { break };
        let tail = &rest[c.len_utf8()..];
        let (token, used) = match c {
            ';' => {
                sections.push(Section::default());
                rest = tail;
                continue;
            }
            '"' => {
                let len = tail.find('"').unwrap_or(tail.len());
                (
                    Some(Token::Literal(tail[..len].to_owned())),
                    (1 + len + 1).min(rest.len()),
                )
            }
            '\\' => {
                let next = tail.chars().next();
                (
                    next.map(|n| Token::Literal(n.to_string())),
                    1 + next.map_or(0, char::len_utf8),
                )
            }
            // A blank as wide as the next character, and a fill with it.
            '_' | '*' => (None, 1 + tail.chars().next().map_or(0, char::len_utf8)),
            '[' => {
                let len = tail.find(']').unwrap_or(tail.len());
                let token = bracketed(&tail[..len], section);
                (token, (1 + len + 1).min(rest.len()))
            }
            '0' | '#' | '?' => (Some(Token::Digit(c)), 1),
            '.' => (Some(Token::Point), 1),
            ',' => (Some(Token::Comma), 1),
            '%' => (Some(Token::Percent), 1),
            '@' => (Some(Token::Text), 1),
            _ => lettered(rest, c, section),
        };
        section.tokens.extend(token);
        rest = &rest[used..];
    }
    for section in &mut sections {
        settle(section);
    }
    sections
}

/// `[Red]`, `[$-804]`, `[h]`, `[DBNum1]`, `[>=100]`.
fn bracketed(inside: &str, section: &mut Section) -> Option<Token> {
    let lower = inside.to_ascii_lowercase();
    if let Some(currency) = inside.strip_prefix('$') {
        let mark = currency.split('-').next().unwrap_or("");
        return (!mark.is_empty()).then(|| Token::Literal(mark.to_owned()));
    }
    match lower.as_str() {
        "h" | "hh" => Some(Token::ElapsedHours),
        "m" | "mm" => Some(Token::ElapsedMinutes),
        "s" | "ss" => Some(Token::ElapsedSeconds),
        _ if lower.starts_with("dbnum") => {
            section.chinese_digits = true;
            None
        }
        _ => {
            section.unknown |= lower.starts_with(['<', '>', '=']);
            None
        }
    }
}

/// A token that begins with a letter or stands for itself, and the bytes it takes.
fn lettered(rest: &str, c: char, section: &mut Section) -> (Option<Token>, usize) {
    let starts = |word: &str| rest.get(..word.len()).is_some_and(|r| r.eq_ignore_ascii_case(word));
    for word in ["General", "G/通用格式"] {
        if starts(word) {
            return (Some(Token::General), word.len());
        }
    }
    for word in ["AM/PM", "A/P", "上午/下午"] {
        if starts(word) {
            return (Some(Token::HalfDay), word.len());
        }
    }
    let run = rest.chars().take_while(|r| r.eq_ignore_ascii_case(&c)).count();
    let token = match c.to_ascii_lowercase() {
        'y' => Token::Year(run),
        'm' => Token::M(run),
        'd' if run >= 3 => Token::Weekday(run),
        'd' => Token::Day(run),
        'a' if run >= 3 => Token::Weekday(run),
        'h' => Token::Hour(run),
        's' => Token::Second(run),
        'e' => {
            if rest[1..].starts_with(['+', '-']) {
                section.unknown = true;
                return (None, 2);
            }
            // The year of the era, which in Chinese is the year.
            Token::Year(4)
        }
        'b' if run >= 2 => Token::Year(4),
        _ => return (Some(Token::Literal(c.to_string())), c.len_utf8()),
    };
    (Some(token), run * c.len_utf8())
}

/// What only shows once a section is whole.
fn settle(section: &mut Section) {
    let is_date = section.is_date();
    if is_date {
        // In a date, `.`, `,` and `%` only stand for themselves.
        for token in &mut section.tokens {
            let own = match token {
                Token::Point => ".",
                Token::Comma => ",",
                Token::Percent => "%",
                _ => continue,
            };
            *token = Token::Literal(own.to_owned());
        }
    }
    section.unknown |= is_date && section.has_digits();
    let is_slash = |t: &Token| matches!(t, Token::Literal(l) if l == "/");
    if section.has_digits() && section.tokens.iter().any(is_slash) {
        section.fraction = Fraction::of(&section.tokens);
        section.unknown |= section.fraction.is_none();
    }
}

fn print_digits(section: &Section, value: &Plain) -> Option<String> {
    let tokens = &section.tokens;
    let point = tokens.iter().position(|t| *t == Token::Point).unwrap_or(tokens.len());
    let is_digit = |t: &&Token| matches!(t, Token::Digit(_));
    let n_whole = tokens[..point].iter().filter(is_digit).count();
    let places: Vec<char> = tokens[point..]
        .iter()
        .filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None })
        .collect();
    let last_whole = tokens[..point].iter().rposition(|t| matches!(t, Token::Digit(_)));
    let after_last = last_whole.map_or(0, |at| at + 1);
    let scale = tokens[after_last..point]
        .iter()
        .take_while(|t| **t == Token::Comma)
        .count();
    let grouped = tokens[..last_whole.unwrap_or(0)].contains(&Token::Comma);
    let percents = tokens.iter().filter(|t| **t == Token::Percent).count();
    let shift = i32::try_from(percents * 2).ok()? - i32::try_from(scale * 3).ok()?;
    let (whole, fraction) = value.clone().magnitude().shifted(shift).fixed(places.len())?;

    let optional = places
        .iter()
        .zip(fraction.as_bytes())
        .rev()
        .take_while(|(place, digit)| **place != '0' && **digit == b'0')
        .count();
    let shown_places = places.len() - optional;
    let whole = whole.as_bytes();
    let mut out = String::with_capacity(32);
    let mut fraction = fraction.chars();
    let (mut whole_seen, mut place_seen) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            Token::Point if shown_places > 0 || places.is_empty() || n_whole == 0 => out.push('.'),
            Token::Digit(kind) if at < point => {
                let position = n_whole - 1 - whole_seen;
                let highest = if whole_seen == 0 {
                    position.max(whole.len().saturating_sub(1))
                } else {
                    position
                };
                whole_seen += 1;
                for position in (position..=highest).rev() {
                    let digit = match whole.len().checked_sub(position + 1) {
                        Some(index) => Some(char::from(whole[index])),
                        None => (*kind == '0').then_some('0'),
                    };
                    if let Some(digit) = digit {
                        out.push(digit);
                        if grouped && position > 0 && position % 3 == 0 {
                            out.push(',');
                        }
                    }
                }
            }
            Token::Digit(_) => {
                place_seen += 1;
                let digit = fraction.next();
                if place_seen <= shown_places {
                    out.extend(digit);
                }
            }
            _ => {}
        }
    }
    Some(out)
}

/// Year, month, day of a serial day; 1900 counts a 29 February that never was, as number 60.
fn calendar(serial: i64, since_1904: bool) -> Option<(i64, u32, u32)> {
    const LAST: i64 = 2_958_465;
    if !(0..=LAST).contains(&serial) {
        return None;
    }
    // Days since 1970-01-01.
    let days = if since_1904 {
        serial - 24_107
    } else if serial >= 61 {
        serial - 25_569
    } else if serial == 60 {
        return Some((1900, 2, 29));
    } else {
        serial - 25_568
    };
    // The civil calendar from a day count, in years that begin in March.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, u32::try_from(month).ok()?, u32::try_from(day).ok()?))
}

fn print_date(section: &Section, value: &Plain, since_1904: bool) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const WEEKDAYS: [char; 7] = ['日', '一', '二', '三', '四', '五', '六'];
    let (mut day_number, mut seconds) = value.split(SECONDS_A_DAY)?;
    if seconds >= SECONDS_A_DAY {
        day_number += 1;
        seconds = 0;
    }
    let (year, month, day) = calendar(day_number, since_1904)?;
    let elapsed = i128::from(day_number) * SECONDS_A_DAY + seconds;
    let halves = section.has(&Token::HalfDay);
    let hour = seconds / 3600;
    let minute = seconds / 60 % 60;
    let tokens = &section.tokens;
    let clock = |t: &Token| !matches!(t, Token::Literal(_));
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Year(width) if *width <= 2 => out.push_str(&format!("{:02}", year % 100)),
            Token::Year(_) => out.push_str(&year.to_string()),
            Token::M(width) => {
                let before = tokens[..at].iter().rev().find(|t| clock(t));
                let after = tokens[at + 1..].iter().find(|t| clock(t));
                let is_minute = matches!(before, Some(Token::Hour(_) | Token::ElapsedHours))
                    || matches!(after, Some(Token::Second(_) | Token::ElapsedSeconds));
                match width {
                    1 if is_minute => out.push_str(&minute.to_string()),
                    2 if is_minute => out.push_str(&format!("{minute:02}")),
                    1 => out.push_str(&month.to_string()),
                    2 => out.push_str(&format!("{month:02}")),
                    3 => out.push_str(MONTHS.get(month as usize - 1)?),
                    _ => return None,
                }
            }
            Token::Day(1) => out.push_str(&day.to_string()),
            Token::Day(_) => out.push_str(&format!("{day:02}")),
            Token::Weekday(width) => {
                // Day 1 of the 1900 count is a Sunday by its own reckoning; the 1904 count begins on a Friday.
                let weekday = (day_number + if since_1904 { 5 } else { 6 }).rem_euclid(7);
                if *width >= 4 {
                    out.push_str("星期");
                }
                out.push(*WEEKDAYS.get(usize::try_from(weekday).ok()?)?);
            }
            Token::Hour(width) => {
                let hour = if halves { (hour + 11) % 12 + 1 } else { hour };
                out.push_str(&if *width >= 2 {
                    format!("{hour:02}")
                } else {
                    hour.to_string()
                });
            }
            Token::Second(1) => out.push_str(&(seconds % 60).to_string()),
            Token::Second(_) => out.push_str(&format!("{:02}", seconds % 60)),
            Token::HalfDay => out.push_str(if hour < 12 { "上午" } else { "下午" }),
            Token::ElapsedHours => out.push_str(&(elapsed / 3600).to_string()),
            Token::ElapsedMinutes => out.push_str(&(elapsed / 60).to_string()),
            Token::ElapsedSeconds => out.push_str(&elapsed.to_string()),
            _ => {}
        }
    }
    Some(out)
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
