use anyhow::{Context as _, bail};
use gouji_batch::{exists, write_file};
use gouji_report::Lang;
use gouji_template::Kind;

use crate::args::NewArgs;
use crate::console::Console;

/// `gouji new`.
pub fn new(args: &NewArgs, console: Console) -> anyhow::Result<u8> {
    let name = args.template.display();
    if exists(&args.template) {
        bail!(match console.lang {
            Lang::Zh => format!("{name}：已有此文件，未改动"),
            Lang::En => format!("{name}: is there already, and was not touched"),
        });
    }
    let kind = Kind::from(args.kind);
    write_file(&args.template, kind.template().as_bytes()).with_context(|| name.to_string())?;
    if !console.quiet {
        console.say(&match console.lang {
            Lang::Zh => format!("已写出{name}；试一试：gouji compose {name} -o 通报.docx"),
            Lang::En => format!("{name} written; try: gouji compose {name} -o circular.docx"),
        });
    }
    Ok(0)
}
