//! The document number (发文字号, GB/T 9704-2012 §7.2.5) as a line of its own.

use std::sync::LazyLock;

use regex::Regex;

use crate::parts::squash;

static DOC_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{Han}]{0,12}\s*[〔\[\(（【﹝]\s*(?:19|20|21)\d{2}\s*[〕\]\)）】﹞]\s*[—\-–－]{0,2}\s*第?\s*\d{1,5}\s*号?$")
        .expect("a fixed pattern")
});

/// A document number that lost a bracket or both: `青政发〔2031—8`, `青政发2031〕8号`, `青政发2031-8号`. Nothing but agency, year and number.
static BROKEN_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(\p{Han}{2,12})(?:",
        r"[〔\[\(（【﹝](?:19|20|21)\d{2}[—\-–－第]{0,2}\d{1,4}号?",
        r"|(?:19|20|21)\d{2}[〕\]\)）】﹞][—\-–－第]{0,2}\d{1,4}号?",
        r"|[〔\[\(（【﹝](?:19|20|21)\d{2}年[〕\]\)）】﹞]第?\d{1,4}号",
        r"|(?:19|20|21)\d{2}[—\-–－]\d{1,4}号",
        r")$",
    ))
    .expect("a fixed pattern")
});

/// Whether a line is a document number (发文字号), malformed ones included.
pub(crate) fn is_doc_number(line: &str) -> bool {
    let flat = squash(line);
    flat.chars().count() <= 30 && (DOC_NUMBER.is_match(&flat) || is_broken_number(&flat))
}

/// The number of an announcement below its title: 2031年第8号.
pub(crate) fn is_year_number(line: &str) -> bool {
    YEAR_NUMBER.is_match(&squash(line))
}

static YEAR_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[（(]?(?:19|20)\d{2}年第\d{1,4}号[）)]?$").expect("a fixed pattern"));

/// Words of titles and issues, never of an agency's code.
const NO_CODE: [&str; 8] = ["关于", "通报", "通知", "情况", "简报", "专报", "总第", "附件"];

fn is_broken_number(flat: &str) -> bool {
    BROKEN_NUMBER
        .captures(flat)
        .and_then(|c| c.get(1))
        .is_some_and(|agency| !NO_CODE.iter().any(|w| agency.as_str().contains(w)))
}

#[cfg(test)]
mod tests {
    use super::is_doc_number;

    #[test]
    fn document_numbers_proper_and_malformed() {
        for line in [
            "青政发〔2031〕8号",
            "〔2031〕8号",
            "青政办函[2031] 第8号",
            "青政督〔2031—8",
            "青政督〔2031—8号",
            "青政发2031〕8号",
            "青政发〔2031年〕8号",
            "青政发2031-8号",
        ] {
            assert!(is_doc_number(line), "{line}");
        }
    }

    #[test]
    fn issues_titles_and_spans_are_none() {
        for line in [
            "（总第8期）",
            "政务督查简报（2031—8",
            "关于抽检情况的通报（2031-8）",
            "抽检通告2031年第8号",
            "2031—2032年度",
            "青溪县（2031年第8期）",
            "青溪县2031—2032",
        ] {
            assert!(!is_doc_number(line), "{line}");
        }
    }
}
