use std::error::Error;
use std::fmt;
use std::io;

use gouji_read::ReadError;
use gouji_report::Lang;
use gouji_write::WriteError;
use gouji_write::annotate::AnnotateError;

/// A document that could not be audited, and why. The others are done all the same.
#[derive(Debug)]
pub struct Failure {
    /// Path of the document as in records.
    pub path: String,
    /// Why it failed.
    pub cause: Cause,
}

impl Failure {
    /// As a line of `failures.jsonl`.
    #[must_use]
    pub fn record(&self, lang: Lang) -> gouji_report::Failure {
        gouji_report::Failure {
            path: self.path.clone(),
            cause: self.cause.name().to_owned(),
            reason: self.cause.message(lang),
        }
    }
}

/// Why a document could not be audited.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing stands at the path.
    #[error("no such file or folder")]
    Missing,
    /// The system refuses to read it.
    #[error("no permission to read it")]
    Denied,
    /// A device, pipe or socket.
    #[error("not a regular file (a device, pipe or socket)")]
    NotAFile,
    /// A kind of file in which circulars are kept, but that no reader takes. It was passed over, not tried.
    #[error("files of this kind (.{extension}) are not read; it was not audited")]
    Unsupported {
        /// The extension, in lower case.
        extension: String,
    },
    /// A folder below one that is read holds what this program has written there. It was passed over, not tried.
    #[error("{files} files that this program wrote here, and nobody has changed, were passed over")]
    OwnOutput {
        /// How many.
        files: usize,
    },
    /// More bytes than are read of one document.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// An archive that cannot be opened or a damaged entry of one.
    #[error("the archive is damaged: {what}")]
    Archive {
        /// What the archive reader says.
        what: String,
    },
    /// An entry of an archive under a password.
    #[error("the archive entry needs a password")]
    Password,
    /// An archive over one of the limits; what lies beyond it was not read.
    #[error("the archive holds more than {limit} {what}; the rest was left out")]
    ArchiveLimit {
        /// What was counted.
        what: OfArchive,
        /// The limit.
        limit: u64,
    },
    /// A folder of data with more files than one circular can need.
    #[error("the folder holds more than {limit} files")]
    TooManyFiles {
        /// The limit.
        limit: u64,
    },
    /// More than can be audited in reasonable time and memory.
    #[error("the document has more than {limit} {what}, too many to be audited")]
    TooMuch {
        /// What was counted.
        what: OfDocument,
        /// The limit.
        limit: u64,
    },
    /// It took longer than any document should: a mistake in this program, or a machine that does too much at once.
    #[error("{stage} took more than {seconds} seconds; please report it with the document")]
    OutOfTime {
        /// What was going on.
        stage: Stage,
        /// The limit.
        seconds: u64,
    },
    /// The system could not read it.
    #[error("cannot be read")]
    Io(#[source] io::Error),
    /// Its content could not be read as a document.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its record stands, but no docx could be made of it.
    #[error("no docx could be made")]
    Compose(#[source] WriteError),
    /// Its findings could not be put into a copy.
    #[error("no copy with comments could be made")]
    Annotate(#[source] AnnotateError),
    /// A mistake in this program; the document is the only one that it costs.
    #[error("internal error, please report it with the document: {message}")]
    Internal {
        /// What the program said of itself.
        message: String,
    },
}

/// What is counted of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfArchive {
    /// Entries, with those of the archives inside.
    Entries,
    /// Archives within archives.
    Levels,
    /// Bytes of inner archives.
    Bytes,
}

impl OfArchive {
    fn in_chinese(self) -> &'static str {
        match self {
            Self::Entries => "个文件",
            Self::Levels => "层压缩包",
            Self::Bytes => "字节（内层压缩包）",
        }
    }
}

impl fmt::Display for OfArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Entries => "entries",
            Self::Levels => "levels of archives",
            Self::Bytes => "bytes of inner archives",
        })
    }
}

