//! The outline of a document that is too large to be analysed: its definitions, from the syntax alone.

use tree_sitter::{Node, Tree};

use super::document_symbols::{DEEPEST, Symbol, SymbolKind};
use crate::stop;
use crate::syntax::{Field, Kind, Syntax, step_over};
use crate::text::{Offset, Range, Rel, Text};

/// Functions and classes, in the text's order. O(statements).
pub fn outline(text: &Text, syntax: &Syntax) -> Vec<Symbol> {
    let trees = syntax
        .blocks()
        .filter_map(|(start, block)| Some((start, block.tree()?)));
    trees
        .flat_map(|(start, tree)| {
            Outline {
                text,
                start,
                open: Vec::new(),
            }
            .of(tree)
        })
        .collect()
}

struct Outline<'a> {
    text: &'a Text,
    /// What the tree's places count from.
    start: Offset,
    /// The definitions around the node that is looked at, outermost first.
    open: Vec<Symbol>,
}

impl Outline<'_> {
    fn of(mut self, tree: &Tree) -> Vec<Symbol> {
        let mut found = Vec::new();
        let mut cursor = tree.walk();
        loop {
            stop::check();
            let node = cursor.node();
            self.close(&mut found, self.place(node.start_byte()));
            let kind = Kind::of(&node);
            if self.open.len() < DEEPEST {
                let symbol = self.symbol(kind, node);
                self.open.extend(symbol);
            }
            if holds_statements(kind) && cursor.goto_first_child() {
                continue;
            }
            if !step_over(&mut cursor) {
                self.close(&mut found, self.text.len() + Rel(1));
                return found;
            }
        }
    }

    /// Takes the definitions that end before `at` out of those that are open.
    fn close(&mut self, found: &mut Vec<Symbol>, at: Offset) {
        while let Some(done) = self.open.pop_if(|open| open.range.end <= at) {
            match self.open.last_mut() {
                Some(outer) => outer.children.push(done),
                None => found.push(done),
            }
        }
    }

    fn symbol(&self, kind: Kind, node: Node<'_>) -> Option<Symbol> {
        let in_class = self
            .open
            .last()
            .is_some_and(|outer| outer.kind == SymbolKind::Class);
        let kind = match kind {
            Kind::ClassDefinition => SymbolKind::Class,
            Kind::FunctionDefinition if in_class => SymbolKind::Method,
            Kind::FunctionDefinition => SymbolKind::Function,
            _ => return None,
        };
        let selection = self.range(Field::Name.child(&node)?);
        Some(Symbol {
            name: self.text.slice(selection).into_owned(),
            detail: String::new(),
            kind,
            range: self.range(node),
            selection,
            children: Vec::new(),
        })
    }

    fn range(&self, node: Node<'_>) -> Range {
        Range::new(self.place(node.start_byte()), self.place(node.end_byte()))
    }

    fn place(&self, byte: usize) -> Offset {
        self.start + Rel::from_usize(byte)
    }
}

fn holds_statements(kind: Kind) -> bool {
    let is_other = matches!(
        kind,
        Kind::Error | Kind::Module | Kind::Block | Kind::DecoratedDefinition
    );
    is_other || kind.has_suite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Snapshot;
    use crate::ide::{Config, document_symbols};

    /// The outline is that of the analysis, but for what is closed over.
    #[track_caller]
    fn check(source: &str) {
        let snapshot = Snapshot::new(source);
        let mut expected = document_symbols(&snapshot, &Config::default());
        let mut todo: Vec<&mut Symbol> = expected.iter_mut().collect();
        while let Some(symbol) = todo.pop() {
            symbol.detail.clear();
            todo.extend(symbol.children.iter_mut());
        }
        assert_eq!(outline(&snapshot.text, &snapshot.syntax), expected);
    }

    #[test]
    fn definitions_wherever_they_stand() {
        check("");
        check(
            "def f(a):\n    def g():\n        return a\n    return g\n\nclass C:\n    def m(self): pass\n    class D: pass\n",
        );
        check(
            "@x\nasync def f(): pass\nif a:\n    def g(): pass\nelse:\n    class C:\n        @y\n        def m(self): pass\n",
        );
        check(
            "try:\n    pass\nexcept E:\n    def f(): pass\nfinally:\n    for x in y:\n        with z:\n            def g(): pass\n",
        );
        check("x = (\ndef f():\n    return 1\n");
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let deep: String = (0..400)
            .map(|depth| format!("{}def f():\n", " ".repeat(depth)))
            .collect();
        let snapshot = Snapshot::new(&deep);
        outline(&snapshot.text, &snapshot.syntax);
    }
}
