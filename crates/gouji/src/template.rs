//! `gouji compose` of a template: its data, its mistakes, and the audit of what it gave.

use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use gouji_batch::{analyse, files_of, read_document, read_file};
use gouji_report::{Lang, TerminalOptions, terminal};
use gouji_template::{Data, Problem, Template};

use crate::args::{Common, ComposeArgs};
use crate::compose::{no_docx, put};
use crate::config::write_options;
use crate::console::Console;

/// Files of a folder of data.
const MOST_FILES: usize = 200;

/// `gouji compose TEMPLATE.toml`: fills it, writes the docx, and audits what was written like any other circular.
pub fn compose(args: &ComposeArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let lang = console.lang;
    let name = args.record.display().to_string();
    let template =
        Template::parse(&text(&args.record, lang)?).map_err(|problem| anyhow!(said(&name, &problem, lang)))?;
    let data = args.data.as_deref().map(|path| load(path, lang)).transpose()?;
    let before = args.last.as_deref().map(|path| load(path, lang)).transpose()?;
    let composed = match gouji_template::compose(&template, data.as_ref(), before.as_ref()) {
        Ok(composed) => composed,
        Err(problems) => {
            for problem in &problems {
                console.complain(&said(&name, problem, lang));
            }
            bail!(match lang {
                Lang::Zh => format!("模板未能填完（{}处），没有生成docx", problems.len()),
                Lang::En => format!(
                    "the template could not be filled ({} places); no docx was made",
                    problems.len()
                ),
            });
        }
    };
    if !console.quiet {
        for warning in &composed.warnings {
            console.say(&match lang {
                Lang::Zh => format!("提示：{}", said(&name, warning, lang)),
                Lang::En => format!("note: {}", said(&name, warning, lang)),
            });
        }
    }
    let options = write_options(common, args.keep_text, lang)?;
    let docx = gouji_write::write(&composed.circular, &options).map_err(|error| no_docx(error, lang))?;
    put(&args.output, &docx, console)?;
    let audited = analyse(&args.output.display().to_string(), &docx);
    let object = audited.map_err(|cause| anyhow!(cause.message(lang)))?.object;
    if !object.findings.is_empty() && !console.quiet {
        let options = TerminalOptions {
            color: false,
            lang,
            ..TerminalOptions::default()
        };
        console.say(terminal(&object, &options).trim_end());
    }
    let least = args.fail_on.least();
    let failed = object
        .findings
        .iter()
        .any(|finding| least.is_some_and(|least| finding.severity >= least));
    Ok(u8::from(failed))
}

fn said(name: &str, problem: &Problem, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name}：{}", problem.chinese()),
        Lang::En => format!("{name}: {problem}"),
    }
}

fn text(path: &Path, lang: Lang) -> anyhow::Result<String> {
    let name = path.display().to_string();
    let bytes = read_file(path).map_err(|cause| anyhow!("{name}: {}", cause.message(lang)))?;
    let text = String::from_utf8(bytes)
        .ok()
        .context(lang.pick("不是UTF-8文本", "not UTF-8 text"));
    text.with_context(|| name)
        .map(|text| text.trim_start_matches('\u{feff}').to_owned())
}

/// The data of a file, or of all files of a folder.
fn load(path: &Path, lang: Lang) -> anyhow::Result<Data> {
    if !path.is_dir() {
        return one(path, lang);
    }
    let name = path.display().to_string();
    let files = files_of(path, MOST_FILES).map_err(|cause| anyhow!("{name}: {}", cause.message(lang)))?;
    let mut data = Data::default();
    for file in files {
        let part = one(&file, lang)?;
        let name = file.display().to_string();
        data.merge(part)
            .map_err(|problem| anyhow!(said(&name, &problem, lang)))?;
    }
    Ok(data)
}

/// TOML and JSON by their extensions; anything else is a document with tables, named by the file.
fn one(path: &Path, lang: Lang) -> anyhow::Result<Data> {
    let name = path.display().to_string();
    let is = |extension: &str| path.extension().is_some_and(|its| its.eq_ignore_ascii_case(extension));
    let data = if is("toml") {
        Data::from_toml(&text(path, lang)?)
    } else if is("json") {
        Data::from_json(&text(path, lang)?)
    } else {
        let document = read_document(path).map_err(|cause| anyhow!("{name}: {}", cause.message(lang)))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut data = Data::default();
        data.add_document(&stem, &document).map(|()| data)
    };
    data.map_err(|problem| anyhow!(said(&name, &problem, lang)))
}
