//! What the environment says: language and colour. Nothing else of the program reads it.

use std::env;
use std::ffi::OsString;

use anstream::ColorChoice;
use gouji_report::Lang;

use crate::args::ColorArg;

/// The language: what `--lang` says, else the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set.
pub fn lang(args: &[OsString]) -> Lang {
    asked_lang(args).unwrap_or_else(|| {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
        lang_of_locale(locale.as_deref().unwrap_or(""))
    })
}

/// What `--lang` says. It is needed before the arguments are parsed, since it decides the language of their help.
fn asked_lang(args: &[OsString]) -> Option<Lang> {
    let mut args = args.iter().map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        let value = if arg == "--" {
            return None;
        } else if arg == "--lang" {
            args.next()
        } else {
            arg.strip_prefix("--lang=").map(|value| value.to_owned().into())
        };
        match value.as_deref() {
            Some("zh") => return Some(Lang::Zh),
            Some("en") => return Some(Lang::En),
            _ => {}
        }
    }
    None
}

fn lang_of_locale(locale: &str) -> Lang {
    let tag = locale.get(..2).unwrap_or("");
    if tag.eq_ignore_ascii_case("zh") {
        Lang::Zh
    } else {
        Lang::En
    }
}

/// Whether to colour: what `--color` says; `auto` leaves it to the terminal, `NO_COLOR` and their like.
pub fn color(asked: ColorArg) -> ColorChoice {
    match asked {
        ColorArg::Auto => ColorChoice::Auto,
        ColorArg::Always => ColorChoice::Always,
        ColorArg::Never => ColorChoice::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(args: &[&str]) -> Option<Lang> {
        let args: Vec<OsString> = args.iter().map(Into::into).collect();
        asked_lang(&args)
    }

    #[test]
    fn the_language_is_found_before_the_arguments_are_parsed() {
        assert_eq!(asked(&["gouji", "--lang", "zh", "rules"]), Some(Lang::Zh));
        assert_eq!(asked(&["gouji", "rules", "--lang=en"]), Some(Lang::En));
        assert_eq!(asked(&["gouji", "rules"]), None);
        assert_eq!(asked(&["gouji", "audit", "--", "--lang=en"]), None);
    }

    #[test]
    fn the_locale_decides_otherwise() {
        assert_eq!(lang_of_locale("zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(lang_of_locale("zh"), Lang::Zh);
        assert_eq!(lang_of_locale("en_US.UTF-8"), Lang::En);
        assert_eq!(lang_of_locale("C"), Lang::En);
        assert_eq!(lang_of_locale(""), Lang::En);
    }
}
