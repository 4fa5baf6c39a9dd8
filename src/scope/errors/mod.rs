//! CPython's SyntaxErrors about names and scopes: in its words, at its places, in its order.
//!
//! CPython stops at the first error; here all are found. A block is checked on its own, by one walk in the
//! order in which the symbol table visits it, and what was found is kept with the block's facts, so that
//! an edit costs one block. Only two things reach from block to block, and are settled when the errors are
//! asked for: a `global` of the module itself after a use, and where future imports may stand.
//!
//! | file | errors of |
//! | --- | --- |
//! | [`checker`], [`frame`] | none: the walk, and what is known on it |
//! | [`declarations`] | `global`, `nonlocal`, annotated names |
//! | [`parameters`] | parameters and type parameters, and their order |
//! | [`walrus`] | assignment expressions in comprehensions |
//! | [`annotations`] | what an annotation scope can't contain |
//! | [`control_flow`] | `return`, `break`, `continue`, `yield`, `await` and `async` in the wrong place |
//! | [`handlers`] | `except` clauses |
//! | [`imports`] | star imports and future imports |
//! | [`debug`] | binding `__debug__` |
//! | [`targets`] | targets that aren't any, starred expressions |
//! | [`calls`] | repeated keyword arguments, and the order of arguments |
//! | [`patterns`] | captures of `match` |
//! | [`strings`], [`identifiers`] | strings without an end, characters that no name has |
//! | [`layout`] | brackets, colons and indentation |
//! | [`newer_syntax`] | syntax that the target version doesn't have |
//! | [`unfinished`] | text that is no program at all |

mod annotations;
mod calls;
mod checker;
mod control_flow;
mod debug;
mod declarations;
mod frame;
mod handlers;
mod identifiers;
mod imports;
mod layout;
mod newer_syntax;
mod parameters;
mod patterns;
mod strings;
mod targets;
mod unfinished;
mod walrus;

use std::ops;
use std::sync::{Arc, Mutex, PoisonError};

use super::facts;
use super::rules::Rules;
use super::{PythonVersion, Scopes};
use crate::stop;
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

/// What was found in a block, kept with its facts for the rules that were asked for last.
#[derive(Default)]
pub(super) struct Cache(Mutex<Option<(Rules, Arc<Checked>)>>);

fn checked(
    text: &Text,
    start: Offset,
    block: &Block,
    facts: &facts::Block,
    rules: Rules,
) -> Arc<Checked> {
    let kept = || {
        facts
            .errors
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if let Some((_, checked)) = kept().as_ref().filter(|(asked, _)| *asked == rules) {
        return checked.clone();
    }
    stop::check();
    let source = text.slice(Range::new(start, start + block.len()));
    let checked = Arc::new(match block.tree() {
        Some(tree) => Checker::check(&source, tree, rules),
        None => Checked::default(),
    });
    *kept() = Some((rules, checked.clone()));
    checked
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::document::Snapshot;

    fn errors(snapshot: &Snapshot) -> Vec<NameError> {
        let Snapshot {
            text,
            syntax,
            scopes,
        } = snapshot;
        scopes.errors(text, syntax, PythonVersion::V3_14)
    }

    /// Each error with its place, one-based, and its code; beneath it what it conflicts with.
    #[track_caller]
    fn check(program: &str, expected: Expect) {
        let snapshot = Snapshot::new(program);
        let place = |range: Range| {
            let line = snapshot.text.line_of(range.start);
            let column = (range.start - snapshot.text.line_start(line)).0;
            format!("{}:{}", line + 1, column + 1)
        };
        let mut shown = String::new();
        for error in errors(&snapshot) {
            let at = place(error.range);
            writeln!(shown, "{at} {}: {}", error.code, error.message).unwrap();
            for (range, what) in &error.related {
                writeln!(shown, "    {} {what}", place(*range)).unwrap();
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn all_are_told_in_cpythons_order_with_what_they_conflict_with() {
        let program = "\
return
def f(a, a):
    print(x)
    global x
    nonlocal y
    [z := 1 for z in a]
nonlocal w
";
        let expected = expect![[r#"
            2:10 duplicate-parameter: duplicate argument 'a' in function definition
                2:7 named here before
            4:5 used-before-declaration: name 'x' is used prior to global declaration
                3:11 used here
            6:6 walrus-rebinds-iteration-variable: assignment expression cannot rebind comprehension iteration variable 'z'
                6:17 the iteration variable
            7:1 nonlocal-at-module-level: nonlocal declaration not allowed at module level
            5:5 no-binding-for-nonlocal: no binding for nonlocal 'y' found
            1:1 outside-function: 'return' outside function
        "#]];
        check(program, expected);
    }

    #[test]
    fn a_global_of_the_module_conflicts_with_any_block_before() {
        let expected = expect![[r#"
            7:1 assigned-before-declaration: name 'x' is assigned to before global declaration
                1:1 assigned to here
        "#]];
        check("x = 1\n\n\ndef f(): pass\n\n\nglobal x\n", expected);
        check("global x\n\n\ndef f(): pass\n\n\nx = 1\n", expect![[""]]);
    }

    #[test]
    fn where_the_text_is_broken_nothing_uncertain_is_told() {
        let snapshot =
            Snapshot::new("def f(:\n    return 1\n    break\n\ndef g():\n    nonlocal x\n");
        let codes: Vec<_> = errors(&snapshot).iter().map(|error| error.code).collect();
        assert_eq!(codes, ["invalid-syntax", "no-binding-for-nonlocal"]);
    }

    #[test]
    fn future_imports_stand_first() {
        let program = "\
'docstring'
from __future__ import braces
import os
from __future__ import division
";
        let expected = expect![[r#"
            2:24 unknown-future-feature: not a chance
            4:1 late-future-import: from __future__ imports must occur at the beginning of the file
        "#]];
        check(program, expected);
    }

    #[test]
    fn no_nesting_is_too_deep() {
        let depth = 20_000;
        let program = format!("x = {}y{}\n", "[".repeat(depth), "]".repeat(depth));
        errors(&Snapshot::new(&program));
        let program = format!("x = {}1\n", "lambda a: ".repeat(depth));
        errors(&Snapshot::new(&program));
    }

    #[test]
    fn what_was_found_is_kept_for_the_version_asked_for_last() {
        let snapshot = Snapshot::new("def f(): pass\n\n\ndef g(): pass\n");
        let kept = || {
            let blocks = snapshot.scopes.blocks.iter();
            let kept = blocks.map(|block| block.item.errors.0.lock().unwrap().clone());
            kept.map(|kept| kept.map(|(_, checked)| Arc::as_ptr(&checked)))
                .collect::<Vec<_>>()
        };
        errors(&snapshot);
        let before = kept();
        errors(&snapshot);
        assert!(before.iter().all(Option::is_some));
        assert_eq!(kept(), before);
    }
}
