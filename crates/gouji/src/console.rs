//! The streams: data to standard output, everything that people are told to standard error.

use std::fmt;
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use gouji_batch::{Cause, Failure, Progress, Summary};
use gouji_report::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// How to speak.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    /// The language.
    pub lang: Lang,
    /// When to colour.
    pub color: ColorChoice,
    /// Neither progress nor summary.
    pub quiet: bool,
}

impl Console {
    /// Standard output; takes colour codes and drops them where they are not wanted.
    pub fn out(self) -> AutoStream<io::StdoutLock<'static>> {
        AutoStream::new(io::stdout().lock(), self.color)
    }

    /// A line to standard error.
    pub fn say(self, line: &str) {
        // Nothing can be done, and nothing is lost, if nobody listens.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// A line on something that went wrong.
    pub fn complain(self, line: &str) {
        self.say(&format!("gouji: {line}"));
    }

    /// Does a work with a bar that shows how far it has come.
    pub fn with_progress<T>(self, work: impl FnOnce(&mut dyn FnMut(Progress)) -> T) -> T {
        // The number of documents is known with the first of them.
        let mut bar = None;
        let done = work(&mut |progress| {
            bar.get_or_insert_with(|| self.progress(progress.total))
                .set_position(progress.done as u64);
        });
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        done
    }

    /// A progress bar on a terminal, nothing elsewhere.
    fn progress(self, total: usize) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        let lang = self.lang;
        let template = match lang {
            Lang::Zh => "{bar:40} {pos}/{len}份  {speed}  剩余{left}",
            Lang::En => "{bar:40} {pos}/{len} documents  {speed}  {left} left",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            // Nobody reads four decimals of a speed.
            let speed = move |state: &ProgressState, out: &mut dyn fmt::Write| {
                let _ = write!(out, "{:.0}{}", state.per_sec(), lang.pick("份/秒", "/s"));
            };
            let left = move |state: &ProgressState, out: &mut dyn fmt::Write| {
                let _ = out.write_str(&time_left(state.eta().as_secs(), lang));
            };
            bar.set_style(style.with_key("speed", speed).with_key("left", left));
        }
        bar
    }

    /// What was done: each document that failed, then one or two lines of counts.
    pub fn summary(self, summary: &Summary) {
        for failure in &summary.failures {
            self.complain(&failure_line(failure, self.lang));
        }
        if !self.quiet {
            for line in summary_lines(summary, self.lang) {
                self.say(&line);
            }
        }
    }

    /// Where a person looks first in the output folder.
    pub fn look_at(self, out: &Path) {
        if !self.quiet {
            let report = out.join("report.html");
            let path = printable(&report.to_string_lossy());
            self.say(&match self.lang {
                Lang::Zh => format!("请看：{path}"),
                Lang::En => format!("look at: {path}"),
            });
        }
    }

    /// Documents read and failed, for commands that do not audit.
    pub fn counts(self, summary: &Summary) {
        for failure in &summary.failures {
            self.complain(&failure_line(failure, self.lang));
        }
        if !self.quiet {
            self.say(&read_line(summary, self.lang));
        }
    }
}

/// A time to wait, in minutes from two minutes on.
fn time_left(seconds: u64, lang: Lang) -> String {
    match (seconds, lang) {
        (0..120, Lang::Zh) => format!("约{seconds}秒"),
        (0..120, Lang::En) => format!("about {seconds} s"),
        (_, Lang::Zh) => format!("约{}分", seconds.div_ceil(60)),
        (_, Lang::En) => format!("about {} min", seconds.div_ceil(60)),
    }
}

fn failure_line(failure: &Failure, lang: Lang) -> String {
    let colon = lang.pick("：", ": ");
    format!("{}{colon}{}", printable(&failure.path), failure.cause.message(lang))
}

