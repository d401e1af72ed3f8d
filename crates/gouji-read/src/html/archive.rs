//! Web archives (MHTML, RFC 2557): the page inside the mail message that a browser or Word saved it as.
//!
//! - Handled: parts at any nesting, quoted-printable and base64, the encoding named for the part.
//! - Ignored: pictures, style sheets, and every page but the first; further pages (frames) are counted.

use std::borrow::Cow;

/// Bytes at the start in which the header of the message stands.
const MAX_HEADER: usize = 16 << 10;
/// Boundaries of parts inside parts.
const MAX_BOUNDARIES: usize = 16;

/// What a web archive holds.
pub(super) struct Archive<'a> {
    /// The first page, decoded for transport.
    pub page: Cow<'a, [u8]>,
    /// The encoding that its part names.
    pub charset: Option<String>,
    /// Pages after the first.
    pub n_others: usize,
}

/// Whether a file, by the start of its text in lower case, is a web archive.
pub(crate) fn is_archive(head: &str) -> bool {
    let header = head.split("\n\n").next().unwrap_or(head);
    let starts = [
        "mime-version:",
        "from:",
        "content-type:",
        "snapshot-content-location:",
        "date:",
        "subject:",
    ];
    starts.iter().any(|name| header.starts_with(name))
        && header.contains("mime-version:")
        && (header.contains("multipart/") || header.contains("text/html"))
}

/// The page in a web archive; `None` if these bytes are none, or hold no page.
pub(super) fn open(bytes: &[u8]) -> Option<Archive<'_>> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let bytes = &bytes[start..];
    let end = bytes.len().min(MAX_HEADER);
    if !is_archive(
        &String::from_utf8_lossy(&bytes[..end])
            .to_ascii_lowercase()
            .replace('\r', ""),
    ) {
        return None;
    }
    let mut boundaries: Vec<Vec<u8>> = Vec::new();
    let mut first: Option<(Header, &[u8])> = None;
    let mut n_others = 0;
    let mut rest = bytes;
    // One part after another: its header, then its body up to the next boundary.
    loop {
        let (header, body) = Header::read(rest);
        if let Some(boundary) = header.boundary.as_ref().filter(|_| boundaries.len() < MAX_BOUNDARIES) {
            boundaries.push([b"--", boundary.as_bytes()].concat());
        }
        let (content, after) = to_boundary(body, &boundaries);
        if header.is_page {
            match first {
                None => first = Some((header, content)),
                Some(_) => n_others += 1,
            }
        }
        let Some(after) = after else { break };
        rest = after;
    }
    let (header, content) = first?;
    Some(Archive {
        page: header.decode(content),
        charset: header.charset,
        n_others,
    })
}

/// How the content of a part is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

/// What the header of a part says.
struct Header {
    is_page: bool,
    boundary: Option<String>,
    charset: Option<String>,
    transfer: Transfer,
}

