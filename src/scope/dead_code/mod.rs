//! Code that never runs, as far as the compiler sees: its code objects are left out, though its names count.
//!
//! Up to 3.9 a constant condition of `if` and `while` alone makes code dead. From 3.10 the compiler follows
//! the ways through a function: nothing comes behind a `return`, behind an endless loop, or behind branches
//! that all leave ([`ways`], [`plans`]). What it then does with the constants of dead code, of which code
//! objects are some, is in [`constants`]; in 3.10 and 3.11 that depends on their order, which is followed
//! as far as real code needs it.
//!
//! No fact depends on it: it is worked out from the trees for the one question that asks for it.

mod constants;
mod plans;
mod ways;

use tree_sitter::Node;

use super::PythonVersion;
use super::rules::Rules;
use crate::syntax::Syntax;
use crate::text::{Offset, Range, Rel, Text};
use constants::Constants;
use ways::Walk;

/// The functions, classes and comprehensions of which `version` makes no code objects, in the text's order.
/// What stands in one of them isn't listed again. O(n).
pub(super) fn left_out(text: &Text, syntax: &Syntax, version: PythonVersion) -> Vec<Range> {
    let rules = Rules {
        version,
        stringified: false,
    };
    let mut left_out = Vec::new();
    let mut module = Unit::default();
    for (start, block) in syntax.blocks() {
        let Some(tree) = block.tree() else {
            continue;
        };
        let source = text.slice(Range::new(start, start + block.len()));
        let mut walk = Walk::new(&source, rules, start);
        walk.run(tree.root_node(), &mut module);
        while let Some(body) = walk.units.pop() {
            let mut unit = Unit::default();
            walk.run(body, &mut unit);
            unit.finish(rules, &mut left_out);
        }
    }
    module.load("None");
    module.finish(rules, &mut left_out);
    left_out.sort_by_key(|range: &Range| range.start);
    let mut end = Offset(0);
    left_out.retain(|range| {
        let is_outer = range.end > end;
        end = end.max(range.end);
        is_outer
    });
    left_out
}

/// One code object while it is compiled.
struct Unit {
    /// Whether the compiler thinks that what comes next may run.
    live: bool,
    constants: Constants,
    /// The code objects that nothing loads, each with its number among the constants.
    dead: Vec<(Range, usize)>,
}

impl Default for Unit {
    fn default() -> Self {
        Self {
            live: true,
            constants: Constants::default(),
            dead: Vec::new(),
        }
    }
}

impl Unit {
    fn load(&mut self, constant: &str) {
        self.constants.load(constant, self.live);
    }

    fn load_for(&mut self, node: Node<'_>, source: &str) {
        self.constants.load_for(node, source, self.live);
    }

    /// Notes that a code object is a constant from here on; it isn't loaded yet.
    fn code(&mut self, range: Range) {
        if !self.live {
            self.dead.push((range, self.constants.len()));
        }
    }

    fn finish(self, rules: Rules, left_out: &mut Vec<Range>) {
        let kept = match (rules.follows_ways(), rules.trims_constants()) {
            (false, _) => 0,
            (true, true) => self.constants.kept(),
            // The first one always is, which might be a docstring.
            (true, false) => 1,
        };
        let gone = self.dead.into_iter().filter(|(_, number)| *number >= kept);
        left_out.extend(gone.map(|(range, _)| range));
    }
}

/// The place of a byte of a block.
fn place(start: Offset, byte: usize) -> Offset {
    start + Rel::from_usize(byte)
}
