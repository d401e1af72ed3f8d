//! Fields that are printed from their instructions, because no result of them is stored.
//!
//! - Handled: `EQ` as far as it holds text (enclosed characters such as `\o\ac(○,1)`, fractions, roots, raised and lowered
//!   text, brackets, lists), `SYMBOL`, the text of `MACROBUTTON`.
//! - Partly handled: what an `EQ` lays over another character is read beside it.
//! - Ignored: every other field; its result is stored in the document.
//!
//! The switches of `EQ` are those of Word's help on that field; ECMA-376 part 1 names it (17.16.5) and leaves it out.

use super::symbols;

/// Bytes of instructions that are looked at. An enclosed character takes fifteen.
const MAX_CODE: usize = 2048;
/// Switches inside switches.
const MAX_DEPTH: usize = 12;
/// Shapes that enclose a character.
const SHAPES: [&str; 6] = ["○", "◯", "〇", "□", "△", "◇"];

/// What is printed for a field that has these instructions and no result; `None` if it prints nothing.
pub(crate) fn printed(code: &str) -> Option<String> {
    let code = code.trim();
    if code.len() > MAX_CODE {
        return None;
    }
    let (name, rest) = code.split_at(code.find([' ', '\\', '\t', '\u{a0}']).unwrap_or(code.len()));
    let text = if name.eq_ignore_ascii_case("EQ") {
        let mut reader = Reader { rest };
        reader.sequence(0, false)
    } else if name.eq_ignore_ascii_case("SYMBOL") {
        symbol(rest)?
    } else if name.eq_ignore_ascii_case("MACROBUTTON") {
        let rest = rest.trim_start();
        rest.split_once(' ').map_or("", |(_, text)| text).to_owned()
    } else {
        return None;
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// `82 \f "Wingdings 2" \s 16`: a code, decimal or hexadecimal, in a font.
fn symbol(rest: &str) -> Option<String> {
    let mut words = rest.split_whitespace();
    let code = words.next()?.trim_matches('"');
    let code = match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    let font = rest
        .split_once("\\f")
        .map(|(_, font)| font.trim_start())
        .and_then(|font| match font.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => font.split_whitespace().next(),
        })
        .unwrap_or("");
    symbols::symbol(font, code).map(String::from)
}

/// Reads the instructions of `EQ` from left to right.
struct Reader<'c> {
    rest: &'c str,
}

/// One argument of a switch.
#[derive(Default)]
struct Argument {
    text: String,
    /// It begins with a switch that raises or lowers text, as the reading above a character.
    is_raised: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// Text and switches up to the end, or up to the end of an argument.
    fn sequence(&mut self, depth: usize, in_argument: bool) -> String {
        let mut out = String::new();
        let mut open = 0usize;
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => {
                    self.next();
                    match self.rest.chars().next() {
                        Some(name) if name.is_ascii_alphabetic() => out.push_str(&self.switch(depth)),
                        // `\* jc2`, `\* "Font:宋体"`: how the field looks.
                        Some('*') => self.rest = after_word(self.rest[1..].trim_start()).trim_start(),
                        Some(escaped) => {
                            self.next();
                            out.push(escaped);
                        }
                        None => break,
                    }
                }
                ',' | ';' | '，' if in_argument && open == 0 => break,
                ')' if in_argument && open == 0 => break,
                _ => {
                    open = match c {
                        '(' => open + 1,
                        ')' => open.saturating_sub(1),
                        _ => open,
                    };
                    self.next();
                    out.push(c);
                }
            }
        }
        out
    }

    /// A switch whose backslash was read, with its options and arguments.
    fn switch(&mut self, depth: usize) -> String {
        let name = self.word();
        // Options stand before the arguments: `\ac`, `\up 9`, `\bc\{`.
        loop {
            self.rest = self.rest.trim_start();
            let Some(option) = self.rest.strip_prefix('\\') else {
                break;
            };
            self.rest = option;
            if option.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.word();
            } else {
                self.next();
            }
        }
        let Some(inside) = self.rest.strip_prefix('(') else {
            return String::new();
        };
        self.rest = inside;
        let arguments = self.arguments(depth + 1);
        print(&name.to_ascii_lowercase(), arguments)
    }

    /// The letters of a switch; digits that follow belong to it.
    fn word(&mut self) -> String {
        let letters = self
            .rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(self.rest.len());
        let word = self.rest[..letters].to_owned();
        let digits = self.rest[letters..].trim_start_matches([' ', '-']);
        let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        self.rest = if after.len() < digits.len() {
            after
        } else {
            &self.rest[letters..]
        };
        word
    }

    /// Arguments up to and with the closing bracket, parted by commas or semicolons.
    fn arguments(&mut self, depth: usize) -> Vec<Argument> {
        let mut out = Vec::new();
        if depth > MAX_DEPTH {
            self.rest = "";
            return out;
        }
        loop {
            let start = self.rest.trim_start();
            let is_raised = start.get(..2).is_some_and(|s| s.eq_ignore_ascii_case("\\s"));
            let text = self.sequence(depth, true).trim().to_owned();
            out.push(Argument { text, is_raised });
            match self.next() {
                Some(',' | ';' | '，') => {}
                _ => return out,
            }
        }
    }
}

