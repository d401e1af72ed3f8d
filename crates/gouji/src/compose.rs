use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use gouji_batch::{Cause, read_file, write_file};
use gouji_report::{CircularRecord, Lang};
use gouji_write::WriteError;

use crate::args::{Common, ComposeArgs};
use crate::config::write_options;
use crate::console::Console;
use crate::input::stdin;
use crate::template;

/// `gouji compose`.
pub fn compose(args: &ComposeArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let lang = console.lang;
    if is_template(&args.record) {
        return template::compose(args, common, console);
    }
    if args.data.is_some() || args.last.is_some() {
        return Err(anyhow!(lang.pick(
            "--data和--last只用于模板（.toml）",
            "--data and --last go with a template (.toml)"
        )));
    }
    let name = args.record.display().to_string();
    let bytes = if args.record == Path::new("-") {
        stdin(lang)?
    } else {
        read_file(&args.record).map_err(|cause| anyhow!("{name}: {}", cause.message(lang)))?
    };
    let record = circular_of(&bytes, lang).with_context(|| name.clone())?;
    let circular = record
        .to_circular()
        .map_err(|error| anyhow!("{name}: {}", error.message(lang)))?;
    let options = write_options(common, args.keep_text, lang)?;
    let docx = gouji_write::write(&circular, &options).map_err(|error| no_docx(error, lang))?;
    put(&args.output, &docx, console)?;
    Ok(0)
}

/// That no docx could be made.
pub fn no_docx(error: WriteError, lang: Lang) -> anyhow::Error {
    anyhow!(Cause::Compose(error).message(lang))
}

/// Writes the docx where it was asked for.
pub fn put(output: &Path, docx: &[u8], console: Console) -> anyhow::Result<()> {
    if output == Path::new("-") {
        io::stdout().lock().write_all(docx)?;
        Ok(())
    } else {
        let (lang, name) = (console.lang, output.display());
        write_file(output, docx).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => anyhow!(match lang {
                Lang::Zh => format!("{name}: 文件夹不存在"),
                Lang::En => format!("{name}: no such folder"),
            }),
            _ => anyhow::Error::new(error).context(name.to_string()),
        })?;
        if !console.quiet {
            console.say(&match lang {
                Lang::Zh => format!("已写出{name}"),
                Lang::En => format!("{name} written"),
            });
        }
        Ok(())
    }
}

fn is_template(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The circular of a record, of an audit object, or by itself.
fn circular_of(bytes: &[u8], lang: Lang) -> anyhow::Result<CircularRecord> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(anyhow!(lang.pick(
            "不是记录，而是文档或其他文件；请先用gouji parse生成记录",
            "a document or another file, and no record; `gouji parse` makes one of a document"
        )));
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    let first = values.next().unwrap_or(Ok(serde_json::Value::Null));
    let mut value = first.map_err(|error| match lang {
        Lang::Zh => anyhow!(
            "不是JSON：{}；要重排文档请用gouji run",
            gouji_template::in_chinese(&error.to_string())
        ),
        Lang::En => anyhow!("not JSON: {error}; `gouji run` regenerates documents"),
    })?;
    if values.next().is_some() {
        return Err(anyhow!(lang.pick(
            "含有多份记录，请只给一份（一行）",
            "holds several records; give one of them (one line)"
        )));
    }
    if let Some(circular) = value.get_mut("circular") {
        value = circular.take();
    }
    serde_json::from_value(value).map_err(|error| match lang {
        Lang::Zh => anyhow!("不是通报记录：{}", gouji_template::in_chinese(&error.to_string())),
        Lang::En => anyhow!("not the record of a circular: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCULAR: &str = r#"{"meta":{"issuer":null,"title":"关于一项工作的通报","doc_number":null,"date":null,
        "addressee":null,"period":null},"sections":[],"tables":[],"facts":[],"attachments":[],"signature":null,
        "discarded":[]}"#;

    #[test]
    fn a_circular_is_found_bare_and_inside_an_audit_object() {
        let bare = circular_of(CIRCULAR.as_bytes(), Lang::En).unwrap();
        assert_eq!(bare.meta.title.as_deref(), Some("关于一项工作的通报"));
        let inside = format!("{{\"schema\":\"gouji/1\",\"circular\":{CIRCULAR}}}\n");
        assert_eq!(circular_of(inside.as_bytes(), Lang::En).unwrap(), bare);
        let marked = format!("\u{feff}{CIRCULAR}");
        assert_eq!(circular_of(marked.as_bytes(), Lang::En).unwrap(), bare);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for text in ["", "not json", "[]", "{\"meta\":3}", "\u{0}"] {
            assert!(circular_of(text.as_bytes(), Lang::En).is_err(), "{text}");
        }
        assert!(circular_of(&[0xff, 0xfe], Lang::En).is_err());
        let two = format!("{CIRCULAR}\n{CIRCULAR}");
        let error = circular_of(two.as_bytes(), Lang::En).unwrap_err();
        assert!(error.to_string().contains("several"));
    }
}
