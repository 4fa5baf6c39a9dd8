//! A long list that versions share: blocks of a document, statements of a scope.
//!
//! Two levels: a spine of chunks, each an `Arc` of up to [`CHUNK`] items with their total length in
//! bytes and a summary. Items know their own length and nothing of their place, so what stands behind
//! an edit isn't touched: [`Seq::splice`] copies the chunks that it changes and the spine, which for
//! 100,000 items is 1,600 entries. A tree of more levels would copy less and be harder to read.
//!
//! Items that have keys are found by them: an [`index`] says in which chunks a key is.

mod index;
mod splice;

use std::ops::{BitOrAssign, Range, RangeInclusive};
use std::sync::Arc;

use crate::text::Rel;
pub use index::Key;
use index::{Id, Index};

/// How many items a chunk holds at most.
pub const CHUNK: usize = 64;

/// What a [`Seq`] is made of.
pub trait Item {
    /// What a chunk says of its items all together, so that a search can leave it out: what one of them has,
    /// it has.
    type Summary: Copy + Default + BitOrAssign;

    /// What an item can be found by; `()` for items that have no keys.
    type Key: Key;

    /// Length in bytes.
    fn bytes(&self) -> Rel;

    /// What this item adds to its chunk's summary.
    fn summary(&self) -> Self::Summary;

    /// Hands on each of its keys. It may do so more than once, but always alike.
    fn keys(&self, _each: &mut dyn FnMut(Self::Key)) {}
}

/// A persistent sequence. `Clone` is O(1).
pub struct Seq<T: Item> {
    spine: Arc<[Chunk<T>]>,
    /// Of all chunks.
    summary: T::Summary,
    /// Of more than one chunk.
    index: Option<Arc<Index<T::Key>>>,
}

struct Chunk<T: Item> {
    /// By which the index knows it.
    id: Id,
    items: Arc<[T]>,
    /// Bytes before this chunk.
    before: Rel,
    /// Items before this chunk.
    index: usize,
    bytes: Rel,
    summary: T::Summary,
}

/// An item and its place.
pub struct Placed<'a, T> {
    /// Position in the sequence.
    pub index: usize,
    /// Where it starts, in bytes from the start of the sequence.
    pub start: Rel,
    /// The item.
    pub item: &'a T,
}

impl<T: Item> Clone for Seq<T> {
    fn clone(&self) -> Self {
        Self {
            spine: self.spine.clone(),
            summary: self.summary,
            index: self.index.clone(),
        }
    }
}

impl<T: Item> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        let Self {
            id,
            items,
            before,
            index,
            bytes,
            summary,
        } = self;
        Self {
            id: *id,
            items: items.clone(),
            before: *before,
            index: *index,
            bytes: *bytes,
            summary: *summary,
        }
    }
}

impl<T: Item> Default for Seq<T> {
    fn default() -> Self {
        Self {
            spine: Arc::new([]),
            summary: T::Summary::default(),
            index: None,
        }
    }
}

impl<T: Item> Chunk<T> {
    fn new(items: Arc<[T]>) -> Self {
        let mut summary = T::Summary::default();
        let mut bytes = Rel(0);
        for item in items.iter() {
            bytes = bytes + item.bytes();
            summary |= item.summary();
        }
        Self {
            id: 0,
            items,
            before: Rel(0),
            index: 0,
            bytes,
            summary,
        }
    }

    /// The keys of some of its items.
    fn keys(&self, items: Range<usize>) -> Vec<(T::Key, Id)> {
        let mut keys = Vec::new();
        for item in self.items.get(items).unwrap_or_default() {
            item.keys(&mut |key| keys.push((key, self.id)));
        }
        keys
    }

    fn placed(&self) -> impl Iterator<Item = Placed<'_, T>> {
        let mut start = self.before;
        self.items.iter().enumerate().map(move |(n, item)| {
            let placed = Placed {
                index: self.index + n,
                start,
                item,
            };
            start = start + item.bytes();
            placed
        })
    }
}

