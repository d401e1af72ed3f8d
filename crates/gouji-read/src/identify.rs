//! What format a file is in, by its content.
//!
//! Circulars travel with wrong names: a web page saved as `.doc`, a `.docx` renamed `.doc`, a workbook called `.xls` that is
//! an `.xlsx`. So magic bytes and the package's own declarations decide; the name only says whether tag-like text is a
//! page or plain text, and a name that contradicts the content becomes a warning.

use gouji_document::Format;

use crate::ReadError;
use crate::compound::{self, Compound};
use crate::package::{self, Limits, Package};
use crate::relationships;
use crate::rtf;
use crate::xml;

/// Extensions of files that a walk over folders should hand to the readers.
const CANDIDATES: [&str; 18] = [
    "docx", "docm", "dotx", "doc", "wps", "rtf", "xlsx", "xlsm", "xlsb", "xls", "et", "ods", "txt", "text", "html",
    "htm", "mht", "mhtml",
];

/// Extensions that claim a format, by the format. A name with any other extension claims nothing.
const CLAIMS: [(&str, Option<Format>); 27] = [
    ("docx", Some(Format::Docx)),
    ("docm", Some(Format::Docx)),
    ("dotx", Some(Format::Docx)),
    ("dotm", Some(Format::Docx)),
    ("xlsx", Some(Format::Xlsx)),
    ("xlsm", Some(Format::Xlsx)),
    ("xltx", Some(Format::Xlsx)),
    ("xltm", Some(Format::Xlsx)),
    ("xlsb", Some(Format::Xlsx)),
    ("ods", Some(Format::Xlsx)),
    ("ots", Some(Format::Xlsx)),
    ("xls", Some(Format::Xls)),
    ("et", Some(Format::Xls)),
    ("txt", Some(Format::Txt)),
    ("text", Some(Format::Txt)),
    ("html", Some(Format::Html)),
    ("htm", Some(Format::Html)),
    ("shtml", Some(Format::Html)),
    ("xhtml", Some(Format::Html)),
    ("mht", Some(Format::Html)),
    ("mhtml", Some(Format::Html)),
    ("doc", Some(Format::Doc)),
    ("dot", Some(Format::Doc)),
    ("wps", Some(Format::Doc)),
    ("wpt", Some(Format::Doc)),
    ("pdf", None),
    ("rtf", Some(Format::Rtf)),
];

/// Bytes at the start of a text in which markup is looked for.
const HEAD: usize = 4096;

/// Whether a file of this name may be a document, by its extension.
#[must_use]
pub fn is_candidate_name(name: &str) -> bool {
    extension(name).is_some_and(|e| CANDIDATES.contains(&e.as_str()))
}

/// The format of a file, or `None` if no reader takes it.
#[must_use]
pub fn identify(name: &str, bytes: &[u8]) -> Option<Format> {
    sniff(name, bytes).ok().map(|opened| opened.format())
}