/// A path without characters that a terminal would obey.
fn printable(path: &str) -> String {
    path.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

fn read_line(summary: &Summary, lang: Lang) -> String {
    let (read, failed) = (summary.totals.documents, summary.failures.len());
    let mut line = match lang {
        Lang::Zh => format!("读取{read}份，失败{failed}份"),
        Lang::En => format!("{read} documents read, {failed} failed"),
    };
    if summary.remembered > 0 {
        let n = summary.remembered;
        line += &match lang {
            Lang::Zh => format!("，沿用上次结果{n}份"),
            Lang::En => format!(", {n} taken over from an earlier run"),
        };
    }
    if let Some(first) = summary.own.first() {
        let files: usize = summary.own.iter().map(own_files).sum();
        let (folder, more) = (printable(&first.path), summary.own.len() - 1);
        line += &match (lang, more) {
            (Lang::Zh, 0) => format!("，略过本程序此前写出的文件{files}个（{folder}）"),
            (Lang::Zh, _) => format!("，略过本程序此前写出的文件{files}个（{folder}等{}个文件夹）", more + 1),
            (Lang::En, 0) => format!(", {files} files that gouji wrote before passed over (in {folder})"),
            (Lang::En, _) => {
                format!(", {files} files that gouji wrote before passed over (in {folder} and {more} more)")
            }
        };
    }
    let skipped: usize = summary.skipped.values().sum();
    if skipped > 0 {
        let kinds: Vec<String> = summary
            .skipped
            .iter()
            .map(|(extension, n)| match extension.as_str() {
                "" => format!("{} {n}", lang.pick("无扩展名", "no extension")),
                extension => format!(".{} {n}", printable(extension)),
            })
            .collect();
        let kinds = kinds.join(lang.pick("、", ", "));
        line += &match lang {
            Lang::Zh => format!("，略过其他文件{skipped}个（{kinds}）"),
            Lang::En => format!(", {skipped} other files passed over ({kinds})"),
        };
    }
    line
}

fn own_files(folder: &Failure) -> usize {
    match folder.cause {
        Cause::OwnOutput { files } => files,
        _ => 0,
    }
}

/// Counts of what was read; where nothing was, there is nothing else to count.
fn summary_lines(summary: &Summary, lang: Lang) -> Vec<String> {
    let mut lines = vec![read_line(summary, lang)];
    if summary.totals.documents > 0 || summary.failures.is_empty() {
        lines.push(summary.totals.line(lang));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_both_languages() {
        let mut summary = Summary::default();
        summary.totals.documents = 3;
        summary.remembered = 2;
        summary.skipped.insert("pdf".to_owned(), 2);
        summary.skipped.insert(String::new(), 1);
        let lines = summary_lines(&summary, Lang::En);
        let (first, second) = (&lines[0], &lines[1]);
        assert_eq!(
            first,
            "3 documents read, 0 failed, 2 taken over from an earlier run, 3 other files passed over \
             (no extension 1, .pdf 2)"
        );
        assert_eq!(*second, summary.totals.line(Lang::En));
        let lines = summary_lines(&summary, Lang::Zh);
        let (first, second) = (&lines[0], &lines[1]);
        assert_eq!(
            first,
            "读取3份，失败0份，沿用上次结果2份，略过其他文件3个（无扩展名 1、.pdf 2）"
        );
        assert_eq!(*second, summary.totals.line(Lang::Zh));
        // What gouji wrote itself is told with its folder.
        let own = |path: &str, files| Failure {
            path: path.to_owned(),
            cause: Cause::OwnOutput { files },
        };
        summary.skipped.clear();
        summary.own.push(own("copies", 2));
        let told = |summary: &Summary, lang| summary_lines(summary, lang).swap_remove(0);
        assert!(told(&summary, Lang::En).ends_with(", 2 files that gouji wrote before passed over (in copies)"));
        summary.own.push(own("out", 5));
        assert!(
            told(&summary, Lang::En).ends_with(", 7 files that gouji wrote before passed over (in copies and 1 more)")
        );
        assert!(told(&summary, Lang::Zh).ends_with("，略过本程序此前写出的文件7个（copies等2个文件夹）"));
        // Nothing read and something failed: a line of zeros would say nothing.
        let mut summary = Summary::default();
        summary.fail(Failure {
            path: "a".to_owned(),
            cause: Cause::Missing,
        });
        assert_eq!(summary_lines(&summary, Lang::Zh), ["读取0份，失败1份"]);
    }

    #[test]
    fn time_is_told_as_people_do() {
        assert_eq!(time_left(119, Lang::Zh), "约119秒");
        assert_eq!(time_left(121, Lang::Zh), "约3分");
        assert_eq!(time_left(3, Lang::En), "about 3 s");
    }

    #[test]
    fn a_name_cannot_command_the_terminal() {
        let failure = Failure {
            path: "a\u{1b}[2J.txt".to_owned(),
            cause: Cause::Missing,
        };
        assert_eq!(
            failure_line(&failure, Lang::En),
            "a\u{fffd}[2J.txt: no such file or folder"
        );
    }
}
