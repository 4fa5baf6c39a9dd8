//! Which text of a document an answer speaks of, and whether that still is its text.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the texts of one open document. When it's closed, all of them are over.
#[derive(Default)]
pub struct Clock(Arc<AtomicU64>);

/// One text of one open document.
#[derive(Clone, Debug)]
pub struct Revision {
    at: u64,
    now: Arc<AtomicU64>,
}

impl Clock {
    /// The text, or what is known of it, has changed.
    pub fn tick(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The text as it is now.
    pub fn now(&self) -> Revision {
        Revision {
            at: self.0.load(Ordering::Relaxed),
            now: self.0.clone(),
        }
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.tick();
    }
}

impl Revision {
    /// Whether the document still has this text. O(1), from any thread.
    pub fn is_current(&self) -> bool {
        self.now.load(Ordering::Relaxed) == self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_over_when_the_next_comes_or_the_document_is_closed() {
        let clock = Clock::default();
        let first = clock.now();
        assert!(first.is_current() && first.clone().is_current());
        clock.tick();
        let second = clock.now();
        assert!(!first.is_current() && second.is_current());
        drop(clock);
        assert!(!second.is_current());
    }
}
