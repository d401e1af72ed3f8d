//! The styles of a circular: each element of the standard has one, and carries its whole format there.

use std::fmt;

use gouji_standard as gb;
use gouji_standard::{EighthPoints, FontClass, HalfChars, HalfPoints, House, Twips, TypeStyle};

use crate::Form;

/// A paragraph style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    CopyNumber,
    Marking,
    Mark,
    /// The mark that bears the red rule itself, where neither a number nor a title follows.
    RuledMark,
    DocNumber,
    LetterMark,
    LetterRule,
    LetterNumber,
    Title,
    Subtitle,
    Addressee,
    Body,
    Heading(u8),
    AttachmentNote,
    Signature,
    Date,
    Annotation,
    AttachmentLabel,
    AttachmentTitle,
    Caption,
    UnitLine,
    TableNote,
    ImprintCopies,
    ImprintPrinted,
    OddFooter,
    EvenFooter,
    LetterBottomRule,
    /// An empty line.
    Blank,
    /// A paragraph that Word needs and nobody sees.
    Anchor,
    /// Text of a table.
    Cell(CellAlign, HalfPoints),
}

/// Its id in the style sheet.
impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading(level) => write!(f, "Heading{level}"),
            Self::Cell(align, size) => write!(f, "Cell{align:?}{size}"),
            other => write!(f, "{other:?}"),
        }
    }
}

/// How the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellAlign {
    Head,
    Left,
    Center,
    Right,
}

/// Type of captions, unit lines and notes (practice): 小四.
pub(crate) const TABLE_LINE_SIZE: HalfPoints = HalfPoints(24);
/// Line height beside tables: one and a quarter of the type, rounded to whole points (practice).
pub(crate) const fn cell_line(size: HalfPoints) -> Twips {
    Twips((size.0 as i32 * 25 / 2 + 10) / 20 * 20)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Both,
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Exact(Twips),
    AtLeast(Twips),
}

/// Borders above and below, in eighths of a point, red or black.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) top: Option<EighthPoints>,
    pub(crate) bottom: Option<EighthPoints>,
    /// Space between text and border, in points.
    pub(crate) space: u32,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Format {
    pub(crate) name: &'static str,
    pub(crate) text: TypeStyle,
    pub(crate) red: bool,
    pub(crate) align: Align,
    pub(crate) line: Line,
    pub(crate) before: Twips,
    pub(crate) after: Twips,
    pub(crate) left: Twips,
    pub(crate) right: Twips,
    /// First line against the others; negative for a hanging indent.
    pub(crate) first: Twips,
    /// The same in characters, for Word's dialogue.
    pub(crate) first_chars: Option<HalfChars>,
    pub(crate) outline: Option<u8>,
    pub(crate) keep_next: bool,
    pub(crate) new_page: bool,
    pub(crate) rules: Option<Rules>,
    /// Characters set closer, so that 28 fit on a line.
    pub(crate) close_set: bool,
    pub(crate) right_tab: Option<Twips>,
}

const TEXT: Format = Format {
    name: "公文正文",
    text: gb::BODY,
    red: false,
    align: Align::Both,
    line: Line::Exact(gb::LINE),
    before: Twips(0),
    after: Twips(0),
    left: Twips(0),
    right: Twips(0),
    first: Twips(0),
    first_chars: None,
    outline: None,
    keep_next: false,
    new_page: false,
    rules: None,
    close_set: true,
    right_tab: None,
};

fn lines(n: i32) -> Twips {
    gb::LINE * n
}

/// Height of the line in which the two borders of a letter's rule stand.
const RULE_LINE: Twips = Twips(20);

/// Border space in points that gives 4 mm between the ink of the document number and the red rule.
const NUMBER_RULE_SPACE: u32 = 8;
/// The same below a mark, whose line is no higher than its type.
const MARK_RULE_SPACE: u32 = 10;

