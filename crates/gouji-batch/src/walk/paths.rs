//! Paths as records and messages show them: text, `/` between components.

use std::ffi::OsStr;
use std::path::{Component, Path};

use crate::archive;

/// A relative path as given; of an absolute one the last component.
pub(super) fn shown_path(path: &Path) -> String {
    if path.is_absolute() || path.has_root() {
        return path.file_name().map(name_text).unwrap_or_default();
    }
    given_path(path)
}

/// A path as given, without what leads nowhere (`./`, `//`).
pub(super) fn given_path(path: &Path) -> String {
    let prefixed = path.components().any(|c| matches!(c, Component::Prefix(_)));
    let parts: Vec<String> = path
        .components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name_text(name)),
            Component::ParentDir => Some("..".to_owned()),
            Component::Prefix(prefix) => Some(name_text(prefix.as_os_str())),
            Component::CurDir | Component::RootDir => None,
        })
        .collect();
    let root = if path.has_root() && !prefixed { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// The way from a folder to a path below it.
pub(super) fn below(root: &Path, path: &Path) -> String {
    given_path(path.strip_prefix(root).unwrap_or(path))
}

/// A path below another, either of which may be empty.
pub(super) fn join(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("", path) => path.to_owned(),
        (prefix, "") => prefix.to_owned(),
        (prefix, path) => format!("{prefix}/{path}"),
    }
}

/// A name of the file system as text; on Linux one that was unpacked from a Windows archive may be GB18030.
pub(super) fn name_text(name: &OsStr) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        archive::decode_name(name.as_bytes())
    }
    #[cfg(not(unix))]
    {
        name.to_string_lossy().into_owned()
    }
}
