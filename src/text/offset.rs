//! Byte offsets, absolute and relative. They are types of their own so that they can't be mixed.

use std::ops::{Add, Sub};

/// A byte offset from the start of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub u32);

/// A number of bytes from the start of an owner: a block, a statement, a scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rel(pub u32);

/// A half-open range of absolute byte offsets; `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    /// The first byte.
    pub start: Offset,
    /// The byte after the last one.
    pub end: Offset,
}

impl Offset {
    /// Saturates at 4 GiB, which no document may reach.
    pub fn from_usize(offset: usize) -> Self {
        Self(u32::try_from(offset).unwrap_or(u32::MAX))
    }

    /// For indexing.
    pub fn to_usize(self) -> usize {
        self.0 as usize
    }
}

impl Rel {
    /// Saturates at 4 GiB, which no document may reach.
    pub fn from_usize(rel: usize) -> Self {
        Self(u32::try_from(rel).unwrap_or(u32::MAX))
    }

    /// For indexing.
    pub fn to_usize(self) -> usize {
        self.0 as usize
    }
}

impl Range {
    /// A range from `start` to `end`, which are swapped if they come in the wrong order.
    pub fn new(start: Offset, end: Offset) -> Self {
        Self {
            start: start.min(end),
            end: start.max(end),
        }
    }

    /// An empty range.
    pub fn at(offset: Offset) -> Self {
        Self {
            start: offset,
            end: offset,
        }
    }

    /// Length in bytes.
    pub fn len(self) -> Rel {
        Rel(self.end.0 - self.start.0)
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` is one of its bytes.
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether a cursor at `offset` touches it: in it, or right behind it.
    pub fn touches(self, offset: Offset) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside, both ends included.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Add<Rel> for Offset {
    type Output = Self;
    fn add(self, rel: Rel) -> Self {
        Self(self.0.saturating_add(rel.0))
    }
}

impl Sub for Offset {
    type Output = Rel;
    fn sub(self, origin: Self) -> Rel {
        Rel(self.0.saturating_sub(origin.0))
    }
}

impl Add for Rel {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Rel {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
