use std::io;

use gouji_report::Lang;

use crate::failure::chain;

/// Why a run could not be done at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The output folder is an input, or an input lies where outputs are written.
    #[error("the output folder must not be an input: sources are never overwritten")]
    OutputIsInput,
    /// The output folder holds a file of an output's name that no run has written.
    #[error("the output folder already holds `{name}`, which no earlier run has written; choose another folder")]
    ForeignFolder {
        /// The file.
        name: String,
    },
    /// Another run works in the output folder.
    #[error("another run is working in this output folder")]
    InUse,
    /// The output folder cannot be read or written.
    #[error("the output folder cannot be written")]
    Output(#[source] io::Error),
    /// A report could not be made.
    #[error("a report could not be made")]
    Report(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The system gives no threads.
    #[error("no worker thread could be started")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl RunError {
    pub(crate) fn output(error: io::Error) -> Self {
        Self::Output(error)
    }

    pub(crate) fn report(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Report(Box::new(error))
    }

    /// One sentence for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return chain(self);
        }
        match self {
            Self::OutputIsInput => "输出文件夹不能同时是输入：原件从不改动".to_owned(),
            Self::ForeignFolder { name } => format!("输出文件夹中已有不是本程序生成的“{name}”，请另选文件夹"),
            Self::InUse => "另一个任务正在使用这个输出文件夹".to_owned(),
            Self::Output(error) => format!("无法写入输出文件夹：{error}"),
            Self::Report(error) => format!("无法生成报告：{}", chain(&**error)),
            Self::Threads(error) => format!("无法启动工作线程：{error}"),
        }
    }
}
