//! Rates whose counts are told elsewhere, found by what was counted and of what: 抽检涂料1156批次，其中面漆572批次、底漆584批次；不合格51批次，其中面漆31批次、
//! 底漆20批次；合格率95.6%，其中面漆合格率94.6%、底漆合格率96.6%.
//!
//! The amounts around a rate make a small table: each is of a class (面漆, or of all) and has a role (what was checked, what passed, what was
//! found wanting). A rate is looked up by its own class and the role that its name asks for. What holds is kept; what misses is told
//! only if class and role leave one choice.

use std::collections::BTreeMap;

use gouji_quantity::{Agreement, Decimal};

use super::rates::{Pair, Rate};
use crate::lexicon::Measure;
use crate::prose::clauses::{Delim, Mention};
use crate::prose::labels::{measure_in, strip_scope};
use crate::prose::partition::verdict_measure;
use crate::prose::rates::{fits, is_base, kin_units, misses_by};
use crate::prose::{MentionRef, Reading, changes};
use crate::words::last;
use crate::{Cue, Operand};

/// Amounts before and behind a rate that make its table.
const MAX_BEFORE: usize = 40;
const MAX_BEHIND: usize = 8;
/// Paragraphs before a rate that are looked at, under its own heading.
const MAX_BACK: usize = 2;
/// Pairs that are tried for one rate.
const MAX_PAIRS: usize = 16;
/// Amounts told side by side before the words that say what was done with all of them.
const MAX_JOINED: usize = 6;

/// Words of a rate's name that narrow nothing.
const OF_ALL: [&str; 27] = [
    "其中", "总体", "整体", "平均", "综合", "总", "全省", "全市", "全县", "全区", "全州", "本次", "此次", "本期",
    "本月", "累计", "抽检", "抽查", "检查", "监测", "检测", "监督", "复查", "普查", "样品", "产品", "商品",
];
/// Words of things that exist, of which some are checked.
const EXISTING: [&str; 7] = ["运行", "现有", "共有", "在册", "登记", "备案", "运维"];
/// Words of what was taken to be tested.
const SAMPLED: [&str; 5] = ["送检", "采样", "样品", "抽取", "采集"];
/// Words of what was to be done.
const DUE: [&str; 6] = ["任务", "计划", "目标", "应", "下达", "拟"];
/// Words before what was not done.
const NOT: [&str; 9] = ["未", "不", "尚", "正在", "没有", "应", "拟", "待", "计划"];

/// What an amount is to a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// What it is of: checked, taken in, planned.
    Whole,
    /// What the rate is named for.
    Done,
    /// What is left of the whole without it.
    Wanting,
}

/// An amount in the table of a rate.
struct Counted {
    at: MentionRef,
    role: Role,
    /// It bears the class of the rate; always where the rate is of all.
    of_class: bool,
}

/// The measures that parts take from the totals they divide: 不合格48批次，其中汽油29批次.
pub(super) type Inherited = BTreeMap<MentionRef, Measure>;

/// Reads them off all partitions.
pub(super) fn inherited(reading: &Reading) -> Inherited {
    let mut out = Inherited::new();
    for partition in &reading.partitions {
        let total = reading.mention(partition.total);
        let Some(measure) = verdict_measure(reading.label(partition.total), total) else {
            continue;
        };
        for mention in partition.aligned.iter().flatten() {
            let passage = partition.passage;
            out.insert(
                MentionRef {
                    passage,
                    mention: *mention,
                },
                measure,
            );
        }
    }
    out
}

impl Rate<'_, '_> {
    /// Pairs of the table that may give a rate called `stem`, those of its own class first and the nearest first among them.
    pub(super) fn by_role(&self, stem: &str) -> Vec<Pair> {
        let table = self.table(stem);
        let precise = self.mention(self.at.mention).decimals > 0;
        let mut out = Vec::new();
        for of_class in [true, false] {
            // Of another name it may be of all, if its places leave little to chance and nothing says that it is narrower.
            if !of_class && (!precise || self.is_narrower() || table.iter().any(|c| c.of_class)) {
                break;
            }
            let of = |role: Role| {
                table
                    .iter()
                    .filter(move |c| c.role == role && c.of_class == of_class)
                    .filter(move |c| precise || self.close_by(c.at))
            };
            for whole in of(Role::Whole) {
                let parts = of(Role::Done).chain(of(Role::Wanting));
                out.extend(parts.filter_map(|part| self.pair_of(part, whole)).take(MAX_PAIRS));
                if out.len() >= MAX_PAIRS {
                    return out;
                }
            }
        }
        out
    }

