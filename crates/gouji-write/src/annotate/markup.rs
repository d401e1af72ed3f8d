//! Markup that is edited, not rebuilt: its elements with their places, and its root.

use gouji_document::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::AnnotateError;
use crate::parts::W;

/// Namespace of WordprocessingML in its strict form.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// One step through markup.
pub(super) enum Step<'a> {
    /// A start tag, at this span.
    Start(BytesStart<'a>, Span),
    /// An element without content, at this span.
    Empty(BytesStart<'a>, Span),
    /// An end tag, at this span.
    End(Span),
    /// The markup is over.
    Done,
}

/// Goes through markup, tags only.
pub(super) struct Tags<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    part: &'a str,
    depth: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn new(source: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        // As the reader of documents takes it.
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_comments = false;
        Self {
            reader,
            source,
            part,
            depth: 0,
        }
    }

    /// Elements that are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    fn position(&self) -> usize {
        self.source.len() - self.reader.get_ref().len()
    }

    fn malformed(&self) -> AnnotateError {
        AnnotateError::Malformed {
            part: self.part.to_owned(),
            offset: self.position(),
        }
    }

    /// The next tag.
    pub(super) fn next(&mut self) -> Result<Step<'a>, AnnotateError> {
        loop {
            let from = self.position();
            let event = self.reader.read_event().map_err(|_| self.malformed())?;
            let span = Span::new(from, self.position());
            let is_tag = matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_));
            if is_tag && !self.source[span.range()].starts_with('<') {
                return Err(self.malformed());
            }
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    return Ok(Step::Start(start, span));
                }
                Event::Empty(start) => return Ok(Step::Empty(start, span)),
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or_else(|| self.malformed())?;
                    return Ok(Step::End(span));
                }
                Event::Eof if self.depth > 0 => return Err(self.malformed()),
                Event::Eof => return Ok(Step::Done),
                _ => {}
            }
        }
    }
}

/// The value of the attribute with this local name, with references resolved.
pub(super) fn attribute(start: &BytesStart<'_>, local: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == local)
        .map(|a| match quick_xml::escape::unescape(&a.value) {
            Ok(plain) => plain.into_owned(),
            Err(_) => a.value.into_owned(),
        })
}

/// Markup whose declaration, if there is one, says what it will be written in.
pub(super) fn in_utf_8(markup: String) -> String {
    let Some((declaration, rest)) = markup.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) else {
        return markup;
    };
    if !declaration.contains("encoding") || declaration.to_ascii_lowercase().contains("utf-8") {
        return markup;
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{rest}")
}

/// The root element of a part.
#[derive(Debug)]
pub(super) struct Root {
    /// Its name as written.
    name: String,
    /// Its namespace, if it is declared there and then.
    namespace: Option<String>,
    /// The end tag, or the `/>` of a root without content.
    end: Span,
    is_empty: bool,
}

impl Root {
    /// The root of `markup`, which is gone through to its end.
    pub(super) fn of(markup: &str, part: &str) -> Result<Self, AnnotateError> {
        let mut tags = Tags::new(markup, part);
        let mut root: Option<Self> = None;
        loop {
            match tags.next()? {
                Step::Start(start, _) if tags.depth() == 1 && root.is_none() => root = Some(Self::begin(&start, None)),
                Step::Empty(start, span) if tags.depth() == 0 && root.is_none() => {
                    root = Some(Self::begin(&start, Some(Span::new(span.end - "/>".len(), span.end))));
                }
                Step::End(span) if tags.depth() == 0 => {
                    if let Some(root) = root.as_mut().filter(|r| !r.is_empty && r.end.is_empty()) {
                        root.end = span;
                    }
                }
                Step::Done => return root.ok_or_else(|| tags.malformed()),
                _ => {}
            }
        }
    }

    fn begin(start: &BytesStart<'_>, end: Option<Span>) -> Self {
        let name: &str = start.name().into_inner();
        let key = match name.split_once(':') {
            Some((prefix, _)) => format!("xmlns:{prefix}"),
            None => "xmlns".to_owned(),
        };
        let namespace = start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.as_ref() as &str == key)
            .map(|a| a.value.into_owned());
        Self {
            name: name.to_owned(),
            namespace,
            end: end.unwrap_or_default(),
            is_empty: end.is_some(),
        }
    }

    /// The prefix of the root, with its colon.
    pub(super) fn prefix(&self) -> &str {
        self.name.find(':').map_or("", |at| &self.name[..=at])
    }

    /// The prefix for elements and attributes of Word's vocabulary, and the declaration that each element put in needs for
    /// it: none where the root has declared one, for attributes go by a prefix only.
    pub(super) fn word(&self) -> (&str, String) {
        match (self.prefix(), &self.namespace) {
            (prefix, Some(_)) if !prefix.is_empty() => (prefix.trim_end_matches(':'), String::new()),
            _ => ("w", format!(" xmlns:w=\"{}\"", self.word_namespace())),
        }
    }

    /// The namespace of Word's vocabulary, in the form that the part uses.
    pub(super) fn word_namespace(&self) -> &'static str {
        if self.is_strict() { STRICT } else { W }
    }

    pub(super) fn is_strict(&self) -> bool {
        self.namespace.as_deref() == Some(STRICT)
    }

    /// `markup` with `content` as the last thing in its root.
    pub(super) fn with_last(&self, markup: &str, content: &str) -> String {
        let (before, after) = (&markup[..self.end.start], &markup[self.end.end..]);
        if self.is_empty {
            format!("{before}>{content}</{}>{after}", self.name)
        } else {
            format!("{before}{content}{}{after}", &markup[self.end.range()])
        }
    }
}
