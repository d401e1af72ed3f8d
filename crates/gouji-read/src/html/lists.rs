//! Numbers of list items, as a browser prints them.
//!
//! A list is numbered only if an item of it reads as a sentence: pages use the same elements for menus and paths, whose
//! style sheets, unread here, take the numbers away.

use crate::docx::number_format::NumberFormat;

/// Marks of a sentence.
const SENTENCE: [char; 4] = ['，', '。', '；', '：'];

/// An item of an ordered list.
pub(super) struct Item {
    /// Which of the page's lists it belongs to.
    list: usize,
    /// As printed (`1.`).
    label: String,
}

/// How items are numbered, and what follows a number.
#[derive(Clone, Copy)]
struct Style {
    format: NumberFormat,
    stop: &'static str,
}

struct Open {
    list: usize,
    next: i64,
    style: Style,
}

/// The lists of a page.
#[derive(Default)]
pub(super) struct Lists {
    /// Ordered lists; `None` stands for one without numbers.
    open: Vec<Option<Open>>,
    reads_as_prose: Vec<bool>,
    /// The number of the item that has begun and has no text yet.
    pending: Option<Item>,
}

impl Lists {
    /// A list begins; `attribute` gives the attributes of its element.
    pub fn begin<'a>(&mut self, is_ordered: bool, attribute: impl Fn(&str) -> Option<&'a str>) {
        self.pending = None;
        let style = style(attribute("type"), attribute("style")).unwrap_or(Some(DECIMAL));
        let open = style.filter(|_| is_ordered).map(|style| {
            self.reads_as_prose.push(false);
            Open {
                list: self.reads_as_prose.len() - 1,
                next: integer(attribute("start")).unwrap_or(1),
                style,
            }
        });
        self.open.push(open);
    }

    /// The innermost list ends.
    pub fn end(&mut self) {
        self.pending = None;
        self.open.pop();
    }

    /// An item begins.
    pub fn begin_item<'a>(&mut self, attribute: impl Fn(&str) -> Option<&'a str>) {
        self.pending = None;
        let Some(Some(open)) = self.open.last_mut() else { return };
        let number = integer(attribute("value")).unwrap_or(open.next);
        open.next = number.saturating_add(1);
        let Some(style) = style(attribute("type"), attribute("style")).unwrap_or(Some(open.style)) else {
            return;
        };
        self.pending = Some(Item {
            list: open.list,
            label: format!("{}{}", style.format.print(number), style.stop),
        });
    }

    /// An item ends.
    pub fn end_item(&mut self) {
        self.pending = None;
    }

    /// The number of the line that begins now, if it is the first of its item.
    pub fn take(&mut self) -> Option<Item> {
        self.pending.take()
    }

    /// Looks at the first line of an item.
    pub fn note(&mut self, item: &Item, text: &str) {
        if text.contains(SENTENCE)
            && let Some(is_prose) = self.reads_as_prose.get_mut(item.list)
        {
            *is_prose = true;
        }
    }

    /// The number that stands before an item, once all lines were noted.
    pub fn label<'i>(&self, item: &'i Item) -> Option<&'i str> {
        let is_prose = self.reads_as_prose.get(item.list).copied().unwrap_or(false);
        is_prose.then_some(item.label.as_str())
    }
}

const DECIMAL: Style = Style {
    format: NumberFormat::Decimal,
    stop: ".",
};

/// The style that an element names: `Some(None)` takes the numbers away, `None` says nothing.
#[expect(clippy::option_option, reason = "not said and said to be none are two things")]
fn style(kind: Option<&str>, css: Option<&str>) -> Option<Option<Style>> {
    let named = css.and_then(|css| {
        css.split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .filter(|(property, _)| matches!(property.trim(), "list-style" | "list-style-type"))
            .find_map(|(_, value)| value.split_whitespace().find_map(css_style))
    });
    named.or_else(|| {
        let format = match kind?.trim() {
            "1" => NumberFormat::Decimal,
            "a" => NumberFormat::LowerLetter,
            "A" => NumberFormat::UpperLetter,
            "i" => NumberFormat::LowerRoman,
            "I" => NumberFormat::UpperRoman,
            _ => return None,
        };
        Some(Some(Style { format, stop: "." }))
    })
}

/// CSS Counter Styles 3, as far as Chinese pages use it.
#[expect(clippy::option_option, reason = "not said and said to be none are two things")]
fn css_style(word: &str) -> Option<Option<Style>> {
    let (format, stop) = match word {
        "none" | "disc" | "circle" | "square" => return Some(None),
        "decimal" => (NumberFormat::Decimal, "."),
        "decimal-leading-zero" => (NumberFormat::DecimalZero, "."),
        "lower-alpha" | "lower-latin" => (NumberFormat::LowerLetter, "."),
        "upper-alpha" | "upper-latin" => (NumberFormat::UpperLetter, "."),
        "lower-roman" => (NumberFormat::LowerRoman, "."),
        "upper-roman" => (NumberFormat::UpperRoman, "."),
        "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => (NumberFormat::ChineseThousand, "、"),
        "cjk-decimal" => (NumberFormat::DigitByDigit, "、"),
        _ => return None,
    };
    Some(Some(Style { format, stop }))
}

fn integer(value: Option<&str>) -> Option<i64> {
    // Browsers count in 32 bits.
    value?.trim().parse::<i32>().ok().map(i64::from)
}
