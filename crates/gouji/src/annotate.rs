use gouji_batch::{AnnotateOptions, Annotations, Input};
use gouji_report::Lang;

use crate::args::{AnnotateArgs, Common};
use crate::config::write_options;
use crate::console::Console;
use crate::input::threads;
use crate::run::status;

/// `gouji annotate`.
pub fn annotate(args: &AnnotateArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let inputs: Vec<Input> = args.inputs.iter().cloned().map(Input::Path).collect();
    let options = AnnotateOptions {
        threads: threads(common),
        lang: console.lang,
        write: write_options(common, args.keep_text, console.lang)?,
        track: args.track,
    };
    let done = console
        .with_progress(|report| gouji_batch::annotate(&inputs, &args.copies, &options, report))
        .map_err(|error| anyhow::anyhow!("{}: {}", args.copies.display(), error.message(console.lang)))?;
    console.summary(&done.summary);
    if !console.quiet {
        console.say(&counts(&done, console.lang));
    }
    Ok(status(&done.summary, args.fail_on))
}

/// How many comments there are now, and changes.
fn counts(done: &Annotations, lang: Lang) -> String {
    let (copies, made) = (done.summary.totals.documents, done.comments);
    let mut said = match lang {
        Lang::Zh => format!("写出副本{copies}份，批注{made}条"),
        Lang::En => {
            let (copy, comment) = (plural(copies, "copy", "copies"), plural(made, "comment", "comments"));
            format!("{copies} {copy} written, {made} {comment}")
        }
    };
    if done.tracked > 0 {
        said += &match lang {
            Lang::Zh => format!("，修订建议{}处", done.tracked),
            Lang::En => format!(
                ", {} {} proposed",
                done.tracked,
                plural(done.tracked, "change", "changes")
            ),
        };
    }
    if done.left_out > 0 {
        said += &match lang {
            Lang::Zh => format!("；另有{}处因Word的批注数量上限未加批注", done.left_out),
            Lang::En => format!("; {} more than Word can hold were left out", done.left_out),
        };
    }
    said
}

fn plural<'a>(n: usize, one: &'a str, several: &'a str) -> &'a str {
    if n == 1 { one } else { several }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_said_only_then() {
        let mut done = Annotations {
            comments: 3,
            ..Annotations::default()
        };
        done.summary.totals.documents = 2;
        assert_eq!(counts(&done, Lang::Zh), "写出副本2份，批注3条");
        assert_eq!(counts(&done, Lang::En), "2 copies written, 3 comments");
        done.comments = 1;
        done.tracked = 1;
        assert_eq!(
            counts(&done, Lang::En),
            "2 copies written, 1 comment, 1 change proposed"
        );
        done.comments = 3;
        done.tracked = 2;
        assert_eq!(counts(&done, Lang::Zh), "写出副本2份，批注3条，修订建议2处");
        done.left_out = 5;
        assert!(counts(&done, Lang::Zh).contains("另有5处") && counts(&done, Lang::En).contains("5 more"));
    }
}