/// The last extension of the last path segment, in lower case.
fn extension(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// Whether the name claims another format than `actual`.
pub(crate) fn is_misnamed(name: &str, actual: Format) -> bool {
    extension(name)
        .and_then(|e| CLAIMS.iter().find(|(claim, _)| *claim == e))
        .is_some_and(|(_, claimed)| *claimed != Some(actual))
}

/// A file whose format is known, with the container that had to be opened to know it.
pub(crate) enum Opened<'a> {
    /// A Word document or workbook in an Office Open XML package.
    Package(Format, Package<'a>),
    /// An OpenDocument spreadsheet.
    OpenDocument(Package<'a>),
    /// A workbook of binary parts (xlsb).
    Binary(Package<'a>),
    /// An Excel 97 workbook or Word 97 document.
    Compound(Format, Compound<'a>),
    /// A text, rich or plain, or a page.
    Flat(Format),
}

impl Opened<'_> {
    /// The format.
    pub fn format(&self) -> Format {
        match self {
            Self::Package(format, _) | Self::Flat(format) | Self::Compound(format, _) => *format,
            Self::OpenDocument(_) | Self::Binary(_) => Format::Xlsx,
        }
    }
}

/// Opens a file as far as its format takes, or says why no reader takes it.
pub(crate) fn sniff<'a>(name: &str, bytes: &'a [u8]) -> Result<Opened<'a>, ReadError> {
    let not = |what| Err(ReadError::NotADocument { what });
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    match bytes {
        _ if bytes.starts_with(b"PK\x03\x04") => return sniff_package(bytes),
        _ if bytes.starts_with(b"PK\x05\x06") => return not("an empty zip archive"),
        _ if bytes.starts_with(compound::MAGIC) => return sniff_compound(bytes),
        _ if bytes.starts_with(b"%PDF-") => return not("a PDF"),
        _ if bytes.starts_with(rtf::MAGIC) => return Ok(Opened::Flat(Format::Rtf)),
        _ if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xFF\xD8\xFF") || bytes.starts_with(b"GIF8") => {
            return not("a picture");
        }
        _ if bytes.starts_with(b"Rar!")
            || bytes.starts_with(b"7z\xBC\xAF\x27\x1C")
            || bytes.starts_with(b"\x1F\x8B") =>
        {
            return not("a compressed archive");
        }
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] => return not("a workbook older than Excel 95"),
        _ => {}
    }
    sniff_text(name, bytes).map(Opened::Flat)
}

fn sniff_package(bytes: &[u8]) -> Result<Opened<'_>, ReadError> {
    let mut package = package::open(bytes, Limits::default())?;
    Ok(match package_kind(&mut package)? {
        Kind::Word => Opened::Package(Format::Docx, package),
        Kind::Workbook => Opened::Package(Format::Xlsx, package),
        Kind::Binary => Opened::Binary(package),
        Kind::OpenDocument => Opened::OpenDocument(package),
    })
}

/// What a package that is read holds.
enum Kind {
    Word,
    Workbook,
    Binary,
    OpenDocument,
}

/// OpenDocument 1.3 part 2, 3.3: the first entry says what the package is. Templates add `-template`.
const OPEN_SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fn package_kind(package: &mut Package<'_>) -> Result<Kind, ReadError> {
    if let Some(types) = package.read_named("[Content_Types].xml") {
        let types = types?;
        let types = xml::decode_part(&types);
        let has = |kind: &str| types.contains(kind);
        // ECMA-376 part 1, 15.2: template, macro-enabled and strict variants share these stems.
        if has("wordprocessingml.document.main+xml")
            || has("wordprocessingml.template.main+xml")
            || has("ms-word.document.macroEnabled.main+xml")
            || has("ms-word.template.macroEnabledTemplate.main+xml")
        {
            return Ok(Kind::Word);
        }
        if has("spreadsheetml.sheet.main+xml")
            || has("spreadsheetml.template.main+xml")
            || has("ms-excel.sheet.macroEnabled.main+xml")
            || has("ms-excel.template.macroEnabled.main+xml")
        {
            return Ok(Kind::Workbook);
        }
        if has("ms-excel.sheet.binary.macroEnabled.main") {
            return Ok(Kind::Binary);
        }
        if has("presentationml") {
            return Err(ReadError::NotADocument { what: "a presentation" });
        }
    }
    // Some converters write no usable content types; what the relationships lead to, and the usual names, tell as well.
    if package.index_of("word/document.xml").is_some() || leads_to_word(package) {
        return Ok(Kind::Word);
    }
    if package.index_of("xl/workbook.xml").is_some() {
        return Ok(Kind::Workbook);
    }
    if package.index_of("xl/workbook.bin").is_some() {
        return Ok(Kind::Binary);
    }
    if let Some(Ok(kind)) = package.read_named("mimetype")
        && kind.starts_with(OPEN_SPREADSHEET)
    {
        return Ok(Kind::OpenDocument);
    }
    if package.index_of("OFD.xml").is_some() {
        return Err(ReadError::NotADocument {
            what: "an OFD document, which cannot be read yet",
        });
    }
    if package.index_of("content.xml").is_some() {
        return Err(ReadError::NotADocument {
            what: "an OpenDocument file that is no spreadsheet",
        });
    }
    Err(ReadError::NotADocument { what: "a zip archive" })
}

