//! `word/document.xml`: the elements of the circular in the order of the page.

use gouji_circular::{Attachment, Circular, Element, Heading, ListedAttachment, TableIdx};
use gouji_document::Text;
use gouji_standard as gb;
use gouji_standard::{HalfChars, HalfPoints, House, Twips};

use crate::Form;
use crate::lines::holds_sign_off;
use crate::measure::{widest, width};
use crate::normalise::{STOPS, runs_in};
use crate::paragraph::{self, Direct, run};
use crate::parts::{R, W};
use crate::section::{Orientation, section};
use crate::style::{Style, TABLE_LINE_SIZE};
use crate::style_sheet::{LABELS, RUN_ON, THIRD_LEVEL};
use crate::table::{needs_landscape, write_table};
use crate::title::{break_title, closer, widest_line};
use crate::xml::Xml;

/// What is written, and how.
pub(crate) struct Order<'a> {
    pub(crate) circular: &'a Circular,
    pub(crate) house: &'a House,
    /// How many lines of [`Circular::subtitle`], from the first on, stand above the title: the masthead of a bulletin.
    pub(crate) masthead: usize,
}

impl<'a> Order<'a> {
    /// The masthead and the lines below the title.
    fn subtitle(&self) -> (&'a [Text], &'a [Text]) {
        let circular = self.circular;
        circular.subtitle.split_at(self.masthead.min(circular.subtitle.len()))
    }
}

/// The main part, and whether it has landscape pages.
pub(crate) fn main_part(order: &Order<'_>) -> (String, bool) {
    let circular = order.circular;
    let mut page = Page {
        xml: Xml::part(),
        circular,
        house: order.house,
        form: Form::of(circular, order.house.form),
        written: vec![false; circular.tables.len()],
        after_table: false,
        orientation: Orientation::Upright,
        wanted: Orientation::Upright,
        sections: 0,
        turned: false,
    };
    page.xml.open("w:document", &[("xmlns:w", &W), ("xmlns:r", &R)]);
    page.xml.open("w:body", &[]);
    let (masthead, below) = order.subtitle();
    let above = if page.letterhead(masthead) { &[] } else { masthead };
    page.title(above, below);
    page.main_text();
    page.sign_off();
    for attachment in &circular.attachments {
        page.attachment(attachment);
    }
    page.imprint();
    if page.after_table {
        // Word wants a paragraph behind the last table, on the same page.
        page.wanted = page.orientation;
        page.paragraph(Style::Anchor, &Direct::default(), "");
    }
    section(&mut page.xml, page.form, page.orientation, page.sections == 0);
    page.xml.close("w:body");
    page.xml.close("w:document");
    (page.xml.finish(), page.turned)
}

pub(crate) struct Page<'a> {
    pub(crate) xml: Xml,
    pub(crate) circular: &'a Circular,
    pub(crate) house: &'a House,
    pub(crate) form: Form,
    /// Which tables have been written.
    written: Vec<bool>,
    /// The last block was a table.
    pub(crate) after_table: bool,
    /// How the pages of the section stand that is being written.
    orientation: Orientation,
    /// How the page of the next block is to stand.
    wanted: Orientation,
    /// Sections that are finished.
    sections: usize,
    /// There are landscape pages.
    turned: bool,
}