    /// The only whole and the only part of the rate's class, where they miss it by less than a point: one of the three is wrong.
    pub(super) fn missed_by_role(&self, stem: &str, stated: &Operand, scale: u32) -> Option<(Pair, Cue)> {
        let table = self.table(stem);
        let precise = self.mention(self.at.mention).decimals > 0;
        if class_of(stem).is_empty() || !precise || self.is_narrower() {
            return None;
        }
        let of = |role: Role| table.iter().filter(move |c| c.role == role && c.of_class);
        let (whole, more) = (of(Role::Whole).next()?, of(Role::Whole).count());
        let (part, parts) = (
            of(Role::Done).chain(of(Role::Wanting)).next()?,
            of(Role::Done).chain(of(Role::Wanting)).count(),
        );
        let near = |c: &Counted| c.at.passage == self.at.passage && self.close_by(c.at);
        if more != 1 || parts != 1 || !near(whole) || !near(part) {
            return None;
        }
        let pair = self.pair_of(part, whole)?;
        let gap = misses_by(stated, pair.part.value?, pair.whole, scale)?;
        let others = self.gives_other(stated, scale, &table);
        (gap < Decimal::ONE && !others).then_some((pair, Cue::Implied))
    }

    /// Whether any two amounts of the table give the rate.
    fn gives_other(&self, stated: &Operand, scale: u32, table: &[Counted]) -> bool {
        let value = |c: &Counted| self.reading.mention(c.at).value;
        table.iter().any(|whole| {
            table.iter().any(|part| {
                let fit = |p: Decimal| fits(stated, p, value(whole), scale).is_some_and(Agreement::holds);
                value(part) < value(whole)
                    && (fit(value(part)) || value(whole).checked_sub(value(part)).is_some_and(fit))
            })
        })
    }

    /// 其中, in front of the rate or of its sentence's earlier clauses.
    fn is_narrower(&self) -> bool {
        let rate = self.mention(self.at.mention);
        let prose = &self.reading.prose[self.at.passage];
        let clause = &prose.clauses[rate.clause];
        let text = self.cx.passages[self.at.passage].text.as_str();
        clause.group > 0 || text[clause.range.start..rate.full.start].contains("其中")
    }

    /// In the rate's sentence or the one beside it.
    fn close_by(&self, m: MentionRef) -> bool {
        let own = self.reading.sentence(self.at);
        m.passage == self.at.passage && self.reading.sentence(m).abs_diff(own) <= 1
    }

    /// Part and whole of a rate, the part less what was wanting of it.
    fn pair_of(&self, part: &Counted, whole: &Counted) -> Option<Pair> {
        let (p, w) = (self.reading.mention(part.at), self.reading.mention(whole.at));
        let over = self.mention(self.at.mention).value > Decimal::ONE_HUNDRED;
        let fit = part.at != whole.at && counted_alike(p, w) && (p.value <= w.value || over && part.role == Role::Done);
        let operand = match part.role {
            Role::Wanting => {
                let mut rest = Operand::computed(w.value.checked_sub(p.value)?);
                rest.span = Some(p.span);
                rest.figure = Some(p.fig);
                rest
            }
            _ => self.cx.operand(p.fig)?,
        };
        let wholes = vec![self.cx.operand(w.fig)?];
        let whole = w.value;
        fit.then_some(Pair {
            part: operand,
            wholes,
            whole,
        })
    }

    /// The amounts around the rate with what they are to it, nearest first.
    fn table(&self, stem: &str) -> Vec<Counted> {
        let class = class_of(stem);
        let passages = &self.cx.passages;
        let own = &passages[self.at.passage];
        let n = self.reading.prose[self.at.passage].mentions.len();
        let behind = (self.at.mention + 1..n)
            .map(|mention| MentionRef { mention, ..self.at })
            .take(MAX_BEHIND)
            .take_while(|m| self.reading.sentence(*m) <= self.reading.sentence(self.at) + 1);
        self.reading
            .before(self.cx, self.at, MAX_BACK)
            .filter(|m| passages[m.passage].headings == own.headings)
            .take(MAX_BEFORE)
            .chain(behind)
            .filter(|m| self.reading.mention(*m).is_amount())
            .filter_map(|at| {
                let role = self.role(at, stem)?;
                let bears = !class.is_empty() && self.bears(at, &class);
                // A part is of its own class alone.
                let counts = bears || !self.reading.is_part(at);
                let of_class = bears || class.is_empty();
                counts.then_some(Counted { at, role, of_class })
            })
            .collect()
    }

    /// Whether the words beside an amount name a class.
    fn bears(&self, at: MentionRef, class: &str) -> bool {
        let m = self.reading.mention(at);
        let name = strip_scope(&self.reading.label(at).name);
        m.label.contains(class) || m.tail.contains(class) || name.chars().count() >= 2 && class.ends_with(name.as_str())
    }

