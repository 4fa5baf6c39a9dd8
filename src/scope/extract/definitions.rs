//! What definitions say about names, in `symtable.c`'s order: functions, classes, type aliases, and their
//! parameters.

use std::ops::Range;

use tree_sitter::{Node, TreeCursor};

use super::super::facts::{Part, RegionKind, Traits};
use super::super::{Role, ScopeKind};
use super::{Extractor, Opening, Sink, Task};
use crate::syntax::{Field, Kind};

/// What a parameter list holds, in the orders in which it is visited.
#[derive(Default)]
pub(super) struct Parameters<'tree> {
    /// Positional ones, keyword-only ones, `*args`, `**kwargs`.
    pub names: Vec<Node<'tree>>,
    pub defaults: Vec<Node<'tree>>,
    /// Positional ones, `*args`, `**kwargs`, keyword-only ones.
    pub annotations: Vec<Node<'tree>>,
    /// A keyword-only one has a default.
    pub keyword_defaults: bool,
}

impl<'tree, S: Sink<'tree>> Extractor<'tree, '_, S> {
    pub(super) fn decorated(&mut self, node: Node<'tree>) {
        let Some(definition) = Field::Definition.child(&node) else {
            let children = self.children(node);
            return self.next(children.into_iter().map(Task::Visit));
        };
        let decorators = self
            .children(node)
            .into_iter()
            .filter(|child| *child != definition)
            .collect();
        match Kind::of(&definition) {
            Kind::ClassDefinition => self.class(definition, decorators),
            _ => self.function(definition, decorators),
        }
    }

