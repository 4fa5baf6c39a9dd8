//! A variable: a name in the scope that owns it, and who takes it.

use super::cells::{Cells, Node, Storage};
use super::facts::Mention;
use super::resolve::Meaning;
use super::table::{Flags, spellings};
use super::walk::Want;
use super::{Name, Occurrence, Role, Scope, ScopeKind};

/// A variable: a name in the scope that owns it. Equal by owner and mangled name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    owner: Scope,
    symbol: Name,
}

/// One closure taking one variable of an enclosing function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The closure.
    pub scope: Scope,
    /// It reads the variable itself.
    pub reads: bool,
    /// It gives it a new value (by `nonlocal`).
    pub rebinds: bool,
    /// It unbinds it.
    pub deletes: bool,
}

/// Closures that take a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captures {
    /// An outer one before what is nested in it, else in source order.
    pub found: Vec<Capture>,
    /// Whether there are no others.
    pub all: bool,
}

/// How many scopes are looked at first for one that takes a variable.
const FIRST: usize = 16;

impl Variable {
    pub(super) fn new(owner: Scope, symbol: Name) -> Self {
        Self { owner, symbol }
    }

    /// The scope whose variable it is.
    pub fn owner(&self) -> &Scope {
        &self.owner
    }

    /// As CPython's tables have it: mangled where CPython mangles.
    pub fn name(&self) -> &'static str {
        self.symbol.as_str()
    }

    /// The same, interned.
    pub fn symbol(&self) -> Name {
        self.symbol
    }

    /// Whether it is a parameter of its owner.
    pub fn is_parameter(&self) -> bool {
        self.owner.binding_flags(self.symbol).has(Flags::PARAM)
    }

    /// Whether a nested function takes it.
    pub fn is_cell(&self) -> bool {
        match self.owner.kind() {
            ScopeKind::Module => false,
            ScopeKind::Class if self.symbol.as_str() == "__class__" => {
                let cells = Cells::of_symbol(&self.owner, self.symbol);
                cells.get(0).is_some_and(|class| class.gives(self.symbol))
            }
            ScopeKind::Class => {
                let cells = || self.owner.cell_variables();
                self.is_implicit() && cells().iter().any(|cell| cell.symbol == self.symbol)
            }
            _ => self.is_cell_by_some(FIRST).unwrap_or_else(|| {
                let all = self.is_cell_by_some(usize::MAX);
                all.unwrap_or_default()
            }),
        }
    }

    /// Whether one of the first scopes in its owner makes it a cell; `None` where it may be a later one.
    fn is_cell_by_some(&self, scopes: usize) -> Option<bool> {
        let cells = Cells::of_symbol_in_some(&self.owner, self.symbol, scopes);
        let symbol = cells.get(0).and_then(|node| node.symbols.get(&self.symbol));
        let is_cell = symbol.is_some_and(|symbol| symbol.storage == Storage::Cell);
        (is_cell || !cells.cut).then_some(is_cell)
    }

    /// Whether no text binds it: `__class__`, `__classdict__`, `__conditional_annotations__`.
    pub fn is_implicit(&self) -> bool {
        self.owner.kind() == ScopeKind::Class && self.owner.gives_methods(self.symbol)
            || self.symbol.as_str().starts_with('.')
    }

    /// What gives it a value or takes it away: in the owner and, by `nonlocal` or `global`, elsewhere; in
    /// source order.
    pub fn bindings(&self) -> Vec<Occurrence> {
        let spellings = spellings(self.symbol);
        let mut bindings = Vec::new();
        let mut scopes = vec![self.owner.clone()];
        while let Some(scope) = scopes.pop() {
            scopes.extend(scope.nested_scopes(Want::Outside(&spellings)));
            let want = Want::Binds(&spellings);
            let mut found = scope.some_mentions_of(self.symbol, want, usize::MAX);
            found.retain(|found| found.role.binds());
            if !found.is_empty() && self.is_meant_in(&scope) {
                bindings.extend(found);
            }
        }
        bindings.sort_by_key(|binding| binding.range.start);
        bindings
    }

    /// Every binding, use, `nonlocal` and `global` of it in the file, in source order.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        self.some_occurrences(usize::MAX)
    }

    /// The same; of more than `most`, some that are more than that. O(`most`) scopes.
    pub fn some_occurrences(&self, most: usize) -> Vec<Occurrence> {
        let spellings = spellings(self.symbol);
        let want = Want::Names(&spellings);
        let mut occurrences = Vec::new();
        let mut scopes = vec![self.owner.clone()];
        while let Some(scope) = scopes.pop() {
            if occurrences.len() > most {
                break;
            }
            scopes.extend(scope.some_nested_scopes(want, most.saturating_add(1)));
            let room = most.saturating_sub(occurrences.len()).saturating_add(1);
            let found = scope.some_mentions_of(self.symbol, want, room);
            if !found.is_empty() && self.is_meant_in(&scope) {
                occurrences.extend(found);
            }
        }
        occurrences.sort_by_key(|occurrence| occurrence.range.start);
        occurrences
    }

    /// Whether its symbol means this variable in `scope`.
    pub(super) fn is_meant_in(&self, scope: &Scope) -> bool {
        match scope.meaning(self.symbol) {
            Meaning::Local => *scope == self.owner,
            Meaning::Free(owner) => owner.as_ref() == Some(&self.owner),
            Meaning::InClass(class) => class == self.owner,
            Meaning::GlobalExplicit | Meaning::GlobalImplicit => {
                self.owner.kind() == ScopeKind::Module
            }
        }
    }

    /// Every closure that has it in its `co_freevars`: an outer one before what is nested in it, else in
    /// source order.
    pub fn captures(&self) -> Vec<Capture> {
        self.some_captures(usize::MAX).found
    }

    /// The same, so many at most. O(`most`), where what has the name doesn't mean another variable by it.
    pub fn some_captures(&self, most: usize) -> Captures {
        if self.owner.kind() == ScopeKind::Module {
            return Captures {
                found: Vec::new(),
                all: true,
            };
        }
        let mut looked_at = most.saturating_add(2);
        loop {
            let cells = Cells::of_symbol_in_some(&self.owner, self.symbol, looked_at);
            let nested = cells.nodes.iter().skip(1);
            let taken = nested.filter(|node| self.is_taken_by(node));
            let mut takers: Vec<&Scope> = taken.map(|node| &node.scope).collect();
            if takers.len() <= most && cells.cut {
                looked_at = looked_at.saturating_mul(8);
                continue;
            }
            takers.sort_by_key(|scope| scope.origin());
            let all = takers.len() <= most;
            takers.truncate(most);
            let found = takers.into_iter().map(|scope| self.capture(scope));
            return Captures {
                found: found.collect(),
                all,
            };
        }
    }

    fn is_taken_by(&self, node: &Node) -> bool {
        !node.inlined
            && node.takes(self.symbol)
            && node.owners.get(&self.symbol) == Some(&self.owner)
    }

    /// How `scope`, which takes it, uses it, with the comprehensions inlined there. O(what binds it there).
    pub fn capture(&self, scope: &Scope) -> Capture {
        let spellings = spellings(self.symbol);
        let want = Want::Names(&spellings);
        let mut capture = Capture {
            scope: scope.clone(),
            reads: false,
            rebinds: false,
            deletes: false,
        };
        let mut parts = vec![scope.clone()];
        while let Some(part) = parts.pop() {
            parts.extend(part.nested_scopes(want).into_iter().filter(Scope::inlined));
            if !self.is_meant_in(&part) {
                continue;
            }
            let is_it = |mention: &Mention| {
                let implicit =
                    self.symbol.as_str() == "__class__" && mention.name.as_str() == "super";
                implicit || part.symbol(mention.name) == self.symbol
            };
            let binds = Want::Binds(&spellings);
            capture.reads |= part.any_mention(want, |found| found.role.reads() && is_it(found));
            capture.rebinds |= part.any_mention(binds, |found| found.role.writes() && is_it(found));
            capture.deletes |=
                part.any_mention(binds, |found| found.role == Role::Delete && is_it(found));
        }
        capture
    }
}

