//! `word/document.xml`: the elements of the circular in the order of the page.

use std::fmt::Display;

use gouji_circular::{Attachment, Circular, Element, Heading, ListedAttachment, TableIdx};
use gouji_standard as gb;
use gouji_standard::{HalfChars, HalfPoints, Twips, sign_off_unsealed};

use crate::Form;
use crate::frame::Frame;
use crate::imprint::{ImprintLine, imprint_lines, imprint_rows};
use crate::mark::{Mark, condensed};
use crate::measure::width;
use crate::parts::{R, W};
use crate::style::Style;
use crate::style_sheet::RUN_ON;
use crate::table::write_table;
use crate::title::break_title;
use crate::xml::Xml;

/// Writes the main part.
pub(crate) fn main_part(circular: &Circular) -> String {
    let mut page = Page {
        xml: Xml::part(),
        circular,
        form: Form::of(circular),
        written: vec![false; circular.tables.len()],
        after_table: false,
    };
    page.xml.open("w:document", &[("xmlns:w", &W), ("xmlns:r", &R)]);
    page.xml.open("w:body", &[]);
    page.letterhead();
    page.title();
    page.main_text();
    page.sign_off();
    for attachment in &circular.attachments {
        page.attachment(attachment);
    }
    page.imprint();
    if page.after_table {
        // Word wants a paragraph behind the last table.
        page.paragraph(Style::Anchor, &Direct::default(), "");
    }
    page.section();
    page.xml.close("w:body");
    page.xml.close("w:document");
    page.xml.finish()
}

/// Properties of a paragraph that follow from its text or its place, beside its style.
#[derive(Default)]
struct Direct {
    keep_next: bool,
    before: Option<Twips>,
    line: Option<Twips>,
    left: Option<Twips>,
    right: Option<Twips>,
    hanging: Option<Twips>,
    frame: Option<Frame>,
    /// Size of its run, and what is taken from or given to each character.
    size: Option<HalfPoints>,
    spacing: Option<Twips>,
}

impl Direct {
    fn of_mark(mark: &Mark) -> Self {
        Self {
            line: Some(mark.size.twips()),
            size: Some(mark.size),
            spacing: mark.spacing,
            ..Self::default()
        }
    }
}

struct Page<'a> {
    xml: Xml,
    circular: &'a Circular,
    form: Form,
    /// Which tables have been written.
    written: Vec<bool>,
    /// The last block was a table.
    after_table: bool,
}

