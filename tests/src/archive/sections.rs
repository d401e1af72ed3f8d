//! The paragraphs and tables of the genre, each with the relations that its words say.
//!
//! Every figure is computed, so a circular as drafted is exactly consistent (a rate may be cut off, where that is the
//! issuer's habit).

use super::draft::{Block, Draft, FigureId, Formula, Kind, Piece, Relation, Table, Words};
use super::names::{CATEGORIES, PLATFORMS, PRODUCTS, SOURCES};
use super::random::SplitMix64;

/// Who writes about whom and when.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The county with 县.
    pub county: String,
    /// The period in words: 2023年第二季度.
    pub period: String,
    /// The period without its year: 第二季度.
    pub short_period: String,
    /// Its months, in words, when it is a quarter.
    pub months: Vec<String>,
    /// Names of the county's departments.
    pub departments: Vec<String>,
    /// Names of its towns.
    pub towns: Vec<&'static str>,
}

impl Setting {
    /// `n` units, departments and towns mixed.
    fn units(&self, random: &mut SplitMix64, n: usize) -> Vec<String> {
        let towns = (n / 3).min(self.towns.len());
        let mut units: Vec<String> = random
            .sample(&self.departments, n - towns)
            .into_iter()
            .cloned()
            .collect();
        units.extend(random.sample(&self.towns, towns).into_iter().map(|t| (*t).to_owned()));
        units
    }
}

/// Parts of a total as a list of words, with the sum relation; shares and their relations where asked for.
fn breakdown(draft: &mut Draft, total: FigureId, names: &[&str], values: &[i64], unit: &str, shares: bool) -> Words {
    let mut words = Words::new();
    let (mut parts, mut rates) = (Vec::new(), Vec::new());
    // A share brings its own comma, so the parts are set off by semicolons.
    let separator = if shares && draft.style.share.0.starts_with('，') {
        "；"
    } else {
        draft.style.separator
    };
    for (i, (name, value)) in names.iter().zip(values).enumerate() {
        let part = draft.count(*value);
        let lead = if i == 0 { "" } else { separator };
        words.extend(draft.say(&format!("{lead}{name}{{}}{unit}"), &[part]));
        parts.push(part);
        if shares {
            let rate = draft.rate(part, None, total, "%");
            let (before, after) = draft.style.share;
            words.extend(draft.say(&format!("{before}{{}}{after}"), &[rate]));
            rates.push(rate);
        }
    }
    draft.relate(Kind::Sum, total, Formula::Sum(parts));
    if shares {
        draft.relations.push(Relation {
            kind: Kind::ShareSum,
            stated: None,
            formula: Formula::Shares(rates),
        });
    }
    words
}

/// The same parts in parentheses after a total.
fn in_parentheses(draft: &mut Draft, total: FigureId, names: &[String], values: &[i64], unit: &str) -> Words {
    let mut words = draft.say("（", &[]);
    let mut parts = Vec::new();
    for (i, (name, value)) in names.iter().zip(values).enumerate() {
        let part = draft.count(*value);
        let lead = if i == 0 { "" } else { "、" };
        words.extend(draft.say(&format!("{lead}{name}{{}}{unit}"), &[part]));
        parts.push(part);
    }
    words.extend(draft.say("）", &[]));
    draft.relate(Kind::Sum, total, Formula::Sum(parts));
    words
}

/// A cue that begins a breakdown, and its list.
fn with_cue(draft: &mut Draft, list: Words) -> Words {
    let mut words = draft.say(draft.style.cue, &[]);
    words.extend(list);
    words
}

fn paragraph(draft: &mut Draft, lead: &str, parts: Vec<Words>) {
    let mut words = draft.say(lead, &[]);
    words.extend(parts.into_iter().flatten());
    draft.blocks.push(Block::Paragraph(words));
}