/// Whether the main part that the package names is a Word document, by its root.
fn leads_to_word(package: &mut Package<'_>) -> bool {
    let top = relationships::of_part(package, "");
    let Some(main) = relationships::target_of(&top, "officeDocument") else {
        return false;
    };
    let Some(Ok(main)) = package.read_named(main) else {
        return false;
    };
    let main = xml::decode_part(&main[..main.len().min(HEAD)]);
    main.contains("/wordprocessingml/")
}

fn sniff_compound(bytes: &[u8]) -> Result<Opened<'_>, ReadError> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    // A document may hold a workbook and a workbook a document; what stands in the root storage is the file itself. Where
    // the root is damaged, anything will do.
    for at_root in [true, false] {
        let has = |name| {
            if at_root {
                file.has_at_root(name)
            } else {
                file.has(name)
            }
        };
        let format = if has("WordDocument") {
            Format::Doc
        } else if has("Workbook") || has("Book") {
            Format::Xls
        } else {
            continue;
        };
        return Ok(Opened::Compound(format, file));
    }
    let what = if file.has("PowerPoint Document") {
        "a presentation"
    } else if file.has("MatOST") || file.has("CONTENTS") {
        "a Microsoft Works document; save it as .docx"
    } else {
        "a compound file that is neither Word nor Excel"
    };
    Err(ReadError::NotADocument { what })
}

