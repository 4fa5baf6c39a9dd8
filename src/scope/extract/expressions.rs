//! What expressions and patterns say about names, in `symtable.c`'s order.

use tree_sitter::Node;

use super::super::facts::{Part, RegionKind, Traits};
use super::super::{Role, ScopeKind};
use super::{Extractor, Opening, Sink, Task};
use crate::seq::LEAF;
use crate::syntax::{Field, Kind};

impl<'tree, S: Sink<'tree>> Extractor<'tree, '_, S> {
    /// Plans the walk of an expression or pattern; `false` for those whose children are simply visited in
    /// their order.
    pub(super) fn expression(&mut self, node: Node<'tree>) -> bool {
        match Kind::of(&node) {
            Kind::Identifier => self.name(node, Role::Use),
            Kind::Attribute => self.next(Field::Object.child(&node).map(Task::Visit).into_iter()),
            Kind::KeywordArgument | Kind::KeywordPattern => {
                self.next(Field::Value.child(&node).map(Task::Visit).into_iter());
            }
            Kind::Call => self.call(node),
            Kind::Lambda => self.lambda(node),
            Kind::ListComprehension => self.comprehension(node, ScopeKind::ListComp),
            Kind::SetComprehension => self.comprehension(node, ScopeKind::SetComp),
            Kind::DictionaryComprehension => self.comprehension(node, ScopeKind::DictComp),
            Kind::GeneratorExpression => self.comprehension(node, ScopeKind::GenExpr),
            Kind::NamedExpression => {
                let value = Field::Value.child(&node).map(Task::Visit);
                let target = Field::Target
                    .child(&node)
                    .map(|target| Task::Target(target, Role::Walrus));
                self.next([value, target].into_iter().flatten());
            }
            Kind::ConditionalExpression => {
                let parts = [Field::Condition, Field::Body, Field::Alternative];
                self.next(
                    parts
                        .into_iter()
                        .filter_map(|part| part.child(&node))
                        .map(Task::Visit),
                );
            }
            Kind::List | Kind::Tuple | Kind::Set | Kind::Dictionary | Kind::ArgumentList
                if self.is_long(node) =>
            {
                self.body(node, Part::Rows);
            }
            Kind::ArgumentList => self.arguments(node),
            Kind::Dictionary => self.dictionary(node),
            Kind::Yield | Kind::YieldFrom => {
                self.add_trait(Traits::YIELD);
                return false;
            }
            Kind::CapturePattern | Kind::StarPattern | Kind::DoubleStarPattern => {
                self.capture(node)
            }
            Kind::AsPattern => {
                let pattern = Field::Pattern.child(&node).map(Task::Visit);
                let alias = Field::Alias
                    .child(&node)
                    .map(|alias| Task::Name(alias, Role::Capture));
                self.next([pattern, alias].into_iter().flatten());
            }
            Kind::TypeVariable | Kind::TypeVariableTuple | Kind::ParameterSpecification => {
                self.type_parameter(node)
            }
            Kind::MappingPattern => self.mapping_pattern(node),
            Kind::ClassPattern => self.class_pattern(node),
            _ => return false,
        }
        true
    }

    fn call(&mut self, node: Node<'tree>) {
        let function = Field::Function.child(&node);
        let arguments = Field::Arguments.child(&node);
        if let Some(name) = function.filter(|function| Kind::of(function) == Kind::Identifier) {
            match self.text(name).as_str() {
                "exec" | "eval" => self.add_trait(Traits::EXEC),
                "locals" | "globals" => self.add_trait(Traits::NAMESPACE),
                // With an argument, it is that object's namespace.
                "vars" if arguments.is_none_or(|all| all.named_child_count() == 0) => {
                    self.add_trait(Traits::NAMESPACE);
                }
                _ => {}
            }
        }
        self.next([function, arguments].into_iter().flatten().map(Task::Visit));
    }

    /// Something is put into a dictionary that may be a scope's namespace.
    pub(super) fn note_namespace(&mut self, dictionary: Option<Node<'tree>>) {
        let call = dictionary.filter(|node| Kind::of(node) == Kind::Call);
        let Some(function) = call.and_then(|call| Field::Function.child(&call)) else {
            return;
        };
        match (Kind::of(&function), self.text(function).as_str()) {
            (Kind::Identifier, "globals") => self.add_trait(Traits::WRITES_GLOBALS),
            (Kind::Identifier, "locals" | "vars") => self.add_trait(Traits::WRITES_LOCALS),
            _ => {}
        }
    }

    /// Positional arguments come before keywords, wherever they stand.
    pub(super) fn arguments(&mut self, node: Node<'tree>) {
        let keyword =
            |node: &Node<'_>| matches!(Kind::of(node), Kind::KeywordArgument | Kind::DoubleStarred);
        let (keywords, positional): (Vec<_>, Vec<_>) =
            self.children(node).into_iter().partition(keyword);
        self.next(positional.into_iter().chain(keywords).map(Task::Visit));
    }

