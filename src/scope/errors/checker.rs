//! One walk over a block, in the symbol table's order, and what is known on it.
//!
//! The checker keeps what CPython's `symtable.c` and compiler keep while they go: the open scopes with
//! their tables so far ([`Frame`]), and the loops and handlers around ([`Context`]). The families of
//! errors, one file each, are asked at every node.

use std::ops::Range;

use rustc_hash::FxHashSet;
use tree_sitter::{Node, Tree};

use super::super::extract::{self, Opening, Sink};
use super::super::facts::RegionKind;
use super::super::rules::{Annotations, Rules, Standing};
use super::super::table::Flags;
use super::super::{Name, Role, ScopeKind};
use super::frame::Frame;
use super::{Checked, NameError, Stage};
use crate::stop;
use crate::syntax::{Field, Kind};

pub(super) struct Checker<'tree, 'source> {
    pub source: &'source str,
    pub rules: Rules,
    /// Every scope of the block, in the order in which they were entered. The first is the module.
    pub frames: Vec<Frame>,
    /// Index of the innermost open scope.
    pub current: usize,
    regions: Vec<Opened>,
    pub contexts: Vec<Context>,
    /// The statement that the names that come next belong to.
    pub statement: Range<usize>,
    pub in_target: bool,
    /// Starts of the starred expressions that may stand where they stand.
    pub starred: FxHashSet<usize>,
    /// The last type parameter.
    type_parameter: Option<Node<'tree>>,
    next_order: u32,
    found: Vec<(u32, NameError)>,
    pub checked: Checked,
}

/// What surrounds a statement or expression.
pub(super) struct Context {
    /// The statement, clause or expression that it comes with.
    pub whole: Range<usize>,
    /// What it surrounds.
    pub inside: Range<usize>,
    pub kind: ContextKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ContextKind {
    /// The body of a loop.
    Loop,
    /// An `except*` clause.
    StarHandler,
    /// What is left through code of its own: `with`, `try` with `finally`.
    Cleanup,
    /// A comprehension, with its iterables.
    Comprehension(Vec<Range<usize>>),
    /// A function, lambda or class.
    Scope,
}

enum Opened {
    Scope {
        outer: usize,
        contexts: usize,
    },
    /// An annotation that is no scope of its own; whether what is in it was compiled before.
    Transparent {
        unevaluated: bool,
    },
}

impl<'tree, 'source> Checker<'tree, 'source> {
    /// Checks one block.
    pub fn check(source: &'source str, tree: &'tree Tree, rules: Rules) -> Checked {
        let mut module = Frame::new(ScopeKind::Module, 0, 0);
        module.sound = !tree.root_node().has_error();
        let checker = Self {
            source,
            rules,
            frames: vec![module],
            current: 0,
            regions: Vec::new(),
            contexts: Vec::new(),
            statement: 0..0,
            in_target: false,
            starred: FxHashSet::default(),
            type_parameter: None,
            next_order: 0,
            found: Vec::new(),
            checked: Checked::default(),
        };
        let mut checker = extract::walk(source, tree, checker);
        checker.unfinished(tree);
        checker.check_end(tree);
        checker.check_block(tree.root_node());
        checker.check_identifiers(tree);
        checker.resolve_nonlocals();
        checker.close_coroutine(0);
        let mut found = checker.found;
        found.sort_by_key(|(order, error)| (error.stage, *order));
        checker.checked.errors = found.into_iter().map(|(_, error)| error).collect();
        checker.checked
    }

    pub fn frame(&mut self) -> Option<&mut Frame> {
        self.frames.get_mut(self.current)
    }

    pub fn kind(&self) -> ScopeKind {
        self.frames
            .get(self.current)
            .map_or(ScopeKind::Module, |frame| frame.kind)
    }

    pub fn text(&self, node: Node<'_>) -> &'source str {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    /// The scopes from the innermost outwards.
    pub fn outwards(&self, from: usize) -> impl Iterator<Item = (usize, &Frame)> {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let index = next?;
            let frame = self.frames.get(index)?;
            next = (index != 0).then_some(frame.parent);
            Some((index, frame))
        })
    }

    /// A number that says how far the walk is.
    pub fn order(&mut self) -> u32 {
        self.next_order += 1;
        self.next_order
    }

