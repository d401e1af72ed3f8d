//! What is wrong with a call, in Chinese: the parser of the arguments speaks English only.

use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::args::Cli;

/// The error in Chinese; `None` for what is no error (help, the version), and for kinds that calls of this program do not have.
pub fn in_chinese(error: &clap::Error) -> Option<String> {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = one(ContextKind::InvalidArg);
    let value = one(ContextKind::InvalidValue);
    let said = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::MissingSubcommand => {
            let cli = Cli::command();
            let names: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
            format!("缺少命令，可用：{}", names.join("、"))
        }
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", one(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{value}”不能用作“{argument}”的值"),
        ErrorKind::TooManyValues => format!("“{argument}”不需要值“{value}”"),
        ErrorKind::ArgumentConflict => match one(ContextKind::PriorArg) {
            same if same == argument => format!("“{argument}”只能写一次"),
            prior => format!("“{argument}”不能与“{prior}”同时使用"),
        },
        ErrorKind::InvalidUtf8 => "参数不是有效的UTF-8文字".to_owned(),
        _ => return None,
    };
    let mut lines = vec![format!("错误：{said}")];
    let valid = one(ContextKind::ValidValue);
    if !valid.is_empty() {
        lines.push(format!("  可用的值：{valid}"));
    }
    let like: Vec<String> = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(one)
    .filter(|like| !like.is_empty())
    .collect();
    if !like.is_empty() {
        lines.push(format!("  是否为：{}", like.join("、")));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        lines.push(format!("\n用法：{usage}"));
    }
    lines.push("\n详见 --help\n".to_owned());
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use gouji_report::Lang;

    use super::*;
    use crate::help;

    fn said(args: &[&str]) -> Option<String> {
        let error = help::localised(Cli::command(), Lang::Zh)
            .try_get_matches_from(args)
            .unwrap_err();
        in_chinese(&error)
    }

    #[test]
    fn wrong_calls_are_told_in_chinese() {
        for (args, wanted) in [
            (
                &["gouji", "--lang", "zh"] as &[&str],
                "错误：缺少命令，可用：run、audit",
            ),
            (&["gouji", "audti"], "错误：没有“audti”这个命令\n  是否为：audit\n"),
            (
                &["gouji", "audit"],
                "错误：缺少参数：<INPUT>...\n\n用法：gouji audit <INPUT>...",
            ),
            (&["gouji", "run", "a"], "错误：缺少参数：--out <DIR>"),
            (
                &["gouji", "audit", "--format", "xml", "a"],
                "错误：“xml”不能用作“--format <FORMAT>”的值\n  可用的值：text、json、sarif、junit\n",
            ),
            (&["gouji", "audit", "--format"], "错误：“--format <FORMAT>”缺少值"),
            (
                &["gouji", "--threads", "0", "audit", "a"],
                "错误：“0”不能用作“--threads <N>”的值",
            ),
            (
                &["gouji", "audit", "--frmat", "json", "a"],
                "错误：没有“--frmat”这个参数\n  是否为：--format",
            ),
            (&["gouji", "audit", "--quiet=yes", "a"], "错误：“--quiet”不需要值“yes”"),
            (
                &["gouji", "run", "a", "--out", "b", "--out", "c"],
                "错误：“--out <DIR>”只能写一次",
            ),
        ] {
            let said = said(args).unwrap();
            assert!(said.starts_with(wanted), "{args:?}: {said}");
            for english in ["error", "Usage", "tip", "required", "provided", "For more"] {
                assert!(!said.contains(english), "{args:?}: {said}");
            }
        }
    }

    #[test]
    fn help_and_version_are_no_errors() {
        assert_eq!(said(&["gouji", "--help"]), None);
        assert_eq!(said(&["gouji", "--version"]), None);
    }
}
