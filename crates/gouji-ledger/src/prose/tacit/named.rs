//! Rates by any name: what was done is called as the rate is (解决率: 已解决3874件), the whole stands before it, behind it, or some
//! lines up under the same noun. All are kept only if they hold.

use super::rates::{Pair, Rate};
use crate::lexicon::Measure;
use crate::prose::MentionRef;
use crate::prose::labels;
use crate::prose::rates::{is_base, kin_units};
use crate::{FigureClass, Operand};

/// Amounts before a rate that are tried as its whole.
const MAX_WHOLES: usize = 8;
/// Figures before a rate that are looked at for its whole.
const MAX_LOOKED: usize = 24;
/// Amounts of the paragraphs before that are looked at.
const MAX_FAR: usize = 80;
/// Paragraphs before in which a whole is looked for.
const MAX_BACK: usize = 6;

/// Words of what was not done, or is to be.
const NOT: [&str; 10] = ["未", "不", "尚", "正在", "没有", "应", "拟", "待", "需", "计划"];
/// Words of what was saved.
const SAVED: [&str; 6] = ["节约", "节支", "节省", "节资", "核减", "审减"];

impl Rate<'_, '_> {
    /// Amounts of the sentence that are called as the rate is, nearest first: 已解决3874件 of 解决率.
    pub(super) fn called(&self, core: &str) -> Vec<usize> {
        if core.chars().count() < 2 {
            return Vec::new();
        }
        // 收回1860份，回收率93%.
        let turned: String = core.chars().rev().collect();
        let told = |words: &str| {
            let at = words.find(core).or_else(|| words.find(turned.as_str()));
            at.is_some_and(|at| !NOT.iter().any(|n| words[..at].ends_with(n)))
        };
        // 2836个县已完成整改任务，完成率92.98%: behind its figure, in words of what was done.
        let told_behind = |words: &str| {
            let at = words.find(core).filter(|at| words[..*at].ends_with('已'));
            at.is_some_and(|at| !words[at + core.len()..].starts_with('率'))
        };
        let mut called = self.before();
        called.retain(|m| told(&self.mention(*m).label) || told_behind(&self.mention(*m).tail));
        called
    }

    /// Whether the printed places of the rate leave little to chance, or part and whole are the only two before it.
    fn telling(&self, part: usize, whole: usize) -> bool {
        let rate = self.mention(self.at.mention);
        rate.decimals > 0 || whole + 1 == part && part + 1 == self.at.mention
    }

    /// 转派工单4280件，已解决3874件，未解决406件，解决率90.51%: of an amount of the sentence before it, or of the two sentences before that.
    pub(super) fn by_its_word(&self, core: &str) -> Vec<Pair> {
        let prose = &self.reading.prose[self.at.passage];
        let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
        let before: Vec<usize> = (0..self.at.mention)
            .rev()
            .take(MAX_LOOKED)
            .take_while(|m| sentence(*m) + 2 >= sentence(self.at.mention))
            .filter(|m| prose.mentions[*m].is_amount())
            .collect();
        let mut out = Vec::new();
        for part in self.called(core) {
            let p = self.mention(part);
            let wholes = before.iter().copied().filter(|w| {
                let of = MentionRef { mention: *w, ..self.at };
                *w < part && kin_units(&self.mention(*w).unit, &p.unit) && !is_base(self.reading, of)
            });
            out.extend(
                wholes
                    .filter(|w| self.mention(*w).value >= p.value && self.telling(part, *w))
                    .take(MAX_WHOLES)
                    .filter_map(|w| self.pair(part, w)),
            );
        }
        out
    }

    /// 受理投诉1500件，同比增长4.2%，解决1200件，解决率80.0%: the part right before the rate is called as it is, and what came in is the only
    /// other amount of its unit in the sentence.
    pub(super) fn called_right_before(&self, core: &str) -> Option<Pair> {
        let part = *self.called(core).first()?;
        let p = self.mention(part);
        let before = self.before();
        let others: Vec<usize> = before
            .iter()
            .copied()
            .filter(|m| {
                let of = MentionRef { mention: *m, ..self.at };
                *m != part && self.mention(*m).unit == p.unit && !is_base(self.reading, of)
            })
            .collect();
        let [whole] = others[..] else { return None };
        let came_in = matches!(self.measure(whole), Some(Measure::Received | Measure::Checked));
        (before.first() == Some(&part) && whole < part && came_in && self.mention(whole).value >= p.value)
            .then(|| self.pair(part, whole))
            .flatten()
    }

