//! The map of a document's closures: which scopes have cells, and which scopes take them.
//!
//! Only scopes that a closure is involved with are on it, and those around them. Editors draw it as a
//! tree or as a picture.

use rustc_hash::{FxHashMap, FxHashSet};

use super::config::Config;
use super::words;
use crate::document::Snapshot;
use crate::scope::{Capture, Scope, Variable};
use crate::text::Range;

/// The map: scopes in the text's order, an enclosing one before what is nested in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClosureMap {
    /// The scopes. The module is not among them, for it has no cells.
    pub scopes: Vec<MapScope>,
    /// How many scopes with cells or free variables did not fit on the map.
    pub left_out: usize,
}

/// A scope on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapScope {
    /// `raise_to`; what it is where it has no name.
    pub name: String,
    /// `co_qualname`, PEP 3155.
    pub qualname: String,
    /// What it is, in Python's words: "function", "lambda", "class".
    pub kind: &'static str,
    /// All of it.
    pub range: Range,
    /// Its name.
    pub focus: Range,
    /// The enclosing scope's index.
    pub parent: Option<usize>,
    /// The variables that nested functions take, in the order of `co_cellvars`.
    pub cells: Vec<MapCell>,
    /// What it closes over, in the order of `__closure__`: each variable's name and its owner's index.
    pub free: Vec<(&'static str, usize)>,
}

/// A variable that nested functions take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapCell {
    /// As CPython names it.
    pub name: &'static str,
    /// Where it is bound first; its owner's name where no text binds it.
    pub focus: Range,
    /// Each closure's index, and what it does with the variable.
    pub takers: Vec<(usize, Manner)>,
}

/// What a closure does with a variable of an enclosing function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Reads it, and nothing else.
    Reads,
    /// Gives it a new value or unbinds it, by `nonlocal`.
    Rebinds,
    /// Only hands the cell on to a function nested in it.
    PassesOn,
}

/// The most scopes that a map has: more can't be read.
const MOST: usize = 1000;

/// The map of the whole document. O(scopes + captures).
pub fn closure_map(snapshot: &Snapshot, config: &Config) -> ClosureMap {
    let all = snapshot
        .scopes
        .scopes_in(config.version, snapshot.text.range());
    let kept = kept(&all);
    let index: FxHashMap<&Scope, usize> = kept
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(at, &scope)| (scope, at))
        .collect();
    let scopes = kept.iter().take(MOST);
    ClosureMap {
        scopes: scopes.map(|scope| map_scope(scope, &index)).collect(),
        left_out: kept.len().saturating_sub(MOST),
    }
}

/// The scopes with cells or free variables, and all around them. What encloses comes before what is
/// nested in it, so the last ones are looked at first.
fn kept(all: &[Scope]) -> Vec<&Scope> {
    let mut around = FxHashSet::default();
    let mut kept: Vec<&Scope> = Vec::new();
    for scope in all.iter().rev() {
        let involved = cells(scope).next().is_some() || !free_variables(scope).is_empty();
        if involved || around.contains(scope) {
            around.extend(scope.parent());
            kept.push(scope);
        }
    }
    kept.reverse();
    kept
}

/// The variables that nested functions take, and these.
fn cells(scope: &Scope) -> impl Iterator<Item = (Variable, Vec<Capture>)> {
    let variables = scope.cell_variables().into_iter().filter(is_shown);
    let taken = variables.map(|variable| {
        let mut captures = variable.captures();
        captures.retain(|capture| !capture.scope.inlined());
        (variable, captures)
    });
    taken.filter(|(_, captures)| !captures.is_empty())
}

/// An inlined comprehension (PEP 709) is a part of its function, and no closure.
fn free_variables(scope: &Scope) -> Vec<Variable> {
    if scope.inlined() {
        return Vec::new();
    }
    let mut variables = scope.free_variables();
    variables.retain(is_shown);
    variables
}

/// Of what Python makes by itself only `__class__` is of use to people.
fn is_shown(variable: &Variable) -> bool {
    !variable.is_implicit() || variable.name() == "__class__"
}

