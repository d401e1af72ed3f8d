//! `word/styles.xml`.

use gouji_standard as gb;
use gouji_standard::{FontClass, HalfPoints, House, Twips};

use crate::Form;
use crate::style::{Align, Format, Line, Style};
use crate::xml::Xml;

/// Character style of the text that runs on behind a heading, and of a heading that runs in.
pub(crate) const RUN_ON: &str = "RunOn";
/// Character style of third-level headings in a house that sets them bold.
pub(crate) const THIRD_LEVEL: &str = "ThirdLevel";
/// Character styles of the labels 一、 and （一） before text that is no heading.
pub(crate) const LABELS: [&str; 2] = ["FirstLabel", "SecondLabel"];
/// Style of tables.
pub(crate) const TABLE: &str = "CircularTable";
/// Space left and right inside a cell.
pub(crate) const CELL_PADDING: Twips = Twips(57);
/// Space above and below inside a cell. More below, for type stands low in its line where the line is higher than the type.
pub(crate) const CELL_PADDING_TOP: Twips = Twips(40);
pub(crate) const CELL_PADDING_BOTTOM: Twips = Twips(68);

/// The style sheet of a form.
pub(crate) fn style_sheet(form: Form, house: &House) -> String {
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", &crate::parts::W)]);
    defaults(&mut xml, house);
    xml.open(
        "w:style",
        &[("w:type", &"paragraph"), ("w:default", &"1"), ("w:styleId", &"Normal")],
    );
    xml.empty("w:name", &[("w:val", &"Normal")]);
    xml.empty("w:qFormat", &[]);
    xml.close("w:style");
    xml.open(
        "w:style",
        &[
            ("w:type", &"character"),
            ("w:default", &"1"),
            ("w:styleId", &"DefaultParagraphFont"),
        ],
    );
    xml.empty("w:name", &[("w:val", &"Default Paragraph Font")]);
    xml.empty("w:uiPriority", &[("w:val", &"1")]);
    xml.empty("w:semiHidden", &[]);
    xml.close("w:style");
    for style in Style::letterhead(form).iter().chain(&Style::COMMON) {
        paragraph_style(&mut xml, *style, house);
    }
    for style in Style::cells() {
        paragraph_style(&mut xml, style, house);
    }
    character_style(&mut xml, RUN_ON, "标题后接正文", |xml| {
        fonts(xml, gb::BODY.font, house)
    });
    for (at, (id, name)) in LABELS.into_iter().zip(["一级序数", "二级序数"]).enumerate() {
        character_style(&mut xml, id, name, |xml| fonts(xml, gb::HEADINGS[at].style.font, house));
    }
    if house.third_level_bold {
        character_style(&mut xml, THIRD_LEVEL, "三级标题加粗", |xml| xml.empty("w:b", &[]));
    }
    table_styles(&mut xml);
    xml.close("w:styles");
    xml.finish()
}

fn character_style(xml: &mut Xml, id: &str, name: &str, properties: impl FnOnce(&mut Xml)) {
    xml.open(
        "w:style",
        &[("w:type", &"character"), ("w:customStyle", &"1"), ("w:styleId", &id)],
    );
    xml.empty("w:name", &[("w:val", &name)]);
    xml.empty("w:basedOn", &[("w:val", &"DefaultParagraphFont")]);
    xml.open("w:rPr", &[]);
    properties(xml);
    xml.close("w:rPr");
    xml.close("w:style");
}

fn defaults(xml: &mut Xml, house: &House) {
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    fonts(xml, gb::BODY.font, house);
    xml.empty("w:kern", &[("w:val", &"0")]);
    sizes(xml, gb::BODY.size);
    xml.empty(
        "w:lang",
        &[("w:val", &"en-US"), ("w:eastAsia", &"zh-CN"), ("w:bidi", &"ar-SA")],
    );
    xml.close("w:rPr");
    xml.close("w:rPrDefault");
    xml.open("w:pPrDefault", &[]);
    xml.close("w:pPrDefault");
    xml.close("w:docDefaults");
}

/// One font in all four slots: Word picks the slot by character, and quotation marks, dashes and per cent signs would
/// otherwise come from a Western font.
///
/// A house that wants Western digits gets its Western font in the first two slots, except in mark, title and page number.
fn fonts(xml: &mut Xml, class: FontClass, house: &House) {
    let name = house.font(class);
    let western = match class {
        FontClass::TitleSong | FontClass::Song => name,
        FontClass::FangSong | FontClass::Kai | FontClass::Hei => house.western_font.as_deref().unwrap_or(name),
    };
    xml.empty(
        "w:rFonts",
        &[
            ("w:ascii", &western),
            ("w:hAnsi", &western),
            ("w:eastAsia", &name),
            ("w:cs", &name),
            ("w:hint", &"eastAsia"),
        ],
    );
}

fn sizes(xml: &mut Xml, size: HalfPoints) {
    xml.empty("w:sz", &[("w:val", &size)]);
    xml.empty("w:szCs", &[("w:val", &size)]);
}