impl Header {
    /// Reads the header at the start of `bytes`, and what follows the empty line after it.
    fn read(bytes: &[u8]) -> (Self, &[u8]) {
        let mut fields: Vec<String> = Vec::new();
        let mut rest = bytes;
        let mut read = 0;
        loop {
            let (line, after) = split_line(rest);
            read += line.len() + 1;
            rest = after;
            if line.is_empty() || read > MAX_HEADER {
                break;
            }
            let text = String::from_utf8_lossy(line);
            match fields.last_mut() {
                Some(field) if text.starts_with([' ', '\t']) => field.push_str(&text),
                _ => fields.push(text.into_owned()),
            }
        }
        let value = |name: &str| {
            fields.iter().find_map(|field| {
                let (found, value) = field.split_once(':')?;
                found.trim().eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let kind = value("content-type").unwrap_or("");
        let transfer = value("content-transfer-encoding").unwrap_or("").to_ascii_lowercase();
        let header = Self {
            is_page: kind.to_ascii_lowercase().starts_with("text/html"),
            boundary: parameter(kind, "boundary"),
            charset: parameter(kind, "charset"),
            transfer: match transfer.as_str() {
                "quoted-printable" => Transfer::QuotedPrintable,
                "base64" => Transfer::Base64,
                _ => Transfer::Plain,
            },
        };
        (header, rest)
    }

    fn decode<'a>(&self, content: &'a [u8]) -> Cow<'a, [u8]> {
        match self.transfer {
            Transfer::Plain => Cow::Borrowed(content),
            Transfer::QuotedPrintable => Cow::Owned(quoted_printable(content)),
            Transfer::Base64 => Cow::Owned(base64(content)),
        }
    }
}

/// A parameter of a header field: `multipart/related; boundary="x"`.
fn parameter(field: &str, name: &str) -> Option<String> {
    field.split(';').skip(1).find_map(|part| {
        let (found, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (found.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The first line, without its end, and what follows.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = memchr::memchr(b'\n', bytes) else {
        return (bytes, &[]);
    };
    let line = &bytes[..end];
    (line.strip_suffix(b"\r").unwrap_or(line), &bytes[end + 1..])
}

/// What stands before the next boundary, and what follows its line; nothing follows the last part.
fn to_boundary<'a>(bytes: &'a [u8], boundaries: &[Vec<u8>]) -> (&'a [u8], Option<&'a [u8]>) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let (line, after) = split_line(rest);
        if line.starts_with(b"--") && boundaries.iter().any(|b| line.starts_with(b)) {
            return (&bytes[..at], (!after.is_empty()).then_some(after));
        }
        rest = after;
    }
    (bytes, None)
}

/// RFC 2045, 6.7. What is written wrongly stays as it is.
fn quoted_printable(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let digit = |at: usize| rest.get(at).and_then(|b| char::from(*b).to_digit(16));
        if let (Some(high), Some(low)) = (digit(0), digit(1)) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'='));
            rest = &rest[2..];
        } else if let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
            rest = after;
        } else {
            out.push(b'=');
        }
    }
    out.extend_from_slice(rest);
    out
}

/// RFC 2045, 6.8. Anything but the alphabet is passed over.
fn base64(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0u32, 0u32);
    for &byte in content {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits & 0xFF) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(encoding: &str, content: &str) -> String {
        format!(
            "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--=B\"\r\n\r\n\r\n----=B\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: http://x/\r\n\r\n{content}\r\n----=B\r\nContent-Type: text/css\r\n\r\np{{}}\r\n----=B--\r\n"
        )
    }

    #[track_caller]
    fn page(source: &str) -> String {
        let archive = open(source.as_bytes()).expect("an archive with a page");
        assert_eq!(archive.n_others, 0);
        String::from_utf8_lossy(&archive.page).trim().to_owned()
    }

    #[test]
    fn the_page_is_found_and_decoded() {
        assert_eq!(
            page(&archive(
                "quoted-printable",
                "<p class=3D\"x\">=E9=80=9A=\r\n=E6=8A=A5 1=2</p>"
            )),
            "<p class=\"x\">通报 1=2</p>"
        );
        assert_eq!(page(&archive("base64", "PHA+6YCa\r\n5oqlPC9wPg==")), "<p>通报</p>");
        assert_eq!(page(&archive("8bit", "<p>通报</p>")), "<p>通报</p>");
        let found = open(archive("8bit", "x").as_bytes()).map(|a| a.charset);
        assert_eq!(found.flatten().as_deref(), Some("utf-8"));
    }

    #[test]
    fn parts_inside_parts_and_further_pages() {
        let inner = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=A\n\n--A\nContent-Type: multipart/alternative; boundary=C\n\n--C\nContent-Type: text/plain\n\n甲\n--C\nContent-Type: text/html\n\n<p>乙</p>\n--C--\n--A\nContent-Type: text/html\n\n<p>丙</p>\n--A--\n";
        let found = open(inner.as_bytes()).expect("an archive");
        assert_eq!((found.page.trim_ascii(), found.n_others), ("<p>乙</p>".as_bytes(), 1));
        let single = "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>丁</p>";
        assert_eq!(page(single), "<p>丁</p>");
    }

    #[test]
    fn other_texts_are_no_archives() {
        for text in [
            "",
            "From: 甲\n\n正文",
            "关于检查情况的通报\nMIME-Version: 1.0",
            "<html>mime-version: 1.0",
        ] {
            assert!(open(text.as_bytes()).is_none(), "{text}");
        }
        assert!(open(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=A\n\n--A\n\nx").is_none());
    }

    #[test]
    fn damaged_archives_never_panic() {
        let whole = archive("quoted-printable", "<p>=E9=80=9A=\r\n=E6=8A=A5</p>");
        let whole = whole.as_bytes();
        for at in 0..whole.len() {
            let _ = open(&whole[..at]);
            let _ = open(&[&whole[..at], &whole[at + 1..]].concat());
        }
    }
}
