//! The XML of package parts, pulled event by event.
//!
//! [`decode_part`] makes a part a string (UTF-8, UTF-16 or what its declaration names); [`Puller`] gives its elements with
//! resolved namespaces, within a depth limit, and can leave out a subtree. Nothing recurses, so depth costs no stack.
//! Entities that a DTD declares are never expanded.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem::Finder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What an end tag could stand inside of without being one.
static HIDES_END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("<!"));

/// Attributes that hold a namespace declaration.
static DECLARES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("xmlns"));

/// Elements inside elements. Word's deepest real nesting (a table in a text box in a table) stays below one hundred.
pub(crate) const MAX_DEPTH: usize = 400;
/// Namespace declarations in force at once; Word declares some thirty.
const MAX_DECLARED: usize = 500;

/// A part as text.
pub(crate) fn decode_part(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => return UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => return UTF_16BE.decode_without_bom_handling(rest).0,
        [b'<', 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        [0, b'<', ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declared = head
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..))
        .and_then(|rest| rest.split(['"', '\'']).next())
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != UTF_8);
    match declared {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}

/// A part as text, which it mostly is as it stands.
pub(crate) fn decode_whole(part: Vec<u8>) -> String {
    // A byte order mark, and UTF-16 without one, are no matter for `from_utf8`.
    if matches!(&*part, [0xEF, 0xBB, 0xBF, ..] | [b'<', 0, ..] | [0, b'<', ..]) {
        return decode_part(&part).into_owned();
    }
    String::from_utf8(part).unwrap_or_else(|error| decode_part(error.as_bytes()).into_owned())
}

/// The vocabularies that the readers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// WordprocessingML, transitional or strict.
    Word,
    /// SpreadsheetML, transitional or strict.
    Sheet,
    /// Markup compatibility (`mc:`).
    Compatibility,
    /// Office math.
    Math,
    /// Tables of OpenDocument.
    OpenTable,
    /// Text of OpenDocument.
    OpenText,
    /// Anything else, or none.
    Other,
}

/// The vocabulary of a namespace URI.
fn vocabulary(namespace: &str) -> Vocabulary {
    match namespace {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Vocabulary::Word,
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        | "http://purl.oclc.org/ooxml/spreadsheetml/main" => Vocabulary::Sheet,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Vocabulary::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Vocabulary::Math,
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Vocabulary::OpenTable,
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Vocabulary::OpenText,
        _ => Vocabulary::Other,
    }
}

