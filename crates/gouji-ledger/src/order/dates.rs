//! Dates in the order that they must have: windows run forward, reviews follow checks, nothing reported lies after the
//! day of signing, deadlines lie behind it, and a web page publishes what is signed.

use std::ops::Range;

use gouji_document::{Span, Text};
use gouji_quantity::{Date, DatePart, scan_dates, scan_periods};

use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Days ahead within which a deadline without a year may lie in the next one.
const NEXT_YEAR_DAYS: i64 = 150;

/// A date in a passage, its year completed.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub passage: usize,
    pub range: Range<usize>,
    pub date: Date,
    /// The year is printed.
    pub full: bool,
    pub span: Span,
}

/// What the dates are held against.
pub(super) struct Known {
    pub signed: Option<(Date, Operand)>,
    pub published: Option<(Date, Operand)>,
    /// Month and day of a newspaper's dateline, where neither of them is known: 某某网10月23日讯.
    pub dateline: Option<(u32, u32, Operand)>,
}

/// Adds the date relations.
pub(crate) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    let mut known = Known {
        signed: signed(cx.circular.date.as_ref()),
        published: signed(cx.circular.published.as_ref()),
        dateline: None,
    };
    if known.signed.is_none() && known.published.is_none() {
        known.dateline = super::dateline::dateline(cx);
    }
    publication(&known, out);
    let mentions = mentions(cx, &known, out);
    let windows = super::windows::windows(cx, &mentions, &known, out);
    let taken: Vec<(usize, Range<usize>)> = windows
        .iter()
        .map(|idx| (mentions[*idx].passage, mentions[*idx].range.clone()))
        .collect();
    super::spans::relations(cx, &taken, out);
    super::spans::of_months(cx, out);
    let events: Vec<&Mention> = mentions
        .iter()
        .enumerate()
        .filter(|(idx, _)| windows.binary_search(idx).is_err())
        .map(|(_, m)| m)
        .collect();
    chain(cx, &events, &known, out);
}

fn signed(date: Option<&gouji_circular::SignedDate>) -> Option<(Date, Operand)> {
    let date = date?;
    Some((date.date?, operand(date.text.trim(), date.text.span()?, date.date?)))
}

fn operand(surface: &str, span: Span, date: Date) -> Operand {
    let mut operand = Operand::named(surface, Some(span));
    operand.date = Some(date);
    operand
}

pub(super) fn relation(
    rule: &'static str,
    cue: Cue,
    holds: bool,
    stated: Operand,
    operands: Vec<Operand>,
    quote: Span,
) -> Relation {
    Relation {
        kind: RelationKind::Date,
        rule,
        cue,
        readings: vec![Reading {
            formula: Formula::DateOrder { holds },
            stated,
            operands,
        }],
        quote,
    }
}

/// A page can only publish what is signed.
fn publication(known: &Known, out: &mut Vec<Relation>) {
    let (Some((signed, by)), Some((published, stated))) = (&known.signed, &known.published) else {
        return;
    };
    let Some(quote) = stated.span else { return };
    out.push(relation(
        "published-after-signing",
        Cue::Implied,
        published >= signed,
        stated.clone(),
        vec![by.clone()],
        quote,
    ));
}

/// All dates of the passages with their years; days that no calendar has become relations at once.
fn mentions(cx: &Context<'_>, known: &Known, out: &mut Vec<Relation>) -> Vec<Mention> {
    let base_year = cx
        .circular
        .period
        .map(|p| p.months().0)
        .or(known.signed.as_ref().map(|(d, _)| d.year))
        .or(known.published.as_ref().map(|(d, _)| d.year));
    // A report without a day of its own tells of the year that it names.
    let base_year = base_year.or_else(|| {
        let full = |text: &Text| {
            scan_dates(text).into_iter().find_map(|m| match m.part {
                DatePart::Full(date) => Some(date.year),
                _ => None,
            })
        };
        known.dateline.as_ref()?;
        cx.passages.iter().find_map(|p| full(p.text))
    });
    let mut found = Vec::new();
    for (idx, passage) in cx.passages.iter().enumerate() {
        let mut year = None;
        for mention in scan_dates(passage.text) {
            let Some(span) = passage.text.source_span(mention.range.clone()) else {
                continue;
            };
            let (date, full) = match mention.part {
                DatePart::Full(date) => {
                    year = Some(date.year);
                    (Some(date), true)
                }
                DatePart::Impossible(..) => {
                    let surface = &passage.text[mention.range.clone()];
                    // Dates run together with digits of something else are no dates.
                    if surface.contains('年') && surface.contains('日') {
                        let stated = Operand::named(surface, Some(span));
                        out.push(relation("date-exists", Cue::Explicit, false, stated, Vec::new(), span));
                    }
                    (None, true)
                }
                DatePart::MonthDay(month, day) => {
                    let around = year
                        .or_else(|| year_before(passage.text, mention.range.start))
                        .or(base_year);
                    (around.and_then(|y| Date::new(y, month, day)), false)
                }
            };
            if let Some(date) = date {
                found.push(Mention {
                    passage: idx,
                    range: mention.range,
                    date,
                    full,
                    span,
                });
            }
        }
    }
    found
}

