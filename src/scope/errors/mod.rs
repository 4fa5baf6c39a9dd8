//! CPython's SyntaxErrors about names and scopes: in its words, at its places, in its order.
//!
//! CPython stops at the first error; here all are found. A block is checked on its own, by one walk in the
//! order in which the symbol table visits it, and what was found is kept with the block's facts, so that
//! an edit costs one block. Only two things reach from block to block, and are settled when the errors are
//! asked for: a `global` of the module itself after a use, and where future imports may stand.
//!
//! | file | errors of |
//! | --- | --- |
//! | [`checker`] | none: the walk, and what is known on it |
//! | [`declarations`] | `global`, `nonlocal`, annotated names |
//! | [`parameters`] | parameters and type parameters |
//! | [`walrus`] | assignment expressions in comprehensions |
//! | [`annotations`] | what an annotation scope can't contain |
//! | [`control_flow`] | `return`, `break`, `continue`, `yield`, `await` and `async` in the wrong place |
//! | [`handlers`] | `except` clauses |
//! | [`imports`] | star imports and future imports |
//! | [`debug`] | binding `__debug__` |
//! | [`targets`] | targets that aren't any, starred expressions |
//! | [`calls`] | repeated keyword arguments |
//! | [`patterns`] | captures of `match` |
//! | [`newer_syntax`] | syntax that the target version doesn't have |
//! | [`unfinished`] | text that is no program at all |

mod annotations;
mod calls;
mod checker;
mod control_flow;
mod debug;
mod declarations;
mod handlers;
mod imports;
mod newer_syntax;
mod parameters;
mod patterns;
mod targets;
mod unfinished;
mod walrus;

use std::ops;
use std::sync::{Arc, OnceLock};

use super::facts;
use super::rules::Rules;
use super::{PythonVersion, Scopes};
use crate::syntax::{Block, Syntax};
use crate::text::{Offset, Range, Text};
use checker::Checker;

/// A SyntaxError of CPython's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    /// What is wrong, as the newest versions point at it.
    pub range: Range,
    /// Stable, in kebab case.
    pub code: &'static str,
    /// In CPython's words.
    pub message: String,
    /// Earlier places that it conflicts with, each with what is there.
    pub related: Vec<(Range, String)>,
    /// Which part of CPython finds it.
    pub stage: Stage,
    /// Where the target version points.
    pub pointer: Pointer,
}

/// The parts of CPython that find errors, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Its parser.
    Parse,
    /// `future.c`
    Future,
    /// The symbol table's first pass, which visits every statement.
    Visit,
    /// Its second pass, which says what each name means; the module's own names come first.
    ModuleNames,
    /// The same for the scopes nested in the module.
    Names,
    /// The compiler.
    Compile,
}

/// Where CPython says that an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// At this byte; its column is counted from one.
    At(Offset),
    /// At this byte, but its column is counted from zero, as 3.8 and 3.9 do here and there.
    FromZero(Offset),
    /// Nowhere: this is what it gives as line and column.
    Nowhere(i32, i32),
}

impl Scopes {
    /// What CPython of `version` finds wrong, in the order in which it would: the first one is the one that
    /// it raises. `text` and `syntax` are those that the scopes were made of. O(blocks), beside the check of
    /// blocks that were not asked for since they changed.
    pub fn errors(&self, text: &Text, syntax: &Syntax, version: PythonVersion) -> Vec<NameError> {
        let rules = Rules {
            version,
            stringified: self.stringifies_annotations(),
        };
        let mut errors = Vec::new();
        let mut settle = Unsettled::default();
        for ((start, block), facts) in syntax.blocks().zip(self.blocks.iter()) {
            let checked = checked(text, start, block, facts.item, rules);
            errors.extend(checked.errors.iter().map(|error| error.behind(start)));
            settle.take(start, &checked);
        }
        declarations::settle(self, version, &settle.declarations, &mut errors);
        imports::settle(self, text, rules, &settle.futures, &mut errors);
        errors.sort_by_key(|error| error.stage);
        errors
    }
}

