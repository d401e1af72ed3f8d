//! The bytes of a listed document, from a file, an archive or memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::Cause;
use crate::archive::{self, Archive};
use crate::limits::{MAX_DOCUMENT_BYTES, MAX_NESTED_ARCHIVE_BYTES, MAX_OPEN_ARCHIVES};
use crate::walk::{ArchivePlace, Entry, Listing, Place, open_regular, read_regular};

/// Loads documents of one listing; keeps the archives used last open. Shared by all workers.
pub struct Loader<'a> {
    listing: &'a Listing,
    /// The archive used last stands first.
    open: Mutex<VecDeque<(usize, Archive)>>,
}

impl<'a> Loader<'a> {
    /// A loader for the entries of `listing`.
    #[must_use]
    pub fn new(listing: &'a Listing) -> Self {
        Self {
            listing,
            open: Mutex::new(VecDeque::new()),
        }
    }

    /// The content of a document.
    ///
    /// # Errors
    /// If it cannot be read or is over a limit.
    pub fn load(&self, entry: &Entry) -> Result<Vec<u8>, Cause> {
        match &entry.place {
            Place::File(path) => read_regular(path),
            Place::Memory(bytes) => Ok(bytes.to_vec()),
            Place::Archived { archive, index } => {
                archive::unpack(&mut self.archive(*archive)?, *index, MAX_DOCUMENT_BYTES)
            }
        }
    }

    /// An open archive of the listing, as a reader of its own.
    fn archive(&self, id: usize) -> Result<Archive, Cause> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = open.iter().position(|(other, _)| *other == id)
            && let Some(found) = open.remove(at)
        {
            let archive = found.1.clone();
            open.push_front(found);
            return Ok(archive);
        }
        // Opened from the outside in; inner archives are few and no deeper than the limit.
        let archive = match &self.listing.archives[id] {
            ArchivePlace::File(path) => archive::open_file(open_regular(path)?)?,
            ArchivePlace::Inside { archive, index } => {
                drop(open);
                let mut outer = self.archive(*archive)?;
                let inner = archive::open_bytes(archive::unpack(&mut outer, *index, MAX_NESTED_ARCHIVE_BYTES)?)?;
                open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
                inner
            }
        };
        open.push_front((id, archive.clone()));
        open.truncate(MAX_OPEN_ARCHIVES);
        Ok(archive)
    }
}
