//! Where in a long list something is to be found: by key, the chunks that have it.

use std::ops::{Bound, RangeInclusive};

use imbl::OrdMap;

/// What items are found by.
pub trait Key: Copy + Ord {
    /// Keys come in few kinds; how many there are of each kind is known.
    fn kind(self) -> usize {
        0
    }
}

impl Key for () {}

/// A chunk's number, which it keeps while its place among the others changes.
pub(super) type Id = u32;

/// For each key the chunks with items that have it.
pub(super) struct Index<K: Key> {
    /// How many items of a chunk have a key. `Clone` is O(1), a change O(log n).
    counts: OrdMap<(K, Id), u32>,
    /// How many keys there are of each kind.
    sizes: Vec<usize>,
    /// Where a chunk is, by its number; [`NOWHERE`] for numbers that are free.
    places: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl<K: Key> Index<K> {
    /// The index of items with these keys, where their chunks' places are still to be told. O(n log n).
    pub fn new(keys: impl IntoIterator<Item = (K, Id)>) -> Self {
        let mut keys: Vec<(K, Id)> = keys.into_iter().collect();
        // Stable, since that merges what is in order already: an item tells its keys in order.
        keys.sort();
        let counted = keys.chunk_by(|one, other| one == other).filter_map(|same| {
            let count = u32::try_from(same.len()).ok()?;
            Some((*same.first()?, count))
        });
        let mut index = Self {
            counts: counted.collect(),
            sizes: Vec::new(),
            places: Vec::new(),
        };
        for same in keys.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((key, _)) = same.first() {
                index.count(*key, 1);
            }
        }
        index
    }

    /// The index of chunks with these numbers, in this order. O(chunks).
    pub fn of(mut self, chunks: impl ExactSizeIterator<Item = Id>) -> Self {
        self.places = vec![NOWHERE; chunks.len()];
        for (place, id) in (0..).zip(chunks) {
            let id = id as usize;
            if id >= self.places.len() {
                self.places.resize(id + 1, NOWHERE);
            }
            if let Some(slot) = self.places.get_mut(id) {
                *slot = place;
            }
        }
        self
    }

    /// Numbers that no chunk has.
    pub fn free(&self) -> impl Iterator<Item = Id> {
        let numbers = (0..).zip(&self.places);
        let free = numbers.filter(|(_, place)| **place == NOWHERE);
        let unused = Id::try_from(self.places.len()).unwrap_or(Id::MAX)..;
        free.map(|(id, _)| id).chain(unused)
    }

    /// The index when items have gone and come, where their chunks' places are still to be told.
    /// O(changes × log n); where most of what comes is what has gone, as is usual, O(changes).
    pub fn change(
        &self,
        gone: impl IntoIterator<Item = (K, Id)>,
        come: impl IntoIterator<Item = (K, Id)>,
    ) -> Self {
        let gone = gone.into_iter().map(|key| (key, -1));
        let mut changes: Vec<((K, Id), i64)> = gone.collect();
        changes.extend(come.into_iter().map(|key| (key, 1)));
        changes.sort_by_key(|(key, _)| *key);
        let mut changed = Self {
            counts: self.counts.clone(),
            sizes: self.sizes.clone(),
            places: Vec::new(),
        };
        for same in changes.chunk_by(|(one, _), (other, _)| one == other) {
            let change: i64 = same.iter().map(|(_, change)| change).sum();
            let Some((key, _)) = same.first().filter(|_| change != 0) else {
                continue;
            };
            let before = changed.counts.get(key).copied().unwrap_or_default();
            let now = u32::try_from(i64::from(before) + change).unwrap_or_default();
            let had = before > 0 || changed.has(key.0);
            match now {
                0 => drop(changed.counts.remove(key)),
                _ => drop(changed.counts.insert(*key, now)),
            }
            let has = now > 0 || changed.has(key.0);
            if had != has {
                changed.count(key.0, if has { 1 } else { -1 });
            }
        }
        changed
    }

    /// Whether some chunk has a key. O(log n).
    fn has(&self, key: K) -> bool {
        let mut chunks = self.counts.range((key, Id::MIN)..=(key, Id::MAX));
        chunks.next().is_some()
    }

    /// One key more, or less.
    fn count(&mut self, key: K, change: isize) {
        let kind = key.kind();
        self.sizes.resize(self.sizes.len().max(kind + 1), 0);
        if let Some(size) = self.sizes.get_mut(kind) {
            *size = size.saturating_add_signed(change);
        }
    }

    /// The places of the chunks that have a key of the ranges, in order. O(log n + what is found).
    pub fn chunks(&self, ranges: impl IntoIterator<Item = RangeInclusive<K>>) -> Vec<usize> {
        let mut places = Vec::new();
        for keys in ranges {
            let (first, last) = ((*keys.start(), Id::MIN), (*keys.end(), Id::MAX));
            let found = self.counts.range(first..=last);
            let place = |id: Id| self.places.get(id as usize).map(|place| *place as usize);
            places.extend(found.filter_map(|((_, id), _)| place(*id)));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// How many keys there are of a kind. O(1).
    pub fn size(&self, kind: usize) -> usize {
        self.sizes.get(kind).copied().unwrap_or_default()
    }

    /// The keys of a range, in order. O(keys × log n).
    pub fn keys(&self, keys: &RangeInclusive<K>) -> impl Iterator<Item = K> {
        let last = (*keys.end(), Id::MAX);
        let mut behind = Bound::Included((*keys.start(), Id::MIN));
        std::iter::from_fn(move || {
            let ((key, _), _) = self.counts.range((behind, Bound::Included(last))).next()?;
            behind = Bound::Excluded((*key, Id::MAX));
            Some(*key)
        })
    }
}
