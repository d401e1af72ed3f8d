//! Help in Chinese. The English texts stand with the arguments; these replace them under `--lang zh`.

use clap::{Arg, ArgAction, Command};
use gouji_report::Lang;

const ABOUT: &str = "核对通报中的每一个数字，并按公文格式重新生成";

/// Each command with its summary.
const COMMANDS: [(&str, &str); 10] = [
    ("run", "批量核对归档：记录、标准docx、报告、表格、数据库"),
    ("audit", "核对通报并打印发现的问题"),
    ("parse", "只打印结构化记录（JSON Lines），不列核对结果"),
    ("compose", "由记录，或由模板和数据，生成标准docx"),
    ("new", "写出一份带注释的模板，供compose使用"),
    ("annotate", "复制文件，并为每处发现加批注"),
    ("rules", "列出全部核对规则"),
    ("explain", "说明一条规则，附例子"),
    ("schema", "打印记录与核对结果的JSON Schema"),
    ("completions", "打印命令行补全脚本"),
];

/// Each argument with its help; the same id means the same in every command.
const ARGUMENTS: [(&str, &str); 22] = [
    ("threads", "工作线程数（默认等于处理器数）"),
    ("lang", "消息和报告的语言：zh、en（默认随系统区域）"),
    ("color", "何时使用颜色：auto、always、never（默认auto，遵从NO_COLOR）"),
    ("config", "本单位格式规范（默认用当前文件夹的gouji.toml，如有）"),
    ("annotate", "在生成的docx中为每处发现加Word批注"),
    ("track", "只改一处即可成立时，以修订方式提出建议"),
    ("quiet", "不显示进度和小结；失败的文件仍会列出"),
    (
        "inputs",
        "通报文件、文件夹或.zip压缩包；audit和parse可用“-”表示标准输入",
    ),
    (
        "copies",
        "存放副本的文件夹；Word文件和xlsx工作簿保留原样，其他格式生成标准docx",
    ),
    ("out", "结果文件夹；再次运行会接着上次做"),
    (
        "fail_on",
        "有此级别及以上的问题时退出码为1：error、warning、note、never（默认error）",
    ),
    ("fresh", "不沿用上次结果，全部重做"),
    ("keep_text", "生成docx时不规范序号、括号和标点"),
    ("format", "输出形式：text、json、sarif、junit（默认text）"),
    (
        "record",
        "记录、核对结果或其circular部分（JSON，“-”表示标准输入），或模板（.toml）",
    ),
    (
        "data",
        "模板所用数据：TOML、JSON、电子表格，或放着它们的文件夹（默认用模板自带的样例）",
    ),
    ("last", "上期数据，模板中称“上期”"),
    ("template", "要写的模板；已有的文件不会被改动"),
    (
        "kind",
        "模板种类：website-check、hotline、sampling（默认website-check）",
    ),
    ("output", "要写的docx；“-”表示标准输出"),
    ("rule", "规则名，见核对结果"),
    ("shell", "bash、elvish、fish、powershell、zsh"),
];

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";

/// The command with its help in the language.
pub fn localised(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Zh => {
            let command = in_chinese(command.about(ABOUT).subcommand_help_heading("命令"));
            let version = Arg::new("version").short('V').long("version");
            let version = version.action(ArgAction::Version).help("显示版本").help_heading("选项");
            command.disable_version_flag(true).arg(version).mut_subcommands(|sub| {
                let about = chinese(&COMMANDS, sub.get_name());
                let sub = in_chinese(sub);
                match about {
                    Some(about) => sub.about(about),
                    None => sub,
                }
            })
        }
    }
}

fn in_chinese(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help");
    let help = help.action(ArgAction::Help).help("显示帮助").help_heading("选项");
    let command = command.help_template(TEMPLATE).mut_args(|arg| {
        let heading = if arg.is_positional() { "参数" } else { "选项" };
        let takes_value = arg.get_action().takes_values();
        let arg = arg
            .help_heading(heading)
            .hide_possible_values(takes_value)
            .hide_default_value(takes_value);
        match chinese(&ARGUMENTS, arg.get_id().as_str()) {
            Some(help) => arg.help(help),
            None => arg,
        }
    });
    // The two that clap makes by itself speak English only.
    command.disable_help_flag(true).arg(help)
}

fn chinese(table: &[(&str, &'static str)], id: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn every_command_and_argument_has_its_chinese() {
        let command = Cli::command();
        command.clone().debug_assert();
        localised(Cli::command(), Lang::Zh).debug_assert();
        let mut known = 0;
        for sub in command.get_subcommands() {
            assert!(chinese(&COMMANDS, sub.get_name()).is_some(), "{}", sub.get_name());
            known += 1;
            for arg in sub.get_arguments() {
                assert!(chinese(&ARGUMENTS, arg.get_id().as_str()).is_some(), "{}", arg.get_id());
            }
        }
        assert_eq!(known, COMMANDS.len());
        for arg in command.get_arguments() {
            assert!(chinese(&ARGUMENTS, arg.get_id().as_str()).is_some(), "{}", arg.get_id());
        }
    }

    #[test]
    fn the_language_decides_the_help() {
        let help = |lang| localised(Cli::command(), lang).render_help().to_string();
        assert!(help(Lang::Zh).contains("核对通报并打印发现的问题"));
        assert!(help(Lang::Zh).contains("用法：gouji"));
        assert!(help(Lang::En).contains("Check circulars and print what is found"));
        assert!(!help(Lang::En).contains("核对"));
    }
}