    /// The scope of a definition or a lambda, whose header ends before its body.
    pub(super) fn opening(&mut self, node: Node<'tree>, kind: ScopeKind) -> Opening<'tree> {
        Opening {
            kind: RegionKind::Scope(kind),
            node,
            start: node.start_byte(),
            end: node.end_byte(),
            head: head(node, Field::Body.child(&node), &mut self.cursor),
            name: Field::Name.child(&node),
            inside: Vec::new(),
            is_async: false,
        }
    }

    pub(super) fn function(&mut self, node: Node<'tree>, decorators: Vec<Node<'tree>>) {
        let name = Field::Name.child(&node);
        let body = Field::Body.child(&node);
        let result = Field::ReturnType.child(&node);
        let type_parameters = Field::TypeParameters.child(&node);
        let parts = self.parameters(Field::Parameters.child(&node));
        let opening = Opening {
            is_async: node.child(0).is_some_and(|child| child.kind() == "async"),
            ..self.opening(node, ScopeKind::Function)
        };

        let mut tasks: Vec<_> = name
            .map(|name| Task::Name(name, Role::Def))
            .into_iter()
            .collect();
        tasks.extend(parts.defaults.iter().copied().map(Task::Visit));
        tasks.extend(decorators.into_iter().map(Task::Visit));
        if let Some(parameters) = type_parameters {
            let inside = around(parameters.start_byte()..node.end_byte(), &parts.defaults);
            tasks.push(Task::OpenRegion(Box::new(
                opening.with_inside(ScopeKind::TypeParams, inside),
            )));
            tasks.extend(
                parts
                    .keyword_defaults
                    .then_some(Task::Trait(Traits::KEYWORD_DEFAULTS)),
            );
            tasks.push(Task::Visit(parameters));
        }
        let annotations: Vec<_> = parts.annotations.into_iter().chain(result).collect();
        if !annotations.is_empty() {
            let inside = annotations.iter().map(Node::byte_range).collect();
            tasks.push(Task::OpenRegion(Box::new(Opening {
                kind: RegionKind::Signature,
                inside,
                ..opening.clone()
            })));
            tasks.extend(annotations.into_iter().map(Task::Visit));
            tasks.push(Task::CloseRegion);
        }
        tasks.push(Task::OpenRegion(Box::new(opening)));
        tasks.extend(
            parts
                .names
                .into_iter()
                .map(|name| Task::Name(name, Role::Parameter)),
        );
        tasks.extend(body.map(|body| Task::Body(body, Part::Whole)));
        tasks.push(Task::CloseRegion);
        tasks.extend(type_parameters.map(|_| Task::CloseRegion));
        self.next(tasks.into_iter());
    }

    pub(super) fn class(&mut self, node: Node<'tree>, decorators: Vec<Node<'tree>>) {
        let name = Field::Name.child(&node);
        let body = Field::Body.child(&node);
        let type_parameters = Field::TypeParameters.child(&node);
        let opening = self.opening(node, ScopeKind::Class);
        let mut tasks: Vec<_> = name
            .map(|name| Task::Name(name, Role::Class))
            .into_iter()
            .collect();
        tasks.extend(decorators.into_iter().map(Task::Visit));
        if let Some(parameters) = type_parameters {
            let inside = std::iter::once(parameters.start_byte()..node.end_byte()).collect();
            tasks.push(Task::OpenRegion(Box::new(
                opening.with_inside(ScopeKind::TypeParams, inside),
            )));
            tasks.push(Task::Visit(parameters));
        }
        tasks.extend(Field::Arguments.child(&node).map(Task::Visit));
        tasks.push(Task::OpenRegion(Box::new(opening)));
        tasks.extend(body.map(|body| Task::Body(body, Part::Whole)));
        tasks.push(Task::CloseRegion);
        tasks.extend(type_parameters.map(|_| Task::CloseRegion));
        self.next(tasks.into_iter());
    }

    pub(super) fn type_alias(&mut self, node: Node<'tree>) {
        let name = Field::Name.child(&node);
        let value = Field::Value.child(&node);
        let type_parameters = Field::TypeParameters.child(&node);
        let opening = Opening {
            name,
            ..Opening::all_of(node, RegionKind::Scope(ScopeKind::TypeAlias))
        };
        let mut tasks: Vec<_> = name
            .map(|name| Task::Name(name, Role::TypeAlias))
            .into_iter()
            .collect();
        if let Some(parameters) = type_parameters {
            let inside = std::iter::once(parameters.start_byte()..node.end_byte()).collect();
            tasks.push(Task::OpenRegion(Box::new(
                opening.with_inside(ScopeKind::TypeParams, inside),
            )));
            tasks.push(Task::Visit(parameters));
        }
        let inside = value.iter().map(Node::byte_range).collect();
        tasks.push(Task::OpenRegion(Box::new(Opening { inside, ..opening })));
        tasks.extend(value.map(Task::Visit));
        tasks.push(Task::CloseRegion);
        tasks.extend(type_parameters.map(|_| Task::CloseRegion));
        self.next(tasks.into_iter());
    }

    /// A type parameter: its name, then scopes of their own for its bound and its default.
    pub(super) fn type_parameter(&mut self, node: Node<'tree>) {
        let name = Field::Name.child(&node);
        let mut tasks: Vec<_> = name
            .map(|name| Task::Name(name, Role::TypeParam))
            .into_iter()
            .collect();
        for (field, kind) in [
            (Field::Bound, ScopeKind::TypeVar),
            (Field::Default, ScopeKind::TypeVarDefault),
        ] {
            if let Some(part) = field.child(&node) {
                let opening = Opening {
                    name,
                    ..Opening::all_of(part, RegionKind::Scope(kind))
                };
                tasks.push(Task::OpenRegion(Box::new(opening)));
                tasks.extend([Task::Visit(part), Task::CloseRegion]);
            }
        }
        self.next(tasks.into_iter());
    }

    /// The names, defaults and annotations of `parameters` or `lambda_parameters`.
    pub(super) fn parameters(&mut self, list: Option<Node<'tree>>) -> Parameters<'tree> {
        let mut parts = Parameters::default();
        let (mut stars, mut keyword_only) = (Parameters::default(), Parameters::default());
        let mut positional = true;
        for parameter in list.map(|list| self.children(list)).unwrap_or_default() {
            let kind = Kind::of(&parameter);
            positional &= kind != Kind::StarParameter;
            let part = match kind {
                Kind::StarParameter | Kind::DoubleStarParameter => &mut stars,
                _ if positional => &mut parts,
                _ => &mut keyword_only,
            };
            part.names.extend(Field::Name.child(&parameter));
            part.annotations.extend(Field::Annotation.child(&parameter));
            let default = Field::Default.child(&parameter);
            parts.keyword_defaults |= default.is_some() && !positional;
            parts.defaults.extend(default);
        }
        parts
            .names
            .extend(keyword_only.names.into_iter().chain(stars.names));
        parts.annotations.extend(
            stars
                .annotations
                .into_iter()
                .chain(keyword_only.annotations),
        );
        parts
    }
}

/// `whole` without `holes`, which are in order.
fn around(whole: Range<usize>, holes: &[Node<'_>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = whole.start;
    for hole in holes {
        parts.push(start..hole.start_byte());
        start = hole.end_byte();
    }
    parts.push(start..whole.end);
    parts
}

/// The end of the header: behind the colon before `body`.
fn head<'tree>(
    node: Node<'tree>,
    body: Option<Node<'tree>>,
    cursor: &mut TreeCursor<'tree>,
) -> usize {
    let before = body.map_or(node.end_byte(), |body| body.start_byte());
    let colon = node
        .children(cursor)
        .filter(|child| child.kind() == ":" && child.end_byte() <= before);
    colon.last().map_or(before, |colon| colon.end_byte())
}