impl Page<'_> {
    pub(crate) fn paragraph(&mut self, style: Style, direct: &Direct, text: &str) {
        self.turn();
        self.after_table = false;
        paragraph::paragraph(&mut self.xml, style, direct, text);
    }

    /// Ends the section if the next block wants its page to stand otherwise.
    fn turn(&mut self) {
        if self.wanted == self.orientation {
            return;
        }
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", &Style::Anchor)]);
        section(xml, self.form, self.orientation, self.sections == 0);
        xml.close("w:pPr");
        xml.close("w:p");
        self.after_table = false;
        self.sections += 1;
        self.orientation = self.wanted;
        self.turned |= self.wanted == Orientation::Landscape;
    }

    /// From here on pages stand upright.
    pub(crate) fn turn_upright(&mut self) {
        self.wanted = Orientation::Upright;
        if self.orientation != self.wanted {
            // A table that floats must not be the first thing in its section: some layouts would leave it in the one before.
            self.paragraph(Style::Anchor, &Direct::default(), "");
        }
    }

    fn turns(&self, element: &Element) -> bool {
        matches!(element, Element::Table(TableIdx(idx))
            if self.circular.tables.get(*idx).is_some_and(|table| needs_landscape(table, self.house)))
    }

    fn title(&mut self, above: &[Text], below: &[Text]) {
        for (idx, line) in above.iter().enumerate() {
            let direct = Direct {
                before: (idx == 0).then(|| gb::LINE * gb::TITLE_GAP),
                ..Direct::default()
            };
            self.paragraph(Style::Subtitle, &direct, line);
        }
        // Without an addressee the blank line stands above the text itself.
        let gap = self.circular.addressee.is_none().then(|| gb::LINE * gb::ADDRESSEE_GAP);
        if let Some(title) = &self.circular.title {
            let lines = break_title(title, gb::TITLE_LINE_WIDEST);
            let spacing = closer(&lines, gb::TITLE_LINE_WIDEST, gb::TITLE.size);
            let lines = lines.join("\n");
            // The markings of a letter stand beside its number and reach down below it.
            let markings = match self.form {
                Form::Letter => i32::try_from(self.circular.markings.len()).unwrap_or(0) - 1,
                Form::Document => 0,
            };
            let before = match () {
                () if !above.is_empty() => Some(gb::LINE),
                () if markings > 0 => Some(gb::LINE * (gb::TITLE_GAP + markings)),
                () => None,
            };
            let direct = Direct {
                before,
                after: gap.filter(|_| below.is_empty()),
                spacing,
                ..Direct::default()
            };
            self.paragraph(Style::Title, &direct, &lines);
        }
        for (idx, line) in below.iter().enumerate() {
            let direct = Direct {
                after: gap.filter(|_| idx + 1 == below.len()),
                ..Direct::default()
            };
            self.paragraph(Style::Subtitle, &direct, line);
        }
        if let Some(addressee) = &self.circular.addressee {
            self.paragraph(Style::Addressee, &Direct::default(), &format!("{addressee}："));
        }
    }

    fn main_text(&mut self) {
        let circular = self.circular;
        // The last line of the text stays with what follows: a sign-off never stands alone (§7.3.5.5).
        let keep = !circular.signatures.is_empty() || circular.date.is_some();
        let keep_body = keep && circular.listed.is_empty() && holds_sign_off(circular, self.house);
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
            self.table(TableIdx(idx), None, false);
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
                        Some(Element::Paragraph(text)) if runs_in(heading) => {
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
                    self.body(&direct, text);
                }
                Element::Table(idx) => self.table(*idx, title, keep_last && at == elements.len()),
            }
        }
    }

    /// A paragraph of text. A label of the first two levels has their type also where no heading follows it (§7.3.3).
    fn body(&mut self, direct: &Direct, text: &str) {
        let Some((level, end)) = text_label(text) else {
            self.paragraph(Style::Body, direct, text);
            return;
        };
        self.turn();
        self.after_table = false;
        paragraph::open_paragraph(&mut self.xml, Style::Body, direct);
        run(&mut self.xml, Some(LABELS[level]), &text[..end]);
        run(&mut self.xml, None, &text[end..]);
        self.xml.close("w:p");
    }

    /// A heading; if text runs on behind it, only the heading sentence is set in the heading's type (§7.3.3).
    fn heading(&mut self, heading: &Heading, follower: Option<&str>, keep_next: bool) {
        let level = heading.level.clamp(1, 4);
        let label = heading.label.as_ref().map_or("", |l| l.as_str());
        let sentence = format!("{label}{}", heading.title);
        // The mark as it was printed.
        let stop = heading.stop.filter(|_| !sentence.ends_with(STOPS));
        let direct = Direct {
            keep_next,
            ..Direct::default()
        };
        // The standard gives type to labelled levels; a sentence that only introduces what follows stays text.
        let introduces = follower.is_some() || matches!(stop, Some('：' | ':'));
        let style = if label.is_empty() && introduces {
            Style::Body
        } else {
            Style::Heading(level)
        };
        let bold = level == 3 && style != Style::Body && self.house.third_level_bold;
        self.turn();
        self.after_table = false;
        paragraph::open_paragraph(&mut self.xml, style, &direct);
        let same_type = style == Style::Body || gb::HEADINGS[usize::from(level) - 1].style == gb::BODY;
        let (own, behind) = (bold.then_some(THIRD_LEVEL), (!same_type).then_some(RUN_ON));
        // A full stop belongs to the heading sentence, a colon to what it announces.
        let (stop_in, stop_behind) = match stop {
            Some(stop @ ('：' | ':')) => (None, Some(stop)),
            stop => (stop, None),
        };
        run(
            &mut self.xml,
            own,
            &format!("{sentence}{}", stop_in.map(String::from).unwrap_or_default()),
        );
        let rest = format!(
            "{}{}",
            stop_behind.map(String::from).unwrap_or_default(),
            follower.unwrap_or_default()
        );
        run(&mut self.xml, behind, &rest);
        self.xml.close("w:p");
    }

    /// `keep_next` says that what follows must not stand on a page without the end of the table or of its notes.
    fn table(&mut self, idx: TableIdx, attachment_title: Option<&str>, keep_next: bool) {
        let Some(table) = self.circular.tables.get(idx.0) else {
            return;
        };
        if std::mem::replace(&mut self.written[idx.0], true) {
            return;
        }
        let outer = self.wanted;
        if self.turns(&Element::Table(idx)) {
            self.wanted = Orientation::Landscape;
        }
        let sections = self.sections;
        self.turn();
        // Nothing stands above it on its page.
        let first = self.sections > sections || self.written.iter().filter(|written| **written).count() == 1;
        // The caption of an attachment's only table is the attachment's title, which stands already.
        let caption = table.caption.as_ref().filter(|c| Some(c.as_str()) != attachment_title);
        match caption {
            Some(caption) if self.tables_only() => {
                // There is no other title: what names the table is one.
                let size = title_size(caption, self.orientation.text_width(), self.house.attachment_title.size);
                let direct = Direct {
                    size: Some(size),
                    before: first.then_some(Twips(0)),
                    ..Direct::default()
                };
                self.paragraph(Style::AttachmentTitle, &direct, caption);
            }
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
        let width = self.orientation.text_width();
        // A note does not stand on a page without its table; what follows a turned table stands on another page anyway.
        let keep_rows = match table.notes.first() {
            Some(note) => is_note(note),
            None => keep_next && self.wanted == outer,
        };
        write_table(&mut self.xml, table, label, self.house, width, keep_rows);
        self.after_table = !table.header.is_empty() || table.rows.iter().any(|r| !r.cells.is_empty());
        // What is marked as a note is set small, with all that belongs to it; other text below a table is text (§7.3.7).
        let goes_on = |note: &str| note.starts_with(|c: char| c.is_ascii_digit());
        let (mut small, mut label) = (false, HalfChars(0));
        for (idx, note) in table.notes.iter().enumerate() {
            small = is_note(note) || small && goes_on(note);
            let keep_next = keep_next && idx + 1 == table.notes.len();
            if small {
                let (own, number) = note_label(note);
                if is_note(note) {
                    label = own;
                }
                let more = table.notes.get(idx + 1);
                let direct = Direct {
                    keep_next,
                    after: (!more.is_some_and(|next| is_note(next) || goes_on(next))).then_some(BELOW_NOTES),
                    left: Some((label + number).twips(NOTE_CHARACTER)),
                    hanging: Some((own + number).twips(NOTE_CHARACTER)),
                    ..Direct::default()
                };
                self.paragraph(Style::TableNote, &direct, note);
            } else {
                let direct = Direct {
                    keep_next,
                    ..Direct::default()
                };
                self.body(&direct, note);
            }
        }
        self.wanted = outer;
    }

    /// Whether there is nothing but tables, as in a workbook.
    fn tables_only(&self) -> bool {
        let c = self.circular;
        c.issuer_mark.is_none()
            && c.title.is_none()
            && c.addressee.is_none()
            && c.attachments.is_empty()
            && c.body.iter().all(|element| matches!(element, Element::Table(_)))
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

    /// §7.3.7: on a new page, the label on the first line, the title on the third.
    fn attachment(&mut self, attachment: &Attachment) {
        // An attachment of nothing but tables is turned with its label and title.
        let tables_only = attachment.body.iter().all(|e| matches!(e, Element::Table(_)));
        if tables_only && attachment.body.iter().any(|e| self.turns(e)) {
            self.wanted = Orientation::Landscape;
        }
        self.paragraph(Style::AttachmentLabel, &Direct::default(), &attachment.label);
        if let Some(title) = &attachment.title {
            let widest = widest_line(self.wanted.text_width(), self.house.attachment_title.size);
            let lines = break_title(title, widest);
            let direct = Direct {
                spacing: closer(&lines, widest, self.house.attachment_title.size),
                ..Direct::default()
            };
            self.paragraph(Style::AttachmentTitle, &direct, &lines.join("\n"));
        }
        self.elements(&attachment.body, attachment.title.as_ref().map(|t| t.as_str()), false);
        self.wanted = Orientation::Upright;
    }
}

/// The size, between that of the text and `largest`, in which a title stands on one line.
fn title_size(title: &str, room: Twips, largest: HalfPoints) -> HalfPoints {
    let halves = widest(title).0.max(1);
    // A half point of type is 10 twips, half of that for a half character.
    let fits = u32::try_from(room.0 / halves.saturating_mul(5)).unwrap_or(0);
    HalfPoints(fits).clamp(gb::BODY.size.min(largest), largest)
}

/// A label of the first or the second level (0, 1) at the begin of a text, and its bytes: `一、`, `（一）`.
fn text_label(text: &str) -> Option<(usize, usize)> {
    let inner = text.strip_prefix(['（', '(']);
    let digits = inner.unwrap_or(text);
    let end = digits
        .find(|c| !"一二三四五六七八九十百".contains(c))
        .filter(|end| *end > 0)?;
    let mark = digits[end..].chars().next()?;
    let level = match (inner, mark) {
        (None, '、') => 0,
        (Some(_), '）' | ')') => 1,
        _ => return None,
    };
    Some((level, text.len() - digits.len() + end + mark.len_utf8()))
}

/// Room below the notes of a table (practice), as above a caption.
const BELOW_NOTES: Twips = Twips(120);
/// Width of a character of a note.
const NOTE_CHARACTER: Twips = TABLE_LINE_SIZE.twips();

/// Widths of the label of a note and of the number behind it, below which its further lines do not stand: `注：` and `1.`.
fn note_label(note: &str) -> (HalfChars, HalfChars) {
    /// Characters of a label: 备注, its number, brackets.
    const LONGEST: usize = 6;
    let end = is_note(note)
        .then(|| note.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '：' | ':')))
        .flatten();
    let (label, rest) = note.split_at(end.map_or(0, |(at, c)| at + c.len_utf8()));
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = match digits.chars().next() {
        Some(mark @ ('.' | '．' | '、')) if digits.len() < rest.len() => {
            &rest[..rest.len() - digits.len() + mark.len_utf8()]
        }
        _ => "",
    };
    (width(label), width(number))
}