    /// What an amount is to a rate called `stem`.
    fn role(&self, at: MentionRef, stem: &str) -> Option<Role> {
        let m = self.reading.mention(at);
        if is_base(self.reading, at) || changes::change_word(&m.label).is_some() || m.value <= Decimal::ZERO {
            return None;
        }
        let total = self.reading.label(at).total;
        let measure = self.measured(at);
        let came_in = matches!(measure, Some(Measure::Received | Measure::Checked | Measure::Planned));
        match measure_in(stem).map(|(of, _)| of) {
            Some(of @ (Measure::Passed | Measure::Failed)) => match measure? {
                Measure::Checked => Some(Role::Whole),
                done if done == of => Some(Role::Done),
                Measure::Failed => Some(Role::Wanting),
                _ => None,
            },
            Some(of @ (Measure::Closed | Measure::OnTimeClosed)) => match measure {
                Some(done) if done == of => Some(Role::Done),
                Some(Measure::Pending) if of == Measure::Closed => Some(Role::Wanting),
                Some(Measure::Overdue) if of == Measure::OnTimeClosed => Some(Role::Wanting),
                Some(Measure::Received) => Some(Role::Whole),
                None if total => Some(Role::Whole),
                _ => None,
            },
            Some(Measure::Checked) => match measure {
                Some(Measure::Checked) => Some(Role::Done),
                None if total || EXISTING.iter().any(|w| m.label.contains(w)) => Some(Role::Whole),
                _ => None,
            },
            Some(_) => None,
            None => match self.called_so(m, last(stem, 2)) {
                Some(role) => Some(role),
                None if came_in || total || DUE.iter().any(|w| m.label.contains(w)) => Some(Role::Whole),
                None => None,
            },
        }
    }

    /// 已动工210户 of 动工率, 未动工30户; 采纳发布22条 of 采发率.
    fn called_so(&self, m: &Mention, core: &str) -> Option<Role> {
        let Some(at) = m.label.find(core) else {
            return abbreviates(core, m.label.trim()).then_some(Role::Done);
        };
        let before = &m.label[..at];
        if before.ends_with('未') || before.ends_with("尚未") {
            return Some(Role::Wanting);
        }
        (!NOT.iter().any(|w| before.ends_with(w))).then_some(Role::Done)
    }

    /// What an amount measures: by its own words, those of the total that it divides, or those behind the last of several told side by side.
    fn measured(&self, at: MentionRef) -> Option<Measure> {
        let m = self.reading.mention(at);
        let behind = measure_in(&m.tail).filter(|(_, range)| !m.tail[range.end..].starts_with('率'));
        match (verdict_measure(self.reading.label(at), m), behind) {
            // 检测发现17批次商品不合格: it was found in the check.
            (Some(Measure::Checked) | None, Some((found @ (Measure::Failed | Measure::Passed), _))) => Some(found),
            (None, Some((Measure::Checked, _))) => Some(Measure::Checked),
            (Some(own), _) => Some(own),
            (None, _) if SAMPLED.iter().any(|w| m.label.contains(w)) => Some(Measure::Checked),
            (None, _) => self.inherited.get(&at).copied().or_else(|| self.of_all_joined(at)),
        }
    }

    /// 对13家网站、38家新媒体进行了检查: what is said of the last of them is said of all.
    fn of_all_joined(&self, at: MentionRef) -> Option<Measure> {
        let prose = &self.reading.prose[at.passage];
        let mut last = at.mention;
        for _ in 0..MAX_JOINED {
            let clause = &prose.clauses[prose.mentions[last].clause];
            let next = prose.mentions.get(last + 1).filter(|n| n.is_amount());
            match next {
                Some(n)
                    if clause.after == Delim::Dun
                        && prose.clauses[n.clause].before == Delim::Dun
                        && prose.clauses[n.clause].group == clause.group =>
                {
                    last += 1;
                }
                _ => break,
            }
        }
        let m = &prose.mentions[last];
        let (measure, range) = (last > at.mention).then(|| measure_in(&m.tail)).flatten()?;
        let of_all = matches!(measure, Measure::Checked | Measure::Failed | Measure::Passed);
        (of_all && !m.tail[range.end..].starts_with('率')).then_some(measure)
    }
}

/// The class that a rate is of: its name without what was done and without words that narrow nothing. Empty for one of all.
fn class_of(stem: &str) -> String {
    let end = measure_in(stem).map_or_else(
        || stem.char_indices().rev().nth(1).map_or(0, |(at, _)| at),
        |(_, range)| range.start,
    );
    let mut class = strip_scope(&stem[..end]);
    loop {
        let before = class.len();
        for word in OF_ALL {
            class = class.strip_prefix(word).unwrap_or(&class).to_owned();
            class = class.strip_suffix(word).unwrap_or(&class).to_owned();
        }
        if class.len() == before {
            return class;
        }
    }
}

