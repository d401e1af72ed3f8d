//! The mark between the two ends of a range (起止): a dash for times, a wave for amounts (GB/T 15834-2011, 连接号).
//!
//! ```text
//! 1-3月 → 1—3月        8月21日-27日 → 8月21日—27日        10-15天 → 10～15天        80%-90% → 80%～90%
//! ```
//!
//! Only a hyphen, a short dash or a tilde between two numbers is changed, and only where the units say what the numbers are: a number of a
//! document, of a telephone or of a house, a score and a day in figures (2024-08-01) keep theirs. No digit is touched.

/// What people type for the mark.
const TYPED: [char; 6] = ['-', '–', '－', '~', '∼', '〜'];
const TIME: char = '—';
const AMOUNT: char = '～';
/// Digits of the longest number that is looked at.
const LONGEST: usize = 8;
/// Units of amounts. What may also number things (号, 级, 层, 楼) is not among them.
const UNITS: &[&str] = &[
    "%",
    "％",
    "‰",
    "天",
    "个",
    "人",
    "名",
    "家",
    "件",
    "项",
    "条",
    "次",
    "篇",
    "元",
    "万",
    "亿",
    "倍",
    "小时",
    "分钟",
    "工作日",
    "公里",
    "米",
    "平方米",
    "公顷",
    "亩",
    "吨",
    "岁",
    "户",
    "起",
    "宗",
    "批次",
];

/// The text with the marks of its ranges.
pub(super) fn ranges(text: &str) -> String {
    if !text.contains(TYPED) {
        return text.to_owned();
    }
    let mut chars: Vec<char> = text.chars().collect();
    for at in 0..chars.len() {
        if TYPED.contains(&chars[at])
            && let Some(mark) = mark_at(&chars, at)
        {
            chars[at] = mark;
        }
    }
    chars.into_iter().collect()
}

/// The mark that belongs between the number that ends before `at` and the one that begins behind it, if they are a range.
fn mark_at(chars: &[char], at: usize) -> Option<char> {
    let unit_before = at.checked_sub(1).map(|i| chars[i]).filter(|c| !c.is_ascii_digit());
    let end = at - usize::from(unit_before.is_some());
    let start = end
        - chars[..end]
            .iter()
            .rev()
            .take(LONGEST + 1)
            .take_while(|c| numeric(**c))
            .count();
    let to = at
        + 1
        + chars[at + 1..]
            .iter()
            .take(LONGEST + 1)
            .take_while(|c| numeric(**c))
            .count();
    // A number that goes on to the left is another thing: 2024-08-01, A1-3, (3)1-2.
    let joined = |c: char| TYPED.contains(&c) || c.is_ascii_alphanumeric() || "/.:：—～#〕）)".contains(c);
    if start.checked_sub(1).is_some_and(|i| joined(chars[i])) {
        return None;
    }
    let (first, last) = (Number::of(&chars[start..end])?, Number::of(&chars[at + 1..to])?);
    let rest = &chars[to..];
    let unit = rest.first().copied()?;
    if let Some(before) = unit_before {
        return match before {
            // 8月21日-27日, 2022年12月-2023年2月.
            '年' | '月' | '日' if "年月日".contains(unit) => Some(TIME),
            '%' | '％' if before == unit && first < last => Some(AMOUNT),
            _ => None,
        };
    }
    if first >= last {
        return None;
    }
    let within = |least: u64, most: u64| first.within(least, most) && last.within(least, most);
    let begins = |word: &str| {
        word.chars()
            .zip(rest.iter().chain(std::iter::repeat(&' ')))
            .all(|(a, b)| a == *b)
    };
    let time = match unit {
        '年' => within(1900, 2199),
        '月' => within(1, 12),
        '日' => within(1, 31) && start.checked_sub(1).is_some_and(|i| chars[i] == '月'),
        '季' => begins("季度") && within(1, 4),
        _ => false,
    };
    // 第3-5名 are places and 第3-5条 articles: no amounts.
    let counted = || start.checked_sub(1).is_none_or(|i| chars[i] != '第') && UNITS.iter().any(|unit| begins(unit));
    if time { Some(TIME) } else { counted().then_some(AMOUNT) }
}

fn numeric(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

/// A number as it is compared: its whole part, then the digits behind the point.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    whole: u64,
    fraction: String,
}

impl Number {
    fn of(chars: &[char]) -> Option<Self> {
        if chars.len() > LONGEST {
            return None;
        }
        let text: String = chars.iter().collect();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let plain = fraction.chars().all(|c| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit());
        Some(Self {
            whole: whole.parse().ok().filter(|_| plain)?,
            fraction: fraction.to_owned(),
        })
    }

    fn within(&self, least: u64, most: u64) -> bool {
        self.fraction.is_empty() && (least..=most).contains(&self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_get_a_dash_and_amounts_a_wave() {
        for (before, after) in [
            ("2031年1-3月", "2031年1—3月"),
            ("1~6月份", "1—6月份"),
            ("2029-2031年", "2029—2031年"),
            ("9月6-10日", "9月6—10日"),
            ("8月21日-8月27日", "8月21日—8月27日"),
            ("2030年12月－2031年2月", "2030年12月—2031年2月"),
            ("第1-3季度", "第1—3季度"),
            ("10-15天", "10～15天"),
            ("80%-90%", "80%～90%"),
            ("0.5-1.5%", "0.5～1.5%"),
            ("3–5个工作日", "3～5个工作日"),
        ] {
            assert_eq!(ranges(before), after);
            assert_eq!(ranges(after), after);
        }
    }

    #[test]
    fn what_is_no_range_keeps_its_hyphen() {
        for text in [
            "2031-08-01",
            "2031-08月",
            "0999-1234567",
            "增长-15.3%",
            "-15.3%-20.1%个",
            "3-5号楼",
            "A1-3个",
            "第3-5名",
            "3-1个",
            "2比1-2",
            "1-2-3个",
            "12-25日",
            "得分60-70分",
            "50+N-3",
            "〔2031〕-48号",
            "-",
            "3-",
            "-3个",
            "123456789-123456790个",
            "1.-2.个",
        ] {
            assert_eq!(ranges(text), text);
        }
    }
}
