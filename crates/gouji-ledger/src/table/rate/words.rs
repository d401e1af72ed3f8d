//! How well the words of a rate's header name the columns that give it.

use super::base::Base;
use crate::table::sheet::Sheet;
use crate::table::wording::{negated, shared};

/// How well the header names the operands: 0 not at all, 1–2 in part, 3 both the part and the whole.
pub(super) fn words(sheet: &Sheet<'_>, col: usize, base: Base) -> u32 {
    let header = |c: usize| sheet.columns[c].header.as_str();
    let stem = stem(header(col));
    let whole_word = |c: usize| {
        [
            "抽查", "检查", "抽检", "监测", "普查", "受理", "收到", "接收", "派发", "交办", "转办", "应", "总", "合计",
            "来件", "来信", "办件", "参评", "评价", "测评", "计划", "任务", "预算", "目标", "户数", "样本", "检测",
            "巡查", "考核", "诉求", "工单", "全部", "采购", "派遣", "派件", "分派", "下派", "立案", "签收", "承办",
        ]
        .iter()
        .any(|w| header(c).contains(w))
    };
    let names =
        |c: usize| negated(header(c)) == negated(&stem) && shared(header(c), &stem) >= 2.min(stem.chars().count());
    match base {
        Base::Pair { part, whole } => {
            let part_named = names(part) && !stem.is_empty();
            u32::from(part_named) * 2
                + u32::from(whole_word(whole) && shared(header(whole), &stem) < stem.chars().count().max(1))
        }
        Base::Complement { except, whole } => {
            let named = negated(header(except)) && !negated(&stem) && !stem.is_empty();
            u32::from(named) + u32::from(named && whole_word(whole))
        }
        Base::Split { part, .. } => u32::from(names(part) && !stem.is_empty()),
        // 占比 next to its figure speaks of the total.
        Base::OfTotal { col: of } => {
            let share = sheet.columns[col].is_share();
            u32::from(share) * 2 + u32::from(share && (of + 1 == col || names(of) && !stem.is_empty()))
        }
        Base::Growth { now, before } => {
            let earlier = year(header(before)).zip(year(header(now))).is_some_and(|(b, n)| b < n);
            let earlier = earlier || follows(header(before), header(now));
            let last = earlier || ["上", "去年", "同期", "前"].iter().any(|w| header(before).contains(w));
            let this = ["本", "今年", "当"].iter().any(|w| header(now).contains(w))
                || !["上", "去年", "同期"].iter().any(|w| header(now).contains(w));
            u32::from(last && this) * 2 + u32::from(last && this && now.abs_diff(before) == 1)
        }
        // The increase right beside its rate, behind the figure that grew.
        Base::Increase { now, by } => {
            2 + u32::from(by.abs_diff(col) == 1 && now < by.min(col) && by.min(col) - now == 1)
        }
        // 月均 of 月数, 户均 of 户数: the first character of the mean is that of its number.
        Base::Mean { number, .. } => {
            let unit = header(col).find('均').and_then(|at| header(col)[..at].chars().last());
            let named = unit.is_some_and(|c| {
                header(number).starts_with(c) || header(number).contains(['数', '口']) && header(number).contains(c)
            });
            1 + 2 * u32::from(named)
        }
    }
}

/// The year that a header names: 2030 of 2030年1-6月.
fn year(header: &str) -> Option<u32> {
    let before = &header[..header.find('年')?];
    let from = before.len().checked_sub(4)?;
    before.get(from..)?.parse().ok()
}

/// Whether two headers are of the same measure in one month and in the next (6月受理数, 7月受理数).
fn follows(before: &str, now: &str) -> bool {
    let month = |header: &str| -> Option<(u32, String)> {
        let (lead, rest) = header.split_once('月')?;
        let at = lead
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + lead[at..].chars().next().map_or(0, char::len_utf8));
        let number = lead[at..].parse().ok().filter(|m| (1..=12).contains(m))?;
        Some((number, rest.trim_start_matches('份').to_owned()))
    };
    month(before)
        .zip(month(now))
        .is_some_and(|((b, first), (n, second))| first == second && n == b % 12 + 1)
}

/// What a rate's header speaks of: 合格率 → 合格, 城市管理类占比 → 城市管理类.
fn stem(header: &str) -> String {
    let mut stem = header.to_owned();
    for word in ["所占比例", "占比", "比重", "百分比", "比例", "占", "率", "产品", "平均"] {
        stem = stem.replacen(word, "", 1);
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_month_and_the_next() {
        assert!(follows("12月", "1月") && !follows("6月", "8月") && !follows("6月受理", "7月办结"));
    }

    #[test]
    fn what_a_rate_speaks_of() {
        assert_eq!(stem("按期办结率"), "按期办结");
        assert_eq!(stem("市容类占比"), "市容类");
    }
}