/// What the government's website published.
pub fn website(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting, lead: &str) {
    let total_value = random.range(180, 5200);
    let total = draft.count(total_value);
    let values = random.split(total_value, 2);
    let opening = match random.below(3) {
        0 => format!("{}，县政府门户网站共发布信息{{}}条", setting.short_period),
        1 => "县政府门户网站当期公开信息{}条".to_owned(),
        _ => format!("{}政府网站发布各类信息{{}}条", setting.county),
    };
    let mut parts = vec![draft.say(&opening, &[total])];
    if random.chance(1, 4) {
        let names = ["乡镇".to_owned(), "县直部门".to_owned()];
        let list = in_parentheses(draft, total, &names, &values, "条");
        parts.push(list);
    } else {
        let list = breakdown(draft, total, &["县直部门发布", "乡镇发布"], &values, "条", false);
        let list = with_cue(draft, list);
        parts.push(list);
    }
    // A partial 其中: 图解 is only a part of what explains, and no complaint.
    let (read, drawn) = (random.range(20, 60), random.range(3, 15));
    let (read, drawn) = (draft.count(read), draft.count(drawn));
    parts.push(draft.say("。发布政策解读材料{}件，其中图解{}件。", &[read, drawn]));
    paragraph(draft, lead, parts);
}

/// The accounts in the new media: by platform, by level, passed and failed, the failed by name.
pub fn new_media(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting, lead: &str) {
    let total_value = random.range(24, 130);
    let failed_value = random.range(2, 6);
    let total = draft.count(total_value);
    let n_platforms = 3 + random.below(3);
    let values = random.split(total_value, n_platforms);
    let list = breakdown(draft, total, &PLATFORMS[..n_platforms], &values, "个", false);
    let list = with_cue(draft, list);
    let mut parts = vec![draft.say("全县正常运行的政务新媒体账号{}个", &[total]), list];
    if random.chance(1, 2) {
        let values = random.split(total_value, 2);
        let list = breakdown(draft, total, &["县级部门", "乡镇"], &values, "个", false);
        parts.push(draft.say("；按主办单位分，", &[]));
        parts.push(list);
    }
    let (passed, failed) = (draft.count(total_value - failed_value), draft.count(failed_value));
    draft.relate(Kind::Sum, total, Formula::Sum(vec![passed, failed]));
    let rate = draft.rate(passed, None, total, "%");
    parts.push(draft.say(
        "。经逐个检查，合格{}个，不合格{}个，合格率{}。",
        &[passed, failed, rate],
    ));
    let names = setting.units(random, usize::try_from(failed_value).unwrap_or(0));
    let listed = draft.count(failed_value);
    draft.relate(Kind::Count, listed, Formula::Names(failed_value));
    let template = format!("账号不合格的有{}共{{}}个单位，予以通报。", names.join("、"));
    parts.push(draft.say(&template, &[listed]));
    paragraph(draft, lead, parts);
}

/// The leader's mailbox: kinds, what is closed, the units concerned.
pub fn mailbox(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting, lead: &str) {
    let total_value = random.range(40, 420);
    let total = draft.count(total_value);
    let n = 3 + random.below(3);
    let values = random.split(total_value, n);
    let shares = random.chance(1, 2);
    let list = breakdown(draft, total, &CATEGORIES[..n], &values, "件", shares);
    let list = with_cue(draft, list);
    let opening = random.pick(&[
        "县长信箱收到群众来信{}件",
        "县长信箱共受理来信{}件",
        "县长信箱受理网民来信{}件",
    ]);
    let mut parts = vec![draft.say(opening, &[total]), list];
    let open_value = random.range(1, 9);
    let (closed, open) = (draft.count(total_value - open_value), draft.count(open_value));
    draft.relate(Kind::Sum, total, Formula::Sum(vec![closed, open]));
    let rate = draft.rate(closed, None, total, "%");
    parts.push(draft.say("。已办结{}件，正在办理{}件，办结率{}。", &[closed, open, rate]));
    if random.chance(1, 2) {
        let n = 3 + random.below(3);
        let units = setting.units(random, n);
        let late_value = random.range(n as i64, 24);
        let (late, n_units) = (draft.count(late_value), draft.count(n as i64));
        draft.relate(Kind::Count, n_units, Formula::Names(n as i64));
        let values = random.split(late_value, n);
        parts.push(draft.say("群众评价不满意的来信{}件，涉及{}个单位", &[late, n_units]));
        let list = in_parentheses(draft, late, &units, &values, "件");
        parts.push(list);
        parts.push(draft.say("。", &[]));
    }
    paragraph(draft, lead, parts);
}

