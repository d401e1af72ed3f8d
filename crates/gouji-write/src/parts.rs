//! The parts of the package, in their fixed order.

use std::sync::OnceLock;

use gouji_circular::Circular;
use gouji_standard as gb;
use gouji_standard::{FontClass, House, Twips};

use crate::document::{Order, main_part};
use crate::package::{Part, complete, template};
use crate::style::Style;
use crate::style_sheet::style_sheet;
use crate::xml::Xml;
use crate::{Form, WriteError};

/// Namespace of WordprocessingML.
pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of relationships in parts.
pub(crate) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Namespace of the package's own relationship parts.
pub(crate) const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
pub(crate) const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Relationship of the footer of odd pages.
pub(crate) const ODD_FOOTER: &str = "rId4";
/// Relationship of the footer of even pages.
pub(crate) const EVEN_FOOTER: &str = "rId5";
/// Relationship of the footer of a letter's first page.
pub(crate) const FIRST_FOOTER: &str = "rId6";

/// Relationship of the footer of odd landscape pages.
pub(crate) const LANDSCAPE_ODD_FOOTER: &str = "rId7";
/// Relationship of the footer of even landscape pages.
pub(crate) const LANDSCAPE_EVEN_FOOTER: &str = "rId8";

/// Which footers a package has beside those of upright pages.
#[derive(Debug, Clone, Copy)]
struct Footers {
    letter: bool,
    landscape: bool,
}

impl Footers {
    /// File name and relationship of each, in order.
    fn all(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let letter = self.letter.then_some(("footer3.xml", FIRST_FOOTER));
        let landscape = [
            ("footer4.xml", LANDSCAPE_ODD_FOOTER),
            ("footer5.xml", LANDSCAPE_EVEN_FOOTER),
        ];
        [("footer1.xml", ODD_FOOTER), ("footer2.xml", EVEN_FOOTER)]
            .into_iter()
            .chain(letter)
            .chain(landscape.into_iter().filter(move |_| self.landscape))
    }
}

/// The parts that all documents of a house have alike, packed when they are first needed.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    /// By form and by whether there are landscape pages.
    packed: [OnceLock<Vec<u8>>; 4],
}

impl Templates {
    pub(crate) const fn new() -> Self {
        Self {
            packed: [const { OnceLock::new() }; 4],
        }
    }

    fn get(&self, form: Form, landscape: bool, house: &House) -> &[u8] {
        let letter = form == Form::Letter;
        let at = usize::from(letter) * 2 + usize::from(landscape);
        self.packed[at].get_or_init(|| pack_template(form, Footers { letter, landscape }, house))
    }
}

/// The whole package.
pub(crate) fn build(order: &Order<'_>, templates: &Templates) -> Result<Vec<u8>, WriteError> {
    let (main, landscape) = main_part(order);
    let form = Form::of(order.circular, order.house.form);
    let part = |name, content| Part { name, content };
    complete(
        templates.get(form, landscape, order.house),
        &[
            part("docProps/core.xml", properties(order.circular)),
            part("word/document.xml", main),
        ],
    )
}

fn pack_template(form: Form, footers: Footers, house: &House) -> Vec<u8> {
    let part = |name, content| Part { name, content };
    let mut parts = vec![
        part("[Content_Types].xml", content_types(footers)),
        part("_rels/.rels", root_relations()),
        part("docProps/app.xml", application()),
        part("word/_rels/document.xml.rels", document_relations(footers)),
        part("word/styles.xml", style_sheet(form, house)),
        part("word/settings.xml", settings()),
        part("word/fontTable.xml", font_table(house)),
        part("word/footer1.xml", page_number(Style::OddFooter)),
        part("word/footer2.xml", page_number(Style::EvenFooter)),
    ];
    if footers.letter {
        parts.push(part("word/footer3.xml", first_footer()));
    }
    if footers.landscape {
        parts.push(part("word/footer4.xml", turned_page_number(Style::OddFooter)));
        parts.push(part("word/footer5.xml", turned_page_number(Style::EvenFooter)));
    }
    template(&parts).expect("parts without input of any size pack into memory")
}