/// What follows the first word, which may be quoted.
fn after_word(text: &str) -> &str {
    match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map_or("", |(_, after)| after),
        None => &text[text.find([' ', '\\']).unwrap_or(text.len())..],
    }
}

/// What a switch prints.
fn print(name: &str, arguments: Vec<Argument>) -> String {
    let texts = || arguments.iter().map(|a| a.text.as_str());
    match (name, arguments.as_slice()) {
        ("f", [over, under, ..]) => format!("{}/{}", bracketed(&over.text), bracketed(&under.text)),
        ("r", [only]) => format!("√{}", bracketed(&only.text)),
        ("r", [degree, of, ..]) => format!("{}√{}", degree.text, bracketed(&of.text)),
        // Characters laid one over another: a shape around one, or its reading above it.
        ("o", _) => match arguments.iter().find(|a| !SHAPES.contains(&a.text.as_str())) {
            Some(inner) if arguments.iter().any(|a| SHAPES.contains(&a.text.as_str())) => enclosed(&inner.text),
            _ => arguments
                .iter()
                .filter(|a| !a.is_raised)
                .map(|a| a.text.as_str())
                .collect(),
        },
        ("b", _) => format!("({})", texts().collect::<Vec<_>>().join(",")),
        ("l", _) => texts().collect::<Vec<_>>().join(","),
        ("d", _) => String::new(),
        _ => texts().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" "),
    }
}

/// In brackets if it is more than one term.
pub(crate) fn bracketed(text: &str) -> String {
    if is_compound(text) {
        format!("({text})")
    } else {
        text.to_owned()
    }
}

/// Whether a text would be torn apart by a fraction's bar or a power beside it.
pub(crate) fn is_compound(text: &str) -> bool {
    text.trim()
        .contains(['+', '-', '−', '－', '＋', '×', '·', '÷', '/', '=', ',', '，', '、', ' '])
}

/// A number or numeral in a circle, as far as there is a character for it; else what is enclosed.
fn enclosed(text: &str) -> String {
    let circled = match text.parse::<u32>() {
        Ok(0) => Some('⓪'),
        Ok(n @ 1..=20) => char::from_u32(0x2460 + n - 1),
        Ok(n @ 21..=35) => char::from_u32(0x3251 + n - 21),
        Ok(n @ 36..=50) => char::from_u32(0x32B1 + n - 36),
        _ => {
            let numerals = "一二三四五六七八九十";
            numerals
                .chars()
                .position(|c| text.chars().eq([c]))
                .and_then(|at| char::from_u32(0x3280 + u32::try_from(at).ok()?))
        }
    };
    circled.map_or_else(|| text.to_owned(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: &str) {
        assert_eq!(printed(code).unwrap_or_default(), expected, "{code}");
    }

    #[test]
    fn enclosed_characters_are_one_character() {
        check(r" eq \o\ac(○,1) ", "①");
        check(r"EQ \o\ac(○,12)", "⑫");
        check(r"EQ \o\ac(◯,36)", "㊱");
        check(r"eq \o\ac(○,三)", "㊂");
        check(r"eq \o\ac(□,印)", "印");
    }

    #[test]
    fn fractions_and_roots_stay_apart() {
        check(r"eq \f(11,12)", "11/12");
        check(r"EQ \f(a+b;c)", "(a+b)/c");
        check(r"eq x=\r(3,2)", "x=3√2");
        check(r"eq \b\bc\{(\a\al\co1(甲,乙))", "(甲 乙)");
    }

    #[test]
    fn readings_above_a_character_are_left_out() {
        check(r#"EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(fén),汾)"#, "汾");
        check(r"eq m\s\up6(2)", "m2");
    }

    #[test]
    fn symbols_and_buttons_show_what_they_stand_for() {
        check(r#"SYMBOL 82 \f "Wingdings 2" \s 16"#, "☑");
        check(r"symbol 0xA3 \f Symbol", "≤");
        check("MACROBUTTON NoMacro [填写单位]", "[填写单位]");
    }

    #[test]
    fn other_fields_print_nothing_of_their_own() {
        for code in [
            "PAGE",
            "REF x \\h",
            "",
            "EQ",
            "SYMBOL",
            "SYMBOL x",
            "EQUATION (1)",
            "HYPERLINK \"x\"",
        ] {
            check(code, "");
        }
    }

    #[test]
    fn broken_instructions_never_panic() {
        let code = r#"EQ \* "Font:宋体" \o\ad(\s\up 9(fén),汾)\f(1,\r(2,三))\b\bc\{(x)"#;
        for (at, c) in code.char_indices() {
            let _ = printed(&code[..at]);
            let _ = printed(&format!("EQ {}{}", &code[..at], &code[at + c.len_utf8()..]));
        }
        let _ = printed(&format!("EQ {}", r"\f(".repeat(600)));
    }
}