    pub fn report(&mut self, error: NameError) {
        let order = self.order();
        self.report_as_of(order, self.current, error);
    }

    /// Reports what was met in `frame` when the walk was at `order`. Where the syntax is broken nothing is
    /// certain, and what is never compiled has no errors of the compiler's.
    pub fn report_as_of(&mut self, order: u32, frame: usize, error: NameError) {
        let Some(frame) = self.frames.get(frame) else {
            return;
        };
        if frame.sound && !(frame.unevaluated && error.stage == Stage::Compile) {
            self.found.push((order, error));
        }
    }

    /// Reports what is wrong however broken the text around is.
    pub fn report_always(&mut self, error: NameError) {
        let order = self.order();
        self.found.push((order, error));
    }

    fn enter(&mut self, kind: ScopeKind, opening: &Opening<'tree>) {
        let mut frame = Frame::new(kind, self.current, opening.start);
        if let Some(parent) = self.frames.get(self.current) {
            frame.unevaluated = parent.unevaluated;
            frame.ignored = parent.ignored;
            frame.privacy = parent.privacy.clone();
            frame.sees_class = match kind {
                ScopeKind::TypeParams | ScopeKind::TypeAlias => parent.kind == ScopeKind::Class,
                ScopeKind::TypeVar | ScopeKind::TypeVarDefault => parent.sees_class,
                _ => false,
            };
        }
        frame.sound = !opening.node.has_error();
        frame.end = opening.node.end_byte();
        frame.is_async = opening.is_async;
        frame.coroutine = opening.is_async;
        frame.what = self.what(kind, opening.node);
        if kind == ScopeKind::Class || kind == ScopeKind::TypeParams {
            frame.enter_class(self.source, self.rules, kind, opening.node);
        }
        self.regions.push(Opened::Scope {
            outer: self.current,
            contexts: self.contexts.len(),
        });
        if matches!(
            kind,
            ScopeKind::Function | ScopeKind::Lambda | ScopeKind::Class
        ) {
            let range = opening.node.byte_range();
            self.contexts.push(Context {
                whole: range.clone(),
                inside: range,
                kind: ContextKind::Scope,
            });
        }
        self.current = self.frames.len();
        self.frames.push(frame);
    }

    fn what(&self, kind: ScopeKind, node: Node<'tree>) -> &'static str {
        let parameter = self.type_parameter.map(|node| Kind::of(&node));
        match (kind, parameter) {
            (ScopeKind::TypeVar, _) => self
                .rules
                .bound_or_constraint(Kind::of(&node) == Kind::Tuple),
            (ScopeKind::TypeVarDefault, Some(Kind::TypeVariableTuple)) => "a TypeVarTuple default",
            (ScopeKind::TypeVarDefault, Some(Kind::ParameterSpecification)) => {
                "a ParamSpec default"
            }
            (ScopeKind::TypeVarDefault, _) => "a TypeVar default",
            (ScopeKind::TypeAlias, _) => "a type alias",
            (ScopeKind::TypeParams, _) => "the definition of a generic",
            _ => "an annotation",
        }
    }
}

impl<'tree> Sink<'tree> for Checker<'tree, '_> {
    fn visit(&mut self, node: Node<'tree>) {
        stop::check();
        let start = node.start_byte();
        let left = |context: &Context| {
            context.kind != ContextKind::Scope && !context.whole.contains(&start)
        };
        while self.contexts.last().is_some_and(left) {
            self.contexts.pop();
        }
        let kind = Kind::of(&node);
        match kind {
            Kind::DecoratedDefinition => {
                if let Some(definition) = Field::Definition.child(&node) {
                    self.statement = definition.byte_range();
                    self.check_suite(definition, Kind::of(&definition));
                    self.check_parameter_order(definition);
                }
            }
            Kind::TypeVariable | Kind::TypeVariableTuple | Kind::ParameterSpecification => {
                self.type_parameter = Some(node);
                self.statement = node.byte_range();
                self.check_type_parameter(node);
            }
            Kind::GlobalStatement
            | Kind::NonlocalStatement
            | Kind::AnnotatedAssignment
            | Kind::FunctionDefinition
            | Kind::ClassDefinition
            | Kind::TypeAliasStatement
            | Kind::ImportStatement
            | Kind::ImportFromStatement
            | Kind::ExceptClause => self.statement = node.byte_range(),
            _ => {}
        }
        self.check_syntax(node, kind);
        self.check_suite(node, kind);
        self.check_brackets(node);
        self.check_newer_syntax(node, kind);
        self.check_control_flow(node, kind);
        self.check_annotation_scope(node, kind);
        self.check_starred(node, kind);
        match kind {
            Kind::TypeParameters => self.check_type_parameters(node),
            Kind::NamedExpression => self.check_walrus(node),
            Kind::TryStatement => self.check_handlers(node),
            Kind::ImportStatement => self.check_debug_import(node),
            Kind::ImportFromStatement => {
                self.check_import(node);
                self.check_debug_import(node);
            }
            Kind::ArgumentList => {
                self.check_argument_order(node);
                self.check_keywords(node);
            }
            Kind::FunctionDefinition | Kind::Lambda => self.check_parameter_order(node),
            Kind::MatchStatement => self.check_match(node),
            Kind::String => self.check_string(node),
            Kind::ConcatenatedString => self.check_strings(node),
            _ => {}
        }
    }