fn content_types(footers: Footers) -> String {
    let mut xml = Xml::part();
    xml.open("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))]);
    xml.empty(
        "Default",
        &[
            ("Extension", &"rels"),
            (
                "ContentType",
                &"application/vnd.openxmlformats-package.relationships+xml",
            ),
        ],
    );
    xml.empty("Default", &[("Extension", &"xml"), ("ContentType", &"application/xml")]);
    let mut typed = |name: &str, kind: &str| xml.empty("Override", &[("PartName", &name), ("ContentType", &kind)]);
    typed(
        "/docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    );
    typed(
        "/docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
    );
    for (name, kind) in [
        ("/word/document.xml", "document.main"),
        ("/word/styles.xml", "styles"),
        ("/word/settings.xml", "settings"),
        ("/word/fontTable.xml", "fontTable"),
    ] {
        typed(name, &format!("{WORD_TYPE}.{kind}+xml"));
    }
    for (name, _) in footers.all() {
        typed(&format!("/word/{name}"), &format!("{WORD_TYPE}.footer+xml"));
    }
    xml.close("Types");
    xml.finish()
}

fn relations(entries: &[(&str, String, &str)]) -> String {
    let mut xml = Xml::part();
    xml.open("Relationships", &[("xmlns", &PACKAGE_RELATIONS)]);
    for (id, kind, target) in entries {
        xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
    }
    xml.close("Relationships");
    xml.finish()
}

fn root_relations() -> String {
    relations(&[
        ("rId1", format!("{R}/officeDocument"), "word/document.xml"),
        (
            "rId2",
            format!("{PACKAGE_RELATIONS}/metadata/core-properties"),
            "docProps/core.xml",
        ),
        ("rId3", format!("{R}/extended-properties"), "docProps/app.xml"),
    ])
}

fn document_relations(footers: Footers) -> String {
    let mut entries = vec![
        ("rId1", format!("{R}/styles"), "styles.xml"),
        ("rId2", format!("{R}/settings"), "settings.xml"),
        ("rId3", format!("{R}/fontTable"), "fontTable.xml"),
    ];
    entries.extend(footers.all().map(|(name, id)| (id, format!("{R}/footer"), name)));
    relations(&entries)
}

fn application() -> String {
    let mut xml = Xml::part();
    xml.open(
        "Properties",
        &[(
            "xmlns",
            &"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        )],
    );
    xml.element("Application", &[], "gouji");
    xml.close("Properties");
    xml.finish()
}

/// Title, issuer and language; the dates are the circular's own date of issue, for there is no clock here.
fn properties(circular: &Circular) -> String {
    let mut xml = Xml::part();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties")),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
            ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    if let Some(title) = &circular.title {
        xml.element("dc:title", &[], &one_line(title));
    }
    let issuer = circular
        .issuer
        .as_deref()
        .or_else(|| circular.signatures.first().map(|s| s.as_str()));
    xml.element("dc:creator", &[], &one_line(issuer.unwrap_or("gouji")));
    xml.element("dc:language", &[], "zh-CN");
    if let Some(day) = circular.date.as_ref().and_then(|d| d.date) {
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", &"dcterms:W3CDTF")], &format!("{day}T00:00:00Z"));
        }
    }
    xml.close("cp:coreProperties");
    xml.finish()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn settings() -> String {
    let mut xml = Xml::part();
    xml.open("w:settings", &[("xmlns:w", &W)]);
    xml.empty("w:zoom", &[("w:percent", &"100")]);
    xml.empty("w:defaultTabStop", &[("w:val", &(gb::CHARACTER + gb::CHARACTER))]);
    xml.empty("w:evenAndOddHeaders", &[]);
    xml.empty("w:characterSpacingControl", &[("w:val", &"doNotCompress")]);
    xml.open("w:compat", &[]);
    xml.empty("w:doNotExpandShiftReturn", &[]);
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ] {
        xml.empty(
            "w:compatSetting",
            &[
                ("w:name", &name),
                ("w:uri", &"http://schemas.microsoft.com/office/word"),
                ("w:val", &value),
            ],
        );
    }
    xml.close("w:compat");
    xml.empty("w:themeFontLang", &[("w:val", &"en-US"), ("w:eastAsia", &"zh-CN")]);
    xml.close("w:settings");
    xml.finish()
}

fn font_table(house: &House) -> String {
    let mut xml = Xml::part();
    xml.open("w:fonts", &[("xmlns:w", &W)]);
    for class in FontClass::ALL {
        let substitute = class.substitute();
        xml.open("w:font", &[("w:name", &house.font(class))]);
        if house.font(class) != substitute.alternative {
            xml.empty("w:altName", &[("w:val", &substitute.alternative)]);
        }
        // 134: simplified Chinese.
        xml.empty("w:charset", &[("w:val", &"86")]);
        xml.empty("w:family", &[("w:val", &substitute.family)]);
        xml.empty("w:pitch", &[("w:val", &"default")]);
        xml.close("w:font");
    }
    if let Some(western) = &house.western_font {
        xml.open("w:font", &[("w:name", western)]);
        xml.empty("w:charset", &[("w:val", &"00")]);
        xml.empty("w:family", &[("w:val", &"roman")]);
        xml.empty("w:pitch", &[("w:val", &"variable")]);
        xml.close("w:font");
    }
    xml.close("w:fonts");
    xml.finish()
}

/// §7.5: the number between two dashes.
fn page_number(style: Style) -> String {
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", &W)]);
    page_number_line(&mut xml, style);
    xml.close("w:ftr");
    xml.finish()
}

fn page_number_line(xml: &mut Xml, style: Style) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &style)]);
    xml.close("w:pPr");
    let run = |xml: &mut Xml, inside: &dyn Fn(&mut Xml)| {
        xml.open("w:r", &[]);
        inside(xml);
        xml.close("w:r");
    };
    let text = |text: &'static str| move |xml: &mut Xml| xml.element("w:t", &[("xml:space", &"preserve")], text);
    let mark = |kind: &'static str| move |xml: &mut Xml| xml.empty("w:fldChar", &[("w:fldCharType", &kind)]);
    run(xml, &text("— "));
    run(xml, &mark("begin"));
    run(xml, &|xml| {
        xml.element("w:instrText", &[("xml:space", &"preserve")], " PAGE ")
    });
    run(xml, &mark("separate"));
    run(xml, &text("1"));
    run(xml, &mark("end"));
    run(xml, &text(" —"));
    xml.close("w:p");
}

