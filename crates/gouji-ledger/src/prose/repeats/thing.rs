//! What a figure is of: the words that an equal figure must share to be the same one.

use gouji_quantity::scan_periods;

use super::super::clauses::{Delim, Mention};
use super::super::labels::strip_scope;
use super::super::lists::common_suffix;
use super::super::{MentionRef, Reading, changes};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::words::last;

/// Most characters of a label and of the words behind a figure that are compared.
const NEAR: usize = 24;
const BEHIND: usize = 8;
/// Most characters before a figure in which its period is looked for.
const REACH: usize = 120;

/// Words of two characters that say nothing of who or what.
const IDLE: [&str; 30] = [
    "本月", "本季", "季度", "今年", "上半", "半年", "全县", "全市", "全省", "全区", "全国", "其中", "分别", "完成",
    "发生", "涉及", "存在", "发现", "处理", "办理", "整改", "占比", "以上", "总数", "数量", "情况", "有关", "各类",
    "相关", "进行",
];

/// Measure words that one and the same thing may be counted with.
const LIKE: [&[&str]; 3] = [
    &["人", "名", "位"],
    &["件", "条", "宗", "起", "个", "项", "处"],
    &["家", "个", "所", "户", "座"],
];

/// What a figure is of.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    /// The words before it, without its verb.
    name: String,
    /// The words behind it.
    noun: String,
    unit: String,
    measure: Option<Measure>,
    /// 共, 合计
    pub total: bool,
    /// It stands before its noun, as what was given already: 这6个账号, 对12个账号, 发现的89批次产品.
    pub taken_up: bool,
    /// It is of what was not done: 未派遣的9件.
    pub undone: bool,
    /// It counts the names before it.
    pub listed: bool,
    /// Words before it bring it in.
    pub introduces: bool,
    /// The period it speaks of.
    pub period: Option<Told>,
}

/// A period as told: months of a year that need not be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    year: Option<i32>,
    from: u32,
    to: u32,
}

impl Told {
    /// Whether both can be one period: 第三季度 and 2024年第三季度, 1至3月 and 一季度.
    fn agrees(self, other: Self) -> bool {
        let year = match (self.year, other.year) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        year && (self.from, self.to) == (other.from, other.to)
    }
}

impl Thing {
    pub fn of(cx: &Context, reading: &Reading, at: MentionRef) -> Self {
        let m = reading.mention(at);
        let label = reading.label(at);
        let prose = &reading.prose[at.passage];
        let clause = &prose.clauses[m.clause];
        let mut name = strip_scope(&label.name);
        // 由312件下降到286件: both are of what stands before the first.
        if m.label.ends_with(['到', '至'])
            && let Some(before) = at.mention.checked_sub(1)
            && prose.mentions[before].clause == m.clause
            && prose.mentions[before].label.ends_with(['由', '从'])
        {
            name = strip_scope(&reading.labels[at.passage][before].name);
        }
        // 4—6月份累计办件: the period is no name.
        if let Some(period) = scan_periods(&name, Some(2000)).pop() {
            name.replace_range(..period.range.end, "");
        }
        let name = last(&name, NEAR);
        let words: String = m.tail.chars().take_while(|c| c.is_alphabetic()).take(NEAR).collect();
        let noun: String = strip_scope(&words).chars().take(BEHIND).collect();
        let listed =
            m.label.ends_with('等') || clause.before == Delim::Dun && clause.mentions.first() == Some(&at.mention);
        let core = name.trim_start_matches(['对', '在', '从', '这', '该', '由', '被']);
        let again = ["这", "上述", "以上", "的"].iter().any(|w| m.label.ends_with(w));
        let named = noun.chars().count() >= 2;
        // 进展滞后7项。滞后的7项中: the words before 的 may be all that names it.
        let taken_up = !listed && (named && core.chars().count() <= 1 || again && (named || name.chars().count() >= 2));
        Self {
            introduces: !taken_up && (label.total || label.measure.is_some() || !name.is_empty()),
            unit: m.unit.clone(),
            measure: label.measure,
            total: label.total || label.measure == Some(Measure::Checked),
            taken_up,
            undone: last(m.label.trim_end_matches('的'), 4).contains(['未', '没']),
            listed,
            period: period(cx, reading, at),
            name: name.to_owned(),
            noun,
        }
    }