impl Page<'_> {
    fn letterhead(&mut self) {
        match self.form {
            Form::Document => self.document_head(),
            Form::Letter => self.letter_head(),
        }
    }

    /// §7.2: markings from the first line on, the mark at its fixed place, number, red rule.
    fn document_head(&mut self) {
        let mut above = Twips(0);
        for marking in &self.circular.markings {
            self.paragraph(marking_style(marking), &Direct::default(), marking);
            above = above + gb::LINE;
        }
        if let Some(mark) = &self.circular.issuer_mark {
            let mark = Mark::fit(mark);
            let direct = Direct {
                before: (above > Twips(0)).then(|| (gb::MARK_TOP - above).max(Twips(0))),
                ..Direct::of_mark(&mark)
            };
            self.paragraph(Style::Mark, &direct, &mark.lines);
        }
        // The red rule hangs on the paragraph of the number; without a number it keeps its place, to be filled in.
        if self.circular.issuer_mark.is_some() || self.circular.doc_number.is_some() {
            let number = self.circular.doc_number.as_ref().map_or("", |n| n.as_str());
            self.paragraph(Style::DocNumber, &Direct::default(), number);
        }
    }

    /// §10.1: mark in the top margin, double rule, markings left and number right below it.
    fn letter_head(&mut self) {
        let mark = Mark::fit(self.circular.issuer_mark.as_ref().map_or("", |m| m.as_str()));
        let height = mark.height();
        if self.circular.issuer_mark.is_some() {
            let direct = Direct {
                frame: Some(Frame::Mark(height)),
                ..Direct::of_mark(&mark)
            };
            self.paragraph(Style::LetterMark, &direct, &mark.lines);
        }
        // The space above the rule clears the frame of the mark: then it does not matter whether a frame pushes text away
        // (Word) or lies over it (LibreOffice).
        let direct = Direct {
            before: Some(gb::LETTER_MARK_TOP + height + gb::LETTER_MARK_RULE_GAP - gb::MARGIN_TOP),
            ..Direct::default()
        };
        self.paragraph(Style::LetterRule, &direct, "");
        let direct = Direct {
            frame: Some(Frame::BottomRule),
            ..Direct::default()
        };
        self.paragraph(Style::LetterBottomRule, &direct, "");
        for marking in &self.circular.markings {
            let direct = Direct {
                frame: Some(Frame::Markings),
                ..Direct::default()
            };
            self.paragraph(marking_style(marking), &direct, marking);
        }
        let number = self.circular.doc_number.as_ref().map_or("", |n| n.as_str());
        self.paragraph(Style::LetterNumber, &Direct::default(), number);
    }

    fn title(&mut self) {
        if let Some(title) = &self.circular.title {
            let lines = break_title(title).join("\n");
            // The markings of a letter stand beside its number and reach down below it.
            let below = match self.form {
                Form::Letter => i32::try_from(self.circular.markings.len()).unwrap_or(0) - 1,
                Form::Document => 0,
            };
            let direct = Direct {
                before: (below > 0).then(|| gb::LINE * (gb::TITLE_GAP + below)),
                ..Direct::default()
            };
            self.paragraph(Style::Title, &direct, &lines);
        }
        for line in &self.circular.subtitle {
            self.paragraph(Style::Subtitle, &Direct::default(), line);
        }
        if let Some(addressee) = &self.circular.addressee {
            self.paragraph(Style::Addressee, &Direct::default(), &format!("{addressee}："));
        } else if self.circular.title.is_some() {
            self.paragraph(Style::Blank, &Direct::default(), "");
        }
    }

    fn main_text(&mut self) {
        let circular = self.circular;
        // The last line of the text stays with what follows: a sign-off never stands alone (§7.3.5.5).
        let keep = !circular.signatures.is_empty() || circular.date.is_some();
        let keep_body = keep && circular.listed.is_empty();
        self.elements(&circular.body, None, keep_body);
        // A record made by hand may have tables that no element places; they must not be lost.
        let mut placed = vec![false; circular.tables.len()];
        for element in circular.bodies().flatten() {
            if let Element::Table(TableIdx(idx)) = element
                && let Some(slot) = placed.get_mut(*idx)
            {
                *slot = true;
            }
        }
        for (idx, _) in placed.iter().enumerate().filter(|(_, placed)| !**placed) {
            self.table(TableIdx(idx), None);
        }
        self.attachment_note(keep);
    }

    /// `title` is that of the attachment the elements stand in.
    fn elements(&mut self, elements: &[Element], title: Option<&str>, keep_last: bool) {
        let mut at = 0;
        while let Some(element) = elements.get(at) {
            at += 1;
            match element {
                Element::Heading(heading) => {
                    let follower = match elements.get(at) {
                        Some(Element::Paragraph(text)) if heading.run_in => {
                            at += 1;
                            Some(text.as_str())
                        }
                        _ => None,
                    };
                    self.heading(
                        heading,
                        follower,
                        follower.is_none() || keep_last && at == elements.len(),
                    );
                }
                Element::Paragraph(text) => {
                    let direct = Direct {
                        keep_next: keep_last && at == elements.len(),
                        ..Direct::default()
                    };
                    self.paragraph(Style::Body, &direct, text);
                }
                Element::Table(idx) => self.table(*idx, title),
            }
        }
    }

    /// A heading; if text runs on behind it, only the heading sentence is set in the heading's type (§7.3.3).
    fn heading(&mut self, heading: &Heading, follower: Option<&str>, keep_next: bool) {
        let level = heading.level.clamp(1, 4);
        let label = heading.label.as_ref().map_or("", |l| l.as_str());
        let mut sentence = format!("{label}{}", heading.title);
        // The mark as it was printed; text never runs on without one.
        let stop = heading.stop.or(follower.map(|_| '。'));
        if !sentence.ends_with(['。', '：', '！', '？', '；', '，', ':']) {
            sentence.extend(stop);
        }
        let direct = Direct {
            keep_next,
            ..Direct::default()
        };
        // The standard gives type to labelled levels; a sentence that only introduces its paragraph stays text.
        let style = if label.is_empty() && follower.is_some() {
            Style::Body
        } else {
            Style::Heading(level)
        };
        self.open_paragraph(style, &direct);
        run(&mut self.xml, None, &sentence);
        if let Some(text) = follower {
            let same_type = style == Style::Body || gb::HEADINGS[usize::from(level) - 1].style == gb::BODY;
            run(&mut self.xml, if same_type { None } else { Some(RUN_ON) }, text);
        }
        self.xml.close("w:p");
    }

    fn table(&mut self, idx: TableIdx, attachment_title: Option<&str>) {
        let Some(table) = self.circular.tables.get(idx.0) else {
            return;
        };
        if std::mem::replace(&mut self.written[idx.0], true) {
            return;
        }
        // The caption of an attachment's only table is the attachment's title, which stands already.
        let caption = table.caption.as_ref().filter(|c| Some(c.as_str()) != attachment_title);
        match caption {
            Some(caption) => self.paragraph(Style::Caption, &Direct::default(), caption),
            None if self.after_table && table.unit_line.is_none() => {
                self.paragraph(Style::Blank, &Direct::default(), "");
            }
            None => {}
        }
        if let Some(unit) = &table.unit_line {
            self.paragraph(Style::UnitLine, &Direct::default(), unit);
        }
        let number = format!("表{}", idx.0 + 1);
        let label = table
            .caption
            .as_ref()
            .map(|c| c.as_str())
            .or(attachment_title)
            .unwrap_or(&number);
        write_table(&mut self.xml, table, label);
        self.after_table = !table.header.is_empty() || table.rows.iter().any(|r| !r.cells.is_empty());
        for note in &table.notes {
            self.paragraph(Style::TableNote, &Direct::default(), note);
        }
    }

    /// §7.3.4: 附件：NAME, or 附件：1.NAME and one line for each further name, wrapped under the first character of the name.
    fn attachment_note(&mut self, keep: bool) {
        let listed: &[ListedAttachment] = &self.circular.listed;
        let label = gb::ATTACHMENT_NOTE_HANG;
        for (idx, entry) in listed.iter().enumerate() {
            let number = match entry.number {
                Some(n) if listed.len() > 1 => format!("{n}."),
                None if listed.len() > 1 => format!("{}.", idx + 1),
                _ => String::new(),
            };
            let numbered = width(&number);
            let left = gb::ATTACHMENT_NOTE_INDENT + label + numbered;
            let hanging = if idx == 0 { label + numbered } else { numbered };
            let direct = Direct {
                keep_next: keep,
                before: (idx == 0).then(|| gb::LINE * gb::ATTACHMENT_NOTE_GAP),
                left: Some(left.twips(gb::CHARACTER)),
                hanging: Some(hanging.twips(gb::CHARACTER)),
                ..Direct::default()
            };
            let label = if idx == 0 { "附件：" } else { "" };
            self.paragraph(
                Style::AttachmentNote,
                &direct,
                &format!("{label}{number}{}", entry.title),
            );
        }
    }

    /// §7.3.5.2, §7.3.6.
    fn sign_off(&mut self) {
        let circular = self.circular;
        let date_width = circular.date.as_ref().map(|d| width(&d.text));
        let mut date_right = gb::SIGNATURE_RIGHT;
        for (idx, signature) in circular.signatures.iter().enumerate() {
            // A long signature is set closer, so that it is no wider than this.
            let set = width(signature).min(HalfChars::chars(gb::CHARACTERS_PER_LINE) - gb::SIGNATURE_RIGHT);
            let at = date_width.map(|date| sign_off_unsealed(set, date));
            date_right = at.map_or(date_right, |at| at.date);
            let right = at.map_or(gb::SIGNATURE_RIGHT, |at| at.signature).twips(gb::CHARACTER);
            let spacing = condensed(width(signature), gb::CHARACTER, gb::TEXT_WIDTH - right).filter(|s| *s < Twips(0));
            let direct = Direct {
                before: (idx == 0).then(|| gb::LINE * gb::SIGNATURE_GAP),
                right: Some(right),
                spacing: spacing.map(|s| s + gb::CHARACTER_SPACING),
                ..Direct::default()
            };
            self.paragraph(Style::Signature, &direct, signature);
        }
        if let Some(date) = &circular.date {
            let right = fit(date_right, width(&date.text));
            let direct = Direct {
                before: circular.signatures.is_empty().then(|| gb::LINE * gb::SIGNATURE_GAP),
                right: Some(right.twips(gb::CHARACTER)),
                ..Direct::default()
            };
            self.paragraph(Style::Date, &direct, &date.text);
        }
        if let Some(annotation) = &circular.annotation {
            self.paragraph(Style::Annotation, &Direct::default(), annotation);
        }
    }

    /// §7.3.7: on a new page, the label on the first line, the title on the third.
    fn attachment(&mut self, attachment: &Attachment) {
        self.paragraph(Style::AttachmentLabel, &Direct::default(), &attachment.label);
        if let Some(title) = &attachment.title {
            let lines = break_title(title).join("\n");
            self.paragraph(Style::AttachmentTitle, &Direct::default(), &lines);
        }
        self.elements(&attachment.body, attachment.title.as_ref().map(|t| t.as_str()), false);
    }

    /// §7.4: a table that floats to the lower edge of the last text area. The letter form has it without rules.
    fn imprint(&mut self) {
        let lines = imprint_lines(&self.circular.imprint);
        if lines.is_empty() {
            return;
        }
        let ruled = self.form == Form::Document;
        let xml = &mut self.xml;
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        // Anchored to the page in the one direction and to the margins in the other: some layouts take
        // a table with two margin anchors for one in the text.
        xml.empty(
            "w:tblpPr",
            &[
                ("w:vertAnchor", &"margin"),
                ("w:horzAnchor", &"page"),
                ("w:tblpX", &gb::MARGIN_LEFT),
                ("w:tblpYSpec", &"bottom"),
            ],
        );
        xml.empty("w:tblW", &[("w:w", &gb::TEXT_WIDTH), ("w:type", &"dxa")]);
        if ruled {
            xml.open("w:tblBorders", &[]);
            for (edge, weight) in [
                ("w:top", gb::IMPRINT_RULE_EDGE),
                ("w:bottom", gb::IMPRINT_RULE_EDGE),
                ("w:insideH", gb::IMPRINT_RULE_MIDDLE),
            ] {
                xml.empty(
                    edge,
                    &[
                        ("w:val", &"single"),
                        ("w:sz", &weight),
                        ("w:space", &"0"),
                        ("w:color", &"auto"),
                    ],
                );
            }
            xml.close("w:tblBorders");
        }
        xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
        xml.open("w:tblCellMar", &[]);
        for edge in ["w:left", "w:right"] {
            xml.empty(edge, &[("w:w", &"0"), ("w:type", &"dxa")]);
        }
        xml.close("w:tblCellMar");
        xml.close("w:tblPr");
        xml.open("w:tblGrid", &[]);
        xml.empty("w:gridCol", &[("w:w", &gb::TEXT_WIDTH)]);
        xml.close("w:tblGrid");
        for row in imprint_rows(&lines) {
            self.xml.open("w:tr", &[]);
            self.xml.open("w:trPr", &[]);
            self.xml.empty("w:cantSplit", &[]);
            self.xml.close("w:trPr");
            self.xml.open("w:tc", &[]);
            self.xml.open("w:tcPr", &[]);
            self.xml.empty("w:tcW", &[("w:w", &gb::TEXT_WIDTH), ("w:type", &"dxa")]);
            self.xml.close("w:tcPr");
            for line in row {
                match line {
                    ImprintLine::Copies(text) => self.paragraph(Style::ImprintCopies, &Direct::default(), text),
                    ImprintLine::Printed { organ, date } => {
                        self.paragraph(Style::ImprintPrinted, &Direct::default(), &format!("{organ}\t{date}"));
                    }
                    ImprintLine::Other(text) => self.paragraph(Style::ImprintPrinted, &Direct::default(), text),
                }
            }
            self.xml.close("w:tc");
            self.xml.close("w:tr");
        }
        self.xml.close("w:tbl");
        self.after_table = true;
    }

    fn section(&mut self) {
        let letter = self.form == Form::Letter;
        let xml = &mut self.xml;
        xml.open("w:sectPr", &[]);
        xml.empty(
            "w:footerReference",
            &[("w:type", &"default"), ("r:id", &crate::parts::ODD_FOOTER)],
        );
        xml.empty(
            "w:footerReference",
            &[("w:type", &"even"), ("r:id", &crate::parts::EVEN_FOOTER)],
        );
        if letter {
            xml.empty(
                "w:footerReference",
                &[("w:type", &"first"), ("r:id", &crate::parts::FIRST_FOOTER)],
            );
        }
        xml.empty("w:pgSz", &[("w:w", &gb::PAGE_WIDTH), ("w:h", &gb::PAGE_HEIGHT)]);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &gb::MARGIN_TOP),
                ("w:right", &gb::MARGIN_RIGHT),
                ("w:bottom", &gb::MARGIN_BOTTOM),
                ("w:left", &gb::MARGIN_LEFT),
                ("w:header", &gb::HEADER_DISTANCE),
                ("w:footer", &gb::PAGE_NUMBER_FOOTER),
                ("w:gutter", &"0"),
            ],
        );
        if letter {
            xml.empty("w:titlePg", &[]);
        }
        xml.empty("w:docGrid", &[("w:type", &"lines"), ("w:linePitch", &gb::LINE)]);
        xml.close("w:sectPr");
    }

    fn paragraph(&mut self, style: Style, direct: &Direct, text: &str) {
        self.open_paragraph(style, direct);
        formatted_run(&mut self.xml, None, direct.size, direct.spacing, text);
        self.xml.close("w:p");
    }

    fn open_paragraph(&mut self, style: Style, direct: &Direct) {
        self.after_table = false;
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &style)]);
        if direct.keep_next {
            xml.empty("w:keepNext", &[]);
        }
        if let Some(frame) = direct.frame {
            frame.write(xml);
        }
        match (&direct.before, &direct.line) {
            (Some(before), Some(line)) => {
                xml.empty(
                    "w:spacing",
                    &[("w:before", before), ("w:line", line), ("w:lineRule", &"exact")],
                );
            }
            (Some(before), None) => xml.empty("w:spacing", &[("w:before", before)]),
            (None, Some(line)) => xml.empty("w:spacing", &[("w:line", line), ("w:lineRule", &"exact")]),
            (None, None) => {}
        }
        let indents: Vec<(&str, &dyn Display)> = [
            ("w:left", &direct.left),
            ("w:right", &direct.right),
            ("w:hanging", &direct.hanging),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|v| (name, v as &dyn Display)))
        .collect();
        if !indents.is_empty() {
            xml.empty("w:ind", &indents);
        }
        xml.close("w:pPr");
    }
}

