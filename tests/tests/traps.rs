//! Traps: what a naive check complains of, read end to end. Each trap stays silent as it stands, and beside it stands a
//! near miss of the same form that does not add up, so that silence is not blindness.
#![allow(clippy::unwrap_used, reason = "tests")]

use gouji_audit::{Audit, Severity};
use gouji_ledger::Ledger;

struct Trap {
    name: &'static str,
    text: &'static str,
    /// Words replaced in the text, and the rule that then fires.
    near_miss: Option<(&'static str, &'static str, &'static str)>,
}

const fn trap(
    name: &'static str,
    text: &'static str,
    near_miss: Option<(&'static str, &'static str, &'static str)>,
) -> Trap {
    Trap { name, text, near_miss }
}

/// The departments sum to 61; the note adds 12.
const NOTE_TABLE: &str = "各单位共报送信息118条，其中乡镇报送45条，县直单位报送73条（见附件）。

附件

信息报送情况统计表

序号 | 单位 | 报送条数
1 | 青禾镇 | 19
2 | 石桥镇 | 14
3 | 柳湾乡 | 12
4 | 县财政局 | 23
5 | 县民政局 | 21
6 | 县水利局 | 17
注：县融媒体中心不参加排名，另报送县直类信息12条，已计入正文总数。";

/// The second panel holds the last town and the bureaus.
const PANELS: &str = "各单位共报送信息106条，其中乡镇报送45条，县直单位报送61条（见附件）。

附件

信息报送情况统计表

序号 | 单位 | 报送条数 | 序号 | 单位 | 报送条数
1 | 青禾镇 | 19 | 4 | 县财政局 | 23
2 | 石桥镇 | 14 | 5 | 县民政局 | 21
3 | 县水利局 | 17 | 6 | 柳湾乡 | 12";

const TRAPS: &[Trap] = &[
    trap(
        "a note under the table closes the gap",
        NOTE_TABLE,
        Some(("信息118条", "信息119条", "sum-parts")),
    ),
    trap("groups go by name, not by panel", PANELS, None),
    trap(
        "其中 lists a part only",
        "本季度共发布信息163条，其中健康专栏118条。",
        Some(("其中健康专栏118条", "其中健康专栏118条、教育专栏54条", "sum-parts")),
    ),
    trap(
        "和 may or may not part two names",
        "重点检查教育、医疗、住房、社会保障、文化和旅游5个领域的公开情况。",
        Some(("5个领域", "8个领域", "count-list")),
    ),
    trap(
        "one rate is cut off, another rounded",
        "受理来信46件，其中逾期3件，按时办结率93.47%。受理来电124件，逾期4件，按时办结率96.77%。",
        Some(("96.77%", "94.67%", "rate-complement")),
    ),
    trap(
        "a base too large for the test of whole numbers",
        "受理5840件，满意率98.47%；评价652件，好评率91.2%。",
        Some((
            "受理5840件，满意率98.47%；评价652件，好评率91.2%",
            "共评价412件，满意率87.35%",
            "rate-infeasible",
        )),
    ),
    trap(
        "nothing of nothing",
        "群众提交留言0件，已办结0件。",
        Some((
            "群众提交留言0件，已办结0件",
            "群众提交留言12件，已办结15件",
            "part-exceeds-whole",
        )),
    ),
    trap(
        "accounts of towns are not towns",
        "全县共有镇级账号14个。全县13个镇均已开通政务微信。",
        None,
    ),
    trap(
        "norms and bars are no facts",
        "各单位回复率不低于60%，每2周至少更新1次，24小时内签收，整改完成率达到100%；报送24条及以上的单位予以加分。",
        None,
    ),
    trap(
        "numbers in names",
        "依据《关于加强管理的通知》（禾府发〔2021〕51号），12345热线设在政务中心315室，严格落实三审三校制度，推进“两化”融合。",
        None,
    ),
    trap(
        "a narrower class beside a wider one",
        "本季度检查发现存在突出问题的账号1个。“青禾发布”“石桥微讯”“柳湾之声”更新不够及时，予以提醒。",
        None,
    ),
    trap(
        "分别 without a parallel list",
        "共收到来信37件，分别交由9个镇和12个单位办理。",
        Some(("来信37件", "来信13件", "cap-count")),
    ),
    trap(
        "two divisions of one total",
        "共受理来信25件。按类型分：求助12件、咨询8件、投诉5件；按单位分：青禾镇9件、石桥镇10件、柳湾乡6件。",
        Some(("求助12件", "求助21件", "sum-parts")),
    ),
    trap(
        "praised for one column, blamed for another",
        "县民政局、县水利局、县档案局3个单位公开信息及时，予以表扬；县民政局、县林业局2个单位来信回复超期，予以批评。",
        Some((
            "县民政局、县林业局2个单位来信回复超期",
            "县民政局、县林业局2个单位公开信息不及时",
            "praise-blame",
        )),
    ),
    trap(
        "lists without a total name units again",
        "4月零报送单位：青禾镇、石桥镇。5月零报送单位：石桥镇、柳湾乡。6月零报送单位：石桥镇。",
        None,
    ),
];

fn read(text: &str) -> (Ledger, Audit) {
    let text = format!("禾泉县人民政府办公室\n关于2024年第二季度工作情况的通报\n\n一、总体情况\n{text}\n");
    let document = gouji_read::read("circular.txt", text.as_bytes()).unwrap().value;
    let circular = gouji_circular::parse(&document);
    let ledger = gouji_ledger::build(&document, &circular);
    let audit = gouji_audit::audit(&document, &circular, &ledger);
    (ledger, audit)
}

fn complaints(audit: &Audit, least: Severity) -> Vec<String> {
    let findings = audit.findings.iter().filter(|f| f.severity >= least);
    findings.map(|f| format!("{} {}", f.rule, f.message.zh)).collect()
}

#[test]
fn traps_stay_silent() {
    for trap in TRAPS {
        let (_, audit) = read(trap.text);
        let complaints = complaints(&audit, Severity::Warning);
        assert!(complaints.is_empty(), "{}: {complaints:?}", trap.name);
    }
}

#[test]
fn near_misses_of_the_traps_are_told() {
    for trap in TRAPS {
        let Some((from, to, rule)) = trap.near_miss else {
            continue;
        };
        assert!(trap.text.contains(from), "{}", trap.name);
        let (ledger, audit) = read(&trap.text.replacen(from, to, 1));
        let complaints = complaints(&audit, Severity::Note);
        let told = complaints.iter().any(|c| c.starts_with(&format!("{rule} ")));
        let relations: Vec<String> = ledger
            .relations
            .iter()
            .map(|r| format!("{} {}", r.rule, r.readings[0].stated.surface))
            .collect();
        assert!(told, "{}: no {rule} in {complaints:?} of {relations:?}", trap.name);
    }
}

/// Where silence is that of a relation that holds, it is read.
#[test]
fn what_closes_the_gap_is_read() {
    for (text, stated) in [
        (NOTE_TABLE, "118条"),
        (NOTE_TABLE, "45条"),
        (PANELS, "45条"),
        (PANELS, "106条"),
    ] {
        let (ledger, audit) = read(text);
        let holds = audit.judgements.iter().any(|judgement| {
            let relation = &ledger.relations[judgement.relation];
            relation.kind.name() == "text-table"
                && relation.readings[judgement.reading].stated.surface == stated
                && judgement.verdict == gouji_audit::Verdict::Holds
        });
        assert!(holds, "{stated} is not held against the table");
    }
}