    /// Whether both can be of one period.
    pub fn same_time(&self, other: &Self) -> bool {
        match (self.period, other.period) {
            (Some(a), Some(b)) => a.agrees(b),
            _ => true,
        }
    }

    /// Nothing beside it says what it is of.
    pub fn is_bare(&self) -> bool {
        self.name.is_empty() && self.noun.is_empty()
    }

    /// It was looked at: 检查账号52个.
    pub fn is_checked(&self) -> bool {
        self.measure == Some(Measure::Checked)
    }

    /// No verb says what was done to it: 涉及整改4个项目 counts anew.
    pub fn does_nothing(&self) -> bool {
        self.measure.is_none()
    }

    /// What was received is not what was closed.
    pub fn contradicts(&self, other: &Self) -> bool {
        matches!((self.measure, other.measure), (Some(a), Some(b)) if a != b)
    }

    /// 人 and 名, 件 and 条: the same thing may be counted with either.
    pub fn like_unit(&self, other: &Self) -> bool {
        LIKE.iter()
            .any(|units| units.contains(&self.unit.as_str()) && units.contains(&other.unit.as_str()))
    }

    /// How many pairs of neighbouring characters the words beside both share.
    pub fn overlap(&self, other: &Self) -> usize {
        let mine = pairs(&[self.name.as_str(), self.noun.as_str()]);
        let theirs = pairs(&[other.name.as_str(), other.noun.as_str()]);
        common(&mine, &theirs)
    }

    /// Words before and behind agree: 全国31个省份中 … 全国31个省份中.
    pub fn parallel(&self, other: &Self) -> bool {
        let share = |a: &str, b: &str| common(&pairs(&[a]), &pairs(&[b]));
        share(&self.name, &other.name) >= 1 && share(&self.noun, &other.noun) >= 2
    }

    /// The words behind it begin with the noun that ends the other's name: 政务微博6个，6个政务微博.
    pub fn begins_with(&self, before: &Self) -> bool {
        [4, 3].iter().any(|n| {
            let noun = last(&before.name, *n);
            noun.chars().count() == *n && self.noun.starts_with(noun)
        })
    }

    /// The thing counted has the same noun, whether before its number or behind it: 政务新媒体共6个, 6个政务新媒体.
    pub fn same_noun(&self, other: &Self) -> bool {
        let holds = |whole: &Self, head: &String| {
            let near = last(&whole.name, BEHIND);
            pairs(&[near, whole.noun.as_str()]).binary_search(head).is_ok()
        };
        self.heads().iter().any(|h| holds(other, h)) || other.heads().iter().any(|h| holds(self, h))
    }

    /// The words before both end alike: 直接财产损失, 火灾造成财产损失.
    pub fn ends_alike(&self, other: &Self) -> bool {
        common_suffix(&self.name, &other.name) >= 2
    }

    /// Whether a noun behind names another kind of what the other's name ends in: 游泳场所10户, 10户住宿场所.
    pub fn other_kind(&self, before: &Self) -> bool {
        let head = last(&before.name, 2);
        let kind: Vec<char> = before.name.chars().rev().skip(2).take(2).collect();
        match self.noun.find(head) {
            Some(at) if head.chars().count() == 2 && at > 0 && kind.len() == 2 => {
                !self.noun[..at].chars().any(|c| kind.contains(&c))
            }
            _ => false,
        }
    }

    /// The first two characters of the noun behind, the last two of the name.
    fn heads(&self) -> Vec<String> {
        let first: String = self.noun.chars().take(2).collect();
        [first, last(&self.name, 2).to_owned()]
            .into_iter()
            .filter(|w| w.chars().count() == 2)
            .collect()
    }
}

