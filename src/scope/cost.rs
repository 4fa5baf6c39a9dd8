//! What an analysis took, counted: exact where a clock isn't.

use std::ops::AddAssign;
use std::sync::OnceLock;

/// What it took to make the analysis of one version from that of the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Steps through syntax trees.
    pub nodes: usize,
    /// Statements, occurrences of names and nested scopes that were read anew.
    pub facts: usize,
    /// Summaries that were remade: of what was read anew, and outward from there.
    pub summaries: usize,
    /// Blocks of memory that were asked for; 0 until [`measure_allocations`] says how that is known.
    pub allocations: usize,
}

/// Does some work, and returns how many blocks of memory it asked for.
pub type Measure = fn(work: &mut dyn FnMut()) -> usize;

static MEASURE: OnceLock<Measure> = OnceLock::new();

/// From now on analyses say what they allocate. Only an allocator knows, and which one is the program's to
/// choose. The first `measure` holds.
pub fn measure_allocations(measure: Measure) {
    MEASURE.get_or_init(|| measure);
}

/// Does some work, and returns what [`measure_allocations`] lets it know of it.
pub(super) fn allocations_of(work: &mut dyn FnMut()) -> usize {
    match MEASURE.get() {
        Some(measure) => measure(work),
        None => {
            work();
            0
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.nodes += other.nodes;
        self.facts += other.facts;
        self.summaries += other.summaries;
        self.allocations += other.allocations;
    }
}
