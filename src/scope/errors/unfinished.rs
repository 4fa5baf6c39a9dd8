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

    /// A backslash behind which there is no line.
    pub(super) fn check_end(&mut self, tree: &Tree) {
        let root = tree.root_node();
        let last = root.child_count().checked_sub(1);
        let last = last.and_then(|last| root.child(last));
        if let Some(backslash) = last.filter(|last| Kind::of(last) == Kind::LineContinuation) {
            self.report_syntax(backslash, "unexpected EOF while parsing");
        }
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
            Kind::AliasedImport => lacks(Field::Alias),
            Kind::AsPattern if lacks(Field::Alias) => true,
            Kind::AssertStatement => lacks(Field::Condition),
            Kind::TypeParameters | Kind::DeleteStatement => node.named_child_count() == 0,
            Kind::Lambda => lacks(Field::Body),
            Kind::ImportStatement | Kind::GlobalStatement | Kind::NonlocalStatement => {
                node.named_child_count() == 0 || ends_in(node, ",")
            }
            Kind::ImportFromStatement => {
                lacks(Field::Module) || node.named_child_count() < 2 || self.ends_in_comma(node)
            }
            Kind::TryStatement => lacks_handler(node),
            Kind::ForStatement => lacks(Field::Target) || lacks(Field::Iterable),
            kind if kind.is_comprehension() => self.has_bare_lambda(node),
            Kind::WithStatement => lacks_item(node),
            Kind::ExceptClause => Field::Star.child(&node).is_some() && lacks(Field::Type),
            Kind::Comparison | Kind::BinaryOperation | Kind::UnaryOperation => has_bare_not(node),
            Kind::AsPattern if !lacks(Field::Pattern) => Field::Alias
                .child(&node)
                .is_some_and(|name| self.text(name) == "_"),
            Kind::StarPattern => node.child_count() < 2,
            Kind::DoubleStarPattern => Field::Name
                .child(&node)
                .is_none_or(|name| self.text(name) == "_"),
            Kind::MatchStatement => has_begun_clause(node),
            Kind::ClassPattern => positional_after_keyword(node),
            Kind::MappingPattern => has_rest_before_end(node),
            Kind::CaseClause => Field::Pattern
                .child(&node)
                .is_some_and(|pattern| Kind::of(&pattern) == Kind::StarPattern),
            Kind::LiteralPattern => node.named_child(0).is_some_and(is_real_sum),
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

    /// `[a for b in lambda: c]`, and from 3.9 `[a for b in c if lambda: d]`
    fn has_bare_lambda(&self, comprehension: Node<'_>) -> bool {
        let mut cursor = comprehension.walk();
        let mut clauses = comprehension.named_children(&mut cursor);
        clauses.any(|clause| match Kind::of(&clause) {
            Kind::ForClause => is_lambda(Field::Iterable.child(&clause)),
            Kind::IfClause => {
                self.rules.has_peg_parser() && is_lambda(Field::Condition.child(&clause))
            }
            _ => false,
        })
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

/// A `try` alone, or with an `else` alone.
fn lacks_handler(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let is_handler =
        |part: &Node<'_>| matches!(Kind::of(part), Kind::ExceptClause | Kind::FinallyClause);
    !node
        .named_children(&mut cursor)
        .any(|part| is_handler(&part))
}

/// A `with` without an item, or with a comma behind the last one without brackets.
fn lacks_item(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let tokens: Vec<_> = node.children(&mut cursor).collect();
    let colon = tokens.iter().position(|token| token.kind() == ":");
    let before = colon.and_then(|colon| tokens.get(colon.checked_sub(1)?));
    before.is_some_and(|last| matches!(last.kind(), "with" | ","))
}

/// `a in not b`, `-not a`
fn has_bare_not(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .any(|part| Kind::of(&part) == Kind::NotOperation)
}

fn is_lambda(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| Kind::of(&node) == Kind::Lambda)
}

/// A name where a `case` belongs.
fn has_begun_clause(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let mut clauses = node.named_children(&mut cursor).skip(1);
    clauses.any(|clause| Kind::of(&clause) == Kind::Identifier)
}

fn positional_after_keyword(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let parts = node.named_children(&mut cursor);
    let mut parts = parts.map(|part| Kind::of(&part) == Kind::KeywordPattern);
    parts.any(|keyword| keyword) && parts.any(|keyword| !keyword)
}

/// `{**a, 1: b}`
fn has_rest_before_end(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let parts = node.named_children(&mut cursor);
    let is_rest = |part: &Node<'_>| Kind::of(part) == Kind::DoubleStarPattern;
    let parts: Vec<_> = parts
        .filter(|part| !matches!(Kind::of(part), Kind::Comment | Kind::LineContinuation))
        .collect();
    let before = parts.split_last().map_or(&[][..], |(_, before)| before);
    before.iter().any(is_rest)
}

/// `1 + 2`, which only complex numbers are written like: `1 + 2j`.
fn is_real_sum(node: Node<'_>) -> bool {
    let right = Field::Right.child(&node);
    Kind::of(&node) == Kind::BinaryOperation
        && right.is_some_and(|right| Kind::of(&right) != Kind::Imaginary)
}