/// The 12345 hotline: growth, months, sources, kinds, and the rate of what was late.
pub fn hotline(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting, lead: &str) {
    let total_value = random.range(600, 9800);
    let total = draft.count(total_value);
    let opening = random.pick(&[
        "，12345政务服务便民热线共受理群众诉求{}件",
        "，12345热线派发我县工单{}件",
        "，全县共承办12345热线工单{}件",
    ]);
    let mut parts = vec![draft.say(&format!("{}{opening}", setting.short_period), &[total])];
    if random.chance(1, 2) {
        let before_value = total_value - random.range(total_value / 50, total_value / 5);
        let (before, more) = (draft.count(before_value), draft.count(total_value - before_value));
        draft.relate(Kind::Difference, more, Formula::Less(total, vec![before]));
        let growth = draft.growth(total, before);
        parts.push(draft.say("，比上期的{}件增加{}件，增长{}", &[before, more, growth]));
    }
    if setting.months.len() > 1 && random.chance(1, 2) {
        let values = random.split(total_value, setting.months.len());
        let names: Vec<&str> = setting.months.iter().map(String::as_str).collect();
        parts.push(draft.say("。按月份看，", &[]));
        let list = breakdown(draft, total, &names, &values, "件", false);
        parts.push(list);
    }
    if random.chance(1, 2) {
        let n = 2 + random.below(3);
        let values = random.split(total_value, n);
        parts.push(draft.say("。按来源分，", &[]));
        let list = breakdown(draft, total, &SOURCES[..n], &values, "件", false);
        parts.push(list);
    }
    let n = 4 + random.below(3);
    let values = random.split(total_value, n);
    parts.push(draft.say("。按类别分，", &[]));
    let shares = random.chance(2, 3);
    let list = breakdown(draft, total, &CATEGORIES[..n], &values, "件", shares);
    parts.push(list);
    parts.push(draft.say("。", &[]));
    paragraph(draft, lead, parts);

    let n = 2 + random.below(3);
    let units = setting.units(random, n);
    let late_value = random.range(n as i64, 40);
    let late = draft.count(late_value);
    let values = random.split(late_value, n);
    let list = in_parentheses(draft, late, &units, &values, "件");
    let rate = draft.rate(total, Some(late), total, "%");
    let again = draft.count(total_value);
    draft.relate(Kind::Repeat, again, Formula::Same(total));
    let parts = vec![
        draft.say("上述{}件工单已全部办结，其中逾期办结{}件", &[again, late]),
        list,
        draft.say("，按时办结率{}。", &[rate]),
    ];
    paragraph(draft, "", parts);
}

/// Counts by unit under three columns and a rate, with a total row; the totals are named in the text before it.
pub fn unit_table(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting, caption: &str) {
    let n = 5 + random.below(10);
    let names = setting.units(random, n);
    let whole: Vec<i64> = (0..n).map(|_| random.range(20, 900)).collect();
    let bad: Vec<i64> = whole.iter().map(|w| random.range(0, w / 12)).collect();
    let header = [
        "序号",
        "单位",
        "承办工单（件）",
        "按期办结（件）",
        "超期办结（件）",
        "按期办结率（%）",
    ];
    let text = "各单位承办工单情况见下表，合计承办{}件，按期办结{}件，按期办结率{}。";
    counted_table(draft, caption, &header, &names, &whole, &bad, text);
}

/// Sampling by product, with passed and failed and their rate.
pub fn sampling_table(draft: &mut Draft, random: &mut SplitMix64, caption: &str) {
    let n = 4 + random.below(6);
    let names: Vec<String> = random
        .sample(&PRODUCTS, n)
        .into_iter()
        .map(|p| (*p).to_owned())
        .collect();
    let whole: Vec<i64> = (0..n).map(|_| random.range(18, 260)).collect();
    let bad: Vec<i64> = whole.iter().map(|w| random.range(0, w / 14)).collect();
    let header = ["序号", "产品类别", "抽检批次", "合格批次", "不合格批次", "合格率（%）"];
    let text = "本次共抽检{}批次，检验合格{}批次，抽检合格率{}。分类别的结果见下表。";
    counted_table(draft, caption, &header, &names, &whole, &bad, text);
}

