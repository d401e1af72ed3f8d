//! Names that the record uses for values of the inner models.

use gouji_audit::RepairCause;
use gouji_document::WarningKind;
use gouji_ledger::{Cue, FigureClass, Modality};
use gouji_quantity::Magnitude;

/// The class of a figure.
pub(crate) fn class(class: FigureClass) -> &'static str {
    match class {
        FigureClass::Count => "count",
        FigureClass::Money => "money",
        FigureClass::Rate => "rate",
        FigureClass::Points => "points",
        FigureClass::Measure => "measure",
        FigureClass::Rank => "rank",
        FigureClass::Duration => "duration",
        FigureClass::Date => "date",
        FigureClass::Period => "period",
        FigureClass::DocumentNumber => "document-number",
        FigureClass::NamePart => "name-part",
        FigureClass::Label => "label",
        FigureClass::Unknown => "unknown",
    }
}

/// What the sentence does with a figure.
pub(crate) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Fact => "fact",
        Modality::Target => "target",
        Modality::Threshold => "threshold",
    }
}

/// How explicitly a text asks for a relation.
pub(crate) fn cue(cue: Cue) -> &'static str {
    match cue {
        Cue::Arithmetic => "arithmetic",
        Cue::Implied => "implied",
        Cue::Explicit => "explicit",
    }
}

/// The likely cause of an error.
pub(crate) fn cause(cause: RepairCause) -> &'static str {
    match cause {
        RepairCause::DigitSlip => "digit-slip",
        RepairCause::Swapped => "swapped",
        RepairCause::DigitCount => "digit-count",
        RepairCause::CopiedNeighbour => "copied-neighbour",
        RepairCause::Plugged => "plugged",
        RepairCause::DoubleDeduction => "double-deduction",
        RepairCause::Other => "other",
    }
}

/// A cause in words.
pub(crate) fn cause_words(name: &str) -> (&'static str, &'static str) {
    match name {
        "digit-slip" => ("一位数字之差", "one digit differs"),
        "swapped" => ("两位数字颠倒", "two digits are swapped"),
        "digit-count" => ("多一位或少一位", "a digit too many or too few"),
        "copied-neighbour" => ("误用相邻数字", "a neighbouring figure was copied"),
        "plugged" => ("凑整", "made to bring the sum to 100"),
        "double-deduction" => ("重复扣减", "an exception was deducted twice"),
        _ => ("", ""),
    }
}

/// A kind of relation in words; a kind that has none is shown by its name.
pub(crate) fn kind_words(kind: &str) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        "sum" => ("分项合计", "parts and total"),
        "difference" => ("差额", "difference"),
        "ratio" => ("比率", "rate or share"),
        "share-sum" => ("占比合计", "shares add to 100%"),
        "count" => ("计数与名单", "number and list"),
        "table-total" => ("表内合计", "total in a table"),
        "text-table" => ("文表一致", "text and table"),
        "repeat" => ("前后一致", "stated twice"),
        "bound" => ("界限", "bound"),
        "average" => ("平均", "mean"),
        "change" => ("增减", "growth"),
        "date" => ("日期先后", "order of dates"),
        "numbering" => ("序号", "numbering"),
        "reference" => ("附件对应", "attachments"),
        _ => return None,
    })
}

/// The word of a magnitude; empty for none.
pub(crate) fn magnitude(magnitude: Magnitude) -> &'static str {
    match magnitude {
        Magnitude::One => "",
        Magnitude::Hundred => "百",
        Magnitude::Thousand => "千",
        Magnitude::Wan => "万",
        Magnitude::Million => "百万",
        Magnitude::TenMillion => "千万",
        Magnitude::Yi => "亿",
        Magnitude::WanYi => "万亿",
    }
}

/// A reader's warning: its name, and what it says in Chinese and in English.
pub(crate) fn warning(kind: &WarningKind) -> (&'static str, String, String) {
    match kind {
        WarningKind::UndecodableBytes { encoding } => (
            "undecodable-bytes",
            format!("有字节不合{encoding}编码，已用替代字符代替"),
            format!("bytes that are no {encoding} text were replaced"),
        ),
        WarningKind::WrongExtension { actual } => (
            "wrong-extension",
            format!("文件名的后缀与内容不符，实为{actual}"),
            format!("the file's name says another format; it is {actual}"),
        ),
        WarningKind::PartSkipped { reason } => (
            "part-skipped",
            format!("一个部件无法读取，已略过：{reason}"),
            format!("a part could not be read and was left out: {reason}"),
        ),
        WarningKind::LimitReached { what, limit } => (
            "limit-reached",
            format!("达到上限（{}：{limit}），其余略去", limited(what)),
            format!("a limit was reached ({what}: {limit}); the rest was left out"),
        ),
        WarningKind::UnknownNumberFormat { code } => (
            "unknown-number-format",
            format!("未知的数字格式“{code}”，按原值显示"),
            format!("unknown number format `{code}`; the plain value is shown"),
        ),
        WarningKind::FormulaWithoutValue => (
            "formula-without-value",
            "公式没有保存计算结果，也无法重算".to_owned(),
            "a formula has no stored result and cannot be computed".to_owned(),
        ),
        WarningKind::EmbeddedContent { what } => (
            "embedded-content",
            format!("内嵌内容未读取：{}", embedded(what)),
            format!("embedded content is not read: {what}"),
        ),
        // The readers' list may grow; a warning is then shown by its debug form until it has words here.
        other => ("other", format!("{other:?}"), format!("{other:?}")),
    }
}

/// What was limited in Chinese; what has no words here keeps its own.
fn limited(what: &'static str) -> &'static str {
    match what {
        "bytes of copies of merged cells" => "合并单元格副本的字节数",
        other => other,
    }
}

/// Embedded content in Chinese, by the words that the readers have for it; content that has none keeps them.
fn embedded(what: &'static str) -> &'static str {
    match what {
        "a picture" => "图片",
        "a chart" => "图表",
        "a diagram" => "示意图",
        "an embedded object" => "嵌入对象",
        "an embedded document (altChunk)" => "嵌入的另一文档（altChunk）",
        "a subdocument in a file of its own" => "另存于他处的子文档",
        "another page of the web archive" => "网页归档中的其他页面",
        other => other,
    }
}
