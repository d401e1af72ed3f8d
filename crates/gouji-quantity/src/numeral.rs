//! Chinese numerals and full-width digits.

use rust_decimal::Decimal;

/// Full-width digits, percent, comma, stop, plus and minus signs as half-width; all else as it is.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

fn half_width_char(c: char) -> char {
    match c {
        '０'..='９' | '％' | '，' | '．' | '＋' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '−' => '-',
        '﹪' => '%',
        _ => c,
    }
}

/// Whether `c` is an everyday Chinese digit, 〇 to 九, or the circle that is typed for 〇.
pub(crate) fn is_everyday_digit(c: char) -> bool {
    matches!(
        c,
        '〇' | '○' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九'
    )
}

fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '兩' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Reads a whole string as a Chinese integer: 三十二, 一百零五, 二〇二四 (digit by digit), 廿三, 一万二千. What two
/// values can be meant by (一万二, 三百五) is none.
#[must_use]
pub fn chinese_integer(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some() && c != '两') {
        return text
            .chars()
            .try_fold(0_i64, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut current) = (0_i64, 0_i64, None::<i64>);
    // The last unit, and whether a 零 stands behind it.
    let (mut last_unit, mut nought) = (1_i64, false);
    // 三百五 may be 350 as well as 305, which is written 三百零五.
    let loose = |current: Option<i64>, last_unit: i64, nought: bool| {
        current.is_some_and(|d| d != 0) && last_unit >= 100 && !nought
    };
    for c in text.chars() {
        if let Some(d) = digit(c) {
            nought |= d == 0;
            // Two digits in a row outside the digit-by-digit form are no number, but 零 may stand before any.
            if current.is_some_and(|d| d != 0) {
                return None;
            }
            current = Some(d);
            continue;
        }
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1_000,
            '廿' | '卅' => {
                section = section.checked_add(if c == '廿' { 20 } else { 30 })?;
                current = None;
                (last_unit, nought) = (10, false);
                continue;
            }
            '万' | '萬' | '亿' | '億' => {
                if section > 0 && loose(current, last_unit, nought) {
                    return None;
                }
                let below = section.checked_add(current.take().unwrap_or(0))?;
                if below == 0 && total == 0 {
                    return None;
                }
                // 亿 takes all that stands before it (一万亿), 万 only what stands since 亿.
                total = if matches!(c, '万' | '萬') {
                    total.checked_add(below.checked_mul(10_000)?)?
                } else {
                    total.checked_add(below)?.checked_mul(100_000_000)?
                };
                section = 0;
                (last_unit, nought) = (10_000, false);
                continue;
            }
            _ => return None,
        };
        section = section.checked_add(current.take().filter(|d| *d != 0).unwrap_or(1).checked_mul(unit)?)?;
        (last_unit, nought) = (unit, false);
    }
    if loose(current, last_unit, nought) {
        return None;
    }
    total.checked_add(section)?.checked_add(current.unwrap_or(0))
}

/// Reads a whole string as a Chinese number: an integer, 三点五, 百分之三十 (30), 千分之五 (5).
#[must_use]
pub fn chinese_number(text: &str) -> Option<Decimal> {
    let text = text
        .strip_prefix("百分之")
        .or_else(|| text.strip_prefix("千分之"))
        .unwrap_or(text);
    if let Some((whole, fraction)) = text.split_once('点') {
        let mut digits = chinese_integer(whole)?.to_string();
        digits.push('.');
        for c in fraction.chars() {
            digits.push(char::from(b'0' + u8::try_from(digit(c)?).ok()?));
        }
        return Decimal::from_str_exact(&digits).ok();
    }
    chinese_integer(text).map(Decimal::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        for (text, value) in [
            ("三十二", 32),
            ("十", 10),
            ("一百零五", 105),
            ("二〇二四", 2024),
            ("廿三", 23),
            ("一万二千", 12_000),
            ("两", 2),
            ("三亿五千万", 350_000_000),
            ("一万零二", 10_002),
            ("一百零五万", 1_050_000),
            ("三千〇四十", 3_040),
            ("五亿零三百二十一", 500_000_321),
            ("十五万", 150_000),
        ] {
            assert_eq!(chinese_integer(text), Some(value), "{text}");
        }
        for text in [
            "",
            "一百二三",
            "个",
            "万",
            "一万二",
            "三百五",
            "两千六",
            "一亿三",
            "三百五万",
        ] {
            assert_eq!(chinese_integer(text), None, "{text}");
        }
    }

    #[test]
    fn fractions() {
        assert_eq!(
            chinese_number("百分之三十点五"),
            Some("30.5".parse().expect("a decimal"))
        );
    }
}
