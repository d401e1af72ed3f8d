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

/// Text of one document, in bytes: some 5 million characters.
pub const MAX_TEXT_BYTES: u64 = 16 << 20;

/// Paragraphs and tables of one document; for txt its lines.
pub const MAX_PARAGRAPHS: u64 = 250_000;

/// Cells in the tables of one document.
pub const MAX_CELLS: u64 = 400_000;

/// Numbers in the running text of one document. A yearbook of five hundred pages has about twenty thousand.
pub const MAX_PROSE_NUMBERS: u64 = 50_000;

/// Numbers in the tables of one document.
pub const MAX_TABLE_NUMBERS: u64 = 110_000;

/// Time for one document, in seconds: the last resort, should the counts above have a hole. The worst that they let through takes
/// a few seconds.
pub const MAX_SECONDS: u64 = 120;

/// Stack of a worker, in bytes.
pub const WORKER_STACK_BYTES: usize = 16 << 20;

/// Finished results that may wait for the ordered writer, for each worker.
pub const RESULTS_IN_FLIGHT_PER_WORKER: usize = 16;
