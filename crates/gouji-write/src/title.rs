//! A title in lines: whole in wording, balanced, as a trapezoid or a rhombus (回行, GB/T 9704-2012 §7.3.1).
//!
//! The standard asks for lines that are complete in meaning. There is no dictionary here, so meaning is approached from three
//! sides: what must never be cut (book titles, quotations, numbers with their units, the name of the organ), where titles of this kind
//! fall apart by their grammar (before 关于, after 、, around 和), and a short list of the words that such titles are made of.

use gouji_standard::{HalfChars, TITLE_LINE_WIDEST};

use crate::measure::{char_width, is_han};

/// A last line of no more than this would leave 的通报 or less alone.
const STRANDED: i32 = 6;
/// A break at this cost or above is never made.
const NEVER: i32 = 10_000;
/// Titles are broken by search up to this many characters; a longer one, which is no title, is left to the word processor.
const LONGEST: usize = 120;
/// Steps of the search, so that a hostile title costs no more than a real one.
const STEPS: usize = 20_000;

/// Words that titles of circulars are made of, with compounds that read as one. Not a dictionary: it only has to know where
/// common words end.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "人民政府", "政务信息", "政府信息", "政务公开", "政务服务", "委员会", "领导小组", "办公室", "办公厅", "管理局", "监督局",
    "关于", "安全生产", "目标责任", "新媒体", "满意度", "大数据", "数字化", "信息化", "标准化", "上半年", "下半年",
    "营商环境", "自然资源", "政府", "政务", "网站", "网络", "信息", "公开", "工作", "检查", "抽查", "普查", "核查",
    "情况", "通报", "季度", "年度", "月份", "监测", "监督", "监管", "考核", "考评", "测评", "评估", "评价", "评议",
    "评选", "督查", "督导", "督办", "整改", "整治", "落实", "问题", "开展", "进行", "运行", "运维", "管理", "维护",
    "建设", "发布", "绩效", "排名", "办理", "办结", "热线", "市民", "服务", "平台", "投诉", "举报", "信箱", "留言",
    "回复", "答复", "办件", "食品", "药品", "安全", "抽检", "质量", "产品", "执法", "案件", "案卷", "专项", "行动",
    "排查", "巡查", "巡察", "巡视", "环境", "保护", "生态", "大气", "污染", "防治", "项目", "重点", "重大", "工程",
    "进展", "推进", "完成", "目标", "任务", "责任", "经济", "财政", "资金", "预算", "执行", "审计", "采购", "招标",
    "投标", "教育", "教学", "学校", "卫生", "健康", "疫情", "防控", "事故", "消防", "交通", "道路", "农业", "农村",
    "人居", "乡村", "振兴", "脱贫", "攻坚", "城市", "城乡", "住房", "先进", "优秀", "集体", "个人", "表彰", "表扬",
    "单位", "部门", "乡镇", "街道", "社区", "机关", "干部", "人员", "作风", "纪律", "会议", "文件", "档案", "信访",
    "政策", "解读", "栏目", "内容", "更新", "数字", "数据", "电子", "优化", "改革", "创新", "矛盾", "纠纷", "化解",
    "统计", "调查", "人口", "林业", "水利", "市场", "中心", "分局", "总局", "公安", "司法", "民政", "社会", "保障",
    "保险", "救助", "就业", "专题", "群众", "诉求", "处理", "处置", "结果", "有关", "部分", "近期", "典型", "案例",
    "违法", "违规", "违纪", "行为", "处分", "批评", "以及", "及其", "全县", "全市", "全区", "全省", "全州", "全国",
    "全镇", "全系统", "系统", "第一", "企业", "行业", "领域", "产业", "投资", "统筹", "综合", "治理", "文明", "创建",
    "宣传", "培训", "调研", "报送", "采用", "使用", "政府采购", "集中", "清理", "规范", "提升", "食品安全", "药品安全",
    "食品药品", "消防安全", "网络安全", "数据安全", "信息安全", "质量安全", "交通安全", "产品质量", "工程质量", "建设工程",
    "生态环境", "生态文明", "环境保护", "人居环境", "交通事故", "重点项目", "重点工作", "重点任务", "污染源", "中小学", "校园",
    "自动监控", "政务新媒体", "政府网站", "专项检查", "专项整治", "监督检查", "监督抽检", "民生实事", "公共服务", "社会保障",
    "社会救助", "脱贫攻坚", "乡村振兴", "生活垃圾", "垃圾分类", "污水处理", "固定资产", "招商引资", "行政执法", "行政审批",
    "行政许可", "行政处罚", "行政复议", "双随机", "好差评", "依申请公开", "基层", "义务教育", "医疗卫生", "医疗机构", "医疗保障",
    "养老", "残疾人", "农民工", "劳动", "工资", "补贴", "扶贫", "耕地", "土地", "矿山", "煤矿", "危险化学品", "烟花爆竹",
    "特种设备", "建筑施工", "森林", "防火", "防汛", "抗旱", "地质灾害", "应急管理", "应急", "物业", "燃气", "供水",
    "供热", "公共", "资源", "交易", "国有", "国有资产", "资产", "债务", "债券", "税收", "收入", "支出", "审批",
    "许可", "登记", "备案", "申报", "验收", "竣工", "开工",
];

