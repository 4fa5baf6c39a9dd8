//! Giving up an answer that nobody waits for any more.
//!
//! How long an answer takes is up to how large a program is. Whoever may lose interest runs the work with
//! [`unless`]; the loops that a program's size drives call [`check`]. Giving up unwinds, so that nothing
//! half done is kept or told, and no function between the two has to know of it. Where nobody said
//! [`unless`], nothing is ever given up.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;

type Lost = Rc<dyn Fn() -> bool>;

thread_local! {
    static LOST: RefCell<Option<Lost>> = const { RefCell::new(None) };
}

/// What unwinds from [`check`] to [`unless`].
struct GivenUp;

/// Runs `work` on this thread; `None` if it was given up, since `lost` said that nobody waits for it.
/// A panic of `work` goes on as it is.
pub fn unless<T>(lost: impl Fn() -> bool + 'static, work: impl FnOnce() -> T) -> Option<T> {
    let outer = LOST.replace(Some(Rc::new(lost)));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    LOST.set(outer);
    match done {
        Ok(done) => Some(done),
        Err(payload) if payload.is::<GivenUp>() => None,
        Err(payload) => panic::resume_unwind(payload),
    }
}

/// Whether nobody waits for the work on this thread, for where unwinding is no way out. O(1).
pub fn is_lost() -> bool {
    LOST.with_borrow(|lost| lost.as_ref().is_some_and(|lost| lost()))
}

/// Gives the work on this thread up if nobody waits for it. O(1).
pub fn check() {
    if is_lost() {
        // No message of a panic: nothing is wrong.
        panic::resume_unwind(Box::new(GivenUp));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn work_goes_on_until_nobody_waits() {
        let asked = Rc::new(Cell::new(0));
        let count = asked.clone();
        let lost = move || count.replace(count.get() + 1) == 3;
        let given_up = unless(lost, || -> usize {
            loop {
                check();
            }
        });
        assert_eq!((given_up, asked.get()), (None, 4));
    }

    #[test]
    fn nothing_is_given_up_unasked() {
        check();
        assert_eq!(unless(|| false, check), Some(()));
        assert_eq!(unless(|| true, || unless(|| false, check)), Some(Some(())));
        check();
    }

    #[test]
    fn a_panic_stays_a_panic() {
        let outcome =
            panic::catch_unwind(|| unless(|| false, || panic::resume_unwind(Box::new(7))));
        assert_eq!(outcome.unwrap_err().downcast_ref(), Some(&7));
        check();
    }
}