/// A space at the right that leaves the text its room: a text wider than the line takes what is there.
fn fit(right: HalfChars, text: HalfChars) -> HalfChars {
    let line = HalfChars::chars(gb::CHARACTERS_PER_LINE);
    if (right + text) <= line {
        right
    } else {
        (line - text).max(HalfChars(0)).min(right)
    }
}

/// 份号 is set like the text, 密级 and 紧急程度 in 黑体 (§7.2.1–7.2.3).
fn marking_style(marking: &str) -> Style {
    if marking.chars().all(|c| c.is_ascii_digit()) {
        Style::CopyNumber
    } else {
        Style::Marking
    }
}

/// A run in the type of its paragraph, or in that of a character style.
pub(crate) fn run(xml: &mut Xml, character_style: Option<&str>, text: &str) {
    formatted_run(xml, character_style, None, None, text);
}

fn formatted_run(xml: &mut Xml, style: Option<&str>, size: Option<HalfPoints>, spacing: Option<Twips>, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.open("w:r", &[]);
    if style.is_some() || size.is_some() || spacing.is_some() {
        xml.open("w:rPr", &[]);
        if let Some(style) = style {
            xml.empty("w:rStyle", &[("w:val", &style)]);
        }
        if let Some(spacing) = spacing {
            xml.empty("w:spacing", &[("w:val", &spacing)]);
        }
        if let Some(size) = size {
            xml.empty("w:sz", &[("w:val", &size)]);
            xml.empty("w:szCs", &[("w:val", &size)]);
        }
        xml.close("w:rPr");
    }
    let mut first_line = true;
    for line in text.split('\n') {
        if !first_line {
            xml.empty("w:br", &[]);
        }
        first_line = false;
        let mut first_cell = true;
        for stretch in line.trim_end_matches('\r').split('\t') {
            if !first_cell {
                xml.empty("w:tab", &[]);
            }
            first_cell = false;
            if !stretch.is_empty() {
                // Blanks at the ends would be dropped.
                if stretch.starts_with(char::is_whitespace) || stretch.ends_with(char::is_whitespace) {
                    xml.element("w:t", &[("xml:space", &"preserve")], stretch);
                } else {
                    xml.element("w:t", &[], stretch);
                }
            }
        }
    }
    xml.close("w:r");
}
