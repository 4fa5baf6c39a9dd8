//! What statements say about names, in `symtable.c`'s order.

use tree_sitter::Node;

use super::super::Role;
use super::super::facts::{Part, RegionKind, Traits};
use super::{Extractor, Opening, Sink, Task};
use crate::syntax::{Field, Kind};

impl<'tree, S: Sink<'tree>> Extractor<'tree, '_, S> {
    /// Plans the walk of a statement or clause; `false` for those whose children are simply visited in
    /// their order.
    pub(super) fn statement(&mut self, node: Node<'tree>) -> bool {
        match Kind::of(&node) {
            Kind::Module | Kind::Block => self.body(node, Part::Branch),
            Kind::FunctionDefinition => self.function(node, Vec::new()),
            Kind::ClassDefinition => self.class(node, Vec::new()),
            Kind::DecoratedDefinition => self.decorated(node),
            Kind::TryStatement => self.try_statement(node),
            Kind::ForStatement => {
                let target = Field::Target
                    .child(&node)
                    .map(|target| Task::Target(target, Role::For));
                let iterable = Field::Iterable.child(&node).map(Task::Visit);
                let parts = self.bodies(node).into_iter().map(Task::Visit);
                self.next([target, iterable].into_iter().flatten().chain(parts));
            }
            Kind::ExceptClause => {
                let caught = Field::Type.child(&node).map(Task::Visit);
                let name = Field::Name
                    .child(&node)
                    .map(|name| Task::Name(name, Role::Except));
                let parts = self.bodies(node).into_iter().map(Task::Visit);
                self.next([caught, name].into_iter().flatten().chain(parts));
            }
            Kind::WithItem => {
                let value = Field::Value.child(&node).map(Task::Visit);
                let target = Field::Target
                    .child(&node)
                    .map(|target| Task::Target(target, Role::With));
                self.next([value, target].into_iter().flatten());
            }
            Kind::Assignment => self.with_targets(node, Role::Assign),
            Kind::DeleteStatement => self.with_targets(node, Role::Delete),
            Kind::AugmentedAssignment => self.with_targets(node, Role::AugAssign),
            Kind::AnnotatedAssignment => self.annotated_assignment(node),
            Kind::GlobalStatement => self.declaration(node, Role::Global),
            Kind::NonlocalStatement => self.declaration(node, Role::Nonlocal),
            Kind::ImportStatement => self.import(node),
            Kind::ImportFromStatement => self.import_from(node),
            Kind::TypeAliasStatement => self.type_alias(node),
            Kind::ExpressionStatement => {
                if node
                    .named_child(0)
                    .is_some_and(|child| self.is_docstring(child))
                {
                    self.add_trait(Traits::DOCSTRING);
                }
                return false;
            }
            _ => return false,
        }
        true
    }

    /// The nested blocks and clauses of a compound statement.
    fn bodies(&mut self, node: Node<'tree>) -> Vec<Node<'tree>> {
        let clause = |node: &Node<'_>| {
            matches!(
                Kind::of(node),
                Kind::Block
                    | Kind::ElifClause
                    | Kind::ElseClause
                    | Kind::ExceptClause
                    | Kind::FinallyClause
                    | Kind::Error
            )
        };
        self.children(node).into_iter().filter(clause).collect()
    }

    fn try_statement(&mut self, node: Node<'tree>) {
        let mut parts = self.children(node);
        if self.sink.wants_try_else_first() {
            parts.sort_by_key(|part| match Kind::of(part) {
                Kind::Block => 0,
                Kind::ElseClause => 1,
                Kind::FinallyClause => 3,
                _ => 2,
            });
        }
        for part in parts.into_iter().rev() {
            match Kind::of(&part) {
                Kind::Block => self.todo.push(Task::Body(part, Part::Try)),
                Kind::ElseClause => {
                    let body = Field::Body
                        .child(&part)
                        .map(|body| Task::Body(body, Part::TryElse));
                    self.todo.extend(body);
                }
                _ => self.todo.push(Task::Visit(part)),
            }
        }
    }