/// Whether a figure is a change and no quantity of its own (增加4篇).
pub(super) fn is_change(m: &Mention) -> bool {
    changes::change_word(&m.label).is_some()
}

/// Most characters before a figure that say what it is of, over commas.
const LEAD: usize = 40;

/// The words before a figure in its sentence or record, over commas, with the figures among them.
pub(super) fn lead<'a>(cx: &Context<'a>, reading: &Reading, at: MentionRef) -> &'a str {
    let text = cx.passages[at.passage].text.as_str();
    let end = reading.mention(at).digits.start;
    let mut start = end;
    for (i, c) in text[..end].char_indices().rev().take(LEAD) {
        if "。；;！？\n".contains(c) {
            break;
        }
        start = i;
    }
    &text[start..end]
}

/// How many pairs of neighbouring characters two stretches of words share.
pub(super) fn shared(a: &str, b: &str) -> usize {
    common(&pairs(&[a]), &pairs(&[b]))
}

/// Whether two stretches of words can be of one place: neither names one, or both name one in common. 全县 and 我区 are no names.
pub(super) fn one_place(a: &str, b: &str) -> bool {
    let (a, b) = (places(a), places(b));
    a.is_empty() && b.is_empty() || a.iter().any(|p| b.contains(p))
}

/// Whether what is told may be of what was given above it: it names no place that the words above do not.
pub(super) fn within(given: &str, told: &str) -> bool {
    let given = places(given);
    places(told).iter().all(|p| given.contains(p))
}

/// The places named: the character before 县, 区, 镇 or 乡 with it.
fn places(words: &str) -> Vec<[char; 2]> {
    let chars: Vec<char> = words.chars().collect();
    let named = |p: &&[char]| {
        matches!(p[1], '县' | '区' | '镇' | '乡')
            && p[0].is_alphabetic()
            && !"全本我各该个市县区乡镇省地景社辖园山校小灾城郊".contains(p[0])
    };
    chars.windows(2).filter(named).map(|p| [p[0], p[1]]).collect()
}

/// Pairs of neighbouring characters, sorted, each once.
fn pairs(words: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for w in words {
        let chars: Vec<char> = w.chars().collect();
        out.extend(
            chars
                .windows(2)
                .filter(|p| p.iter().all(|c| c.is_alphabetic()))
                .map(|p| p.iter().collect::<String>())
                .filter(|p| !IDLE.contains(&p.as_str())),
        );
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn common(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|p| b.binary_search(p).is_ok()).count()
}

/// The last period before a figure in its sentence, else in the nearest heading above that names one.
fn period(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Told> {
    let passage = &cx.passages[at.passage];
    let text = passage.text.as_str();
    let end = reading.mention(at).full.start;
    let mut start = end;
    for (i, c) in text[..end].char_indices().rev().take(REACH) {
        if "。；;\n".contains(c) {
            break;
        }
        start = i;
    }
    told_period(&text[start..end]).or_else(|| {
        passage
            .headings
            .iter()
            .rev()
            .find_map(|h| told_period(cx.passages[*h].text.as_str()))
    })
}

/// The last period of a text with what stretches it (1—11月 is not 11月).
fn told_period(text: &str) -> Option<Told> {
    let found = scan_periods(text, Some(2000)).pop()?;
    let (year, first, to) = found.period.months();
    let lead = text[..found.range.start].trim_end_matches(['月', '份']);
    let joined = lead.trim_end_matches(['-', '－', '—', '–', '~', '～', '至', '到']);
    let digits = joined.len() - joined.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let from = match joined[joined.len() - digits..].parse() {
        Ok(month) if joined.len() < lead.len() && (1..to).contains(&month) => month,
        _ => first,
    };
    Some(Told {
        year: found.year_printed.then_some(year),
        from,
        to,
    })
}