/// The year that the last period before `at` names (2023年第三季度 … 9月30日).
fn year_before(text: &str, at: usize) -> Option<i32> {
    let window = tail(&text[..at], 120);
    scan_periods(window, None).last().map(|p| p.period.months().0)
}

/// At most the last `bytes` bytes of a text, on a character boundary.
fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// At most the first `bytes` bytes of a text, on a character boundary.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let mut to = text.len().min(bytes);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

impl Mention {
    pub fn operand(&self, cx: &Context<'_>) -> Operand {
        operand(
            &cx.passages[self.passage].text[self.range.clone()],
            self.span,
            self.date,
        )
    }

    pub fn text<'a>(&self, cx: &Context<'a>) -> &'a Text {
        cx.passages[self.passage].text
    }

    /// What stands before it in its clause.
    pub fn before<'a>(&self, cx: &Context<'a>) -> &'a str {
        let before = tail(&self.text(cx).as_str()[..self.range.start], 90);
        before.rsplit(STOPS).next().unwrap_or("")
    }

    /// What stands behind it in its clause.
    pub fn after<'a>(&self, cx: &Context<'a>) -> &'a str {
        let after = head(&self.text(cx).as_str()[self.range.end..], 150);
        after.split(STOPS).next().unwrap_or("")
    }

    /// What stands behind it in its sentence.
    fn sentence_after<'a>(&self, cx: &Context<'a>) -> &'a str {
        let after = head(&self.text(cx).as_str()[self.range.end..], 240);
        after.split(['。', '；', ';']).next().unwrap_or("")
    }
}

/// Marks that end a clause.
const STOPS: [char; 10] = ['，', ',', '。', '；', ';', '！', '？', '\n', '（', '('];

/// Checks, reviews, cut-offs and deadlines against the day of signing and each other.
fn chain(cx: &Context<'_>, events: &[&Mention], known: &Known, out: &mut Vec<Relation>) {
    let role = |m: &Mention| role(cx, m);
    let checks: Vec<&&Mention> = events.iter().filter(|m| role(m) == Some(Role::Check)).collect();
    let reviews: Vec<&&Mention> = events.iter().filter(|m| role(m) == Some(Role::Review)).collect();
    // The earliest check: a review before all of them reviews nothing.
    let first_check = checks.iter().min_by_key(|m| m.date);
    let latest = checks.iter().chain(&reviews).max_by_key(|m| m.date);
    for mention in events {
        let quote = clause_span(cx, mention);
        match role(mention) {
            Some(Role::Review) => {
                if let Some(check) = first_check
                    && (mention.full && check.full || mention.date >= check.date)
                {
                    let holds = mention.date >= check.date;
                    out.push(relation(
                        "review-after-check",
                        Cue::Implied,
                        holds,
                        mention.operand(cx),
                        vec![check.operand(cx)],
                        quote,
                    ));
                } else {
                    before_signing(cx, mention, known, quote, out);
                }
            }
            Some(Role::Check | Role::CutOff) => before_signing(cx, mention, known, quote, out),
            Some(Role::Deadline { firm }) => {
                let against = known
                    .signed
                    .clone()
                    .or_else(|| latest.map(|m| (m.date, m.operand(cx))))
                    .or_else(|| known.published.clone());
                let Some((limit, by)) = against else { continue };
                let mut date = mention.date;
                if !mention.full {
                    let Some(same) = Date::new(limit.year, date.month, date.day) else {
                        continue;
                    };
                    date = same;
                    if same < limit
                        && let Some(next) = Date::new(limit.year + 1, date.month, date.day)
                        && next.day_number() - limit.day_number() <= NEXT_YEAR_DAYS
                    {
                        date = next;
                    }
                }
                let holds = date >= limit;
                // A page may be put up, or dated anew, long after its circular was sent out.
                let proves = known.signed.is_some() || latest.is_some();
                if holds || firm && proves {
                    let mut stated = mention.operand(cx);
                    stated.date = Some(date);
                    let cue = if known.signed.is_some() {
                        Cue::Explicit
                    } else {
                        Cue::Implied
                    };
                    out.push(relation("deadline-after-signing", cue, holds, stated, vec![by], quote));
                }
            }
            None => {}
        }
    }
}