/// §8: on a landscape page the number stands where it stands on upright ones, so a quarter turn on: beside the left edge of the text
/// area, read from the top down, in a cell as long as the upright text area is wide.
fn turned_page_number(style: Style) -> String {
    let column = gb::SMALL_CHARACTER;
    let left = gb::LANDSCAPE_MARGIN_LEFT - gb::PAGE_NUMBER_DROP.twips() - Twips(column.0 / 2);
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", &W)]);
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.empty(
        "w:tblpPr",
        &[
            ("w:vertAnchor", &"page"),
            ("w:horzAnchor", &"page"),
            ("w:tblpX", &left),
            ("w:tblpY", &gb::LANDSCAPE_MARGIN_TOP),
        ],
    );
    xml.empty("w:tblW", &[("w:w", &column), ("w:type", &"dxa")]);
    xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
    xml.open("w:tblCellMar", &[]);
    for edge in ["w:left", "w:right"] {
        xml.empty(edge, &[("w:w", &"0"), ("w:type", &"dxa")]);
    }
    xml.close("w:tblCellMar");
    xml.close("w:tblPr");
    xml.open("w:tblGrid", &[]);
    xml.empty("w:gridCol", &[("w:w", &column)]);
    xml.close("w:tblGrid");
    xml.open("w:tr", &[]);
    xml.open("w:trPr", &[]);
    xml.empty("w:trHeight", &[("w:val", &gb::TEXT_WIDTH), ("w:hRule", &"exact")]);
    xml.close("w:trPr");
    xml.open("w:tc", &[]);
    xml.open("w:tcPr", &[]);
    xml.empty("w:tcW", &[("w:w", &column), ("w:type", &"dxa")]);
    xml.empty("w:textDirection", &[("w:val", &"tbRl")]);
    xml.close("w:tcPr");
    page_number_line(&mut xml, style);
    xml.close("w:tc");
    xml.close("w:tr");
    xml.close("w:tbl");
    empty_line(&mut xml);
    xml.close("w:ftr");
    xml.finish()
}

fn empty_line(xml: &mut Xml) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &Style::Anchor)]);
    xml.close("w:pPr");
    xml.close("w:p");
}

/// §10.1: no page number on the first page of a letter.
fn first_footer() -> String {
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", &W)]);
    empty_line(&mut xml);
    xml.close("w:ftr");
    xml.finish()
}
