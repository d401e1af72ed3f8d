//! The twin of a circular in the other script: the same texts at the same places, in traditional or simplified characters.

use gouji_document::Text;

use crate::{Circular, Element};

/// Visits every text of a circular, copies in filled cells and the published date included.
fn each_text(circular: &mut Circular, visit: &mut impl FnMut(&mut Text)) {
    let Circular {
        issuer_mark,
        doc_number,
        markings,
        title,
        subtitle,
        addressee,
        body,
        listed,
        signatures,
        date,
        annotation,
        attachments,
        imprint,
        tables,
        discarded,
        issuer: _,
        period: _,
        published,
        n_unfilled: _,
    } = circular;
    let single = [issuer_mark, doc_number, title, addressee, annotation];
    single.into_iter().flatten().for_each(&mut *visit);
    let several = [markings, subtitle, signatures, imprint];
    several.into_iter().flatten().for_each(&mut *visit);
    listed.iter_mut().for_each(|l| visit(&mut l.title));
    [date, published].into_iter().flatten().for_each(|d| visit(&mut d.text));
    discarded.iter_mut().for_each(|d| visit(&mut d.text));
    let own = std::iter::once(body);
    for attachment in attachments.iter_mut() {
        visit(&mut attachment.label);
        attachment.title.iter_mut().for_each(&mut *visit);
    }
    for element in own.chain(attachments.iter_mut().map(|a| &mut a.body)).flatten() {
        match element {
            Element::Heading(heading) => {
                heading.label.iter_mut().for_each(&mut *visit);
                visit(&mut heading.title);
            }
            Element::Paragraph(text) => visit(text),
            Element::Table(_) => {}
        }
    }
    for table in tables {
        let lines = [&mut table.caption, &mut table.unit_line].into_iter().flatten();
        lines.for_each(&mut *visit);
        table.header.iter_mut().chain(&mut table.notes).for_each(&mut *visit);
        let cells = table.rows.iter_mut().flat_map(|r| &mut r.cells);
        cells.for_each(|c| visit(&mut c.text));
    }
}

impl Circular {
    /// The circular with its traditional characters replaced by the simplified ones, each where it stands: for reading, never to
    /// be shown.
    #[must_use]
    pub fn simplified(&self) -> Self {
        let mut twin = self.clone();
        each_text(&mut twin, &mut |text| *text = text.simplified());
        twin
    }

    /// Gives the circular of a twin document the characters of the source. `twin` is the text that it was read from.
    pub(crate) fn restore(&mut self, twin: &str, source: &str) {
        each_text(self, &mut |text| *text = text.as_in(source));
        // A name put together from the page has no place of its own: where the twin prints it, the source does.
        if let Some(issuer) = &mut self.issuer
            && let Some(at) = twin.find(issuer.as_str())
            && let Some(printed) = source.get(at..at + issuer.len())
        {
            printed.clone_into(issuer);
        }
    }
}