/// A day that is reported on lies on or before the day of signing.
fn before_signing(cx: &Context<'_>, mention: &Mention, known: &Known, quote: Span, out: &mut Vec<Relation>) {
    // What a page tells was counted before it was published, too; but a page may be dated anew, so that this proves no error.
    let Some((limit, by)) = known.signed.as_ref().or(known.published.as_ref()) else {
        // Without a year the day of a report proves no error either.
        if let Some((month, day, by)) = &known.dateline
            && by.span != Some(mention.span)
            && (mention.date.month, mention.date.day) <= (*month, *day)
        {
            let (stated, by) = (mention.operand(cx), vec![by.clone()]);
            out.push(relation(
                "reported-before-signing",
                Cue::Implied,
                true,
                stated,
                by,
                quote,
            ));
        }
        return;
    };
    let mut date = mention.date;
    if !mention.full && date > *limit {
        // 截至12月31日 in a circular of January: the year before.
        let Some(last) = Date::new(limit.year - 1, date.month, date.day) else {
            return;
        };
        date = last;
        if limit.day_number() - date.day_number() > NEXT_YEAR_DAYS {
            return;
        }
    }
    if date > *limit && known.signed.is_none() {
        return;
    }
    let mut stated = mention.operand(cx);
    stated.date = Some(date);
    out.push(relation(
        "reported-before-signing",
        Cue::Implied,
        date <= *limit,
        stated,
        vec![by.clone()],
        quote,
    ));
}

/// What a date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A check was made on it.
    Check,
    /// What was checked was looked at again on it.
    Review,
    /// Data were taken until it.
    CutOff,
    /// Something is asked for before it.
    Deadline {
        /// The wording leaves no doubt that it is still to come.
        firm: bool,
    },
}

fn role(cx: &Context<'_>, mention: &Mention) -> Option<Role> {
    let (before, after) = (mention.before(cx), mention.after(cx));
    let has = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    let ends = |words: &[&str]| words.iter().any(|w| before.trim_end().ends_with(w));
    let bare_after =
        after.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, ':' | '：' | '时'));
    if bare_after.starts_with('前')
        || ["之前", "以前", "下班前", "上午前", "中午前"]
            .iter()
            .any(|w| bare_after.starts_with(w))
    {
        let sentence = mention.sentence_after(cx);
        let asked = has(
            sentence,
            &[
                "报送", "上报", "报至", "报告", "整改", "完成", "反馈", "提交", "报市", "报县", "报区", "报我", "落实",
                "书面", "到位", "发至", "寄送",
            ],
        );
        let past = has(
            sentence,
            &[
                "未完成",
                "未整改",
                "已完成",
                "已全部",
                "未报",
                "已报",
                "的单位",
                "的信件",
                "的工单",
            ],
        ) || has(before, &["对", "凡"]);
        let firm = has(before, &["请", "务必", "确保", "须", "限", "应"])
            || before.trim_end().ends_with('于') && has(sentence, &["前将", "报送", "书面", "上报"]);
        return (asked && !past).then_some(Role::Deadline { firm });
    }
    if ends(&["截至", "截止", "截止到", "截止至", "截至到"]) {
        return Some(Role::CutOff);
    }
    if has(before, &["将于", "拟于", "定于", "计划"]) || has(after, &["召开", "印发", "施行", "起施行"])
    {
        return None;
    }
    if has(before, &["复核", "复查", "复检"]) || has(after, &["复核", "复查", "复检"]) {
        return Some(Role::Review);
    }
    let dated =
        ends(&["于", "在", "时间为", "时间：", "时间:", "日期为", "日期：", "日期:"]) || before.trim().is_empty();
    let check = [
        "检查", "检测", "监测", "抽查", "普查", "巡查", "督查", "抽检", "检验", "核查", "测评",
    ];
    let done = has(after, &check)
        && !has(after, &["要求", "通知", "开始", "起"])
        && has(after, &["开展", "组织", "进行", "对", "检查"])
        || has(before, &check) && has(before, &["时间", "日期"]);
    (dated && done).then_some(Role::Check)
}

