//! Shares in words: 一半, 过半, 近三成, 三分之二, 1/6.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Approx, Decimal, Ratio, Stated, Unit, chinese_integer};
use regex::Regex;

use super::{Scanned, hedge};
use crate::FigureClass;

static PORTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<below>[二三四五六七八九十]{1,2})分之(?P<above>[一二三四五六七八九十]{1,2})",
        r"|(?P<part>[1-9][0-9]?)[/／](?P<whole>[1-9][0-9]?)",
        r"|(?P<tenths>[一二三四五六七八九1-9])成(?P<more>[一二三四五六七八九半])?",
        r"|(?P<half>过半数?|半数|一半)",
    ))
    .expect("a constant pattern")
});

/// Every share in words of a text, in order.
///
/// Its value is a percentage. Without a word that says otherwise it is stated roughly: nobody who writes 三成 means 30.0 %.
pub(super) fn scan(text: &str) -> Vec<Scanned> {
    let mut out = Vec::new();
    for found in PORTION.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
        let group = |name| found.name(name).map(|m| m.as_str());
        let number = |name| group(name).and_then(|w| w.parse().ok().or_else(|| chinese_integer(w)));
        let portion = if let (Some(below), Some(above)) = (number("below"), number("above")) {
            in_chinese(before).then_some((above, below))
        } else if let (Some(part), Some(whole)) = (number("part"), number("whole")) {
            in_digits(before, after).then_some((part, whole))
        } else if let Some(tenths) = number("tenths") {
            let more = match group("more") {
                Some("半") => 5,
                Some(_) => number("more").unwrap_or(0),
                None => 0,
            };
            tenth_stands(before, after).then_some((tenths * 10 + more, 100))
        } else {
            half_stands(before, after, whole.as_str()).then_some((1, 2))
        };
        let Some((part, of)) = portion.filter(|(part, of)| part < of) else {
            continue;
        };
        let (at, hedged) = (whole.range(), after.starts_with(['多', '余']));
        // 超过总数的一半
        let said = ["总数的", "总量的", "总人数的", "其中的", "的"]
            .iter()
            .find_map(|w| before.strip_suffix(w))
            .unwrap_or(before);
        let approx = match hedge::approximation(said, after, hedged) {
            _ if whole.as_str().starts_with('过') => Approx::MoreThan,
            Approx::Exact => Approx::About,
            said => said,
        };
        let Some(value) = percentage(part, of, approx) else {
            continue;
        };
        let mut stated = Stated::new(value);
        stated.approx = approx;
        let modality = hedge::modality(before, after, FigureClass::Rate);
        out.push(Scanned {
            digits: at.clone(),
            full: at,
            stated: Some(stated),
            unit: Some(Unit::new("%")),
            class: FigureClass::Rate,
            modality,
        });
    }
    out
}

/// `part / of` in percent, to two places where it is not whole; 近三分之一 admits a third, so that it is not cut off.
fn percentage(part: i64, of: i64, approx: Approx) -> Option<Decimal> {
    let exact = Ratio::new(i128::from(part), i128::from(of))?.times(100)?;
    let rounded = exact.round_half_up(2)?;
    let short = exact.compare(Ratio::from_decimal(rounded))?.is_gt();
    let value = if approx == Approx::Near && short {
        rounded.checked_add(Decimal::new(1, 2))?
    } else {
        rounded
    };
    Some(value.normalize())
}

/// 百分之 and 千分之 are read as percentages, and 三十分之一 is not 十分之一.
fn in_chinese(before: &str) -> bool {
    !before.ends_with(|c: char| "百千万第一二三四五六七八九零".contains(c))
}

/// 占1/6, 约1/3: a fraction, not a page or a date, stands behind a word of shares.
fn in_digits(before: &str, after: &str) -> bool {
    let lead = before.trim_end();
    let told = [
        "占", "占比", "的", "约", "近", "超", "超过", "不足", "不到", "达", "达到", "为", "至",
    ]
    .iter()
    .any(|w| lead.ends_with(w));
    let ends = after
        .chars()
        .next()
        .is_none_or(|c| !c.is_ascii_alphanumeric() && !"/／.年月日号".contains(c));
    told && ends
}

/// 三成, not 三成立 or 第三成员单位.
fn tenth_stands(before: &str, after: &str) -> bool {
    let inside = before.ends_with(|c: char| c.is_ascii_digit() || ".．第十百千一二三四五六七八九".contains(c));
    let word = after
        .chars()
        .next()
        .is_some_and(|c| "立功员为果品型长本绩效就交不都套熟人份".contains(c));
    !inside && !word
}

/// 一半即20家, 近三分之一，即30个, 三分之二（60个）: the count that a share in words stands for follows it.
pub(crate) fn counted(after: &str) -> bool {
    let rest = after.trim_start_matches("以上").trim_start_matches(['，', ',', ' ']);
    let number = rest.strip_prefix("即").or_else(|| rest.strip_prefix(['（', '(']));
    let number = number.map(|n| n.trim_start_matches(['共', '有', '为', '即']));
    number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)))
}

/// 占一半, 过半: a half as a share. 任务过半, 一半以上的时间 and 另一半 speak of other things.
fn half_stands(before: &str, after: &str, word: &str) -> bool {
    if counted(after) {
        return true;
    }
    let clause: Vec<char> = before
        .chars()
        .rev()
        .take_while(|c| !"，,。；;：:\n".contains(*c))
        .take(24)
        .collect();
    let share = clause.iter().any(|c| *c == '占' || *c == '数') || clause.ends_with(&['比']);
    let near = clause.first().is_some_and(|c| "占的近约超过达为比".contains(*c));
    match word {
        "半数" => !before.ends_with('过'),
        _ => share && (near || word.starts_with('过')),
    }
}

/// Whether two ranges share a byte.
pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
