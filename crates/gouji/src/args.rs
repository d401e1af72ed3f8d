//! What the command line takes.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use gouji_report::{Lang, Severity};
use gouji_template::Kind;

/// Audits Chinese official circulars: every figure against every other, and each as a standard circular again.
#[derive(Debug, Parser)]
#[command(name = "gouji", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Worker threads; as many as there are processors if not given
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Language of messages and reports; after the locale if not given
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// When to colour; `auto` minds NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorArg,
    /// House standard for regenerated documents; `gouji.toml` in the working folder if not given and present
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// No progress and no summary; documents that fail are named all the same
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit an archive into a folder: records, standard docx, report, workbook, database
    Run(RunArgs),
    /// Check circulars and print what is found
    Audit(AuditArgs),
    /// Print the records of circulars as JSON Lines, without findings
    Parse(ParseArgs),
    /// Make a standard docx of a record, or of a template and figures
    Compose(ComposeArgs),
    /// Write a commented template for `compose`
    New(NewArgs),
    /// Copy documents with a comment on each finding
    Annotate(AnnotateArgs),
    /// List the checks
    Rules,
    /// Explain one check, with examples
    Explain(ExplainArgs),
    /// Print the JSON Schema of records and audits
    Schema,
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

#[derive(Debug, Args)]
pub struct RunArgs {
    /// Files, folders and .zip archives of circulars
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Folder for the results; a run into the folder of an earlier one goes on where that ended
    #[arg(long, short, value_name = "DIR")]
    pub out: PathBuf,
    /// Exit with 1 if there is a finding of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Do again what an earlier run has done
    #[arg(long)]
    pub fresh: bool,
    /// Keep labels, brackets and punctuation in the regenerated docx as they are in the source
    #[arg(long)]
    pub keep_text: bool,
    /// Put a Word comment on each finding into the regenerated docx
    #[arg(long)]
    pub annotate: bool,
}

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Files, folders and .zip archives of circulars; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Form of the output: for people, one audit object a line, for code hosts, for build servers
    #[arg(long, short, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Exit with 1 if there is a finding of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
}

#[derive(Debug, Args)]
pub struct ParseArgs {
    /// Files, folders and .zip archives of circulars; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ComposeArgs {
    /// A record, an audit object or its `circular` part, as JSON (`-` is standard input); or a template (.toml)
    #[arg(value_name = "RECORD.json|TEMPLATE.toml")]
    pub record: PathBuf,
    /// The docx to write; `-` is standard output
    #[arg(long, short, value_name = "FILE.docx")]
    pub output: PathBuf,
    /// Figures for a template: TOML, JSON, a workbook, or a folder of them; the template's own example if not given
    #[arg(long, value_name = "FILE|DIR")]
    pub data: Option<PathBuf>,
    /// Figures of the period before, which a template calls 上期
    #[arg(long, value_name = "FILE|DIR")]
    pub last: Option<PathBuf>,
    /// Exit with 1 if what a template gave has a finding of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Keep labels, brackets and punctuation as they are in the record
    #[arg(long)]
    pub keep_text: bool,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The template to write; a file that is there already is not touched
    #[arg(value_name = "TEMPLATE.toml")]
    pub template: PathBuf,
    /// What it is about
    #[arg(long, value_name = "KIND", default_value = "website-check")]
    pub kind: KindArg,
}

#[derive(Debug, Args)]
pub struct AnnotateArgs {
    /// Files, folders and .zip archives of circulars
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// Folder for the copies; a Word document or xlsx workbook keeps its layout, any other is regenerated as a standard docx
    #[arg(long = "out", short = 'o', value_name = "DIR")]
    pub copies: PathBuf,
    /// Exit with 1 if there is a finding of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Keep labels, brackets and punctuation in a regenerated docx as they are in the source
    #[arg(long)]
    pub keep_text: bool,
    /// Propose a tracked change where one change alone would settle a finding
    #[arg(long)]
    pub track: bool,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Name of the check, as findings carry it
    #[arg(value_name = "RULE")]
    pub rule: String,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
    Junit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The least severity that counts; `None` if none does.
    pub fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    WebsiteCheck,
    Hotline,
    Sampling,
}

impl From<KindArg> for Kind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::WebsiteCheck => Self::WebsiteCheck,
            KindArg::Hotline => Self::Hotline,
            KindArg::Sampling => Self::Sampling,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    Auto,
    Always,
    Never,
}
