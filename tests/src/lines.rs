//! A circular as lines, to be compared with another.

use gouji_circular::{Circular, Element, Table};

/// A circular as lines, without its places in a source.
#[must_use]
pub fn lines(circular: &Circular) -> Vec<String> {
    let mut out = Vec::new();
    let mut line = |name: &str, text: &str| out.push(format!("{name}: {text}"));
    let single = [
        ("mark", &circular.issuer_mark),
        ("number", &circular.doc_number),
        ("title", &circular.title),
        ("addressee", &circular.addressee),
        ("annotation", &circular.annotation),
    ];
    for (name, text) in single {
        if let Some(text) = text {
            line(name, text);
        }
    }
    let several = [
        ("marking", &circular.markings),
        ("subtitle", &circular.subtitle),
        ("signature", &circular.signatures),
    ];
    for (name, texts) in several {
        for text in texts {
            line(name, text);
        }
    }
    for text in &circular.imprint {
        // Organ and date are parted by a tab.
        line("imprint", &text.split_whitespace().collect::<String>());
    }
    if let Some(date) = &circular.date {
        line("date", &format!("{} {:?}", date.text, date.date));
    }
    for listed in &circular.listed {
        line("listed", &format!("{:?} {}", listed.number, listed.title));
    }
    line("issuer", &format!("{:?}", circular.issuer));
    line("period", &format!("{:?}", circular.period));
    for body in circular.bodies() {
        line("body", "");
        for element in body {
            match element {
                Element::Heading(h) => line(
                    "heading",
                    &format!(
                        "{} {:?} {} {:?} {}",
                        h.level,
                        h.label.as_deref(),
                        h.title,
                        h.stop,
                        h.run_in
                    ),
                ),
                Element::Paragraph(text) => line("paragraph", text),
                Element::Table(idx) => line("table", &table(&circular.tables[idx.0])),
            }
        }
    }
    for attachment in &circular.attachments {
        let title = attachment.title.as_deref().unwrap_or("");
        line(
            "attachment",
            &format!("{} {:?} {title}", attachment.label, attachment.number),
        );
    }
    out
}

fn table(table: &Table) -> String {
    let around = [&table.caption, &table.unit_line].map(|text| text.as_deref().unwrap_or("–"));
    let header: Vec<&str> = table.header.iter().map(|t| t.as_str()).collect();
    let rows = table.rows.iter().map(|row| {
        let cells = row
            .cells
            .iter()
            .map(|c| format!("{}{}", if c.filled { "^" } else { "" }, c.text.trim()));
        cells.collect::<Vec<_>>().join("|")
    });
    let notes = table.notes.iter().map(|t| t.to_string());
    let all: Vec<String> = around
        .map(str::to_owned)
        .into_iter()
        .chain([header.join("|")])
        .chain(rows)
        .chain(notes)
        .collect();
    all.join("\n")
}
