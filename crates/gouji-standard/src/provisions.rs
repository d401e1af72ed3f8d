use std::fmt::Write as _;

use crate::{
    ADDRESSEE_GAP, ANNOTATION_INDENT, ATTACHMENT_LABEL, ATTACHMENT_NOTE_GAP, ATTACHMENT_NOTE_HANG,
    ATTACHMENT_NOTE_INDENT, ATTACHMENT_TITLE, ATTACHMENT_TITLE_GAP, BODY, BODY_INDENT, CHARACTER, CHARACTER_SPACING,
    CHARACTERS_PER_LINE, HEADER_DISTANCE, HEADINGS, IMPRINT, IMPRINT_INDENT, IMPRINT_RULE_EDGE, IMPRINT_RULE_MIDDLE,
    LANDSCAPE_MARGIN_BOTTOM, LANDSCAPE_MARGIN_LEFT, LANDSCAPE_MARGIN_RIGHT, LANDSCAPE_MARGIN_TOP, LETTER_BOTTOM_RULE,
    LETTER_MARK_RULE_GAP, LETTER_MARK_TOP, LETTER_NUMBER_GAP, LETTER_RULE_OUTDENT, LETTER_RULE_THICK, LETTER_RULE_THIN,
    LETTER_RULE_WIDTH, LINE, LINES_PER_PAGE, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARK_SIZE_LARGEST,
    MARK_SIZE_SMALLEST, MARK_TOP, MARKING, NUMBER_GAP, NUMBER_RULE_DISTANCE, NUMBER_RULE_WEIGHT, PAGE_HEIGHT,
    PAGE_NUMBER, PAGE_NUMBER_DROP, PAGE_NUMBER_FOOTER, PAGE_NUMBER_INDENT, PAGE_WIDTH, RED, SEAL_DIAMETER,
    SEALED_DATE_RIGHT, SEALED_GAP, SIGNATURE_DATE_STEP, SIGNATURE_GAP, SIGNATURE_RIGHT, SMALL_CHARACTER, SMALL_LINE,
    SUBTITLE, TABLE_BODY_SIZES, TEXT_HEIGHT, TEXT_WIDTH, TITLE, TITLE_GAP, TITLE_LINE, TITLE_LINE_WIDEST, TypeStyle,
};

/// How binding a provision is; it bounds the severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// 规定: the standard requires it. An error at most.
    Required,
    /// 一般、推荐、可以: the standard's rule with room for exceptions. A warning at most.
    Recommended,
    /// 实务: office practice that the standard does not mention. A hint; never to be called a rule of the standard.
    Practice,
    /// 推算: follows by arithmetic from required values. A hint.
    Derived,
}

impl Strength {
    /// The Chinese word.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Required => "规定",
            Self::Recommended => "一般",
            Self::Practice => "实务",
            Self::Derived => "推算",
        }
    }
}

/// What this program does about a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The writer follows it, and a test of the written file holds it to that.
    WrittenAndChecked,
    /// The writer follows it; no test looks at it.
    Written,
    /// Only the author or the printer can see to it.
    AuthorsDuty,
    /// It is about documents that a circular is not.
    NotApplicable,
    /// Not done yet.
    Open,
}

impl Status {
    /// As `docs/gbt9704.md` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WrittenAndChecked => "written and checked",
            Self::Written => "written",
            Self::AuthorsDuty => "author's duty",
            Self::NotApplicable => "not applicable",
            Self::Open => "open",
        }
    }
}

/// One provision of the standard, or of the practice around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provision {
    /// The clause (`7.2.5`).
    pub clause: &'static str,
    /// What it is about, in the words of the standard.
    pub element: &'static str,
    /// What it asks for.
    pub text: &'static str,
    /// The value that the writer uses, from the constants of this crate.
    pub value: Value,
    /// How binding it is.
    pub strength: Strength,
    /// What is done about it.
    pub status: Status,
}

