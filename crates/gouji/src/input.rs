//! What the inputs of a call stand for.

use std::io::{self, Read as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use gouji_batch::Input;
use gouji_batch::limits::MAX_DOCUMENT_BYTES;
use gouji_report::Lang;

use crate::args::Common;

/// The inputs of a call, with standard input read for `-`.
pub fn inputs(paths: &[PathBuf], lang: Lang) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::with_capacity(paths.len());
    let mut stdin_taken = false;
    for path in paths {
        if path == Path::new("-") {
            if !std::mem::replace(&mut stdin_taken, true) {
                inputs.push(Input::Bytes {
                    path: "-".to_owned(),
                    bytes: stdin(lang)?.into(),
                });
            }
        } else {
            inputs.push(Input::Path(path.clone()));
        }
    }
    Ok(inputs)
}

/// All of standard input, within the limit for documents.
pub fn stdin(lang: Lang) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_DOCUMENT_BYTES + 1)
        .read_to_end(&mut bytes)
        .context(lang.pick("标准输入", "standard input"))?;
    if bytes.len() as u64 > MAX_DOCUMENT_BYTES {
        bail!(match lang {
            Lang::Zh => format!("标准输入超过{MAX_DOCUMENT_BYTES}字节"),
            Lang::En => format!("standard input: larger than {MAX_DOCUMENT_BYTES} bytes"),
        });
    }
    Ok(bytes)
}

/// How many workers: what `--threads` says, else as many as there are processors.
pub fn threads(common: &Common) -> NonZeroUsize {
    common
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}