    fn target(&mut self, node: Node<'tree>, role: Role) {
        self.check_target(node, role);
        self.check_attribute_target(node, role);
    }

    fn mention(&mut self, start: usize, end: usize, name: Name, role: Role) {
        let range = start..end;
        self.check_debug(name, role, &range);
        if role.declares() {
            return self.declare(name, role, &range);
        }
        let in_target = self.in_target;
        let statement = self.statement.clone();
        let super_needs_class = self.rules.super_needs_class(self.kind());
        let Some(frame) = self.frames.get(self.current) else {
            return;
        };
        let symbol = frame.symbol(name);
        let error = match role {
            Role::Parameter => self.duplicate_parameter(frame, symbol, &range),
            Role::AnnAssign | Role::Annotated => self.annotated(frame, name, symbol, &statement),
            _ if in_target => self.rebinds_walrus(frame, name, symbol, &range),
            _ => None,
        };
        if let Some(error) = error {
            self.report(error);
        }
        let Some(frame) = self.frame() else { return };
        let mut flags = Flags::of(role);
        if in_target {
            flags |= Flags::COMP_ITER;
        }
        if !flags.is_empty() {
            frame.table.entry(symbol).or_default().add(flags, &range);
        }
        if role == Role::Use && name.as_str() == "super" && super_needs_class {
            let class = frame.table.entry(Name::new("__class__")).or_default();
            class.add(Flags::USE, &range);
        }
    }

    fn set_in_target(&mut self, on: bool) {
        self.in_target = on;
    }

    fn open_region(&mut self, opening: &Opening<'tree>, _name: Option<(Name, Range<usize>)>) {
        let annotations = match opening.kind {
            RegionKind::Scope(kind) => {
                return self.enter(kind, opening);
            }
            RegionKind::Signature => {
                self.allow_starred_annotations(opening.node);
                self.rules.signature()
            }
            RegionKind::Variable => self.rules.variable_annotation(self.kind()),
        };
        match annotations {
            Annotations::Transparent(Standing::Ignored) | Annotations::Scope(Standing::Ignored) => {
                let forgotten = self.rules.stringified;
                self.enter(ScopeKind::Annotation, opening);
                if let Some(frame) = self.frame() {
                    frame.unevaluated = true;
                    frame.ignored = forgotten;
                }
            }
            Annotations::Scope(_) => self.enter(ScopeKind::Annotation, opening),
            Annotations::Transparent(standing) => {
                let Some(frame) = self.frame() else { return };
                let unevaluated = frame.unevaluated;
                frame.unevaluated |= standing == Standing::Counted;
                self.regions.push(Opened::Transparent { unevaluated });
            }
        }
    }

    fn close_region(&mut self) {
        match self.regions.pop() {
            Some(Opened::Scope { outer, contexts }) => {
                self.close_coroutine(self.current);
                self.contexts.truncate(contexts);
                self.current = outer;
            }
            Some(Opened::Transparent { unevaluated }) => {
                if let Some(frame) = self.frame() {
                    frame.unevaluated = unevaluated;
                }
            }
            None => {}
        }
    }

    fn wants_try_else_first(&self) -> bool {
        self.rules.visits_try_else_first()
    }
}