    /// Whether a list in brackets is so long that an edit in one of its items shouldn't cost all. Those of a
    /// bracket that was left open are the arguments of a call on the way. In a dictionary as long as that, and
    /// among such arguments, items are visited one by one: the order in which names first occur may differ from
    /// CPython's, which nothing depends on.
    fn is_long(&self, node: Node<'tree>) -> bool {
        node.named_child_count() > LEAF && self.sink.wants_rows()
    }

    /// All keys come before all values.
    fn dictionary(&mut self, node: Node<'tree>) {
        let items = self.children(node);
        let keys = items.iter().filter_map(|item| Field::Key.child(item));
        let values = items
            .iter()
            .map(|item| Field::Value.child(item).unwrap_or(*item));
        let tasks: Vec<_> = keys.chain(values).map(Task::Visit).collect();
        self.next(tasks.into_iter());
    }

    fn lambda(&mut self, node: Node<'tree>) {
        let parameters = Field::Parameters.child(&node);
        let body = Field::Body.child(&node);
        let opening = self.opening(node, ScopeKind::Lambda);
        let parts = self.parameters(parameters);
        let mut tasks: Vec<_> = parts.defaults.into_iter().map(Task::Visit).collect();
        tasks.push(Task::OpenRegion(Box::new(opening)));
        tasks.extend(
            parts
                .names
                .into_iter()
                .map(|name| Task::Name(name, Role::Parameter)),
        );
        tasks.extend(body.map(Task::Visit));
        tasks.push(Task::CloseRegion);
        self.next(tasks.into_iter());
    }

    /// The first iterable is evaluated outside (language reference, 6.2.4), all else inside.
    fn comprehension(&mut self, node: Node<'tree>, kind: ScopeKind) {
        let children = self.children(node);
        let clauses = children
            .iter()
            .filter(|child| matches!(Kind::of(child), Kind::ForClause | Kind::IfClause));
        let first = clauses
            .clone()
            .find(|clause| Kind::of(clause) == Kind::ForClause);
        let iterable = first.and_then(|clause| Field::Iterable.child(clause));
        let inside = iterable.map(|iterable| {
            vec![
                node.start_byte()..iterable.start_byte(),
                iterable.end_byte()..node.end_byte(),
            ]
        });
        let is_async =
            |clause: &Node<'_>| clause.child(0).is_some_and(|child| child.kind() == "async");
        let opening = Opening {
            kind: RegionKind::Scope(kind),
            node,
            start: node.start_byte(),
            end: node.end_byte(),
            head: node.start_byte(),
            name: None,
            inside: inside.unwrap_or_default(),
            is_async: clauses.clone().any(is_async),
        };
        let mut tasks: Vec<_> = iterable.map(Task::Visit).into_iter().collect();
        tasks.push(Task::OpenRegion(Box::new(opening)));
        for clause in clauses {
            if Kind::of(clause) == Kind::IfClause {
                tasks.extend(Field::Condition.child(clause).map(Task::Visit));
                continue;
            }
            tasks.push(Task::InTarget(true));
            tasks.extend(
                Field::Target
                    .child(clause)
                    .map(|target| Task::Target(target, Role::CompFor)),
            );
            tasks.push(Task::InTarget(false));
            let inner = Field::Iterable
                .child(clause)
                .filter(|inner| Some(*inner) != iterable);
            tasks.extend(inner.map(Task::Visit));
        }
        let element = [Field::Value, Field::Key, Field::Element];
        tasks.extend(
            element
                .into_iter()
                .filter_map(|part| part.child(&node))
                .map(Task::Visit),
        );
        tasks.push(Task::CloseRegion);
        self.next(tasks.into_iter());
    }

    fn capture(&mut self, node: Node<'tree>) {
        let name = self
            .children(node)
            .into_iter()
            .find(|child| Kind::of(child) == Kind::Identifier);
        self.next(name.map(|name| Task::Name(name, Role::Capture)).into_iter());
    }

    /// All keys come before all patterns.
    fn mapping_pattern(&mut self, node: Node<'tree>) {
        let items = self.children(node);
        let keys = items.iter().filter_map(|item| Field::Key.child(item));
        let patterns = items
            .iter()
            .map(|item| Field::Value.child(item).unwrap_or(*item));
        let tasks: Vec<_> = keys.chain(patterns).map(Task::Visit).collect();
        self.next(tasks.into_iter());
    }

    fn class_pattern(&mut self, node: Node<'tree>) {
        let keyword = |node: &Node<'_>| Kind::of(node) == Kind::KeywordPattern;
        let (keywords, others): (Vec<_>, Vec<_>) =
            self.children(node).into_iter().partition(keyword);
        self.next(others.into_iter().chain(keywords).map(Task::Visit));
    }
}