/// Whether a line below a table says that it is a note.
fn is_note(line: &str) -> bool {
    let rest = line.trim_start_matches(['（', '(']);
    let rest = ["备注", "说明", "附注", "注"]
        .iter()
        .find_map(|word| rest.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
            .starts_with(['：', ':', '.', '．', '、', '）', ')'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_two_levels_are_known_at_the_begin_of_text() {
        assert_eq!(text_label("一、全区共受理"), Some((0, "一、".len())));
        assert_eq!(text_label("（十二）全区共受理"), Some((1, "（十二）".len())));
        assert_eq!(text_label("(三)全区共受理"), Some((1, "(三)".len())));
        // A list in words, a number, an explanation in brackets, a label of the third level.
        for text in [
            "一是受理",
            "三十件",
            "（一季度）受理",
            "1.受理",
            "（1）受理",
            "、",
            "（）受理",
            "",
        ] {
            assert_eq!(text_label(text), None, "{text}");
        }
    }

    #[test]
    fn the_label_of_a_note_and_its_number_are_measured() {
        for (note, label, number) in [
            ("注：1.按办结计。", 4, 2),
            ("注：不含退件。", 4, 0),
            ("备注1：不含退件。", 7, 0),
            ("（注：含退件）", 6, 0),
            ("12.同上", 0, 3),
            ("2023年起不含退件。", 0, 0),
            ("注 2.同上", 0, 0),
        ] {
            assert_eq!(note_label(note), (HalfChars(label), HalfChars(number)), "{note}");
        }
    }

    #[test]
    fn a_note_says_that_it_is_one() {
        for note in [
            "注：1.按办结计。",
            "备注1：不含退件。",
            "（注：含退件）",
            "说明:同上",
            "注 2.同上",
        ] {
            assert!(is_note(note), "{note}");
        }
        for text in [
            "计算公式：办结率=办结件数÷受理件数。",
            "注册用户中，以上数据不含测试。",
            "2.同上",
        ] {
            assert!(!is_note(text), "{text}");
        }
    }
}
