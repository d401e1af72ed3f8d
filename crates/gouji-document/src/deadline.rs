//! A sign from outside that a document has taken too long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A sign that whoever waits for a document gives to those who work on it: stop, it has taken too long.
///
/// Those who work on it only ask whether the sign was given, at coarse places; the clock belongs to whoever waits. Clones
/// share one sign. The default one is never given.
#[derive(Debug, Clone, Default)]
pub struct Deadline(Option<Arc<AtomicBool>>);

impl Deadline {
    /// A sign that may be given.
    #[must_use]
    pub fn new() -> Self {
        Self(Some(Arc::default()))
    }

    /// Gives the sign.
    pub fn pass(&self) {
        if let Some(passed) = &self.0 {
            passed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the sign was given. What was made so far is of no use then.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.0.as_ref().is_some_and(|passed| passed.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_sign_and_the_default_is_never_given() {
        let deadline = Deadline::new();
        let other = deadline.clone();
        assert!(!other.has_passed());
        deadline.pass();
        assert!(other.has_passed() && !Deadline::new().has_passed());
        let never = Deadline::default();
        never.pass();
        assert!(!never.has_passed());
    }
}