/// What is counted of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfDocument {
    /// Bytes of text.
    Text,
    /// Paragraphs and tables.
    Paragraphs,
    /// Cells of tables.
    Cells,
    /// Numbers of running text.
    ProseNumbers,
    /// Numbers of tables.
    TableNumbers,
}

impl OfDocument {
    fn in_chinese(self) -> &'static str {
        match self {
            Self::Text => "字节文字",
            Self::Paragraphs => "个段落",
            Self::Cells => "个单元格",
            Self::ProseNumbers => "个数字（正文）",
            Self::TableNumbers => "个数字（表格）",
        }
    }
}

impl fmt::Display for OfDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "bytes of text",
            Self::Paragraphs => "paragraphs",
            Self::Cells => "cells in its tables",
            Self::ProseNumbers => "numbers in its running text",
            Self::TableNumbers => "numbers in its tables",
        })
    }
}

/// A stage of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to document.
    Read,
    /// Document to circular.
    Circular,
    /// Circular to figures and relations.
    Ledger,
    /// The rules.
    Audit,
}

impl Stage {
    fn in_chinese(self) -> &'static str {
        match self {
            Self::Read => "读取文件",
            Self::Circular => "识别公文要素",
            Self::Ledger => "梳理数字关系",
            Self::Audit => "审核",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "reading",
            Self::Circular => "telling the elements of the circular",
            Self::Ledger => "finding the relations among its figures",
            Self::Audit => "auditing",
        })
    }
}

impl Cause {
    /// A short name that programs may rely on.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Denied => "denied",
            Self::NotAFile => "not-a-file",
            Self::Unsupported { .. } => "unsupported",
            Self::OwnOutput { .. } => "own-output",
            Self::TooLarge { .. } => "too-large",
            Self::Archive { .. } => "damaged-archive",
            Self::Password => "password",
            Self::ArchiveLimit { .. } => "archive-limit",
            Self::TooManyFiles { .. } => "too-many-files",
            Self::TooMuch { .. } => "too-much",
            Self::OutOfTime { .. } => "out-of-time",
            Self::Io(_) => "io",
            Self::Read(ReadError::TooLong { .. }) => "too-large",
            Self::Read(ReadError::TooManyTags { .. }) => "too-much",
            Self::Read(ReadError::OutOfTime) => "out-of-time",
            Self::Read(ReadError::Package(error)) if error.is_limit() => "too-large",
            Self::Read(_) => "unreadable",
            Self::Compose(_) => "compose",
            Self::Annotate(_) => "annotate",
            Self::Internal { .. } => "internal",
        }
    }

    /// One sentence for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return chain(self);
        }
        match self {
            Self::Missing => "文件或文件夹不存在".to_owned(),
            Self::Denied => "没有读取权限".to_owned(),
            Self::NotAFile => "不是普通文件（设备、管道或套接字）".to_owned(),
            Self::Unsupported { extension } => format!("不支持这类文件（.{extension}），未审核"),
            Self::OwnOutput { files } => format!("本程序写在此处且未经改动的文件{files}个，未再审核"),
            Self::TooLarge { limit } => format!("超过{limit}字节"),
            Self::Archive { what } => format!("压缩包已损坏：{what}"),
            Self::Password => "压缩包内文件有密码".to_owned(),
            Self::ArchiveLimit { what, limit } => {
                format!("压缩包超过{limit}{}，其余未读", what.in_chinese())
            }
            Self::TooManyFiles { limit } => format!("文件夹中的文件超过{limit}个"),
            Self::TooMuch { what, limit } => {
                format!("文件超过{limit}{}，无法审核", what.in_chinese())
            }
            Self::OutOfTime { stage, seconds } => {
                format!("{}超过{seconds}秒，请连同文件一起反馈", stage.in_chinese())
            }
            Self::Io(error) => format!("读取失败：{error}"),
            Self::Read(error) => in_chinese(error),
            Self::Compose(error) => format!("无法生成docx：{}", chain(error)),
            Self::Annotate(error) => format!("无法生成带批注的副本：{}", chain(error)),
            Self::Internal { message } => format!("程序内部错误，请连同文件一起反馈：{message}"),
        }
    }
}

