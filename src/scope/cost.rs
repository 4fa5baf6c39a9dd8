//! What an analysis took, counted: exact where a clock isn't.

use std::ops::AddAssign;

/// What it took to make the analysis of one version from that of the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Steps through syntax trees.
    pub nodes: usize,
    /// Statements, occurrences of names and nested scopes that were read anew.
    pub facts: usize,
    /// Summaries that were remade: of what was read anew, and outward from there.
    pub summaries: usize,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.nodes += other.nodes;
        self.facts += other.facts;
        self.summaries += other.summaries;
    }
}
