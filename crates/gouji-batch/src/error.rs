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
            Self::Output(error) => format!("无法写入输出文件夹：{}", io_in_chinese(error)),
            Self::Report(error) => format!("无法生成报告：{}", chain(&**error)),
            Self::Threads(error) => format!("无法启动工作线程：{error}"),
        }
    }
}

/// What the system says of a file or a folder, in Chinese; what is seldom met stays as it was said.
fn io_in_chinese(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "文件夹不存在，也无法建立".to_owned(),
        Kind::PermissionDenied => "没有写入权限".to_owned(),
        Kind::NotADirectory | Kind::AlreadyExists => "同名的文件已经存在，它不是文件夹".to_owned(),
        Kind::StorageFull => "磁盘已满".to_owned(),
        Kind::ReadOnlyFilesystem => "磁盘只可读取".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_folder_from_being_written_is_said_in_both_languages() {
        for (kind, wanted) in [
            (io::ErrorKind::NotFound, "无法写入输出文件夹：文件夹不存在，也无法建立"),
            (io::ErrorKind::PermissionDenied, "无法写入输出文件夹：没有写入权限"),
            (io::ErrorKind::StorageFull, "无法写入输出文件夹：磁盘已满"),
        ] {
            let error = RunError::output(kind.into());
            assert_eq!(error.message(Lang::Zh), wanted);
            assert!(
                error
                    .message(Lang::En)
                    .starts_with("the output folder cannot be written: ")
            );
        }
        let error = RunError::output(io::Error::other("odd"));
        assert_eq!(error.message(Lang::Zh), "无法写入输出文件夹：odd");
    }
}