impl Style {
    /// Styles of the letterhead of a form.
    pub(crate) fn letterhead(form: Form) -> &'static [Self] {
        match form {
            Form::Document => &[Self::Mark, Self::RuledMark, Self::DocNumber],
            Form::Letter => &[
                Self::LetterMark,
                Self::LetterRule,
                Self::LetterBottomRule,
                Self::LetterNumber,
            ],
        }
    }

    /// The other styles but those of cells, in the order of the style sheet.
    pub(crate) const COMMON: [Self; 25] = [
        Self::CopyNumber,
        Self::Marking,
        Self::Title,
        Self::Subtitle,
        Self::Addressee,
        Self::Body,
        Self::Heading(1),
        Self::Heading(2),
        Self::Heading(3),
        Self::Heading(4),
        Self::AttachmentNote,
        Self::Signature,
        Self::Date,
        Self::Annotation,
        Self::AttachmentLabel,
        Self::AttachmentTitle,
        Self::Caption,
        Self::UnitLine,
        Self::TableNote,
        Self::ImprintCopies,
        Self::ImprintPrinted,
        Self::OddFooter,
        Self::EvenFooter,
        Self::Blank,
        Self::Anchor,
    ];

    /// The styles of cells: each alignment in each size.
    pub(crate) fn cells() -> impl Iterator<Item = Self> {
        gb::TABLE_BODY_SIZES.into_iter().flat_map(|size| {
            [CellAlign::Head, CellAlign::Left, CellAlign::Center, CellAlign::Right]
                .into_iter()
                .map(move |align| Self::Cell(align, size))
        })
    }

    #[allow(clippy::too_many_lines, reason = "one arm a style: a table, read from top to bottom")]
    pub(crate) fn format(self, house: &House) -> Format {
        let centred = Format {
            align: Align::Center,
            close_set: false,
            ..TEXT
        };
        match self {
            Self::CopyNumber => Format {
                name: "份号",
                align: Align::Left,
                ..TEXT
            },
            Self::Marking => Format {
                name: "密级紧急程度",
                text: gb::MARKING,
                align: Align::Left,
                ..TEXT
            },
            // The line height and what is above follow from the size of the mark, which is the paragraph's own.
            Self::Mark => Format {
                name: "发文机关标志",
                text: TypeStyle {
                    font: FontClass::TitleSong,
                    size: house.mark_size,
                },
                red: true,
                line: Line::Exact(house.mark_size.twips()),
                before: gb::MARK_TOP,
                ..centred
            },
            Self::RuledMark => Format {
                name: "发文机关标志带分隔线",
                rules: Some(Rules {
                    top: None,
                    bottom: Some(house.rule_weight),
                    space: MARK_RULE_SPACE,
                }),
                ..Self::Mark.format(house)
            },
            Self::DocNumber => Format {
                name: "发文字号",
                before: lines(gb::NUMBER_GAP),
                rules: Some(Rules {
                    top: None,
                    bottom: Some(house.rule_weight),
                    space: NUMBER_RULE_SPACE,
                }),
                close_set: true,
                ..centred
            },
            Self::LetterMark => Format {
                name: "信函发文机关标志",
                before: Twips(0),
                ..Self::Mark.format(house)
            },
            Self::LetterRule => Format {
                name: "信函红色双线",
                line: Line::Exact(RULE_LINE),
                left: -gb::LETTER_RULE_OUTDENT,
                right: -gb::LETTER_RULE_OUTDENT,
                rules: Some(Rules {
                    top: Some(gb::LETTER_RULE_THICK),
                    bottom: Some(gb::LETTER_RULE_THIN),
                    space: 0,
                }),
                ..centred
            },
            Self::LetterNumber => Format {
                name: "信函发文字号",
                align: Align::Right,
                before: LETTER_NUMBER_BEFORE,
                ..TEXT
            },
            Self::Title => Format {
                name: "Title",
                text: gb::TITLE,
                line: Line::Exact(gb::TITLE_LINE),
                before: lines(gb::TITLE_GAP),
                ..centred
            },
            Self::Subtitle => Format {
                name: "Subtitle",
                text: gb::SUBTITLE,
                close_set: true,
                ..centred
            },
            Self::Addressee => Format {
                name: "主送机关",
                before: lines(gb::ADDRESSEE_GAP),
                ..TEXT
            },
            Self::Body => Format {
                first: gb::BODY_INDENT.twips(gb::CHARACTER),
                first_chars: Some(gb::BODY_INDENT),
                ..TEXT
            },
            Self::Heading(level) => {
                let at = usize::from(level.clamp(1, 4)) - 1;
                Format {
                    name: ["heading 1", "heading 2", "heading 3", "heading 4"][at],
                    text: gb::HEADINGS[at].style,
                    outline: Some(level.clamp(1, 4)),
                    ..Self::Body.format(house)
                }
            }
            Self::AttachmentNote => Format {
                name: "附件说明",
                ..TEXT
            },
            Self::Signature => Format {
                name: "发文机关署名",
                align: Align::Right,
                keep_next: true,
                ..TEXT
            },
            Self::Date => Format {
                name: "成文日期",
                align: Align::Right,
                ..TEXT
            },
            Self::Annotation => Format {
                name: "附注",
                left: gb::ANNOTATION_INDENT.twips(gb::CHARACTER),
                ..TEXT
            },
            Self::AttachmentLabel => Format {
                name: "附件标识",
                text: gb::ATTACHMENT_LABEL,
                align: Align::Left,
                new_page: true,
                keep_next: true,
                ..TEXT
            },
            Self::AttachmentTitle => Format {
                name: "附件标题",
                text: house.attachment_title,
                line: Line::Exact(if house.attachment_title == gb::TITLE {
                    gb::TITLE_LINE
                } else {
                    gb::LINE
                }),
                before: lines(gb::ATTACHMENT_TITLE_GAP),
                after: lines(1),
                keep_next: true,
                ..centred
            },
            Self::Caption => Format {
                name: "caption",
                text: TypeStyle {
                    font: FontClass::Hei,
                    size: TABLE_LINE_SIZE,
                },
                line: Line::AtLeast(cell_line(TABLE_LINE_SIZE)),
                before: Twips(120),
                after: Twips(60),
                keep_next: true,
                ..centred
            },
            Self::UnitLine => Format {
                name: "表格单位",
                text: TypeStyle {
                    font: FontClass::FangSong,
                    size: TABLE_LINE_SIZE,
                },
                align: Align::Right,
                line: Line::AtLeast(cell_line(TABLE_LINE_SIZE)),
                after: Twips(40),
                keep_next: true,
                ..centred
            },
            Self::TableNote => Format {
                name: "表格注释",
                text: TypeStyle {
                    font: FontClass::FangSong,
                    size: TABLE_LINE_SIZE,
                },
                align: Align::Both,
                line: Line::AtLeast(cell_line(TABLE_LINE_SIZE)),
                before: Twips(40),
                ..centred
            },
            Self::ImprintCopies => Format {
                name: "抄送机关",
                text: gb::IMPRINT,
                line: Line::Exact(gb::SMALL_LINE),
                left: (gb::IMPRINT_INDENT + gb::ATTACHMENT_NOTE_HANG).twips(gb::SMALL_CHARACTER),
                right: gb::IMPRINT_INDENT.twips(gb::SMALL_CHARACTER),
                first: -gb::ATTACHMENT_NOTE_HANG.twips(gb::SMALL_CHARACTER),
                close_set: false,
                ..TEXT
            },
            Self::ImprintPrinted => Format {
                name: "印发机关和印发日期",
                text: gb::IMPRINT,
                align: Align::Left,
                line: Line::Exact(gb::SMALL_LINE),
                left: gb::IMPRINT_INDENT.twips(gb::SMALL_CHARACTER),
                right: gb::IMPRINT_INDENT.twips(gb::SMALL_CHARACTER),
                right_tab: Some(gb::TEXT_WIDTH - gb::IMPRINT_INDENT.twips(gb::SMALL_CHARACTER)),
                close_set: false,
                ..TEXT
            },
            Self::OddFooter => Format {
                name: "页码单页",
                text: gb::PAGE_NUMBER,
                align: Align::Right,
                line: Line::Exact(gb::SMALL_CHARACTER),
                right: gb::PAGE_NUMBER_INDENT.twips(gb::SMALL_CHARACTER),
                close_set: false,
                ..TEXT
            },
            Self::EvenFooter => Format {
                name: "页码双页",
                align: Align::Left,
                left: gb::PAGE_NUMBER_INDENT.twips(gb::SMALL_CHARACTER),
                right: Twips(0),
                ..Self::OddFooter.format(house)
            },
            Self::LetterBottomRule => Format {
                name: "信函首页下双线",
                left: Twips(0),
                right: Twips(0),
                rules: Some(Rules {
                    top: Some(gb::LETTER_RULE_THIN),
                    bottom: Some(gb::LETTER_RULE_THICK),
                    space: 0,
                }),
                ..Self::LetterRule.format(house)
            },
            Self::Blank => Format { name: "空行", ..TEXT },
            Self::Anchor => Format {
                name: "末段",
                text: TypeStyle {
                    font: FontClass::FangSong,
                    size: HalfPoints(2),
                },
                line: Line::Exact(RULE_LINE),
                ..TEXT
            },
            Self::Cell(align, size) => Format {
                name: match align {
                    CellAlign::Head => "表头",
                    CellAlign::Left => "表格文字",
                    CellAlign::Center => "表格居中",
                    CellAlign::Right => "表格数字",
                },
                text: TypeStyle {
                    font: if align == CellAlign::Head {
                        FontClass::Hei
                    } else {
                        FontClass::FangSong
                    },
                    size,
                },
                align: match align {
                    CellAlign::Head | CellAlign::Center => Align::Center,
                    CellAlign::Left => Align::Left,
                    CellAlign::Right => Align::Right,
                },
                line: Line::AtLeast(cell_line(size)),
                close_set: false,
                ..TEXT
            },
        }
    }
}

/// Space above a letter's document number: the standard asks for 7/8 of a character from the rule to the type, of which the leading of
/// the text's line is part.
pub(crate) const LETTER_NUMBER_BEFORE: Twips =
    Twips(gb::LETTER_NUMBER_GAP.0 - (gb::LINE.0 - gb::BODY.size.twips().0) / 2);