impl Capture {
    /// Whether it doesn't touch the variable itself, but hands the cell on to a function nested in it.
    pub fn passes_through(&self) -> bool {
        !(self.reads || self.rebinds || self.deletes)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::scope::PythonVersion;
    use crate::text::Offset;

    /// Who takes the variable under the cursor (`$0`), and where it occurs.
    #[track_caller]
    fn check(source: &str, expected: &Expect) {
        let at = source.find("$0").unwrap();
        let snapshot = Document::new(&source.replace("$0", "")).snapshot();
        let occurrence = snapshot
            .scopes
            .occurrence_at(PythonVersion::V3_13, Offset::from_usize(at));
        let variable = occurrence.unwrap().variable().unwrap();
        let cell = if variable.is_cell() {
            "cell"
        } else {
            "no cell"
        };
        let mut shown = format!(
            "{} of {}, {cell}\n",
            variable.name(),
            variable.owner().qualname()
        );
        for capture in variable.captures() {
            let how = [
                (capture.reads, " reads"),
                (capture.rebinds, " rebinds"),
                (capture.deletes, " deletes"),
                (capture.passes_through(), " passes through"),
            ];
            let how = how
                .into_iter()
                .filter(|(holds, _)| *holds)
                .map(|(_, word)| word);
            shown += &format!("{}{}\n", capture.scope.qualname(), how.collect::<String>());
        }
        let occurrences = variable.occurrences().into_iter();
        let occurrences = occurrences.map(|one| format!("{:?} {}", one.role, one.range.start.0));
        shown += &occurrences.collect::<Vec<_>>().join(", ");
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_capture_reads_rebinds_or_passes_through() {
        check(
            "def f(x$0):\n  def g():\n    def h():\n      nonlocal x\n      x = 1\n    return h\n  return lambda: x\n",
            &expect![[r#"
                x of f, cell
                f.<locals>.g passes through
                f.<locals>.g.<locals>.h rebinds
                f.<locals>.<lambda> reads
                Parameter 6, Nonlocal 49, Assign 57, Use 93"#]],
        );
    }

    #[test]
    fn a_class_body_is_passed_through_and_an_inner_binding_is_another_variable() {
        check(
            "def f(x$0):\n  class C:\n    x = 2\n    def m(self): return x\n  def g(x): return lambda: x\n",
            &expect![[r#"
                x of f, cell
                f.<locals>.C passes through
                f.<locals>.C.m reads
                Parameter 6, Use 55"#]],
        );
    }

    #[test]
    fn a_comprehension_that_is_inlined_takes_nothing() {
        check(
            "def f(x$0, ys):\n  return [x + y for y in ys]\n",
            &expect![[r#"
                x of f, no cell
                Parameter 6, Use 24"#]],
        );
    }

    #[test]
    fn private_names_are_one_variable_however_they_are_written() {
        check(
            "class C:\n  def m(self, __x$0):\n    return lambda: (__x, _C__x)\n",
            &expect![[r#"
                _C__x of C.m, cell
                C.m.<locals>.<lambda> reads
                Parameter 23, Use 49, Use 54"#]],
        );
    }

    #[test]
    fn a_walrus_in_a_comprehension_binds_in_the_function() {
        check(
            "def f(ys):\n  [x$0 := y for y in ys]\n  return lambda: x\n",
            &expect![[r#"
                x of f, cell
                f.<locals>.<lambda> reads
                Walrus 14, Use 51"#]],
        );
    }
}