/// The clause that a date stands in.
fn clause_span(cx: &Context<'_>, mention: &Mention) -> Span {
    let text = mention.text(cx);
    let from = mention.range.start - mention.before(cx).len();
    let to = mention.range.end + mention.after(cx).len();
    text.source_span(from..to).unwrap_or(mention.span)
}

#[cfg(test)]
mod tests {
    use super::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    #[test]
    fn deadlines_follow_the_day_of_signing() {
        assert_eq!(
            read("请于2027年9月18日前将整改结果书面报送我办。\n成文 2027年9月6日"),
            ["date 2027年9月18日 <- 2027年9月6日 ok"]
        );
        assert_eq!(
            read("请于2027年8月18日前将整改结果书面报送我办。\n成文 2027年9月6日"),
            ["date 2027年8月18日 <- 2027年9月6日 BAD"]
        );
        assert_eq!(
            read("确保1月20日前整改到位。\n成文 2023年12月28日"),
            ["date 1月20日 <- 2023年12月28日 ok"],
            "the next year"
        );
        assert!(
            read("对2027年8月18日前未完成整改的单位予以通报。\n成文 2027年9月6日").is_empty(),
            "a deadline of the past"
        );
    }

    #[test]
    fn a_review_follows_the_check() {
        let text = "我办于2024年5月8日组织开展了检查。\n复核时间为2024年5月7日。\n成文 2024年5月10日";
        assert_eq!(
            read(text),
            [
                "date? 2024年5月8日 <- 2024年5月10日 ok",
                "date? 2024年5月7日 <- 2024年5月8日 BAD"
            ]
        );
        assert!(
            read(&text.replace("5月7日", "5月9日"))
                .iter()
                .all(|l| l.ends_with("ok"))
        );
    }

    #[test]
    fn windows_run_forward() {
        assert_eq!(
            read("统计日期为2029年3月16日至2029年6月15日。\n成文 2029年6月20日"),
            ["date 2029年6月15日 <- 2029年3月16日 2029年6月20日 ok"]
        );
        assert_eq!(
            read("2029年8月26日12:00至2029年8月13日12:00受理。"),
            ["date 2029年8月13日 <- 2029年8月26日 BAD"]
        );
        assert_eq!(read("12月26日至1月25日，共受理3件。\n成文 2023年2月1日").len(), 1);
        assert!(read("2022年5月3日、2022年5月9日两次检查").is_empty());
    }

    #[test]
    fn cut_offs_lie_before_signing() {
        assert_eq!(
            read("截至7月31日，已办结30件。\n成文 2027年8月5日"),
            ["date? 7月31日 <- 2027年8月5日 ok"]
        );
        assert!(
            read("截至12月31日，已办结30件。\n成文 2023年1月8日")
                .iter()
                .all(|l| l.ends_with("ok"))
        );
    }

    #[test]
    fn cut_offs_lie_before_publication() {
        assert_eq!(
            read("截至2023年6月30日，已办结30件。\n发布 2023年7月8日"),
            ["date? 2023年6月30日 <- 2023年7月8日 ok"]
        );
        assert!(
            read("截至2023年6月30日，已办结30件。\n发布 2023年6月8日").is_empty(),
            "a page dated anew"
        );
    }

    #[test]
    fn what_began_ends_later() {
        assert_eq!(
            read("自2023年8月27日起开展的检查于2023年9月26日结束。"),
            ["date 2023年9月26日 <- 2023年8月27日 ok"]
        );
        assert_eq!(
            read("评查从7月26日开始，10月31日结束，分两个阶段。\n成文 2023年12月1日").len(),
            1
        );
        assert_eq!(
            read("自2023年8月27日起开展的检查于2023年6月26日结束。"),
            ["date 2023年6月26日 <- 2023年8月27日 BAD"]
        );
        assert!(read("自2023年8月27日起开展检查，2023年6月26日印发方案。").is_empty());
        assert_eq!(
            read("2019年3月1日零时至3月31日24时，共登记7例。"),
            ["date 3月31日 <- 2019年3月1日 ok"]
        );
    }

    #[test]
    fn a_day_that_does_not_exist() {
        assert_eq!(read("于2023年2月30日开展了检查。"), ["date 2023年2月30日 <-  BAD"]);
    }

    #[test]
    fn other_dates_are_left_alone() {
        assert!(read("2025年3月1日，县政府召开例会。\n成文 2024年3月1日").is_empty());
    }
}