/// A table of whole = good + bad and the rate good ÷ whole, and the paragraph that names its totals.
fn counted_table(
    draft: &mut Draft,
    caption: &str,
    header: &[&str],
    names: &[String],
    whole: &[i64],
    bad: &[i64],
    text: &str,
) {
    let mut columns: [Vec<FigureId>; 3] = Default::default();
    let mut rows: Vec<Vec<Words>> = Vec::new();
    let cells = |draft: &mut Draft, values: [i64; 3], columns: &mut [Vec<FigureId>; 3]| {
        let ids = values.map(|v| draft.count(v));
        draft.relate(Kind::TableTotal, ids[0], Formula::Sum(vec![ids[1], ids[2]]));
        let rate = draft.rate(ids[1], None, ids[0], "");
        for (column, id) in columns.iter_mut().zip(ids) {
            column.push(id);
        }
        [ids[0], ids[1], ids[2], rate].map(|id| vec![Piece::Figure(id)])
    };
    for (i, name) in names.iter().enumerate() {
        let mut row = vec![vec![Piece::Text((i + 1).to_string())], vec![Piece::Text(name.clone())]];
        row.extend(cells(draft, [whole[i], whole[i] - bad[i], bad[i]], &mut columns));
        rows.push(row);
    }
    let parts = columns.clone();
    let (total, bad_total): (i64, i64) = (whole.iter().sum(), bad.iter().sum());
    let mut row = vec![vec![Piece::Text("合计".to_owned())], Words::new()];
    row.extend(cells(draft, [total, total - bad_total, bad_total], &mut columns));
    for (column, parts) in columns.iter().zip(parts) {
        if let Some(total) = column.last() {
            draft.relate(Kind::TableTotal, *total, Formula::Sum(parts));
        }
    }
    rows.push(row);
    let (all, good) = (draft.count(total), draft.count(total - bad_total));
    for (said, column) in [(all, &columns[0]), (good, &columns[1])] {
        if let Some(total) = column.last() {
            draft.relate(Kind::TextTable, said, Formula::Same(*total));
        }
    }
    let rate = draft.rate(good, None, all, "%");
    let words = draft.say(text, &[all, good, rate]);
    draft.blocks.push(Block::Paragraph(words));
    draft.blocks.push(Block::Centred(draft.style.punctuated(caption)));
    let header = header.iter().map(|h| draft.style.punctuated(h)).collect();
    draft.blocks.push(Block::Table(Table {
        header,
        rows,
        total_spans_two: true,
    }));
}

/// Reports sent in and used: the totals, those over a bar by name, and the table, which belongs to an attachment.
pub fn reports(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting) -> Table {
    let n = 8 + random.below(12);
    let names = setting.units(random, n);
    let mut sent: Vec<i64> = (0..n).map(|_| random.range(2, 90)).collect();
    sent.sort_unstable_by(|a, b| b.cmp(a));
    let used: Vec<i64> = sent.iter().map(|s| random.range(s / 4, *s)).collect();
    let mut columns: [Vec<FigureId>; 2] = Default::default();
    let mut rows = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let ids = [draft.count(sent[i]), draft.count(used[i])];
        columns[0].push(ids[0]);
        columns[1].push(ids[1]);
        let mut row = vec![vec![Piece::Text((i + 1).to_string())], vec![Piece::Text(name.clone())]];
        row.extend(ids.map(|id| vec![Piece::Figure(id)]));
        rows.push(row);
    }
    let values = [sent.iter().sum(), used.iter().sum()];
    let totals = values.map(|v| draft.count(v));
    let said = values.map(|v| draft.count(v));
    for ((total, said), column) in totals.into_iter().zip(said).zip(&columns) {
        draft.relate(Kind::TableTotal, total, Formula::Sum(column.clone()));
        draft.relate(Kind::TextTable, said, Formula::Same(total));
    }
    let mut row = vec![vec![Piece::Text("合计".to_owned())], Words::new()];
    row.extend(totals.map(|id| vec![Piece::Figure(id)]));
    rows.push(row);

    let rate = draft.rate(said[1], None, said[0], "%");
    let template = format!(
        "{}，各单位共报送政务信息{{}}条，采用{{}}条，采用率{{}}（见附件）。",
        setting.short_period
    );
    let mut words = draft.say(&template, &[said[0], said[1], rate]);
    let bar = sent[2 + random.below(3)];
    let over = sent.iter().filter(|s| **s >= bar).count();
    let count = draft.count(over as i64);
    draft.relate(Kind::Count, count, Formula::Names(over as i64));
    draft.relate(Kind::Bound, count, Formula::Reach(columns[0].clone(), bar));
    let template = format!(
        "{}共{{}}个单位报送信息达{bar}条及以上，予以通报表扬。",
        names[..over].join("、")
    );
    words.extend(draft.say(&template, &[count]));
    draft.blocks.push(Block::Paragraph(words));
    let header = ["序号", "单位", "报送（条）", "采用（条）"]
        .map(|h| draft.style.punctuated(h))
        .to_vec();
    Table {
        header,
        rows,
        total_spans_two: true,
    }
}