/// An error with what caused it, from the outside in.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(error) = inner {
        let cause = error.to_string();
        // A transparent error and its source say the same.
        if !text.ends_with(&cause) {
            text = format!("{text}: {cause}");
        }
        inner = error.source();
    }
    text
}

/// What a reader could not do. Its words for the details are English; they name parts of the format.
fn in_chinese(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "文件是空的".to_owned(),
        ReadError::TooLong { limit } => format!("文件超过{limit}字节"),
        ReadError::TooManyTags { limit } => format!("网页的标记超过{limit}个"),
        ReadError::OutOfTime => "读取文件用时过长".to_owned(),
        ReadError::Encrypted => "文件有密码".to_owned(),
        ReadError::OldWord => "Word 95及更早版本的文档，无法读取，请用Word或WPS打开后另存为.docx".to_owned(),
        ReadError::NotADocument { what } => format!("不是可读取的文件格式（{}）", kind_in_chinese(what)),
        ReadError::MissingPart { part } => format!("文件缺少部件“{part}”"),
        ReadError::Package(error) if error.is_limit() => format!("文件超出处理限制（{}）", chain(error)),
        ReadError::Package(error) => format!("文件已损坏，压缩结构打不开（{}）", chain(error)),
        other => format!("文件已损坏（{}）", chain(other)),
    }
}

/// What a file looks like that is no document.
fn kind_in_chinese(what: &str) -> &str {
    match what {
        "a PDF" => "PDF文件",
        "a picture" => "图片",
        "binary data" => "二进制数据",
        "a presentation" => "演示文稿",
        "a zip archive" => "zip压缩包",
        "an empty zip archive" => "空的zip压缩包",
        "a compressed archive" => "压缩包",
        "a workbook older than Excel 95" => "Excel 95以前的工作簿",
        "an OFD document, which cannot be read yet" => "OFD版式文件，尚不支持",
        "an OpenDocument file that is no spreadsheet" => "OpenDocument文件，不是表格",
        "a Microsoft Works document; save it as .docx" => "Microsoft Works文档，请另存为.docx",
        "a compound file that is neither Word nor Excel" => "复合文件，既不是Word也不是Excel",
        other => other,
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_cause_behind_the_cause_once() {
        let cause = Cause::Io(io::Error::other("the disk has gone"));
        assert_eq!(cause.message(Lang::En), "cannot be read: the disk has gone");
        assert_eq!(cause.message(Lang::Zh), "读取失败：the disk has gone");
        let cause = Cause::from(ReadError::Empty);
        assert_eq!(cause.message(Lang::En), "the file is empty");
        assert_eq!(cause.message(Lang::Zh), "文件是空的");
        let cause = Cause::from(ReadError::OldWord);
        assert!(cause.message(Lang::Zh).contains("另存为.docx") && cause.message(Lang::En).contains("Word 95"));
        let (stage, seconds) = (Stage::Ledger, 9);
        let cause = Cause::OutOfTime { stage, seconds };
        assert_eq!(cause.message(Lang::Zh), "梳理数字关系超过9秒，请连同文件一起反馈");
        assert!(
            cause
                .message(Lang::En)
                .starts_with("finding the relations among its figures took more than 9 s")
        );
        assert_eq!(Cause::from(ReadError::TooLong { limit: 9 }).name(), "too-large");
        assert_eq!(Cause::from(ReadError::OldWord).name(), "unreadable");
        for what in [OfDocument::Text, OfDocument::ProseNumbers, OfDocument::TableNumbers] {
            let cause = Cause::TooMuch { what, limit: 9 };
            assert!(
                cause.message(Lang::En).contains(&what.to_string())
                    && cause.message(Lang::Zh).contains(what.in_chinese())
            );
        }
        let part = "word/document.xml".to_owned();
        let cause = Cause::from(ReadError::MissingPart { part });
        assert!(cause.message(Lang::Zh).contains("word/document.xml"));
    }
}