/// The lines of a title, each no wider than `widest`, if it can be broken at all; one line otherwise.
///
/// `title` is on one line. An organ name, if the title begins with one, is what stands before its first 关于.
pub(crate) fn break_title(title: &str) -> Vec<&str> {
    let widest = TITLE_LINE_WIDEST;
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    let mut starts = Vec::with_capacity(chars.len() + 1); // width before each character
    let mut seams = Vec::with_capacity(chars.len() + 1); // changes between digits and Chinese before each character
    let (mut total, mut n_seams) = (0, 0);
    for (at, (_, c)) in chars.iter().enumerate() {
        starts.push(total);
        n_seams += i32::from(
            at > 0
                && is_han(*c) != is_han(chars[at - 1].1)
                && (c.is_ascii_alphanumeric() || chars[at - 1].1.is_ascii_alphanumeric()),
        );
        seams.push(n_seams);
        total += char_width(*c);
    }
    starts.push(total);
    seams.push(n_seams);
    if total + n_seams.div_euclid(2) <= widest.0 || chars.len() > LONGEST {
        return vec![title];
    }
    let costs = break_costs(title, &chars, &starts, widest);
    let fewest = usize::try_from((total + widest.0 - 1) / widest.0).unwrap_or(usize::MAX);
    let mut search = Search {
        starts: &starts,
        seams: &seams,
        costs: &costs,
        widest: widest.0,
        best: None,
        steps: 0,
    };
    for n_lines in fewest..=fewest + 1 {
        // A further line is worth a little: it must buy better breaks.
        let extra = if n_lines > fewest { 12 } else { 0 };
        search.lines(n_lines, 0, &mut Vec::new(), extra);
    }
    let Some((_, breaks)) = search.best else {
        return vec![title];
    };
    let mut out = Vec::with_capacity(breaks.len() + 1);
    let mut from = 0;
    for at in breaks {
        out.push(&title[from..chars[at].0]);
        from = chars[at].0;
    }
    out.push(&title[from..]);
    out
}

struct Search<'a> {
    starts: &'a [i32],
    seams: &'a [i32],
    costs: &'a [i32],
    widest: i32,
    best: Option<(i32, Vec<usize>)>,
    steps: usize,
}

impl Search<'_> {
    /// Whether the characters in between fit on a line. Some layouts set a quarter of a character between digits and Chinese
    /// characters, whatever the document says; the line must bear that.
    fn fits(&self, from: usize, to: usize) -> bool {
        let seams = self.seams[to.saturating_sub(1)] - self.seams[from];
        self.starts[to] - self.starts[from] + (seams + 1).div_euclid(2) <= self.widest
    }

    /// Tries every way to set the characters from `from` on in `n_lines` lines.
    fn lines(&mut self, n_lines: usize, from: usize, breaks: &mut Vec<usize>, cost: i32) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let end = self.starts.len() - 1;
        let rest = self.starts[end] - self.starts[from];
        if n_lines == 1 {
            if self.fits(from, end) && rest > STRANDED {
                let cost = cost + self.shape(breaks);
                if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
                    self.best = Some((cost, breaks.clone()));
                }
            }
            return;
        }
        let below = i32::try_from(n_lines - 1).unwrap_or(i32::MAX / 1024) * self.widest;
        for at in from + 1..end {
            let line = self.starts[at] - self.starts[from];
            if !self.fits(from, at) {
                break;
            }
            if rest - line > below || self.costs[at] >= NEVER {
                continue;
            }
            breaks.push(at);
            self.lines(n_lines - 1, at, breaks, cost + self.costs[at]);
            breaks.pop();
        }
    }

    /// What the outline of the lines costs: unevenness a little, an hourglass or a rectangle much.
    fn shape(&self, breaks: &[usize]) -> i32 {
        let edges: Vec<usize> = std::iter::once(0)
            .chain(breaks.iter().copied())
            .chain(std::iter::once(self.starts.len() - 1))
            .collect();
        let widths: Vec<i32> = edges
            .windows(2)
            .map(|w| self.starts[w[1]] - self.starts[w[0]])
            .collect();
        let (Some(most), Some(least)) = (widths.iter().max(), widths.iter().min()) else {
            return 0;
        };
        if widths.len() > 1 && most == least {
            return 60;
        }
        let top = widths.iter().position(|w| w == most).unwrap_or(0);
        let single_peak = widths[..=top].is_sorted() && widths[top..].is_sorted_by(|a, b| a >= b);
        (most - least) / 2 + if single_peak { 0 } else { 400 }
    }
}

