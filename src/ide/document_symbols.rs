//! Document symbols: the outline, with what each function closes over.

use super::config::{Config, Language};
use crate::closure::program::Program;
use crate::document::Snapshot;
use crate::scope::{Scope, ScopeKind};
use crate::syntax::{Field, Kind};
use crate::text::Range;

/// One line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// As written; a lambda has the name it is assigned to.
    pub name: String,
    /// What is closed over; empty where nothing is.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: Range,
    /// Its name.
    pub selection: Range,
    /// What is nested in it, in the text's order.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A function or a named lambda.
    Function,
    /// A function whose scope is a class.
    Method,
    /// A class.
    Class,
}

/// Nesting beyond this is left out: clients draw the outline, and drop it, by recursion.
pub(super) const DEEPEST: usize = 200;

/// The outline of the whole document, in the text's order. O(scopes).
pub fn document_symbols(snapshot: &Snapshot, config: &Config) -> Vec<Symbol> {
    let program = Program {
        snapshot,
        version: config.version,
    };
    let module = snapshot.scopes.module(config.version);
    module.read_names();
    let mut open: Vec<Open> = vec![Open::of(&module, None)];
    loop {
        let Some(innermost) = open.last_mut() else {
            return Vec::new();
        };
        if let Some(scope) = innermost.todo.pop() {
            let symbol = symbol(program, &scope, config);
            if open.len() <= DEEPEST {
                open.push(Open::of(&scope, symbol));
            }
            continue;
        }
        let Some(done) = open.pop() else {
            return Vec::new();
        };
        let Some(outer) = open.last_mut() else {
            return done.found;
        };
        match done.symbol {
            Some(symbol) => outer.found.push(Symbol {
                children: done.found,
                ..symbol
            }),
            // Comprehensions and unnamed lambdas have no line of their own.
            None => outer.found.extend(done.found),
        }
    }
}

/// A scope whose children are being looked at.
struct Open {
    symbol: Option<Symbol>,
    /// Its children, the last one first.
    todo: Vec<Scope>,
    found: Vec<Symbol>,
}

impl Open {
    fn of(scope: &Scope, symbol: Option<Symbol>) -> Self {
        let mut todo = scope.children();
        todo.reverse();
        Self {
            symbol,
            todo,
            found: Vec::new(),
        }
    }
}

fn symbol(program: Program<'_>, scope: &Scope, config: &Config) -> Option<Symbol> {
    let in_class = || {
        let mut parent = scope.parent()?;
        while parent.kind().is_annotation_scope() {
            parent = parent.parent()?;
        }
        Some(parent.kind() == ScopeKind::Class)
    };
    let (kind, name) = match scope.kind() {
        ScopeKind::Class => (SymbolKind::Class, scope.name_range()?),
        ScopeKind::Function if in_class() == Some(true) => {
            (SymbolKind::Method, scope.name_range()?)
        }
        ScopeKind::Function => (SymbolKind::Function, scope.name_range()?),
        ScopeKind::Lambda => return named_lambda(program, scope, config),
        _ => return None,
    };
    Some(Symbol {
        name: program.text(name).into_owned(),
        detail: detail(scope, config),
        kind,
        range: scope.range(),
        selection: name,
        children: Vec::new(),
    })
}

/// A lambda that is the whole value of an assignment to a name.
fn named_lambda(program: Program<'_>, scope: &Scope, config: &Config) -> Option<Symbol> {
    let place = program.place_of(scope)?;
    let assignment = place.outer().filter(|_| place.role() == Field::Value)?;
    if !matches!(
        assignment.kind(),
        Kind::Assignment | Kind::AnnotatedAssignment
    ) {
        return None;
    }
    let target = assignment
        .field(Field::Target)
        .filter(|target| target.kind() == Kind::Identifier)?;
    Some(Symbol {
        name: program.text(target.range()).into_owned(),
        detail: detail(scope, config),
        kind: SymbolKind::Function,
        range: assignment.range(),
        selection: target.range(),
        children: Vec::new(),
    })
}

/// "closes over exp, n", or nothing.
pub fn detail(scope: &Scope, config: &Config) -> String {
    if scope.kind() == ScopeKind::Class {
        return String::new();
    }
    let free = scope.free_variables();
    // Every method with `super()` closes over `__class__`: where other servers speak too, that is noise.
    let worth = free
        .iter()
        .filter(|v| config.language == Language::Cella || !v.is_implicit());
    let names: Vec<&str> = worth.map(|variable| variable.name()).collect();
    match names.len() {
        0 => String::new(),
        1..=5 => format!("closes over {}", names.join(", ")),
        many => {
            let shown = names.get(..4).unwrap_or_default().join(", ");
            format!("closes over {shown}, … and {} more", many - 4)
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;

    #[track_caller]
    fn check(source: &str, expected: Expect) {
        let (snapshot, _) = fixture::program(source);
        let mut lines = String::new();
        let mut todo: Vec<(usize, Symbol)> = document_symbols(&snapshot, &Config::default())
            .into_iter()
            .rev()
            .map(|symbol| (0, symbol))
            .collect();
        while let Some((depth, symbol)) = todo.pop() {
            assert!(symbol.range.covers(symbol.selection));
            lines += &format!(
                "{}{:?} {} {}\n",
                "  ".repeat(depth),
                symbol.kind,
                symbol.name,
                symbol.detail
            );
            todo.extend(
                symbol
                    .children
                    .into_iter()
                    .rev()
                    .map(|child| (depth + 1, child)),
            );
        }
        expected.assert_eq(&lines);
    }

    #[test]
    fn functions_classes_and_named_lambdas() {
        check(
            "def f(a):\n    def g():\n        return a\n    h = lambda x: a + x\n    return map(lambda: a, [g for _ in a])\nclass C:\n    def m(self): pass\n    class D:\n        k: int = lambda self: 1\n",
            expect![[r#"
                Function f 
                  Function g closes over a
                  Function h closes over a
                Class C 
                  Method m 
                  Class D 
                    Function k 
            "#]],
        );
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let deep: String = (0..400)
            .map(|depth| format!("{}def f():\n", " ".repeat(depth)))
            .collect();
        let (snapshot, _) = fixture::program(&format!("{deep}{}pass\n", " ".repeat(400)));
        document_symbols(&snapshot, &Config::default());
    }
}