    /// The children that are targets, then the value.
    fn with_targets(&mut self, node: Node<'tree>, role: Role) {
        let value = Field::Value.child(&node);
        let targets = self
            .children(node)
            .into_iter()
            .filter(|child| Some(*child) != value);
        let targets: Vec<_> = targets
            .filter(|child| Kind::of(child) != Kind::Other)
            .collect();
        let targets = targets.into_iter().map(|target| Task::Target(target, role));
        self.next(targets.chain(value.map(Task::Visit)));
    }

    fn annotated_assignment(&mut self, node: Node<'tree>) {
        let value = Field::Value.child(&node);
        let mut tasks = Vec::new();
        if let Some(target) = Field::Target.child(&node) {
            let role = match (Kind::of(&target), value) {
                (Kind::Identifier, Some(_)) => Role::AnnAssign,
                (Kind::Identifier, None) => Role::Annotated,
                (_, Some(_)) => Role::Assign,
                (_, None) => Role::Bracketed,
            };
            tasks.push(Task::Target(target, role));
        }
        if let Some(annotation) = Field::Annotation.child(&node) {
            self.add_trait(Traits::ANNOTATION);
            tasks.push(Task::OpenRegion(Box::new(Opening::all_of(
                annotation,
                RegionKind::Variable,
            ))));
            tasks.extend([Task::Visit(annotation), Task::CloseRegion]);
        }
        tasks.extend(value.map(Task::Visit));
        self.next(tasks.into_iter());
    }

    /// Whether an expression is a string that is neither bytes nor computed.
    fn is_docstring(&mut self, mut node: Node<'tree>) -> bool {
        while let Some(inner) = node
            .named_child(0)
            .filter(|_| Kind::of(&node) == Kind::ParenthesizedExpression)
        {
            node = inner;
        }
        let strings = match Kind::of(&node) {
            Kind::String => vec![node],
            Kind::ConcatenatedString => self.children(node),
            _ => return false,
        };
        let plain = |string: &Node<'_>| {
            let start = string
                .child(0)
                .map(|start| self.source.get(start.byte_range()));
            start.is_some_and(|start| !start.contains(['b', 'B', 'f', 'F', 't', 'T']))
        };
        strings.iter().all(plain)
    }

    fn declaration(&mut self, node: Node<'tree>, role: Role) {
        let names = self.children(node);
        self.next(names.into_iter().map(|name| Task::Target(name, role)));
    }

    /// `import a.b` binds `a`, `import a.b as c` binds `c`.
    fn import(&mut self, node: Node<'tree>) {
        for item in self.children(node).into_iter().rev() {
            let name = Field::Alias
                .child(&item)
                .or_else(|| item.named_child(0))
                .unwrap_or(item);
            self.todo.push(Task::Name(name, Role::Import));
        }
    }

    fn import_from(&mut self, node: Node<'tree>) {
        let module = Field::Module.child(&node);
        let is_future = module.is_some_and(|module| self.text(module).as_str() == "__future__");
        if is_future {
            self.add_trait(Traits::FUTURE);
        }
        for item in self.children(node).into_iter().rev() {
            if Some(item) == module {
                continue;
            }
            if Kind::of(&item) == Kind::WildcardImport {
                self.add_trait(Traits::STAR_IMPORT);
                continue;
            }
            let imported = Field::Name.child(&item).unwrap_or(item);
            if is_future && self.text(imported).as_str() == "annotations" {
                self.add_trait(Traits::FUTURE_ANNOTATIONS);
            }
            let name = Field::Alias
                .child(&item)
                .or_else(|| item.named_child(0))
                .unwrap_or(item);
            self.todo.push(Task::Name(name, Role::ImportFrom));
        }
    }
}
