//! Where in a long list something is to be found: by key, the leaves that have it.

use std::ops::{Bound, RangeInclusive};
use std::sync::Arc;

use imbl::OrdMap;

/// What items are found by.
pub trait Key: Copy + Ord {
    /// Keys come in few kinds; how many there are of each kind is known.
    fn kind(self) -> usize {
        0
    }
}

impl Key for () {}

/// A leaf's number, which it keeps while its place among the others changes.
pub(super) type Id = u32;

/// For each key the leaves with items that have it.
pub(super) struct Index<K: Key> {
    /// How many items of a leaf have a key. `Clone` is O(1), a change O(log n).
    counts: OrdMap<(K, Id), u32>,
    /// How many keys there are of each kind.
    sizes: Vec<usize>,
    /// Where a leaf is, by its number; [`NOWHERE`] for numbers that are free.
    places: Arc<[u32]>,
}

const NOWHERE: u32 = u32::MAX;

impl<K: Key> Index<K> {
    /// The index of items with these keys, where their leaves' places are still to be told. O(n log n).
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
            places: Arc::default(),
        };
        for same in keys.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((key, _)) = same.first() {
                index.count(*key, 1);
            }
        }
        index
    }

    /// The index of leaves with these numbers, in this order. O(leaves).
    pub fn of(mut self, leaves: &[Id]) -> Self {
        let numbers = leaves.iter().max().map_or(0, |id| *id as usize + 1);
        let mut places = vec![NOWHERE; numbers];
        for (place, id) in (0..).zip(leaves) {
            if let Some(slot) = places.get_mut(*id as usize) {
                *slot = place;
            }
        }
        self.places = places.into();
        self
    }

    /// Numbers that no leaf has.
    pub fn free(&self) -> impl Iterator<Item = Id> {
        let numbers = (0..).zip(self.places.iter());
        let free = numbers.filter(|(_, place)| **place == NOWHERE);
        let unused = Id::try_from(self.places.len()).unwrap_or(Id::MAX)..;
        free.map(|(id, _)| id).chain(unused)
    }

    /// The index when items have gone and come, where their leaves' places are still to be told.
    /// O(changes × log n); where most of what comes is what has gone, as is usual, O(changes).
    pub fn change(&self, gone: &[(K, Id)], come: &[(K, Id)]) -> Self {
        let mut changed = Self {
            counts: self.counts.clone(),
            sizes: self.sizes.clone(),
            places: self.places.clone(),
        };
        let (gone, come) = differing(gone, come);
        let gone = gone.iter().map(|key| (*key, -1));
        let mut changes: Vec<((K, Id), i64)> = gone.collect();
        changes.extend(come.iter().map(|key| (*key, 1)));
        changes.sort_by_key(|(key, _)| *key);
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

    /// Whether some leaf has a key. O(log n).
    fn has(&self, key: K) -> bool {
        let mut leaves = self.counts.range((key, Id::MIN)..=(key, Id::MAX));
        leaves.next().is_some()
    }

    /// One key more, or less.
    fn count(&mut self, key: K, change: isize) {
        let kind = key.kind();
        self.sizes.resize(self.sizes.len().max(kind + 1), 0);
        if let Some(size) = self.sizes.get_mut(kind) {
            *size = size.saturating_add_signed(change);
        }
    }

    /// The places of the leaves that have a key of the ranges, in order. O(log n + what is found).
    pub fn leaves(&self, ranges: impl IntoIterator<Item = RangeInclusive<K>>) -> Vec<usize> {
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

    /// The keys of a range, in order. O(log n + keys); O(log n) for each that many leaves have.
    pub fn keys(&self, keys: &RangeInclusive<K>) -> Vec<K> {
        /// Looking for the next key is dearer than passing over so many leaves with this one.
        const FEW: usize = 16;

        let last = Bound::Included((*keys.end(), Id::MAX));
        let first = Bound::Included((*keys.start(), Id::MIN));
        let mut rest = self.counts.range((first, last));
        let (mut found, mut passed) = (Vec::new(), 0);
        while let Some(((key, _), _)) = rest.next() {
            if found.last() != Some(key) {
                found.push(*key);
                passed = 0;
                continue;
            }
            passed += 1;
            if passed == FEW {
                let behind = Bound::Excluded((*key, Id::MAX));
                rest = self.counts.range((behind, last));
            }
        }
        found
    }
}

/// What is left of two lists without what they begin and end with alike.
fn differing<'a, U: PartialEq>(mut one: &'a [U], mut other: &'a [U]) -> (&'a [U], &'a [U]) {
    while let ([a, one_rest @ ..], [b, other_rest @ ..]) = (one, other)
        && a == b
    {
        (one, other) = (one_rest, other_rest);
    }
    while let ([one_rest @ .., a], [other_rest @ .., b]) = (one, other)
        && a == b
    {
        (one, other) = (one_rest, other_rest);
    }
    (one, other)
}
