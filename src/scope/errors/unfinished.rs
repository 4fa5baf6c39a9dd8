//! Text that is no program: what the grammar could not read, and what it reads so that half-typed code has
//! a tree, or because telling it apart would cost more than it brings.

use tree_sitter::{Node, Tree};

use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Field, Kind};

impl Checker<'_, '_> {
    /// The first place of a block that isn't Python. O(its depth × children).
    pub(super) fn unfinished(&mut self, tree: &Tree) {
        let mut node = tree.root_node();
        if !node.has_error() {
            return;
        }
        let mut cursor = node.walk();
        while !(node.is_error() || node.is_missing()) {
            let broken = node
                .children(&mut cursor)
                .find(|child| child.has_error() || child.is_missing());
            match broken {
                Some(child) => node = child,
                None => break,
            }
        }
        self.report_syntax(node, "invalid syntax");
    }

    fn report_syntax(&mut self, node: Node<'_>, message: &str) {
        let error = NameError::new(Stage::Parse, "invalid-syntax", &node.byte_range(), message);
        self.report_always(error);
    }

    /// A node that the grammar accepts and CPython's parser doesn't.
    pub(super) fn check_syntax(&mut self, node: Node<'_>, kind: Kind) {
        let lacks = |field: Field| field.child(&node).is_none();
        let wrong = match kind {
            Kind::Assignment | Kind::AugmentedAssignment => lacks(Field::Value),
            Kind::NamedExpression | Kind::KeywordArgument | Kind::DoubleStarred => {
                lacks(Field::Value)
            }
            Kind::YieldFrom | Kind::Decorator | Kind::Interpolation => lacks(Field::Value),
            Kind::KeywordPattern | Kind::Pair => lacks(Field::Value),
            Kind::AnnotatedAssignment => lacks(Field::Annotation) || ends_in(node, "="),
            Kind::Attribute => lacks(Field::Attribute),
            Kind::Subscript => lacks(Field::Index),
            Kind::AsPattern | Kind::AliasedImport => lacks(Field::Alias),
            Kind::AssertStatement => lacks(Field::Condition),
            Kind::Block | Kind::TypeParameters | Kind::DeleteStatement => {
                node.named_child_count() == 0
            }
            Kind::ImportStatement | Kind::GlobalStatement | Kind::NonlocalStatement => {
                node.named_child_count() == 0
            }
            Kind::ImportFromStatement => {
                lacks(Field::Module) || node.named_child_count() < 2 || self.ends_in_comma(node)
            }
            Kind::TryStatement => node.named_child_count() < 2,
            Kind::DoubleStarPattern => Field::Name
                .child(&node)
                .is_some_and(|name| self.text(name) == "_"),
            Kind::ClassPattern => positional_after_keyword(node),
            _ => false,
        };
        if wrong {
            self.report_syntax(node, "invalid syntax");
        }
        if kind == Kind::Interpolation && is_lambda(Field::Value.child(&node)) {
            self.report_syntax(
                node,
                "f-string: lambda expressions are not allowed without parentheses",
            );
        }
    }

    /// `from a import b,`
    fn ends_in_comma(&mut self, node: Node<'_>) -> bool {
        let comma = ends_in(node, ",");
        if comma {
            let message = "trailing comma not allowed without surrounding parentheses";
            self.report_syntax(node, message);
        }
        false
    }
}

fn ends_in(node: Node<'_>, token: &str) -> bool {
    let last = node.child_count().checked_sub(1);
    let last = last.and_then(|last| node.child(last));
    last.is_some_and(|last| last.kind() == token)
}

fn is_lambda(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| Kind::of(&node) == Kind::Lambda)
}

fn positional_after_keyword(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let parts = node.named_children(&mut cursor);
    let mut parts = parts.map(|part| Kind::of(&part) == Kind::KeywordPattern);
    parts.any(|keyword| keyword) && parts.any(|keyword| !keyword)
}