fn sniff_text(name: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let not = |what| Err(ReadError::NotADocument { what });
    let head = crate::encoding::decode(&bytes[..bytes.len().min(HEAD)], None);
    let head = head
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if head.is_empty() && bytes.len() <= HEAD {
        return Err(ReadError::Empty);
    }
    // Text has no control characters but a few; one in twenty is generous to damaged text.
    let control = head
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{1B}'))
        .count();
    if control * 20 > head.chars().count() {
        return not("binary data");
    }
    let lower: String = head.to_ascii_lowercase();
    if crate::html::is_archive(&lower) {
        return Ok(Format::Html);
    }
    let named_html = extension(name).is_some_and(|e| matches!(e.as_str(), "html" | "htm" | "shtml" | "xhtml"));
    if lower.starts_with("<?xml") {
        if lower.contains("<w:worddocument") || lower.contains("<pkg:package") {
            return not("a Word document as flat XML");
        }
        if lower.contains("<workbook") {
            return not("an Excel workbook as flat XML");
        }
        if !lower.contains("<html") && !named_html {
            return not("XML of an unknown kind");
        }
    }
    let starts_as_page = ["<!doctype html", "<html", "<head", "<body", "<meta", "<title"]
        .iter()
        .any(|tag| lower.starts_with(tag));
    if starts_as_page || lower.contains("<html") || (named_html && (lower.contains("</") || lower.contains("<p>"))) {
        return Ok(Format::Html);
    }
    Ok(Format::Txt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compound::tests::compound_of;
    use crate::package::tests::zip_of;

    #[test]
    fn candidates_go_by_extension() {
        assert!(is_candidate_name("a/b/通报.DOCX") && is_candidate_name("x.htm"));
        assert!(is_candidate_name("a.xlsb") && is_candidate_name("a.ods") && is_candidate_name("a.et"));
        assert!(is_candidate_name("a.doc") && is_candidate_name("a.WPS"));
        assert!(!is_candidate_name("docx") && !is_candidate_name("a.docx/readme") && !is_candidate_name("a.pdf"));
    }

    #[test]
    fn content_decides_and_the_name_breaks_ties() {
        let page = b"<!DOCTYPE html><html><body><p>1</p></body></html>";
        assert_eq!(identify("a.doc", page), Some(Format::Html));
        assert!(is_misnamed("a.doc", Format::Html) && !is_misnamed("a.htm", Format::Html));
        assert!(!is_misnamed("a", Format::Html) && !is_misnamed("a.final", Format::Html));
        let archive = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>1</p>";
        assert_eq!(identify("a.mht", archive), Some(Format::Html));
        assert!(is_misnamed("a.doc", Format::Html) && !is_misnamed("a.mht", Format::Html));
        let fragment = b"<p>1</p>";
        assert_eq!(identify("a.html", fragment), Some(Format::Html));
        assert_eq!(identify("a.txt", fragment), Some(Format::Txt));
        assert_eq!(identify("a.html", "情况通报".as_bytes()), Some(Format::Txt));
    }

    #[test]
    fn packages_say_what_they_are() {
        let types = |t: &str| format!(r#"<Types><Override PartName="/d.xml" ContentType="application/{t}"/></Types>"#);
        for (kind, format) in [
            (
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                Format::Docx,
            ),
            (
                "vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
                Format::Docx,
            ),
            ("vnd.ms-word.document.macroEnabled.main+xml", Format::Docx),
            (
                "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                Format::Xlsx,
            ),
        ] {
            let bytes = zip_of(&[("[Content_Types].xml", types(kind).as_bytes())]);
            // WPS's own names say nothing either: a .wps may be a docx and an .et an xlsx.
            for name in ["a.zip", "a.wps", "a.et"] {
                assert_eq!(identify(name, &bytes), Some(format), "{kind} as {name}");
            }
            assert!(is_misnamed("a.wps", format) && is_misnamed("a.et", format));
        }
        let main = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>"#;
        let top = r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="kso/d.xml"/></Relationships>"#;
        let bare = zip_of(&[("_rels/.rels", top.as_bytes()), ("kso/d.xml", main.as_bytes())]);
        assert_eq!(identify("a.docx", &bare), Some(Format::Docx));
        let plain = zip_of(&[("a.txt", b"1")]);
        assert!(matches!(sniff("a.docx", &plain), Err(ReadError::NotADocument { .. })));
    }

    #[test]
    fn compound_files_are_told_apart() {
        assert!(matches!(
            sniff("a.docx", &compound_of(&[("EncryptedPackage", b"")])),
            Err(ReadError::Encrypted)
        ));
        assert_eq!(identify("a.wps", &compound_of(&[("Workbook", b"")])), Some(Format::Xls));
        assert_eq!(
            identify("a.doc", &compound_of(&[("WordDocument", b"")])),
            Some(Format::Doc)
        );
        assert!(is_misnamed("a.wps", Format::Xls) && !is_misnamed("a.wps", Format::Doc));
        assert_eq!(identify("a.et", &compound_of(&[("Workbook", b"")])), Some(Format::Xls));
        assert!(is_misnamed("a.et", Format::Doc) && !is_misnamed("a.et", Format::Xls));
        assert!(matches!(
            sniff("a.wps", &compound_of(&[("CONTENTS", b"")])),
            Err(ReadError::NotADocument { what }) if what.contains("Works")
        ));
    }

    #[test]
    fn binary_and_foreign_files_are_no_documents() {
        let noise: Vec<u8> = (0..4000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 & 0x1F)
            .collect();
        for bytes in [
            &noise[..],
            b"%PDF-1.7 x",
            b"\x89PNG\r\n",
            b"<?xml version='1.0'?><feed/>",
        ] {
            assert!(
                matches!(sniff("a.txt", bytes), Err(ReadError::NotADocument { .. })),
                "{bytes:?}"
            );
        }
        assert!(matches!(sniff("a.txt", b""), Err(ReadError::Empty)));
    }
}