/// For each character the cost of starting a line with it.
fn break_costs(title: &str, chars: &[(usize, char)], starts: &[i32], widest: HalfChars) -> Vec<i32> {
    let mut costs = vec![30; chars.len() + 1];
    costs[0] = NEVER;
    tokens(title, chars, &mut costs);
    // By grammar.
    for at in 1..chars.len() {
        let (before, after) = (chars[at - 1].1, chars[at].1);
        costs[at] = match (before, after) {
            ('、' | '》' | '）' | '”' | '，' | ' ' | '：', _) => 3,
            (_, '《' | '“') => 5,
            (_, '和' | '与' | '及' | '暨') if costs[at] <= 30 => 3,
            ('和' | '与' | '及' | '暨' | '对' | '在', _) => costs[at].max(25),
            ('的', _) if costs[at] <= 30 => 10,
            _ => costs[at],
        };
        if "的、，。；：！？》）”’〕％%等".contains(after) || "《（“‘〔第".contains(before) {
            costs[at] = NEVER;
        }
    }
    never_inside_pairs(chars, &mut costs);
    // 条例第九条: a title is organ, subject (关于…的) and kind. The organ keeps together if it can.
    if let Some(byte) = title.find("关于").filter(|byte| *byte > 0) {
        let subject = chars.partition_point(|(at, _)| *at < byte);
        if starts[subject] <= widest.0 {
            costs[1..subject].fill(NEVER);
        }
        if costs[subject] < NEVER {
            costs[subject] = -30;
        }
    }
    costs
}

/// Marks what stands inside words, numbers and Latin words, and where words end.
fn tokens(title: &str, chars: &[(usize, char)], costs: &mut [i32]) {
    const INSIDE_WORD: i32 = 80;
    const WORD_EDGE: i32 = 4;
    let mut at = 0;
    while at < chars.len() {
        let rest = &title[chars[at].0..];
        if let Some(n) = number(&chars[at..]) {
            costs[at + 1..at + n].fill(NEVER);
            // 2024年 before 第三季度 may part, if nothing better offers.
            costs[at] = costs[at].min(WORD_EDGE + 4);
            costs[at + n] = if chars.get(at + n).is_some_and(|(_, c)| *c == '第' || c.is_ascii_digit()) {
                14
            } else {
                WORD_EDGE
            };
            at += n;
        } else if let Some(word) = WORDS.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) {
            let n = word.chars().count();
            costs[at + 1..at + n].fill(INSIDE_WORD);
            costs[at] = costs[at].min(if at > 0 && !is_han(chars[at - 1].1) {
                WORD_EDGE
            } else {
                WORD_EDGE + 2
            });
            costs[at + n] = WORD_EDGE + 2;
            at += n;
        } else {
            at += 1;
        }
    }
    if let Some(last) = costs.last_mut() {
        *last = NEVER;
    }
}

