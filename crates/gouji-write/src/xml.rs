//! A part of the package under construction.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use quick_xml::escape::escape;

/// Attributes with their values; any value that prints itself will do.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

/// XML text that grows from the top down. Names are literals of this crate, values and text are escaped.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    out: String,
    /// Room for one attribute value, kept between calls.
    value: String,
}

impl Xml {
    /// An XML part with its declaration.
    pub(crate) fn part() -> Self {
        let mut xml = Self::default();
        xml.out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        xml
    }

    /// A start tag.
    pub(crate) fn open(&mut self, name: &str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// An end tag.
    pub(crate) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// An element with text in it.
    pub(crate) fn element(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        push_escaped(&mut self.out, text);
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, name: &str, attributes: Attributes) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.value.clear();
            // Writing to a String cannot fail.
            let _ = write!(self.value, "{value}");
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, &self.value);
            self.out.push('"');
        }
    }
}

fn push_escaped(out: &mut String, text: &str) {
    // Most text has nothing that needs care, and bytes are quicker to look through than characters.
    let bytes = text.as_bytes();
    let markup = bytes
        .iter()
        .any(|b| *b < b' ' || matches!(b, b'<' | b'>' | b'&' | b'"' | b'\''));
    let beyond = bytes.windows(3).any(|w| w[0] == 0xef && w[1] == 0xbf && w[2] >= 0xbe); // U+FFFE, U+FFFF
    if markup || beyond {
        out.push_str(&escape(allowed(text)));
    } else {
        out.push_str(text);
    }
}

/// The text with each character that XML 1.0 does not allow replaced by U+FFFD.
fn allowed(text: &str) -> Cow<'_, str> {
    let banned =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(banned) {
        Cow::Owned(text.replace(banned, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_banned_characters_cannot_break_out() {
        let mut xml = Xml::default();
        xml.element("a", &[("b", &"\"><x>")], "</a>&\u{0}\u{b}\u{ffff}甲\u{85}");
        assert_eq!(
            xml.finish(),
            "<a b=\"&quot;&gt;&lt;x&gt;\">&lt;/a&gt;&amp;\u{fffd}\u{fffd}\u{fffd}甲\u{85}</a>"
        );
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        assert!(matches!(allowed("共12件，\t其中\n"), Cow::Borrowed(_)));
    }
}