/// Whether a name of two characters is the short form of some words: 采发 of 采纳发布.
fn abbreviates(core: &str, words: &str) -> bool {
    let mut chars = core.chars();
    let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next()) else {
        return false;
    };
    words.chars().count() == 4 && words.starts_with(first) && words.chars().nth(2) == Some(second)
}

/// Whether two amounts count the same things: 1156个批次 and 51批次.
fn counted_alike(a: &Mention, b: &Mention) -> bool {
    kin_units(&a.unit, &b.unit) || a.tail.starts_with(b.unit.as_str()) || b.tail.starts_with(a.unit.as_str())
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::ratios;

    #[test]
    fn rates_find_their_counts_by_class_and_role() {
        for (text, expected) in [
            (
                "共抽检民用涂料1156批次，其中甲类面漆572批次、乙类底漆584批次；不合格51批次，其中甲类面漆31批次、乙类底漆20批次；涂料合格率为95.6%，其中甲类面漆合格率为94.6%、乙类底漆合格率为96.6%。",
                &[
                    "ratio~ 95.6% <- 1105 1156批次",
                    "ratio~ 94.6% <- 541 572批次",
                    "ratio~ 96.6% <- 564 584批次",
                ][..],
            ),
            (
                "对全市152家政府网站、356家政务新媒体进行了逐一检查，政府网站合格率94.1%，政务新媒体合格率83.7%。9家政府网站、58家政务新媒体存在问题。",
                &["ratio~ 94.1% <- 143 152家", "ratio~ 83.7% <- 298 356家"],
            ),
            (
                "本次收到有效送检样品468批次，检验发现163批次产品质量不合格，总体不合格产品检出率为34.8%。",
                &["ratio~ 34.8% <- 163批次 468批次"],
            ),
            (
                "2031年全县改造任务为18640户，截至6月8日，已动工19056户，动工率达102.2%。",
                &["ratio~ 102.2% <- 19056户 18640户"],
            ),
            (
                "截至5月20日，全市在线运行的政府网站1187家。第二季度，随机抽查全市在线运行的政府网站473家，抽查比例为39.85%。",
                &["ratio~ 39.85% <- 473家 1187家"],
            ),
            (
                "各单位累计报送稿件591条，采纳发布238条，采发率40.3%。",
                &["ratio~ 40.3% <- 238条 591条"],
            ),
            (
                "本月登记工单共652件，其中来电489件、来信163件。截至月底，已办结回复497件，办结率76.23%。",
                &["ratio~ 76.23% <- 497件 652件"],
            ),
        ] {
            let found: Vec<String> = ratios(text).iter().map(|l| l.replace(['!', '?'], "~")).collect();
            for line in expected {
                assert!(found.iter().any(|l| l == line), "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn the_only_counts_of_its_class_are_its_own() {
        let text = "对全市152家政府网站、356家政务新媒体进行了检查，政府网站合格率94.4%，政务新媒体合格率83.7%。9家政府网站、58家政务新媒体存在问题。";
        assert!(
            ratios(text).iter().any(|l| l == "ratio? 94.4% <- 143 152家"),
            "{:?}",
            ratios(text)
        );
        for text in [
            // Of another class, of a class that is told twice, far off, among others.
            "对全市152家政府网站进行了检查，政务新媒体合格率94.4%。9家政府网站存在问题。",
            "对全市152家政府网站、356家政务新媒体进行了检查，政府网站合格率90.4%。9家政府网站、58家政务新媒体存在问题。",
            "对全市152家政府网站进行了检查，其中县级政府网站合格率94.4%。9家政府网站存在问题。",
        ] {
            let wrong: Vec<String> = ratios(text).into_iter().filter(|l| !l.starts_with("ratio~")).collect();
            assert_eq!(wrong, [""; 0], "{text}");
        }
    }

    #[test]
    fn cut_off_beside_its_counts() {
        for (text, expected) in [
            ("重点项目26个，已开工建设15个，开工率57.6%。", "57.6% <- 15个 26个"),
            ("基础设施项目11个，已开工建设6个，开工率54%。", "54% <- 6个 11个"),
        ] {
            assert!(
                ratios(text).iter().any(|l| l.ends_with(expected)),
                "{text}: {:?}",
                ratios(text)
            );
        }
        let text = "重点项目26个，已落实资金15个，开工率57.6%。";
        assert!(
            ratios(text).iter().all(|l| l.starts_with("ratio~")),
            "{:?}",
            ratios(text)
        );
    }
}
