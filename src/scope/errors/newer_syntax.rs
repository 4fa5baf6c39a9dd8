//! Syntax that the target version doesn't have. CPython's own words for it are its parser's, and say
//! little; these say from which version on it is Python.

use tree_sitter::Node;

use super::super::PythonVersion;
use super::checker::Checker;
use super::{NameError, Stage};
use crate::syntax::{Field, Kind};

use PythonVersion::{V3_9, V3_10, V3_11, V3_12, V3_13, V3_14};

impl Checker<'_, '_> {
    pub(super) fn check_newer_syntax(&mut self, node: Node<'_>, kind: Kind) {
        if let Some((from, what)) = self.newer_syntax(node, kind) {
            self.check_newer(node, from, what);
        }
    }

    pub(super) fn check_newer(&mut self, node: Node<'_>, from: PythonVersion, what: &str) {
        if self.rules.version < from {
            let message = format!("{what} needs Python {from}");
            self.report(NameError::new(
                Stage::Parse,
                "newer-syntax",
                &node.byte_range(),
                message,
            ));
        }
    }

    /// From which version on a node is Python, and what it is.
    fn newer_syntax(&self, node: Node<'_>, kind: Kind) -> Option<(PythonVersion, &'static str)> {
        let child = |field: Field, kinds: &[Kind]| {
            field
                .child(&node)
                .is_some_and(|child| kinds.contains(&Kind::of(&child)))
        };
        Some(match kind {
            Kind::MatchStatement => (V3_10, "a match statement"),
            Kind::TypeAliasStatement => (V3_12, "a type statement"),
            Kind::TypeParameters => (V3_12, "a type parameter list"),
            Kind::TypeVariable | Kind::TypeVariableTuple | Kind::ParameterSpecification
                if Field::Default.child(&node).is_some() =>
            {
                (V3_13, "a type parameter's default")
            }
            Kind::ExceptClause if self.is_bare_tuple(Field::Type.child(&node)) => {
                (V3_14, "several exceptions without brackets")
            }
            Kind::ExceptClause if Field::Star.child(&node).is_some() => (V3_11, "except*"),
            Kind::Subscript if self.has(node, Field::Index, Kind::Starred) => {
                (V3_11, "a starred index")
            }
            Kind::Subscript if self.has(node, Field::Index, Kind::NamedExpression) => {
                (V3_10, BARE_WALRUS)
            }
            Kind::Set if holds(node, Kind::NamedExpression) => (V3_9, BARE_WALRUS),
            Kind::SetComprehension if child(Field::Element, &[Kind::NamedExpression]) => {
                (V3_9, BARE_WALRUS)
            }
            Kind::Call
                if Field::Arguments
                    .child(&node)
                    .is_some_and(is_bare_walrus_each) =>
            {
                (V3_9, BARE_WALRUS)
            }
            Kind::ForStatement if self.has(node, Field::Iterable, Kind::Starred) => {
                (V3_9, "a starred expression without brackets here")
            }
            Kind::AugmentedAssignment if self.has(node, Field::Value, Kind::Starred) => {
                (V3_9, "a starred expression without brackets here")
            }
            Kind::WithStatement if has_brackets_around_items(node) => {
                (V3_9, "a with statement with brackets around its items")
            }
            Kind::Decorator if !Field::Value.child(&node).is_none_or(is_dotted) => {
                (V3_9, "a decorator that is no dotted name or call")
            }
            Kind::String => self.newer_string(node)?,
            _ => return None,
        })
    }

    /// Whether the child is of this kind, or a tuple without brackets that holds one.
    fn has(&self, node: Node<'_>, field: Field, kind: Kind) -> bool {
        let child = field.child(&node);
        child.is_some_and(|child| Kind::of(&child) == kind)
            || self.is_bare_tuple(child) && child.is_some_and(|tuple| holds(tuple, kind))
    }

    pub(super) fn is_bare_tuple(&self, node: Option<Node<'_>>) -> bool {
        node.is_some_and(|node| Kind::of(&node) == Kind::Tuple && !self.text(node).starts_with('('))
    }

    fn newer_string(&self, node: Node<'_>) -> Option<(PythonVersion, &'static str)> {
        let start = node.child(0).map(|start| self.text(start))?;
        let prefix = start.trim_end_matches(['"', '\'']);
        if prefix.contains(['t', 'T']) {
            return Some((V3_14, "a template string"));
        }
        let quotes = start.get(prefix.len()..)?;
        let is_newer = |part: Node<'_>| {
            Kind::of(&part) == Kind::Interpolation && self.is_newer_interpolation(part, quotes, 1)
        };
        let mut cursor = node.walk();
        (self.rules.version < V3_12 && node.named_children(&mut cursor).any(is_newer))
            .then_some((V3_12, "what stands in this f-string"))
    }

    /// What no f-string could hold up to 3.11, where it was read as any string is at first: its own quotes
    /// or, in single ones, the end of a line; a backslash or comment; a second level of format specifiers.
    fn is_newer_interpolation(&self, node: Node<'_>, quotes: &str, level: u32) -> bool {
        let mut cursor = node.walk();
        let specifier = node
            .named_children(&mut cursor)
            .find(|part| Kind::of(part) == Kind::FormatSpecifier);
        let end = specifier.map_or(node.end_byte(), |part| part.start_byte());
        let value = self.source.get(node.start_byte()..end).unwrap_or_default();
        if level > 2
            || value.contains(quotes)
            || quotes.len() == 1 && value.contains(['\n', '\r'])
            || value.contains('\\')
            || has_comment(value)
        {
            return true;
        }
        specifier.is_some_and(|specifier| {
            let mut parts = specifier.named_children(&mut cursor);
            parts.any(|part| {
                Kind::of(&part) == Kind::Interpolation
                    && self.is_newer_interpolation(part, quotes, level + 1)
            })
        })
    }
}

const BARE_WALRUS: &str = "an assignment expression without brackets here";

fn holds(node: Node<'_>, kind: Kind) -> bool {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .any(|part| Kind::of(&part) == kind)
}

/// `f(a := b for b in c)`
fn is_bare_walrus_each(arguments: Node<'_>) -> bool {
    let element = Field::Element.child(&arguments);
    Kind::of(&arguments) == Kind::GeneratorExpression
        && element.is_some_and(|element| Kind::of(&element) == Kind::NamedExpression)
}

/// `with (a as b):`
fn has_brackets_around_items(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let has_target = |item: &Node<'_>| Field::Target.child(item).is_some();
    node.named_children(&mut cursor)
        .any(|item| has_target(&item))
        && node.children(&mut cursor).any(|token| token.kind() == "(")
}

/// Whether a `#` stands outside the strings of an expression.
fn has_comment(expression: &str) -> bool {
    let mut open = None;
    expression.chars().any(|c| {
        match (open, c) {
            (None, '"' | '\'') => open = Some(c),
            (Some(quote), _) if quote == c => open = None,
            _ => {}
        }
        open.is_none() && c == '#'
    })
}

/// Whether an expression is what a decorator could be up to 3.8: a dotted name, or a call of one.
fn is_dotted(node: Node<'_>) -> bool {
    let mut inner = match Kind::of(&node) {
        Kind::Call => Field::Function.child(&node),
        _ => Some(node),
    };
    while let Some(part) = inner {
        match Kind::of(&part) {
            Kind::Attribute => inner = Field::Object.child(&part),
            Kind::Identifier => return true,
            _ => return false,
        }
    }
    true
}
