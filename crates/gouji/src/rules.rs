use std::io::Write as _;

use anyhow::bail;
use gouji_audit::{RuleDoc, registry};
use gouji_report::{Lang, Severity};

use crate::console::Console;

/// `gouji rules`: a line for each, in the order of the catalogue.
pub fn list(console: Console) -> anyhow::Result<u8> {
    let lang = console.lang;
    let width = registry().iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = console.out();
    for rule in registry() {
        let word = Severity::from(rule.severity).word(lang);
        // Chinese words are all of one width, English ones are padded to the longest.
        let word_width = if lang == Lang::En { "warning".len() } else { 0 };
        writeln!(out, "{:width$}  {word:word_width$}  {}", rule.name, title(rule, lang))?;
    }
    out.flush()?;
    Ok(0)
}

/// `gouji explain`: the page of one rule.
pub fn explain(name: &str, console: Console) -> anyhow::Result<u8> {
    let lang = console.lang;
    let Some(rule) = registry().iter().find(|rule| rule.name == name) else {
        let near = near(name).join(lang.pick("、", ", "));
        match (lang, near.is_empty()) {
            (Lang::Zh, true) => bail!("没有规则“{name}”；全部规则见 gouji rules"),
            (Lang::Zh, false) => bail!("没有规则“{name}”；相近的有：{near}"),
            (Lang::En, true) => bail!("no check is called `{name}`; `gouji rules` lists them"),
            (Lang::En, false) => bail!("no check is called `{name}`; did you mean {near}?"),
        }
    };
    let page = match lang {
        Lang::Zh => rule.page_zh(),
        Lang::En => rule.page_en(),
    };
    let mut out = console.out();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(0)
}

fn title(rule: &RuleDoc, lang: Lang) -> &'static str {
    lang.pick(rule.title_zh, rule.title_en)
}

/// Rules whose names share a word with the name given.
fn near(name: &str) -> Vec<&'static str> {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(['-', '_', ' ']).filter(|word| word.len() > 2).collect();
    registry()
        .iter()
        .map(|rule| rule.name)
        .filter(|rule| {
            rule.split('-')
                .any(|part| words.iter().any(|word| part == *word || part.starts_with(word)))
        })
        .take(6)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_nearly_right_brings_up_its_neighbours() {
        let Some(rule) = registry().first() else {
            panic!("no rules");
        };
        let wrong = format!("{}_x", rule.name);
        assert!(near(&wrong).contains(&rule.name), "{wrong}");
        assert!(near("zz").is_empty());
    }
}
