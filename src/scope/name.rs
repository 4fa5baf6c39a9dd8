//! Identifiers, interned: a name is compared and hashed as a number.

use std::cmp::Ordering;
use std::fmt;
use std::sync::{LazyLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfkc};

/// An interned identifier, NFKC-normalised as Python does (language reference, 2.3). `Copy`; equality is
/// O(1); ordered by its text, which is CPython's order of `co_freevars`.
///
/// Names live as long as the process: they are shared between all versions of all documents.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name(u32);

#[derive(Default)]
struct Table {
    texts: Vec<&'static str>,
    names: FxHashMap<&'static str, Name>,
}

static TABLE: LazyLock<RwLock<Table>> = LazyLock::new(RwLock::default);

impl Name {
    /// The name of an identifier as it stands in the text.
    pub fn new(written: &str) -> Self {
        if written.is_ascii() || is_nfkc(written) {
            return Self::interned(written);
        }
        Self::interned(&written.nfkc().collect::<String>())
    }

    fn interned(text: &str) -> Self {
        let known = TABLE
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .names
            .get(text)
            .copied();
        known.unwrap_or_else(|| {
            TABLE
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(text)
        })
    }

    /// The text. O(1).
    pub fn as_str(self) -> &'static str {
        let table = TABLE.read().unwrap_or_else(PoisonError::into_inner);
        table
            .texts
            .get(self.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// A number that is the same for equal names of one process, to sort and find them by.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// The name of a [`Self::number`].
    pub(super) fn of_number(number: u32) -> Self {
        Self(number)
    }
}

impl Table {
    fn insert(&mut self, text: &str) -> Name {
        if let Some(&name) = self.names.get(text) {
            return name;
        }
        let name = Name(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        let text: &'static str = Box::leak(text.into());
        self.texts.push(text);
        self.names.insert(text, name);
        name
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            Ordering::Equal
        } else {
            self.as_str().cmp(other.as_str())
        }
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_name_and_are_normalised() {
        assert_eq!(Name::new("exp"), Name::new("exp"));
        assert_ne!(Name::new("exp"), Name::new("exq"));
        assert_eq!(Name::new("ﬁn").as_str(), "fin");
        assert_eq!(Name::new("ﬁn"), Name::new("fin"));
    }

    #[test]
    fn names_are_in_the_order_of_their_texts() {
        let mut names = ["b", "é", "a", "B"].map(Name::new);
        names.sort();
        assert_eq!(names.map(Name::as_str), ["B", "a", "b", "é"]);
    }
}