fn paragraph_style(xml: &mut Xml, style: Style, house: &House) {
    let format = style.format(house);
    let built_in = format.name.is_ascii();
    if built_in {
        xml.open("w:style", &[("w:type", &"paragraph"), ("w:styleId", &style)]);
    } else {
        xml.open(
            "w:style",
            &[("w:type", &"paragraph"), ("w:customStyle", &"1"), ("w:styleId", &style)],
        );
    }
    match style {
        Style::Cell(_, size) => xml.empty("w:name", &[("w:val", &format!("{}{}", format.name, size))]),
        _ => xml.empty("w:name", &[("w:val", &format.name)]),
    }
    xml.empty("w:basedOn", &[("w:val", &"Normal")]);
    if matches!(style, Style::Heading(_) | Style::Addressee) {
        xml.empty("w:next", &[("w:val", &Style::Body)]);
    }
    if !matches!(style, Style::Cell(..)) {
        xml.empty("w:qFormat", &[]);
    }
    xml.open("w:pPr", &[]);
    if format.keep_next {
        xml.empty("w:keepNext", &[]);
    }
    if format.new_page {
        xml.empty("w:pageBreakBefore", &[]);
    }
    xml.empty("w:widowControl", &[("w:val", &"0")]);
    if let Some(rules) = format.rules {
        xml.open("w:pBdr", &[]);
        for (name, weight) in [("w:top", rules.top), ("w:bottom", rules.bottom)] {
            if let Some(weight) = weight {
                xml.empty(
                    name,
                    &[
                        ("w:val", &"single"),
                        ("w:sz", &weight),
                        ("w:space", &rules.space),
                        ("w:color", &gb::RED),
                    ],
                );
            }
        }
        xml.close("w:pBdr");
    }
    if let Some(at) = format.right_tab {
        xml.open("w:tabs", &[]);
        xml.empty("w:tab", &[("w:val", &"right"), ("w:pos", &at)]);
        xml.close("w:tabs");
    }
    // Word would put a quarter of a character between digits and Chinese characters; 28 would no longer fit on a line.
    xml.empty("w:autoSpaceDE", &[("w:val", &"0")]);
    xml.empty("w:autoSpaceDN", &[("w:val", &"0")]);
    xml.empty("w:snapToGrid", &[("w:val", &"0")]);
    let (line, rule) = match format.line {
        Line::Exact(line) => (line, "exact"),
        Line::AtLeast(line) => (line, "atLeast"),
    };
    xml.empty(
        "w:spacing",
        &[
            ("w:before", &format.before),
            ("w:after", &format.after),
            ("w:line", &line),
            ("w:lineRule", &rule),
        ],
    );
    indents(xml, &format);
    let align = match format.align {
        Align::Both => "both",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    xml.empty("w:jc", &[("w:val", &align)]);
    if let Some(level) = format.outline {
        xml.empty("w:outlineLvl", &[("w:val", &(level - 1))]);
    }
    xml.close("w:pPr");
    xml.open("w:rPr", &[]);
    fonts(xml, format.text.font, house);
    if format.red {
        xml.empty("w:color", &[("w:val", &gb::RED)]);
    }
    if format.close_set {
        xml.empty("w:spacing", &[("w:val", &gb::CHARACTER_SPACING)]);
    }
    sizes(xml, format.text.size);
    xml.close("w:rPr");
    xml.close("w:style");
}

fn indents(xml: &mut Xml, format: &Format) {
    let (left, right, first) = (&format.left, &format.right, format.first);
    if first.0 < 0 {
        xml.empty("w:ind", &[("w:left", left), ("w:right", right), ("w:hanging", &-first)]);
    } else if let Some(chars) = format.first_chars {
        xml.empty(
            "w:ind",
            &[
                ("w:left", left),
                ("w:right", right),
                ("w:firstLineChars", &chars.hundredths()),
                ("w:firstLine", &first),
            ],
        );
    } else {
        xml.empty(
            "w:ind",
            &[("w:left", left), ("w:right", right), ("w:firstLine", &first)],
        );
    }
}

fn table_styles(xml: &mut Xml) {
    xml.open(
        "w:style",
        &[("w:type", &"table"), ("w:default", &"1"), ("w:styleId", &"TableNormal")],
    );
    xml.empty("w:name", &[("w:val", &"Normal Table")]);
    xml.empty("w:uiPriority", &[("w:val", &"99")]);
    xml.empty("w:semiHidden", &[]);
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblInd", &[("w:w", &"0"), ("w:type", &"dxa")]);
    xml.close("w:tblPr");
    xml.close("w:style");
    xml.open(
        "w:style",
        &[("w:type", &"table"), ("w:customStyle", &"1"), ("w:styleId", &TABLE)],
    );
    xml.empty("w:name", &[("w:val", &"公文表格")]);
    xml.empty("w:basedOn", &[("w:val", &"TableNormal")]);
    xml.open("w:tblPr", &[]);
    xml.open("w:tblBorders", &[]);
    for edge in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        xml.empty(
            edge,
            &[
                ("w:val", &"single"),
                ("w:sz", &"4"),
                ("w:space", &"0"),
                ("w:color", &"auto"),
            ],
        );
    }
    xml.close("w:tblBorders");
    xml.open("w:tblCellMar", &[]);
    for (edge, width) in [
        ("w:top", CELL_PADDING_TOP),
        ("w:left", CELL_PADDING),
        ("w:bottom", CELL_PADDING_BOTTOM),
        ("w:right", CELL_PADDING),
    ] {
        xml.empty(edge, &[("w:w", &width), ("w:type", &"dxa")]);
    }
    xml.close("w:tblCellMar");
    xml.close("w:tblPr");
    xml.close("w:style");
}
