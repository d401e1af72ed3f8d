//! The imprint (版记): what its lines are, which stand between the same two rules, and the table that holds them.

use gouji_document::Text;
use gouji_quantity::{DatePart, scan_dates};
use gouji_standard as gb;

use crate::Form;
use crate::document::Page;
use crate::paragraph::Direct;
use crate::style::Style;

/// A line of an imprint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ImprintLine {
    /// 抄送 or 主送, with its label.
    Copies(String),
    /// 印发机关 and 印发日期.
    Printed {
        organ: String,
        date: String,
    },
    Other(String),
}

/// The lines of an imprint by what they are. A line that begins with no label goes on with the 抄送 above it, or is the
/// organ of the 印发 line below it.
pub(crate) fn imprint_lines(imprint: &[Text]) -> Vec<ImprintLine> {
    let mut out: Vec<ImprintLine> = Vec::new();
    for line in imprint {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        if ["抄送", "主送", "抄报"].iter().any(|label| text.starts_with(label)) {
            out.push(ImprintLine::Copies(text.to_owned()));
        } else if let Some(at) = printed_date(text) {
            let mut organ = text[..at].trim_end().to_owned();
            if organ.is_empty()
                && let Some(ImprintLine::Other(above)) = out.last()
            {
                organ.clone_from(above);
                out.pop();
            }
            out.push(ImprintLine::Printed {
                organ,
                date: text[at..].to_owned(),
            });
        } else if let Some(ImprintLine::Copies(above)) = out
            .last_mut()
            .filter(|l| matches!(l, ImprintLine::Copies(t) if !t.ends_with('。')))
        {
            above.push_str(text);
        } else {
            out.push(ImprintLine::Other(text.to_owned()));
        }
    }
    out
}

/// Where the date of a 印发 line begins.
fn printed_date(text: &str) -> Option<usize> {
    let before = text.strip_suffix('。').unwrap_or(text).strip_suffix("印发")?.trim_end();
    scan_dates(before)
        .pop()
        .filter(|d| d.range.end == before.len() && matches!(d.part, DatePart::Full(_) | DatePart::Impossible(..)))
        .map(|d| d.range.start)
}

/// Lines that stand between the same two rules: 主送 moved here stands directly above 抄送 (§7.4.2).
pub(crate) fn imprint_rows(lines: &[ImprintLine]) -> Vec<&[ImprintLine]> {
    lines
        .chunk_by(|a, b| matches!((a, b), (ImprintLine::Copies(_), ImprintLine::Copies(_))))
        .collect()
}

impl Page<'_> {
    /// §7.4: a table that floats to the lower edge of the last text area. The letter form has it without rules.
    pub(crate) fn imprint(&mut self) {
        let lines = imprint_lines(&self.circular.imprint);
        if lines.is_empty() {
            return;
        }
        self.turn_upright();
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(imprint: &[&str]) -> Vec<ImprintLine> {
        imprint_lines(&imprint.iter().map(|s| Text::synthetic(*s)).collect::<Vec<_>>())
    }

    fn printed(organ: &str, date: &str) -> ImprintLine {
        ImprintLine::Printed {
            organ: organ.to_owned(),
            date: date.to_owned(),
        }
    }

    #[test]
    fn organ_and_date_are_told_apart() {
        let expected = printed("青禾县人民政府办公室", "2023年10月12日印发");
        assert_eq!(lines(&["青禾县人民政府办公室　2023年10月12日印发"]), [expected]);
        let expected = printed("青禾县人民政府办公室", "2023年10月12日印发");
        assert_eq!(lines(&["青禾县人民政府办公室", "2023年10月12日印发"]), [expected]);
    }

    #[test]
    fn a_line_without_a_date_is_no_print_line() {
        let text = "由县政府办公室印发";
        assert_eq!(lines(&[text]), [ImprintLine::Other(text.to_owned())]);
    }

    #[test]
    fn copies_run_on_until_their_full_stop() {
        let all = lines(&["主送：各乡镇。", "抄送：县委办，", "县政协办。", "共印30份"]);
        assert_eq!(
            all,
            [
                ImprintLine::Copies("主送：各乡镇。".to_owned()),
                ImprintLine::Copies("抄送：县委办，县政协办。".to_owned()),
                ImprintLine::Other("共印30份".to_owned()),
            ]
        );
        assert_eq!(imprint_rows(&all).iter().map(|r| r.len()).collect::<Vec<_>>(), [2, 1]);
    }
}
