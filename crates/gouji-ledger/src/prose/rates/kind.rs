//! What a percentage says: a part's share of a whole, a rate by its name, or growth and the like.

use crate::context::Context;
use crate::prose::clauses::{Delim, Mention};
use crate::prose::labels::measure_in;
use crate::prose::{MentionRef, Reading, changes, shares};
use crate::words::last;

/// Longest words (in characters) between 率 and its figure: 率为, 率达到了.
const MAX_BEHIND_NAME: usize = 6;
/// Longest name of a rate that is kept, in characters before 率.
const MAX_NAME: usize = 10;

/// What a percentage says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A part's share of a whole.
    Share,
    /// A rate with the words before 率.
    Rate(String),
    /// Growth or something else.
    Other,
}

/// What kind of percentage a mention is.
pub(crate) fn kind_of(cx: &Context, reading: &Reading, at: MentionRef) -> Kind {
    let label = shares::share_words(cx, reading, at);
    if changes::change_word(label).is_some() {
        return Kind::Other;
    }
    // 占总数的比例由去年的18.2%降至16.1%: what it was before is of what was there before.
    if changes::old_value(label) {
        return Kind::Other;
    }
    // 占比率达: a share under the name of a rate.
    if label.contains("占比率") {
        return Kind::Share;
    }
    if let Some(name) = name_of_rate(label) {
        return Kind::Rate(last(name, MAX_NAME).to_owned());
    }
    if tells_share(label)
        || of_whole_inside(reading, at, label)
        || alone_in_brackets(cx, reading, at, label)
        || alone_among_shares(cx, reading, at, label)
    {
        return Kind::Share;
    }
    Kind::Other
}

/// The name of a rate before 率, 面 or 比例.
fn name_of_rate(label: &str) -> Option<&str> {
    // 率 may stand before the last amounts' words only: 办结率为, 总体合格率.
    if let Some(end) = label.rfind('率') {
        let tail = &label[end + '率'.len_utf8()..];
        if tail.chars().count() <= MAX_BEHIND_NAME {
            return Some(&label[..end]);
        }
    }
    // 支出进度67.2%, 投资进度为80%: how far a plan was fulfilled.
    let progress = label.trim_end_matches(['为', '达', '到', '约']).strip_suffix("进度");
    if let Some(stem) = progress.filter(|s| {
        ["支出", "投资", "执行", "完成", "整改", "收入"]
            .iter()
            .any(|w| s.ends_with(w))
    }) {
        return Some(stem);
    }
    // 评查面为89.1%, 培训覆盖面达95%: how much was reached. 方面, 层面 and the like measure nothing.
    let face = label.trim_end_matches(['为', '达', '到', '约']);
    if let Some(stem) = face.strip_suffix('面')
        && ["查", "盖", "益", "训", "与", "检", "测", "到", "种", "保", "播"]
            .iter()
            .any(|w| stem.ends_with(w))
    {
        return Some(stem);
    }
    // 达标24条，达标为57.1%: the word of the amount before it again.
    if let Some(word) = label
        .strip_suffix('为')
        .filter(|w| measure_in(w).is_some_and(|(_, r)| r == (0..w.len())))
    {
        return Some(word);
    }
    // 获奖比例, 开通比例: a rate of its own noun, not the share of what stands before it.
    let noun = label.trim_end_matches(['为', '达', '到', '约']).strip_suffix("比例")?;
    (noun.chars().count() >= 2 && !noun.contains('占')).then_some(noun)
}

/// Whether the words say that the figure is a share.
fn tells_share(label: &str) -> bool {
    label.contains('占') || label.ends_with("比例") || label.ends_with("比例为") || label.contains("比重")
}

/// 占报送总数480条的25%: the whole stands inside the phrase.
fn of_whole_inside(reading: &Reading, at: MentionRef, label: &str) -> bool {
    label == "的" && (shares::whole_inside(reading, at).is_some() || shares::of_class(reading, at))
}

/// 甲类80件（40%）: nothing but the figure in a parenthesis right behind an amount.
fn alone_in_brackets(cx: &Context, reading: &Reading, at: MentionRef, label: &str) -> bool {
    let mention = reading.mention(at);
    let prose = &reading.prose[at.passage];
    let clause = &prose.clauses[mention.clause];
    if !label.is_empty() || clause.group == 0 {
        return false;
    }
    let group = &prose.groups[clause.group];
    let text = cx.passages[at.passage].text.as_str();
    let alone = clause.range.len() <= mention.full.len() + 12;
    group.host.is_some_and(|host| {
        let host = &prose.mentions[host];
        alone && host.is_amount() && text[host.full.end..group.range.start].trim().is_empty()
    })
}

/// 甲类235条，占39.8%；乙类1条，0.2%；丙类1条，占0.2%: nothing but the figure behind an amount, where the rates on either side are shares.
fn alone_among_shares(cx: &Context, reading: &Reading, at: MentionRef, label: &str) -> bool {
    let prose = &reading.prose[at.passage];
    let clause = &prose.clauses[reading.mention(at).clause];
    let text = cx.passages[at.passage].text.as_str();
    let alone = label.is_empty() && clause.mentions == [at.mention] && clause.before == Delim::Comma;
    if !alone || text[clause.range.clone()].trim().len() > reading.mention(at).full.len() {
        return false;
    }
    let amount = |m: usize| prose.mentions.get(m).is_some_and(Mention::is_amount);
    let share = |m: usize| {
        let told = prose
            .mentions
            .get(m)
            .is_some_and(|s| s.is_rate() && s.label.starts_with('占'));
        told && reading.one_sentence(MentionRef { mention: m, ..at }, at)
    };
    let (before, behind) = (at.mention.checked_sub(2), at.mention + 2);
    let first = at.mention.checked_sub(1);
    first.is_some_and(amount)
        && prose.mentions[at.mention - 1].clause + 1 == reading.mention(at).clause
        && (before.is_some_and(share) || amount(at.mention + 1) && share(behind))
}