    /// 调解成功118件，调解成功率36.76%；办结321件: the whole stands right behind the rate, in its sentence.
    pub(super) fn whole_behind(&self, core: &str) -> Option<Pair> {
        let prose = &self.reading.prose[self.at.passage];
        let rate = self.mention(self.at.mention);
        let whole = self.at.mention + 1;
        let w = prose.mentions.get(whole)?;
        let part = *self.called(core).first()?;
        let p = self.mention(part);
        let beside = prose.clauses[w.clause].sentence == prose.clauses[rate.clause].sentence
            && prose.clauses[w.clause].group == prose.clauses[rate.clause].group;
        (beside && w.is_amount() && w.unit == p.unit && rate.decimals > 0)
            .then(|| self.pair(part, whole))
            .flatten()
    }

    /// 56个重点项目…。达到目标进度的项目32个，计划完成率57.1%: the amount right before the rate, of one of its noun in the sentences before.
    pub(super) fn of_ones_noun(&self) -> Vec<Pair> {
        let rate = self.mention(self.at.mention);
        let Some(part) = self.before().first().copied().filter(|m| m + 1 == self.at.mention) else {
            return Vec::new();
        };
        let p = self.mention(part);
        let noun: String = p
            .label
            .trim_end_matches(['有', '为', '共'])
            .chars()
            .rev()
            .take(2)
            .collect();
        let noun: String = noun.chars().rev().collect();
        if rate.decimals == 0 || noun.chars().count() < 2 || noun.contains(['的', '了', '中']) {
            return Vec::new();
        }
        let of_noun = |at: &MentionRef| {
            let w = self.reading.mention(*at);
            let named = w.tail.contains(noun.as_str()) || w.label.ends_with(noun.as_str());
            named && w.is_amount() && w.unit == p.unit && w.value >= p.value && !is_base(self.reading, *at)
        };
        let earlier = self.reading.before(
            self.cx,
            MentionRef {
                mention: part,
                ..self.at
            },
            1,
        );
        earlier
            .take(MAX_FAR)
            .filter(of_noun)
            .take(MAX_WHOLES)
            .filter_map(|at| self.over(part, at))
            .collect()
    }

    /// 投诉16840件…。已办结投诉12915件，办结率76.69%: the whole of the part's noun stands some lines up.
    pub(super) fn of_its_kind(&self, core: &str) -> Vec<Pair> {
        let rate = self.mention(self.at.mention);
        let Some(part) = self.called(core).first().copied().filter(|_| rate.decimals > 0) else {
            return Vec::new();
        };
        let p = self.mention(part);
        let noun = labels::strip_scope(&self.reading.labels[self.at.passage][part].name);
        if noun.chars().count() < 2 {
            return Vec::new();
        }
        let here = &self.cx.passages[self.at.passage];
        let far = (self.at.passage.saturating_sub(MAX_BACK)..=self.at.passage)
            .rev()
            .filter(|p| self.cx.passages[*p].body == here.body)
            .flat_map(|passage| {
                let end = if passage == self.at.passage {
                    part
                } else {
                    self.reading.prose[passage].mentions.len()
                };
                (0..end).rev().map(move |mention| MentionRef { passage, mention })
            });
        let named = |m: MentionRef| labels::strip_scope(&self.reading.label(m).name) == noun;
        far.take(MAX_FAR)
            .filter(|m| {
                let w = self.reading.mention(*m);
                w.is_amount() && w.unit == p.unit && w.value >= p.value && !is_base(self.reading, *m) && named(*m)
            })
            .take(MAX_WHOLES)
            .filter_map(|m| self.over(part, m))
            .collect()
    }

    /// A part of the rate's paragraph over an amount wherever it stands.
    fn over(&self, part: usize, whole: MentionRef) -> Option<Pair> {
        let whole = self.reading.mention(whole);
        Some(Pair {
            part: self.cx.operand(self.mention(part).fig)?,
            wholes: vec![self.cx.operand(whole.fig)?],
            whole: whole.value,
        })
    }