/// One step through a part.
#[derive(Debug)]
pub(crate) enum Step<'a> {
    /// An element begins; its end will come, also if it is written `<a/>`.
    Start(Vocabulary, BytesStart<'a>),
    /// The innermost open element ends.
    End,
    /// Characters.
    Text(Cow<'a, str>),
    /// The part is over.
    Done,
}

/// A namespace declaration in force.
struct Declared {
    /// Open elements with the one that declares it.
    depth: usize,
    prefix: String,
    vocabulary: Vocabulary,
}

/// Pulls one part.
pub(crate) struct Puller<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    depth: usize,
    too_deep: bool,
    /// An empty element was given; its end is due.
    end_due: bool,
    /// Innermost last.
    declared: Vec<Declared>,
    /// The prefix looked up last, and what it means: a part hardly uses a second one.
    last_lookup: Option<(String, Vocabulary)>,
    /// Searches for `</name` of [`Puller::raw_content`], by the name searched for last.
    end_finder: Option<(String, Finder<'static>)>,
}

impl<'a> Puller<'a> {
    /// A puller at the start of `source`.
    pub fn new(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_comments = false;
        Self {
            reader,
            source,
            depth: 0,
            too_deep: false,
            end_due: false,
            declared: Vec::new(),
            last_lookup: None,
            end_finder: None,
        }
    }

    /// Byte offset in the decoded part.
    pub fn offset(&self) -> u64 {
        self.position() as u64
    }

    /// Byte offset in the decoded part at which the element begins whose start was given last.
    pub fn start_of(&self, start: &BytesStart<'_>) -> usize {
        // `<name …>`, or `<name …/>` while the end is due.
        let marks = if self.end_due { 3 } else { 2 };
        self.position().saturating_sub(start.len() + marks)
    }

    fn position(&self) -> usize {
        self.source.len() - self.reader.get_ref().len()
    }

    /// The source behind the tag that was given last; `None` where an end is due, or nothing deeper is given. Not to be asked for
    /// behind characters: the parser has seen the mark behind them.
    pub fn ahead(&self) -> Option<&'a str> {
        (!self.end_due && self.depth < MAX_DEPTH).then(|| &self.source[self.position()..])
    }

    /// Leaves out `len` bytes of what is [ahead](Self::ahead): whole elements.
    pub fn pass(&mut self, len: usize) {
        let start = self.position() + len;
        *self.reader.get_mut() = &self.source.as_bytes()[start..];
    }

    /// Open elements.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Whether something was left out for being nested too deep.
    pub fn was_too_deep(&self) -> bool {
        self.too_deep
    }

    /// The next step.
    pub fn next(&mut self) -> Result<Step<'a>, quick_xml::Error> {
        if self.end_due {
            self.end_due = false;
            self.leave();
            return Ok(Step::End);
        }
        loop {
            match self.reader.read_event()? {
                Event::Start(start) => {
                    if self.depth >= MAX_DEPTH {
                        self.too_deep = true;
                        self.leave_out()?;
                        continue;
                    }
                    return Ok(self.enter(start));
                }
                Event::Empty(start) => {
                    self.end_due = true;
                    return Ok(self.enter(start));
                }
                Event::End(_) => {
                    self.leave();
                    return Ok(Step::End);
                }
                Event::Text(text) => return Ok(Step::Text(text.into_inner())),
                Event::CData(text) => return Ok(Step::Text(text.into_inner())),
                Event::GeneralRef(reference) => {
                    let character = if reference.is_char_ref() {
                        reference.resolve_char_ref().ok().flatten()
                    } else {
                        match reference.as_ref() {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        }
                    };
                    return Ok(Step::Text(match character {
                        Some(c) => Cow::Owned(c.to_string()),
                        None => Cow::Owned(format!("&{};", reference.as_ref() as &str)),
                    }));
                }
                Event::Eof => return Ok(Step::Done),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn enter(&mut self, start: BytesStart<'a>) -> Step<'a> {
        self.depth += 1;
        if DECLARES.find(start.attributes_raw().as_bytes()).is_some() {
            self.declare(&start);
        }
        let name = start.name();
        let prefix = name.prefix().map_or("", |p| p.into_inner());
        let vocabulary = match &self.last_lookup {
            // A call to compare a letter or two costs more than all else here.
            Some((last, vocabulary)) if last.bytes().eq(prefix.bytes()) => *vocabulary,
            _ => {
                let found = self.declared.iter().rev().find(|d| d.prefix == prefix);
                let vocabulary = found.map_or(Vocabulary::Other, |d| d.vocabulary);
                self.last_lookup = Some((prefix.to_owned(), vocabulary));
                vocabulary
            }
        };
        Step::Start(vocabulary, start)
    }

    fn declare(&mut self, start: &BytesStart<'a>) {
        for attribute in start.attributes().with_checks(false).flatten() {
            let prefix = match attribute.key.as_ref().strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            if self.declared.len() >= MAX_DECLARED {
                break;
            }
            self.declared.push(Declared {
                depth: self.depth,
                prefix: prefix.to_owned(),
                vocabulary: vocabulary(&attribute.value),
            });
            self.last_lookup = None;
        }
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        while self.declared.last().is_some_and(|d| d.depth > self.depth) {
            self.declared.pop();
            self.last_lookup = None;
        }
    }

    /// Leaves out the rest of the element whose start was given last; its end is not given.
    pub fn skip(&mut self) -> Result<(), quick_xml::Error> {
        self.leave();
        if self.end_due {
            self.end_due = false;
            return Ok(());
        }
        self.leave_out()
    }

    /// Reads on to the end of an element whose start was read.
    fn leave_out(&mut self) -> Result<(), quick_xml::Error> {
        let mut open = 1usize;
        while open > 0 {
            match self.reader.read_event()? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Leaves out the rest of the element whose start, called `name` as written, was given last, without looking at what is
    /// inside, and returns that. Its end *is* given. Run formatting makes up most of a Word document, and nobody reads it.
    ///
    /// Returns `None`, with nothing left out, where the element is empty, holds an element of the same name, a comment or
    /// CDATA section (which could hide an end), or does not end.
    pub fn raw_content(&mut self, name: &str) -> Option<&'a str> {
        if self.end_due {
            return None;
        }
        let start = self.position();
        let rest = &self.source[start..];
        let finder = match &mut self.end_finder {
            Some((last, finder)) if last == name => finder,
            stale => {
                &stale
                    .insert((name.to_owned(), Finder::new(&format!("</{name}")).into_owned()))
                    .1
            }
        };
        let end = finder.find(rest.as_bytes())?;
        let content = &rest[..end];
        // `</w:rPrChange` ends another element, inside of which there may be a `w:rPr` too.
        let is_whole = matches!(
            rest.as_bytes().get(end + 2 + name.len()),
            Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')
        );
        let bytes = content.as_bytes();
        if !is_whole || HIDES_END.find(bytes).is_some() || content.contains(name) {
            return None;
        }
        *self.reader.get_mut() = &self.source.as_bytes()[start + end..];
        Some(content)
    }

    /// The text of the element whose start, called `name` as written, was given last, if all that it holds is one element
    /// `child` without attributes, and in that nothing but characters. Its end *is* given, the child is not. Cells of a
    /// workbook are written so, and make up most of it.
    ///
    /// Returns `None`, with nothing left out, where anything is otherwise.
    pub fn only_child(&mut self, name: &str, child: &str) -> Option<&'a str> {
        if self.end_due {
            return None;
        }
        let rest = &self.source[self.position()..];
        let inside = rest.strip_prefix('<')?.strip_prefix(child)?.strip_prefix('>')?;
        let (text, rest) = inside.split_at(memchr::memchr2(b'<', b'&', inside.as_bytes())?);
        let rest = rest.strip_prefix("</")?.strip_prefix(child)?.strip_prefix('>')?;
        rest.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')?;
        *self.reader.get_mut() = rest.as_bytes();
        Some(text)
    }
}

/// The value of the attribute with this local name, whatever its prefix.
pub(crate) fn attribute<'s>(start: &'s BytesStart<'_>, local: &str) -> Option<Cow<'s, str>> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == local)
        .map(|a| unescape(a.value))
}

/// Gives each attribute with its name as written and its value without references resolved.
///
/// Programs write `a="1" b="2"`; that is taken apart right here, which costs a third. What is written in any other way goes
/// through the parser.
pub(crate) fn each_attribute(start: &BytesStart<'_>, mut take: impl FnMut(&str, &str)) {
    let mut rest = start.attributes_raw();
    loop {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            return;
        }
        let name_len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, after) = rest.split_at(name_len);
        let Some((value, after)) = after.strip_prefix("=\"").and_then(|after| after.split_once('"')) else {
            break;
        };
        take(name, value);
        rest = after;
    }
    let done = start.attributes_raw().len() - rest.len();
    let left = BytesStart::from_content(format!("x {}", &start.attributes_raw()[done..]), 1);
    for attribute in left.attributes().with_checks(false).flatten() {
        take(attribute.key.as_ref(), &attribute.value);
    }
}