/// The value behind a provision, for the table that people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Lengths in twips.
    Twips(&'static [i32]),
    /// Hundredths of a millimetre, as [`crate::Mm`] prints them.
    Mm(crate::Mm),
    /// Typeface and size.
    Type(TypeStyle),
    /// Typefaces of the heading levels.
    Headings,
    /// Blank lines.
    Lines(i32),
    /// Widths in characters (字).
    Chars(&'static [crate::HalfChars]),
    /// Weights of rules in eighths of a point.
    Weights(&'static [crate::EighthPoints]),
    /// Sizes in half points.
    Sizes(&'static [crate::HalfPoints]),
    /// Counts.
    Counts(&'static [i32]),
    /// A colour.
    Colour(&'static str),
    /// None of these.
    None,
}

fn join<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|i| i.to_string()).collect::<Vec<_>>().join(" / ")
}

impl Value {
    fn describe(self) -> String {
        match self {
            Self::Twips(all) => format!("{} twips", join(all)),
            Self::Mm(mm) => format!("{mm} mm"),
            Self::Type(style) => format!("{} sz {}", style.font.chinese(), style.size),
            Self::Headings => join(
                HEADINGS
                    .iter()
                    .map(|h| format!("{} {}", h.sample, h.style.font.chinese())),
            ),
            Self::Lines(n) => format!("{n} blank"),
            Self::Chars(all) => format!("{} 字", join(all)),
            Self::Weights(all) => format!("{} × 1/8 pt", join(all)),
            Self::Sizes(all) => format!("sz {}", join(all)),
            Self::Counts(all) => join(all),
            Self::Colour(rgb) => format!("#{rgb}"),
            Self::None => "–".to_owned(),
        }
    }
}

/// The rows of `docs/gbt9704.md`, from the data.
#[must_use]
pub fn clause_table() -> String {
    let mut out = String::from(
        "| clause | element | provision | value | strength | status |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for p in PROVISIONS {
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            p.clause,
            p.element,
            p.text,
            p.value.describe(),
            p.strength.chinese(),
            p.status.name()
        );
    }
    out
}

const fn row(
    clause: &'static str,
    element: &'static str,
    text: &'static str,
    value: Value,
    strength: Strength,
    status: Status,
) -> Provision {
    Provision {
        clause,
        element,
        text,
        value,
        strength,
        status,
    }
}

use Status::{AuthorsDuty, NotApplicable, Written, WrittenAndChecked};
use Strength::{Derived, Practice, Recommended, Required};

/// Every provision, in the order of the standard.
#[rustfmt::skip]
pub const PROVISIONS: &[Provision] = &[
    row("3.1", "字", "the width of one Chinese character is the unit of horizontal distances: 三号, 四号", Value::Twips(&[CHARACTER.0, SMALL_CHARACTER.0]), Required, WrittenAndChecked),
    row("3.2", "行", "one character and 7/8 of a 三号 is the unit of vertical distances: 二号, 四号", Value::Twips(&[TITLE_LINE.0, SMALL_LINE.0]), Required, WrittenAndChecked),
    row("4", "纸张", "weight, whiteness and opacity of the paper", Value::None, Required, AuthorsDuty),
    row("5.1", "幅面", "A4", Value::Twips(&[PAGE_WIDTH.0, PAGE_HEIGHT.0]), Required, WrittenAndChecked),
    row("5.2.1", "天头、订口", "top and binding margin", Value::Twips(&[MARGIN_TOP.0, MARGIN_LEFT.0]), Required, WrittenAndChecked),
    row("5.2.1", "版心", "156 × 225 mm", Value::Twips(&[TEXT_WIDTH.0, TEXT_HEIGHT.0]), Required, WrittenAndChecked),
    row("5.2.1", "版心", "right and bottom margin, as what is left", Value::Twips(&[MARGIN_RIGHT.0, MARGIN_BOTTOM.0]), Derived, WrittenAndChecked),
    row("5.2.1", "天头", "distance of the header, which is empty", Value::Twips(&[HEADER_DISTANCE.0]), Practice, Written),
    row("5.2.2", "字体和字号", "text in 三号仿宋", Value::Type(BODY), Recommended, WrittenAndChecked),
    row("5.2.3", "行数和字数", "lines a page, characters a line", Value::Counts(&[LINES_PER_PAGE, CHARACTERS_PER_LINE]), Recommended, WrittenAndChecked),
    row("5.2.3", "行数和字数", "line pitch that gives them", Value::Twips(&[LINE.0]), Derived, WrittenAndChecked),
    row("5.2.3", "行数和字数", "characters set closer, so that as many stand on a line", Value::Twips(&[CHARACTER_SPACING.0]), Derived, WrittenAndChecked),
    row("5.2.4", "文字的颜色", "black unless stated", Value::None, Recommended, WrittenAndChecked),
    row("6.1–6.3", "制版、印刷、装订", "register, inks, trimming, left binding", Value::None, Required, AuthorsDuty),
    row("7.2.1", "份号", "six digits, 三号, flush left on the first line", Value::Type(BODY), Recommended, WrittenAndChecked),
    row("7.2.2", "密级和保密期限", "三号黑体, flush left on the second line", Value::Type(MARKING), Recommended, WrittenAndChecked),
    row("7.2.3", "紧急程度", "三号黑体, flush left, below the others", Value::Type(MARKING), Recommended, WrittenAndChecked),
    row("7.2.4", "发文机关标志", "its upper edge below the upper edge of the text area", Value::Twips(&[MARK_TOP.0]), Required, WrittenAndChecked),
    row("7.2.4", "发文机关标志", "小标宋, red, centred", Value::Colour(RED), Recommended, WrittenAndChecked),
    row("7.2.4", "发文机关标志", "size: the largest that fits, between", Value::Sizes(&[MARK_SIZE_SMALLEST, MARK_SIZE_LARGEST]), Practice, WrittenAndChecked),
    row("7.2.4", "发文机关标志", "joint documents: all names, the host's first, with 文件 to their right; or the host's alone", Value::None, Recommended, WrittenAndChecked),
    row("7.2.5", "发文字号", "two blank lines below the mark, centred", Value::Lines(NUMBER_GAP), Required, WrittenAndChecked),
    row("7.2.5", "发文字号", "六角括号 around the year; no 第, no leading zero", Value::None, Required, WrittenAndChecked),
    row("7.2.6", "签发人", "upward documents only", Value::None, Required, NotApplicable),
    row("7.2.7", "版头中的分隔线", "red rule as wide as the text area, below the document number", Value::Mm(NUMBER_RULE_DISTANCE), Required, WrittenAndChecked),
    row("7.2.7", "版头中的分隔线", "weight of the rule", Value::Weights(&[NUMBER_RULE_WEIGHT]), Practice, WrittenAndChecked),
    row("7.3.1", "标题", "二号小标宋, centred", Value::Type(TITLE), Recommended, WrittenAndChecked),
    row("7.3.1", "标题", "two blank lines below the red rule", Value::Lines(TITLE_GAP), Recommended, WrittenAndChecked),
    row("7.3.1", "标题", "lines whole in meaning, balanced, as 梯形 or 菱形; no wider than", Value::Chars(&[TITLE_LINE_WIDEST]), Recommended, WrittenAndChecked),
    row("7.3.1", "标题", "type of a line above or below it: a masthead, a subtitle", Value::Type(SUBTITLE), Practice, WrittenAndChecked),
    row("7.3.1", "标题", "no marks but 《》, quotation marks, brackets and 、", Value::None, Practice, AuthorsDuty),
    row("7.3.2", "主送机关", "one blank line below the title, flush left, full-width colon", Value::Lines(ADDRESSEE_GAP), Required, WrittenAndChecked),
    row("7.3.2", "主送机关", "moved to the imprint if the first page would show no text", Value::None, Required, WrittenAndChecked),
    row("7.3.3", "正文", "each paragraph indented", Value::Chars(&[BODY_INDENT]), Recommended, WrittenAndChecked),
    row("7.3.3", "正文", "the first page shows text", Value::None, Required, WrittenAndChecked),
    row("7.3.3", "结构层次序数", "typefaces of the heading levels; a run-in heading only to its end", Value::Headings, Recommended, WrittenAndChecked),
    row("7.3.4", "附件说明", "one blank line below the text", Value::Lines(ATTACHMENT_NOTE_GAP), Required, WrittenAndChecked),
    row("7.3.4", "附件说明", "indented, wrapped lines under the name; no mark after a name", Value::Chars(&[ATTACHMENT_NOTE_INDENT, ATTACHMENT_NOTE_HANG]), Required, WrittenAndChecked),
    row("7.3.5.1", "加盖印章的公文", "date from the right, signature centred on it (where the house seals)", Value::Chars(&[SEALED_DATE_RIGHT]), Recommended, WrittenAndChecked),
    row("7.3.5.1", "加盖印章的公文", "seals of several issuers do not touch: room for each", Value::Mm(SEAL_DIAMETER), Recommended, WrittenAndChecked),
    row("7.3.5.1", "加盖印章的公文", "blank lines above the signature, for the seal", Value::Lines(SEALED_GAP), Practice, WrittenAndChecked),
    row("7.3.5.2", "不加盖印章的公文", "one blank line below the text", Value::Lines(SIGNATURE_GAP), Required, WrittenAndChecked),
    row("7.3.5.2", "不加盖印章的公文", "signature from the right; date starts after the signature's first character by", Value::Chars(&[SIGNATURE_RIGHT, SIGNATURE_DATE_STEP]), Required, WrittenAndChecked),
    row("7.3.5.3", "加盖签发人签名章的公文", "orders and proposals", Value::None, Required, NotApplicable),
    row("7.3.5.4", "成文日期", "Arabic numerals, full year, no leading zeros", Value::None, Required, WrittenAndChecked),
    row("7.3.5.5", "特殊情况说明", "the sign-off never stands alone on a page", Value::None, Recommended, WrittenAndChecked),
    row("7.3.6", "附注", "indented, in brackets, below the date", Value::Chars(&[ANNOTATION_INDENT]), Required, WrittenAndChecked),
    row("7.3.7", "附件", "new page; label 三号黑体 flush left on the first line", Value::Type(ATTACHMENT_LABEL), Required, WrittenAndChecked),
    row("7.3.7", "附件", "title centred on the third line", Value::Lines(ATTACHMENT_TITLE_GAP), Required, WrittenAndChecked),
    row("7.3.7", "附件", "type of the title", Value::Type(ATTACHMENT_TITLE), Practice, WrittenAndChecked),
    row("7.3.7", "附件", "text set as the body, page numbers run on", Value::None, Required, WrittenAndChecked),
    row("7.3.7", "附件", "bound separately: the document number before its label", Value::None, Required, AuthorsDuty),
    row("7.3.7", "附件", "number and title as in the 附件说明", Value::None, Required, AuthorsDuty),
    row("7.4.1", "版记中的分隔线", "as wide as the text area; the last at its lower edge", Value::Twips(&[TEXT_WIDTH.0]), Required, WrittenAndChecked),
    row("7.4.1", "版记中的分隔线", "weights: first and last, between", Value::Weights(&[IMPRINT_RULE_EDGE, IMPRINT_RULE_MIDDLE]), Recommended, WrittenAndChecked),
    row("7.4.2", "抄送机关", "四号仿宋, one character in on both sides, wraps after the colon, 。 at the end", Value::Type(IMPRINT), Recommended, WrittenAndChecked),
    row("7.4.2", "抄送机关", "an addressee moved here stands above, no rule between", Value::None, Recommended, WrittenAndChecked),
    row("7.4.3", "印发机关和印发日期", "organ left, date with 印发 right, each one character in", Value::Chars(&[IMPRINT_INDENT]), Required, WrittenAndChecked),
    row("7.4", "版记", "on an even page: known only when the pages are laid out", Value::None, Practice, AuthorsDuty),
    row("7.5", "页码", "四号半角宋体, a dash on each side", Value::Type(PAGE_NUMBER), Recommended, WrittenAndChecked),
    row("7.5", "页码", "odd pages right, even pages left, one character in", Value::Chars(&[PAGE_NUMBER_INDENT]), Recommended, WrittenAndChecked),
    row("7.5", "页码", "dashes below the text area", Value::Mm(PAGE_NUMBER_DROP), Required, WrittenAndChecked),
    row("7.5", "页码", "distance of the footer that gives this", Value::Twips(&[PAGE_NUMBER_FOOTER.0]), Derived, WrittenAndChecked),
    row("7.5", "页码", "none on a blank page before the imprint, nor on the imprint's page behind it", Value::None, Recommended, AuthorsDuty),
    row("8", "横排表格", "head at the left edge of the upright page: margins top, right, bottom, left of the landscape page", Value::Twips(&[LANDSCAPE_MARGIN_TOP.0, LANDSCAPE_MARGIN_RIGHT.0, LANDSCAPE_MARGIN_BOTTOM.0, LANDSCAPE_MARGIN_LEFT.0]), Derived, WrittenAndChecked),
    row("8", "横排表格", "the page number stays where it is on upright pages", Value::None, Required, WrittenAndChecked),
    row("8", "表格", "type of a table's text, the largest that fits", Value::Sizes(&TABLE_BODY_SIZES), Practice, WrittenAndChecked),
    row("9", "计量单位、标点符号和数字", "punctuation in full width in Chinese text; figures are never touched", Value::None, Required, WrittenAndChecked),
    row("10.1", "信函格式：发文机关标志", "without 文件, its upper edge from the top of the page", Value::Twips(&[LETTER_MARK_TOP.0]), Required, WrittenAndChecked),
    row("10.1", "信函格式：发文机关标志", "joint letters: the host's alone", Value::None, Required, WrittenAndChecked),
    row("10.1", "信函格式：红色双线", "below the mark by", Value::Twips(&[LETTER_MARK_RULE_GAP.0]), Required, WrittenAndChecked),
    row("10.1", "信函格式：红色双线", "width; place of the second, page 1 only", Value::Twips(&[LETTER_RULE_WIDTH.0, LETTER_BOTTOM_RULE.0]), Required, WrittenAndChecked),
    row("10.1", "信函格式：红色双线", "beyond the text area on each side by", Value::Twips(&[LETTER_RULE_OUTDENT.0]), Derived, WrittenAndChecked),
    row("10.1", "信函格式：红色双线", "weights of its thick and its thin line", Value::Weights(&[LETTER_RULE_THICK, LETTER_RULE_THIN]), Practice, WrittenAndChecked),
    row("10.1", "信函格式：份号、密级、紧急程度", "flush left below the first rule, one under the other", Value::None, Required, WrittenAndChecked),
    row("10.1", "信函格式：发文字号", "flush right, below the first rule by", Value::Twips(&[LETTER_NUMBER_GAP.0]), Required, WrittenAndChecked),
    row("10.1", "信函格式：标题", "two blank lines below the last element above it", Value::Lines(TITLE_GAP), Required, WrittenAndChecked),
    row("10.1", "信函格式：页码、版记", "no number on page 1; no 印发 line and no rules in the imprint", Value::None, Required, WrittenAndChecked),
    row("10.2", "命令（令）格式", "orders", Value::None, Required, NotApplicable),
    row("10.3", "纪要格式", "minutes", Value::None, Recommended, NotApplicable),
    row("11", "式样", "sample pages; they show what the clauses say", Value::None, Required, NotApplicable),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The page for people says exactly what the data says.
    #[test]
    fn the_page_is_in_step_with_the_data() {
        let page = include_str!("../../../docs/gbt9704.md");
        let table: String = page
            .lines()
            .filter(|line| line.starts_with('|'))
            .flat_map(|line| [line, "\n"])
            .collect();
        assert_eq!(
            table,
            clause_table(),
            "docs/gbt9704.md differs; its table is what clause_table() gives"
        );
    }

    #[test]
    fn a_practice_is_never_called_required() {
        for p in PROVISIONS {
            assert!(!p.text.is_empty() && !p.element.is_empty(), "{}", p.clause);
            if p.status == Status::NotApplicable {
                assert_eq!(p.value, Value::None, "{}: nothing is written for it", p.clause);
            }
        }
    }
}