/// Government purchases: plans, payments, savings, in all and by kind.
pub fn procurement(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting) {
    let kinds = ["货物类", "工程类", "服务类"];
    let (mut counts, mut plans, mut paids, mut saves) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut lines = Vec::new();
    let mut sums = [0_i64; 4];
    for kind in kinds {
        let (n, plan) = (random.range(12, 160), random.range(120_000, 3_900_000));
        let paid = plan - random.range(plan / 60, plan / 6);
        for (sum, value) in sums.iter_mut().zip([n, plan, paid, plan - paid]) {
            *sum += value;
        }
        let ids = [
            draft.count(n),
            draft.figure(plan, 2, ""),
            draft.figure(paid, 2, ""),
            draft.figure(plan - paid, 2, ""),
        ];
        draft.relate(Kind::Difference, ids[3], Formula::Less(ids[1], vec![ids[2]]));
        let rate = draft.rate(ids[3], None, ids[1], "%");
        let template =
            format!("{kind}项目{{}}个，采购预算{{}}万元，实际采购金额{{}}万元，节约资金{{}}万元，节约率{{}}");
        lines.push(draft.say(&template, &[ids[0], ids[1], ids[2], ids[3], rate]));
        for (list, id) in [&mut counts, &mut plans, &mut paids, &mut saves].into_iter().zip(ids) {
            list.push(id);
        }
    }
    let total = draft.count(sums[0]);
    let money = [sums[1], sums[2], sums[3]].map(|v| draft.figure(v, 2, ""));
    for (stated, parts) in [total, money[0], money[1], money[2]]
        .into_iter()
        .zip([counts, plans, paids, saves])
    {
        draft.relate(Kind::Sum, stated, Formula::Sum(parts));
    }
    draft.relate(Kind::Difference, money[2], Formula::Less(money[0], vec![money[1]]));
    let rate = draft.rate(money[2], None, money[0], "%");
    let template = format!(
        "{}，全县共实施政府采购项目{{}}个，采购预算{{}}万元，实际采购金额{{}}万元，节约资金{{}}万元，节约率{{}}。其中：",
        setting.short_period
    );
    let mut words = draft.say(&template, &[total, money[0], money[1], money[2], rate]);
    for (i, line) in lines.into_iter().enumerate() {
        words.extend(draft.say(if i == 0 { "" } else { "；" }, &[]));
        words.extend(line);
    }
    words.extend(draft.say("。", &[]));
    draft.blocks.push(Block::Paragraph(words));
}

/// The rating of services: cases, ratings, good, fair and bad.
pub fn rating(draft: &mut Draft, random: &mut SplitMix64, setting: &Setting) {
    let cases_value = random.range(900, 60_000);
    let rated_value = cases_value - random.range(cases_value / 40, cases_value / 6);
    let bad_value = random.range(1, 12);
    let fair_value = random.range(2, 40);
    let cases = draft.count(cases_value);
    let rated = draft.count(rated_value);
    let rated_rate = draft.rate(rated, None, cases, "%");
    let good = draft.count(rated_value - bad_value - fair_value);
    let fair = draft.count(fair_value);
    let bad = draft.count(bad_value);
    draft.relate(Kind::Sum, rated, Formula::Sum(vec![good, fair, bad]));
    let good_rate = draft.rate(good, None, rated, "%");
    let template = format!(
        "{}，全县政务服务大厅共办件{{}}件，收到评价{{}}件，主动评价率{{}}。其中好评{{}}件、一般{{}}件、差评{{}}件，好评率{{}}。",
        setting.short_period
    );
    let words = draft.say(&template, &[cases, rated, rated_rate, good, fair, bad, good_rate]);
    draft.blocks.push(Block::Paragraph(words));
}