    /// 交易金额900万元，节约资金100万元，节约率10.0%: of what was traded for and what was saved together, or of what was planned.
    pub(super) fn saved_of_traded(&self, stem: &str) -> Vec<Pair> {
        let saving = SAVED
            .iter()
            .any(|w| stem.ends_with(w) || stem.ends_with(&format!("{w}资金")));
        let money = |m: usize| self.mention(m).class == FigureClass::Money;
        let before = self.before();
        let is_saved = |m: usize| money(m) && SAVED.iter().any(|w| self.mention(m).label.contains(w));
        let Some(saved) = before.iter().copied().find(|m| is_saved(*m)).filter(|_| saving) else {
            return Vec::new();
        };
        let s = self.mention(saved);
        let bases = before
            .into_iter()
            .filter(|m| *m < saved && money(*m) && !is_saved(*m))
            .take(2);
        let mut out = Vec::new();
        for base in bases {
            let b = self.mention(base);
            let (Some(part), Some(traded), Some(both)) = (
                self.cx.operand(s.fig),
                self.cx.operand(b.fig),
                b.value.checked_add(s.value),
            ) else {
                continue;
            };
            let whole: Vec<Operand> = vec![traded, part.clone()];
            out.push(Pair {
                part,
                wholes: whole,
                whole: both,
            });
            out.extend(self.pair(saved, base));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::ratios;

    #[test]
    fn rates_by_other_names() {
        for (text, line) in [
            (
                "对1000宗案卷中的900宗进行了自查，评查面为90.0%。",
                "ratio 90.0% <- 900宗 1000宗",
            ),
            (
                "本月转派工单4280件（其中200件下月到期），已解决3874件，未解决406件，解决率90.51%。",
                "ratio 90.51% <- 3874件 4280件",
            ),
            (
                "受理投诉340件，调解成功118件，同比下降7.4%，调解成功率36.76%；办结321件。",
                "ratio 36.76% <- 118件 321件",
            ),
            (
                "实施公开招标项目14个，交易金额842万元，节约建设资金96万元，节约率10.2%。",
                "ratio 10.2% <- 96万元 842万元 96万元",
            ),
            ("已开工项目36个，未开工项目14个，开工率为72%。", "ratio 72% <- 36个 50"),
            (
                "监测广告418000条次，其中涉嫌违规广告1760条次，违规广告发布率为0.42%。",
                "ratio 0.42% <- 1760条 418000条",
            ),
            (
                "公开招标预算金额1000万元，节约资金103万元，节约率10.3%。",
                "ratio 10.3% <- 103万元 1000万元",
            ),
        ] {
            let found: Vec<String> = ratios(text).iter().map(|l| l.replace(['~', '!', '?'], "")).collect();
            assert_eq!(found, [line], "{text}");
        }
    }

    #[test]
    fn a_whole_some_lines_up_is_found_by_its_noun() {
        let text =
            "咨询400件，占40.0%。\n投诉350件，占35.0%。\n举报250件，占25.0%。\n已办结投诉268件，办结率达76.57%。";
        assert!(
            ratios(text).iter().any(|l| l.ends_with("76.57% <- 268件 350件")),
            "{:?}",
            ratios(text)
        );
        let text = "咨询400件。\n投诉350件。\n举报250件。\n已办结来信268件，办结率达76.57%。";
        assert_eq!(ratios(text), ["ratio? 76.57% <- 268件"]);
    }

    #[test]
    fn a_slip_of_one_key_is_said_where_the_words_leave_no_choice() {
        assert_eq!(
            ratios("受理投诉6400件，同比增长4.36%，解决5146件，投诉解决率80.71%。"),
            ["ratio? 80.71% <- 5146件 6400件"]
        );
        assert_eq!(
            ratios("全县应建专栏32个，已建23个，建成率87.5%。"),
            ["ratio? 87.5% <- 23个 32个"]
        );
        for text in [
            "全县应建专栏32个，已建15个，建成率87.5%。",
            "受理投诉6400件，办结5900件，其中解决5146件，投诉解决率80.71%。",
            "受理投诉6400件，同比增长4.36%，解决5146件，投诉解决率92.37%。",
        ] {
            assert_eq!(ratios(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_was_not_done_is_no_part() {
        for text in [
            "转派工单4280件，未解决3874件，解决率90.51%。",
            "交易金额900万元，节约建设资金100万元，增值率10.0%。",
            "在政策宣传方面90%的村组开了会，共1000户，参加900户。",
        ] {
            assert_eq!(ratios(text), [""; 0], "{text}");
        }
    }
}