/// How many characters from the start on are a number with its unit, an ordinal or a Latin word.
fn number(chars: &[(usize, char)]) -> Option<usize> {
    const UNITS: &str = "年月日号季度个件条批次期届家份轮项名户起例位周";
    const HAN_DIGITS: &str = "〇零一二三四五六七八九十百两";
    let at = |n: usize| chars.get(n).map(|(_, c)| *c);
    let mut n = 0;
    let first = at(0)?;
    if first.is_ascii_alphanumeric() {
        while at(n).is_some_and(|c| c.is_ascii_alphanumeric() || ".,-+—～~至%％‰".contains(c)) {
            n += 1;
        }
        // 至 and dashes join two numbers only.
        while n > 1 && at(n - 1).is_some_and(|c| !c.is_ascii_alphanumeric() && !"%％‰".contains(c)) {
            n -= 1;
        }
    } else if first == '第' {
        n = 1;
        while at(n).is_some_and(|c| HAN_DIGITS.contains(c) || c.is_ascii_digit()) {
            n += 1;
        }
        if n == 1 {
            return None;
        }
    } else {
        return None;
    }
    let mut units = 0;
    while units < 2 && at(n).is_some_and(|c| UNITS.contains(c)) {
        n += 1;
        units += 1;
    }
    (n > 1).then_some(n)
}

fn never_inside_pairs(chars: &[(usize, char)], costs: &mut [i32]) {
    let mut open: Vec<usize> = Vec::new();
    for (at, (_, c)) in chars.iter().enumerate() {
        match c {
            '《' | '（' | '“' | '〔' | '(' => open.push(at),
            '》' | '）' | '”' | '〕' | ')' => {
                // Nested pairs lie inside the outermost one.
                if let Some(start) = open.pop().filter(|_| open.is_empty()) {
                    costs[start + 1..=at].fill(NEVER);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::width;

    fn broken(title: &str) -> String {
        break_title(title).join("/")
    }

    #[test]
    fn a_short_title_stays_on_one_line() {
        assert_eq!(
            broken("关于2023年度网站检查情况的通报"),
            "关于2023年度网站检查情况的通报"
        );
    }

    #[test]
    fn the_organ_has_a_line_of_its_own() {
        assert_eq!(
            broken("青禾县人民政府办公室关于2023年第三季度政府网站和政务新媒体检查情况的通报"),
            "青禾县人民政府办公室/关于2023年第三季度政府网站/和政务新媒体检查情况的通报"
        );
        assert_eq!(
            broken("关于2023年上半年全市食品安全监督抽检工作开展情况的通报"),
            "关于2023年上半年全市食品安全/监督抽检工作开展情况的通报"
        );
    }

    #[test]
    fn book_titles_numbers_and_the_end_are_never_cut() {
        for title in [
            "云溪区住房和城乡建设局关于贯彻落实《云溪区城镇老旧小区改造工作实施方案》情况的通报",
            "关于云溪区第二十三批“扫码查询、一键举报”平台2023年1—9月运行情况的通报",
            "松原河流域管理委员会办公室关于2022年12月至2023年2月水质自动监测站运维考核结果的通报",
        ] {
            let lines = break_title(title);
            assert!(lines.len() > 1, "{title}");
            assert_eq!(lines.concat(), title);
            for line in &lines {
                assert!(width(line) <= TITLE_LINE_WIDEST, "{line}");
                assert_eq!(line.matches('《').count(), line.matches('》').count(), "{line}");
                assert_eq!(line.matches('“').count(), line.matches('”').count(), "{line}");
                assert!(!line.starts_with(['的', '年', '月', '、', '批']), "{line}");
            }
            assert!(width(lines[lines.len() - 1]) > HalfChars(STRANDED));
        }
    }

    #[test]
    fn lines_make_no_hourglass() {
        let lines = break_title("东川省水利厅关于2023年度全省农村供水工程建设管理和水质提升专项行动完成情况的通报");
        let widths: Vec<_> = lines.iter().map(|l| width(l)).collect();
        let top = widths.iter().enumerate().max_by_key(|(_, w)| **w).map_or(0, |(i, _)| i);
        assert!(widths[..=top].is_sorted(), "{lines:?}");
        assert!(widths[top..].is_sorted_by(|a, b| a >= b), "{lines:?}");
    }

    #[test]
    fn what_cannot_be_broken_is_left_alone() {
        let title = format!("《{}》", "长".repeat(30));
        assert_eq!(break_title(&title), vec![title.as_str()]);
        let title = "通".repeat(500);
        assert_eq!(break_title(&title), vec![title.as_str()]);
        assert!(!break_title(&"(（《".repeat(40)).is_empty());
    }
}