fn map_scope(scope: &Scope, index: &FxHashMap<&Scope, usize>) -> MapScope {
    let owner = |variable: &Variable| {
        let at = index.get(variable.owner())?;
        Some((variable.name(), *at))
    };
    MapScope {
        name: words::short(scope),
        qualname: scope.qualname(),
        kind: words::kind(scope),
        range: scope.range(),
        focus: words::anchor(scope),
        parent: scope
            .parent()
            .and_then(|parent| index.get(&parent).copied()),
        cells: cells(scope)
            .map(|(variable, captures)| cell(&variable, &captures, index))
            .collect(),
        free: free_variables(scope).iter().filter_map(owner).collect(),
    }
}

fn cell(variable: &Variable, captures: &[Capture], index: &FxHashMap<&Scope, usize>) -> MapCell {
    let taker = |capture: &Capture| Some((*index.get(&capture.scope)?, manner(capture)));
    let bindings = variable.bindings();
    MapCell {
        name: variable.name(),
        focus: bindings
            .first()
            .map_or_else(|| words::anchor(variable.owner()), |first| first.range),
        takers: captures.iter().filter_map(taker).collect(),
    }
}

fn manner(capture: &Capture) -> Manner {
    if capture.rebinds || capture.deletes {
        Manner::Rebinds
    } else if capture.reads {
        Manner::Reads
    } else {
        Manner::PassesOn
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Expect) {
        let map = closure_map(&Snapshot::new(source), &Config::default());
        let mut lines = String::new();
        let scope = |index: usize| map.scopes[index].qualname.as_str();
        for (index, found) in map.scopes.iter().enumerate() {
            assert!(found.range.covers(found.focus));
            assert!(found.parent.is_none_or(|parent| parent < index));
            let free: Vec<_> = found
                .free
                .iter()
                .map(|&(name, owner)| format!("{name} of {}", scope(owner)))
                .collect();
            lines += &format!("{} {}: {}\n", found.kind, found.qualname, free.join(", "));
            for cell in &found.cells {
                let takers = cell.takers.iter();
                let takers: Vec<_> = takers
                    .map(|&(taker, manner)| format!("{} {manner:?}", scope(taker)))
                    .collect();
                lines += &format!("  cell {}: {}\n", cell.name, takers.join(", "));
            }
        }
        expected.assert_eq(&lines);
    }

    #[test]
    fn the_seed() {
        check(
            "def raise_to(exp):\n    def raise_to_exp(x):\n        return pow(x, exp)\n    return raise_to_exp\n",
            expect![[r#"
                function raise_to: 
                  cell exp: raise_to.<locals>.raise_to_exp Reads
                function raise_to.<locals>.raise_to_exp: exp of raise_to
            "#]],
        );
    }

    #[test]
    fn what_has_nothing_to_do_with_closures_is_left_out() {
        check("def plain(x):\n    return [x for _ in x]\n", expect![""]);
        check(
            "class C:\n    def m(self):\n        def outer(n):\n            def plain(): pass\n            return lambda: n\n",
            expect![[r#"
                class C: 
                function C.m: 
                function C.m.<locals>.outer: 
                  cell n: C.m.<locals>.outer.<locals>.<lambda> Reads
                lambda C.m.<locals>.outer.<locals>.<lambda>: n of C.m.<locals>.outer
            "#]],
        );
    }

    #[test]
    fn rebinding_and_passing_on() {
        check(
            "def counter(start):\n    def outer():\n        def bump():\n            nonlocal start\n            start += 1\n        return bump\n    def read():\n        return start\n    return outer, read\n",
            expect![[r#"
                function counter: 
                  cell start: counter.<locals>.outer PassesOn, counter.<locals>.outer.<locals>.bump Rebinds, counter.<locals>.read Reads
                function counter.<locals>.outer: start of counter
                function counter.<locals>.outer.<locals>.bump: start of counter
                function counter.<locals>.read: start of counter
            "#]],
        );
    }

    #[test]
    fn a_map_ends() {
        let functions = "def f(a):\n    return lambda: a\n".repeat(MOST);
        let map = closure_map(&Snapshot::new(&functions), &Config::default());
        assert_eq!((map.scopes.len(), map.left_out), (MOST, MOST));
    }
}
