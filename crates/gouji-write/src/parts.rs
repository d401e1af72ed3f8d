//! The parts of the package, in their fixed order.

use std::sync::LazyLock;

use gouji_circular::Circular;
use gouji_standard as gb;
use gouji_standard::FontClass;

use crate::document::main_part;
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

/// The parts that every document in the document form has alike.
static DOCUMENT_TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(|| pack_template(Form::Document));
/// The same for the letter form.
static LETTER_TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(|| pack_template(Form::Letter));

/// The whole package.
pub(crate) fn build(circular: &Circular) -> Result<Vec<u8>, WriteError> {
    let template = match Form::of(circular) {
        Form::Document => &DOCUMENT_TEMPLATE,
        Form::Letter => &LETTER_TEMPLATE,
    };
    let part = |name, content| Part { name, content };
    complete(
        template,
        &[
            part("docProps/core.xml", properties(circular)),
            part("word/document.xml", main_part(circular)),
        ],
    )
}

fn pack_template(form: Form) -> Vec<u8> {
    let letter = form == Form::Letter;
    let part = |name, content| Part { name, content };
    let mut parts = vec![
        part("[Content_Types].xml", content_types(letter)),
        part("_rels/.rels", root_relations()),
        part("docProps/app.xml", application()),
        part("word/_rels/document.xml.rels", document_relations(letter)),
        part("word/styles.xml", style_sheet(form)),
        part("word/settings.xml", settings()),
        part("word/fontTable.xml", font_table()),
        part("word/footer1.xml", page_number(Style::OddFooter)),
        part("word/footer2.xml", page_number(Style::EvenFooter)),
    ];
    if letter {
        parts.push(part("word/footer3.xml", first_footer()));
    }
    template(&parts).expect("parts without input of any size pack into memory")
}

fn content_types(letter: bool) -> String {
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
        ("/word/footer1.xml", "footer"),
        ("/word/footer2.xml", "footer"),
    ] {
        typed(name, &format!("{WORD_TYPE}.{kind}+xml"));
    }
    if letter {
        typed("/word/footer3.xml", &format!("{WORD_TYPE}.footer+xml"));
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

fn document_relations(letter: bool) -> String {
    let mut entries = vec![
        ("rId1", format!("{R}/styles"), "styles.xml"),
        ("rId2", format!("{R}/settings"), "settings.xml"),
        ("rId3", format!("{R}/fontTable"), "fontTable.xml"),
        (ODD_FOOTER, format!("{R}/footer"), "footer1.xml"),
        (EVEN_FOOTER, format!("{R}/footer"), "footer2.xml"),
    ];
    if letter {
        entries.push((FIRST_FOOTER, format!("{R}/footer"), "footer3.xml"));
    }
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

fn font_table() -> String {
    let mut xml = Xml::part();
    xml.open("w:fonts", &[("xmlns:w", &W)]);
    for class in FontClass::ALL {
        let substitute = class.substitute();
        xml.open("w:font", &[("w:name", &class.name())]);
        xml.empty("w:altName", &[("w:val", &substitute.alternative)]);
        // 134: simplified Chinese.
        xml.empty("w:charset", &[("w:val", &"86")]);
        xml.empty("w:family", &[("w:val", &substitute.family)]);
        xml.empty("w:pitch", &[("w:val", &"default")]);
        xml.close("w:font");
    }
    xml.close("w:fonts");
    xml.finish()
}

/// §7.5: the number between two dashes.
fn page_number(style: Style) -> String {
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", &W)]);
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
    run(&mut xml, &text("— "));
    run(&mut xml, &mark("begin"));
    run(&mut xml, &|xml| {
        xml.element("w:instrText", &[("xml:space", &"preserve")], " PAGE ")
    });
    run(&mut xml, &mark("separate"));
    run(&mut xml, &text("1"));
    run(&mut xml, &mark("end"));
    run(&mut xml, &text(" —"));
    xml.close("w:p");
    xml.close("w:ftr");
    xml.finish()
}

/// §10.1: no page number on the first page of a letter.
fn first_footer() -> String {
    let mut xml = Xml::part();
    xml.open("w:ftr", &[("xmlns:w", &W)]);
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:pStyle", &[("w:val", &Style::Anchor)]);
    xml.close("w:pPr");
    xml.close("w:p");
    xml.close("w:ftr");
    xml.finish()
}