/// Attribute values seldom hold references, so most are borrowed.
fn unescape(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains('&') {
        return value;
    }
    match quick_xml::escape::unescape(&value) {
        Ok(plain) => Cow::Owned(plain.into_owned()),
        Err(_) => value,
    }
}

/// An on/off property (ECMA-376 part 1, 22.9.2.7): present means on unless it says otherwise.
pub(crate) fn is_on(start: &BytesStart<'_>) -> bool {
    !matches!(attribute(start, "val").as_deref(), Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn steps(source: &str) -> Vec<String> {
        let mut puller = Puller::new(source);
        let mut out = Vec::new();
        loop {
            match puller.next() {
                Ok(Step::Start(v, s)) => out.push(format!("+{:?}:{}", v, s.local_name().as_ref() as &str)),
                Ok(Step::End) => out.push("-".to_owned()),
                Ok(Step::Text(t)) => out.push(t.into_owned()),
                Ok(Step::Done) => return out,
                Err(e) => {
                    out.push(format!("error {e}"));
                    return out;
                }
            }
        }
    }

    #[test]
    fn prefixes_are_resolved_and_empty_elements_end() {
        let source = format!("<q:a xmlns:q='{W}'><q:b/>甲&amp;&#x4E59;<x/></q:a>");
        assert_eq!(
            steps(&source),
            ["+Word:a", "+Word:b", "-", "甲", "&", "乙", "+Other:x", "-", "-"]
        );
    }

    #[test]
    fn declared_entities_are_not_expanded() {
        let source = "<!DOCTYPE a [<!ENTITY e 'xxxxxxxx'><!ENTITY f '&e;&e;'>]><a>&f;</a>";
        assert_eq!(steps(source), ["+Other:a", "&f;", "-"]);
    }

    #[test]
    fn depth_is_limited_without_losing_what_follows() {
        let deep = format!("<a>{}{}<b>后</b></a>", "<c>".repeat(10_000), "</c>".repeat(10_000));
        let mut puller = Puller::new(&deep);
        let (mut deepest, mut text) = (0, String::new());
        loop {
            match puller.next().expect("well-formed") {
                Step::Text(t) => text.push_str(&t),
                Step::Done => break,
                _ => deepest = deepest.max(puller.depth()),
            }
        }
        assert_eq!((deepest, text.as_str(), puller.was_too_deep()), (MAX_DEPTH, "后", true));
    }

    #[test]
    fn absurd_depth_is_no_overflow() {
        let deep = format!("<a>{}", "<c>".repeat(100_000));
        assert_eq!(steps(&deep).len(), MAX_DEPTH);
    }

    #[test]
    fn declarations_hold_inside_their_element_only() {
        let source = format!("<a><b xmlns='{W}'><c/><d xmlns='x'/><e/></b><f/><b:g xmlns:b='{W}'/><b:h/></a>");
        let starts: Vec<String> = steps(&source).into_iter().filter(|s| s != "-").collect();
        assert_eq!(
            starts,
            [
                "+Other:a", "+Word:b", "+Word:c", "+Other:d", "+Word:e", "+Other:f", "+Word:g", "+Other:h"
            ]
        );
    }

    #[test]
    fn raw_content_stops_at_its_own_end_or_not_at_all() {
        let after = |source: &str| {
            let mut puller = Puller::new(source);
            puller.next().expect("r");
            puller.next().expect("rPr");
            let content = puller.raw_content("rPr");
            if content.is_some() {
                assert!(matches!(puller.next(), Ok(Step::End)));
                assert!(matches!(puller.next(), Ok(Step::Start(_, s)) if s.local_name().as_ref() == "t"));
            }
            content.map(str::to_owned)
        };
        assert_eq!(
            after("<r><rPr><b/><sz v='1'/></rPr><t>甲</t></r>").as_deref(),
            Some("<b/><sz v='1'/>")
        );
        assert_eq!(after("<r><rPr><rPrChange><rPr/></rPrChange></rPr><t/></r>"), None);
        assert_eq!(after("<r><rPr><!-- </rPr> --></rPr><t/></r>"), None);
        assert_eq!(after("<r><rPr/><t></rPr></t></r>"), None);
        assert_eq!(after("<r><rPr><b/>"), None);
    }

    #[test]
    fn an_only_child_is_taken_with_its_parent_or_not_at_all() {
        let after = |source: &str| {
            let mut puller = Puller::new(source);
            puller.next().expect("r");
            puller.next().expect("c");
            let text = puller.only_child("c", "v");
            if text.is_some() {
                assert!(matches!(puller.next(), Ok(Step::End)));
                assert!(matches!(puller.next(), Ok(Step::Start(_, s)) if s.local_name().as_ref() == "d"));
            } else {
                // Nothing was passed over.
                let mut rest = std::iter::from_fn(|| puller.next().ok()).take(9);
                let has_d = |step| matches!(step, Step::Start(_, s) if s.local_name().as_ref() == "d");
                assert!(source.contains("<d") == rest.any(has_d), "{source}");
            }
            text.map(str::to_owned)
        };
        assert_eq!(after("<r><c r='A1'><v>甲12</v></c><d/></r>").as_deref(), Some("甲12"));
        assert_eq!(after("<r><c><v></v></c><d/></r>").as_deref(), Some(""));
        for source in [
            "<r><c/><d/></r>",
            "<r><c></c><d/></r>",
            "<r><c><v>1&amp;2</v></c><d/></r>",
            "<r><c><v>1</v><w/></c><d/></r>",
            "<r><c><v><v>1</v></v></c><d/></r>",
            "<r><c><v a='1'>1</v></c><d/></r>",
            "<r><c><vv>1</vv></c><d/></r>",
            "<r><c> <v>1</v></c><d/></r>",
            "<r><c><v>1</v></c ><d/></r>",
            "<r><c><v>1",
            "<r><c><v>1</v>",
            "<r><c><v>1</v></cc>",
        ] {
            assert_eq!(after(source), None, "{source}");
        }
    }

    #[test]
    fn attributes_are_taken_however_they_are_written() {
        let of = |source: &str| {
            let mut puller = Puller::new(source);
            let Ok(Step::Start(_, start)) = puller.next() else {
                panic!("an element")
            };
            let mut out = Vec::new();
            each_attribute(&start, |name, value| out.push(format!("{name}={value}")));
            out
        };
        assert_eq!(of(r#"<c r="A1" s="2"  t="甲&amp;"/>"#), ["r=A1", "s=2", "t=甲&amp;"]);
        assert_eq!(
            of("<c r=\"A1\" s='2' t = \"s\" x:y=\"1\">"),
            ["r=A1", "s=2", "t=s", "x:y=1"]
        );
        assert_eq!(of("<c>"), [""; 0]);
        assert_eq!(of("<c \n>"), [""; 0]);
        // Damage: what stands before it is told.
        assert_eq!(of("<c r=\"A1\" s t=\"s\">")[0], "r=A1");
    }

    #[test]
    fn parts_are_decoded() {
        let utf16: Vec<u8> = "<a>甲</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_part(&utf16), "<a>甲</a>");
        let gb = encoding_rs::GB18030
            .encode("<?xml version='1.0' encoding='gb2312'?><a>甲</a>")
            .0;
        assert!(decode_part(&gb).ends_with("<a>甲</a>"));
        let marked = "\u{FEFF}<a>甲</a>".as_bytes().to_vec();
        for part in [
            utf16,
            gb.into_owned(),
            marked,
            "<a>甲</a>".into(),
            vec![b'<', 0xFF],
            Vec::new(),
        ] {
            assert_eq!(decode_whole(part.clone()), decode_part(&part));
        }
    }
}
