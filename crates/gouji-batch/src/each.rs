use std::num::NonZeroUsize;

use crate::Cause;
use crate::analyse::{Analysed, analyse_until, guard};
use crate::limits::MAX_SECONDS;
use crate::load::Loader;
use crate::pipeline::ordered_map;
use crate::walk::{Entry, Listing};
use crate::watch::Watch;

/// Takes each document of a listing through the chain on `threads` workers, without writing anything.
///
/// `make` turns a document into what is wanted of it, on the worker; `take` gets that in the order of the paths, on
/// this thread, and may stop everything by an error.
///
/// # Errors
/// What `take` returns, or that no thread could be started.
pub fn analyse_each<T, E, M, S>(listing: &Listing, threads: NonZeroUsize, make: M, take: S) -> Result<(), E>
where
    T: Send,
    E: From<rayon::ThreadPoolBuildError>,
    M: Fn(Analysed) -> T + Sync,
    S: FnMut(&Entry, Result<T, Cause>) -> Result<(), E>,
{
    let loader = Loader::new(listing);
    let watch = Watch::start();
    let work = |entry: &Entry| {
        let bytes = loader.load(entry)?;
        let given = watch.give(MAX_SECONDS);
        let done = analyse_until(&entry.path, &bytes, &given.deadline)?;
        guard(|| Ok(make(done)))
    };
    ordered_map(&listing.entries, threads, work, take)
}