impl<T: Item> Seq<T> {
    /// Number of items. O(1).
    pub fn len(&self) -> usize {
        self.spine
            .last()
            .map_or(0, |chunk| chunk.index + chunk.items.len())
    }

    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.spine.is_empty()
    }

    /// Length of all items in bytes. O(1).
    pub fn bytes(&self) -> Rel {
        self.spine
            .last()
            .map_or(Rel(0), |chunk| chunk.before + chunk.bytes)
    }

    /// The item at `index`. O(log n).
    pub fn get(&self, index: usize) -> Option<Placed<'_, T>> {
        let chunk = self
            .spine
            .partition_point(|chunk| chunk.index <= index)
            .checked_sub(1)?;
        let chunk = self.spine.get(chunk)?;
        chunk.placed().nth(index - chunk.index)
    }

    /// The item that holds the byte at `rel`; at or past the end, the last one. O(log n).
    pub fn find(&self, rel: Rel) -> Option<Placed<'_, T>> {
        let chunk = self
            .spine
            .partition_point(|chunk| chunk.before <= rel)
            .saturating_sub(1);
        let mut found = None;
        for placed in self.spine.get(chunk)?.placed() {
            if found.is_some() && placed.start > rel {
                break;
            }
            found = Some(placed);
        }
        found
    }

    /// All items in order.
    pub fn iter(&self) -> impl Iterator<Item = Placed<'_, T>> {
        self.spine.iter().flat_map(Chunk::placed)
    }

    /// The items from `index` on. O(log n) to start.
    pub fn iter_from(&self, index: usize) -> impl Iterator<Item = Placed<'_, T>> {
        let chunk = self
            .spine
            .partition_point(|chunk| chunk.index <= index)
            .saturating_sub(1);
        let chunks = self.spine.get(chunk..).unwrap_or_default();
        chunks
            .iter()
            .flat_map(Chunk::placed)
            .skip_while(move |placed| placed.index < index)
    }

    /// The items of those chunks whose summary passes, in order. O(1) if none can, else O(spine + what is found).
    pub fn iter_where(
        &self,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Placed<'_, T>> {
        let chunks = if pass(self.summary) {
            self.spine.as_ref()
        } else {
            &[]
        };
        chunks
            .iter()
            .filter(move |chunk| pass(chunk.summary))
            .flat_map(Chunk::placed)
    }

    /// The items of those chunks that have a key of the ranges and whose summary passes, in order; the keys
    /// don't count where there is only one chunk. O(ranges × log n + what is found).
    pub fn iter_with(
        &self,
        keys: impl IntoIterator<Item = RangeInclusive<T::Key>>,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Placed<'_, T>> {
        let chunks = match &self.index {
            _ if !pass(self.summary) => Vec::new(),
            None => (0..self.spine.len()).collect(),
            Some(index) => index.chunks(keys),
        };
        let chunks = chunks.into_iter().filter_map(|at| self.spine.get(at));
        chunks
            .filter(move |chunk| pass(chunk.summary))
            .flat_map(Chunk::placed)
    }

    /// The keys of a range that its items have, in order, if an index has them and those of their kind are at
    /// most `limit`. O(log n + what is found).
    pub fn few_keys(&self, keys: RangeInclusive<T::Key>, limit: usize) -> Option<Vec<T::Key>> {
        let index = self.index.as_ref()?;
        let few = index.size(keys.start().kind()) <= limit;
        few.then(|| index.keys(&keys).collect())
    }

    /// Whether there is an index.
    pub fn is_indexed(&self) -> bool {
        self.index.is_some()
    }

    /// The items up to `index`, from there backwards, of those chunks whose summary passes.
    pub fn iter_back_where(
        &self,
        index: usize,
        pass: impl Fn(T::Summary) -> bool,
    ) -> impl Iterator<Item = Placed<'_, T>> {
        let end = self.spine.partition_point(|chunk| chunk.index <= index);
        let chunks = self.spine.get(..end).unwrap_or_default().iter().rev();
        let items = chunks
            .filter(move |chunk| pass(chunk.summary))
            .flat_map(|chunk| {
                let placed: Vec<_> = chunk.placed().collect();
                placed.into_iter().rev()
            });
        items.skip_while(move |placed| placed.index > index)
    }

    /// What is said of all items together. O(1).
    pub fn summary(&self) -> T::Summary {
        self.summary
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop, proptest};

    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Word(u32);

    /// A last digit, and whether it's 0.
    impl Key for u32 {
        fn kind(self) -> usize {
            usize::from(self == 0)
        }
    }

    impl Item for Word {
        type Summary = u32;
        type Key = u32;
        fn bytes(&self) -> Rel {
            Rel(self.0)
        }
        fn keys(&self, each: &mut dyn FnMut(u32)) {
            each(self.0 % 10);
        }
        fn summary(&self) -> u32 {
            self.0
        }
    }

    #[track_caller]
    fn check(seq: &Seq<Word>, model: &[Word]) {
        assert_eq!(
            seq.iter().map(|p| p.item.clone()).collect::<Vec<_>>(),
            model
        );
        assert_eq!(seq.len(), model.len());
        let mut start = 0;
        for (index, word) in model.iter().enumerate() {
            let placed = seq.get(index).unwrap();
            assert_eq!(
                (placed.index, placed.start, placed.item),
                (index, Rel(start), word)
            );
            let found = seq.find(Rel(start)).unwrap();
            assert_eq!((found.index, found.start), (index, Rel(start)));
            assert_eq!(seq.find(Rel(start + word.0 - 1)).unwrap().index, index);
            assert_eq!(seq.iter_from(index).next().unwrap().index, index);
            assert!(
                seq.iter_back_where(index, |_| true)
                    .map(|p| p.index)
                    .eq((0..=index).rev())
            );
            start += word.0;
        }
        assert_eq!(seq.bytes(), Rel(start));
        assert!(seq.get(model.len()).is_none());
        assert_eq!(
            seq.find(Rel(start)).map(|p| p.index),
            model.len().checked_sub(1)
        );
        for digit in 0..10 {
            let has = |n: &u32| n % 10 == digit;
            let found = seq
                .iter_with([digit..=digit], |_| true)
                .map(|p| p.item.0)
                .filter(has);
            assert!(found.eq(model.iter().map(|word| word.0).filter(has)));
        }
        let large: Vec<_> = seq
            .iter_where(|bits| bits & 64 > 0)
            .map(|p| p.item.0)
            .filter(|n| n & 64 > 0)
            .collect();
        assert_eq!(
            large,
            model
                .iter()
                .map(|word| word.0)
                .filter(|n| n & 64 > 0)
                .collect::<Vec<_>>()
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn splices_as_a_vector_does(
            first in prop::collection::vec(1u32..100, 0..200),
            edits in prop::collection::vec((0usize..400, 0usize..200, prop::collection::vec(1u32..100, 0..150)), 0..8),
        ) {
            let mut model: Vec<Word> = first.into_iter().map(Word).collect();
            let mut seq: Seq<Word> = model.iter().cloned().collect();
            check(&seq, &model);
            for (at, count, new) in edits {
                let start = at.min(model.len());
                let end = (start + count).min(model.len());
                let new: Vec<Word> = new.into_iter().map(Word).collect();
                seq = seq.splice(start..end, new.clone());
                model.splice(start..end, new);
                check(&seq, &model);
            }
        }
    }

    #[test]
    fn a_key_leads_to_its_chunk_and_no_other() {
        let seq: Seq<Word> = (1..=6400)
            .map(|n| Word(if n == 4000 { 3 } else { 10 * n }))
            .collect();
        assert_eq!(seq.iter_with([3..=3], |_| true).count(), CHUNK);
        assert_eq!(
            seq.iter_with([3..=3], |_| true)
                .filter(|p| p.item.0 == 3)
                .count(),
            1
        );
        let without = seq.splice(3999..4000, []);
        assert_eq!(without.iter_with([1..=9], |_| true).count(), 0);
        assert_eq!(without.few_keys(1..=9, 5), Some(vec![]));
        // Once, in however many chunks.
        assert_eq!(without.few_keys(0..=0, 1), Some(vec![0]));
        assert_eq!(without.few_keys(0..=0, 0), None);
    }

    #[test]
    fn what_an_edit_does_not_touch_is_shared() {
        let seq: Seq<Word> = (1..=6400).map(Word).collect();
        let edited = seq.splice(3200..3201, [Word(7)]);
        let still = |chunk: &&Chunk<Word>| {
            edited
                .spine
                .iter()
                .any(|other| Arc::ptr_eq(&chunk.items, &other.items))
        };
        assert!(seq.spine.iter().filter(still).count() >= seq.spine.len() - 2);
    }
}