/// What was found in one block; offsets count from its start.
#[derive(Default)]
struct Checked {
    errors: Vec<NameError>,
    declarations: Vec<declarations::OfModule>,
    futures: Vec<imports::Future>,
}

/// What can only be settled with all blocks in view.
#[derive(Default)]
struct Unsettled {
    declarations: Vec<declarations::OfModule>,
    futures: Vec<imports::Future>,
}

impl Unsettled {
    fn take(&mut self, start: Offset, checked: &Checked) {
        let declarations = checked.declarations.iter();
        self.declarations
            .extend(declarations.map(|declaration| declaration.behind(start)));
        let futures = checked.futures.iter();
        self.futures
            .extend(futures.map(|future| future.behind(start)));
    }
}

/// What was found in a block, kept with its facts for the rules that were asked for first.
#[derive(Default)]
pub(super) struct Cache(OnceLock<(Rules, Arc<Checked>)>);

fn checked(
    text: &Text,
    start: Offset,
    block: &Block,
    facts: &facts::Block,
    rules: Rules,
) -> Arc<Checked> {
    let check = || {
        let source = text.slice(Range::new(start, start + block.len()));
        let tree = block.tree();
        Arc::new(tree.map_or_else(Checked::default, |tree| {
            Checker::check(&source, tree, rules)
        }))
    };
    let (kept, checked) = facts.errors.0.get_or_init(|| (rules, check()));
    if *kept == rules {
        checked.clone()
    } else {
        check()
    }
}

impl NameError {
    /// The line and column that CPython gives: counted from one, columns in bytes.
    pub fn line_and_offset(&self, text: &Text) -> (i64, i64) {
        let place = |offset: Offset| {
            let line = text.line_of(offset);
            let column = offset - text.line_start(line);
            (i64::from(line) + 1, i64::from(column.0))
        };
        match self.pointer {
            Pointer::At(offset) => {
                let (line, column) = place(offset);
                (line, column + 1)
            }
            Pointer::FromZero(offset) => place(offset),
            Pointer::Nowhere(line, offset) => (line.into(), offset.into()),
        }
    }

    fn new(
        stage: Stage,
        code: &'static str,
        range: &ops::Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let range = range_of(range);
        Self {
            range,
            code,
            message: message.into(),
            related: Vec::new(),
            stage,
            pointer: Pointer::At(range.start),
        }
    }

    fn related(mut self, range: &ops::Range<usize>, message: impl Into<String>) -> Self {
        self.related.push((range_of(range), message.into()));
        self
    }

    /// Another place to point at, for a version that doesn't point at the range's start.
    fn pointing(mut self, pointer: Option<Pointer>) -> Self {
        self.pointer = pointer.unwrap_or(self.pointer);
        self
    }

    /// The same error, with offsets that count from further back.
    fn behind(&self, start: Offset) -> Self {
        let mut moved = self.clone();
        moved.range = range_behind(self.range, start);
        for (range, _) in &mut moved.related {
            *range = range_behind(*range, start);
        }
        moved.pointer = match self.pointer {
            Pointer::At(offset) => Pointer::At(offset_behind(offset, start)),
            Pointer::FromZero(offset) => Pointer::FromZero(offset_behind(offset, start)),
            Pointer::Nowhere(..) => self.pointer,
        };
        moved
    }
}

impl Pointer {
    fn at(byte: usize) -> Self {
        Self::At(Offset::from_usize(byte))
    }
}

fn range_of(range: &ops::Range<usize>) -> Range {
    Range::new(
        Offset::from_usize(range.start),
        Offset::from_usize(range.end),
    )
}

fn offset_behind(offset: Offset, start: Offset) -> Offset {
    start + (offset - Offset(0))
}

fn range_behind(range: Range, start: Offset) -> Range {
    Range::new(
        offset_behind(range.start, start),
        offset_behind(range.end, start),
    )
}
