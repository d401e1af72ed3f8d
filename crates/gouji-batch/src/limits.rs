//! Bounds that keep one hostile file from taking the whole run down. Over one of them the document fails alone.

/// Largest file or archive entry that is read, in bytes. A circular with scanned pages stays well below.
pub const MAX_DOCUMENT_BYTES: u64 = 128 << 20;

/// Largest archive inside an archive, unpacked, in bytes: it is held in memory while its documents are read.
pub const MAX_NESTED_ARCHIVE_BYTES: u64 = 128 << 20;

/// All archives inside one outermost archive, unpacked, in bytes.
pub const MAX_NESTED_BYTES: u64 = 1 << 30;

/// Archives within archives; the outermost is 1.
pub const MAX_ARCHIVE_DEPTH: usize = 4;

/// Entries of one outermost archive with all archives inside it.
pub const MAX_ARCHIVE_ENTRIES: usize = 1_000_000;

/// Archives kept open at a time. Documents come in path order, so neighbours mostly share one.
pub const MAX_OPEN_ARCHIVES: usize = 4;

/// Stack of a worker, in bytes.
pub const WORKER_STACK_BYTES: usize = 16 << 20;

/// Finished results that may wait for the ordered writer, for each worker.
pub const RESULTS_IN_FLIGHT_PER_WORKER: usize = 16;
