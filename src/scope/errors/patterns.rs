//! What the patterns of a `match` statement capture (PEP 634).

use std::ops::Range;

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use super::super::Name;
use super::checker::Checker;
use super::{NameError, Pointer, Stage};
use crate::syntax::{Field, Kind};

/// What is still to be done with a pattern; the last one is next.
enum Task<'tree> {
    /// Whether it may match everything.
    Visit(Node<'tree>, bool),
    /// A capture that is made when the pattern's parts are done.
    Capture {
        name: Node<'tree>,
        whole: Node<'tree>,
    },
    /// The start of an alternative.
    Alternative,
    /// The end of one, of this pattern.
    EndAlternative(Node<'tree>),
    /// The end of all alternatives of this pattern.
    EndOr(Node<'tree>),
}

/// Names that were captured, with the first place.
type Captures = FxHashMap<Name, Range<usize>>;

/// The walk over one pattern.
#[derive(Default)]
struct Walk<'tree> {
    todo: Vec<Task<'tree>>,
    /// What each open alternative has captured; the first is the whole pattern's.
    captures: Vec<Captures>,
    /// What the alternatives that are done captured, for each open `|`.
    alternatives: Vec<Vec<Captures>>,
    /// The pattern that was begun last.
    last: Range<usize>,
}

impl<'tree> Checker<'tree, '_> {
    pub(super) fn check_match(&mut self, node: Node<'tree>) {
        let mut cursor = node.walk();
        let is_case = |child: &Node<'_>| Kind::of(child) == Kind::CaseClause;
        let cases: Vec<_> = node.named_children(&mut cursor).filter(is_case).collect();
        let last = cases.len().saturating_sub(1);
        for (index, case) in cases.iter().enumerate() {
            let may_match_all = index == last || Field::Guard.child(case).is_some();
            if let Some(pattern) = Field::Pattern.child(case) {
                self.check_pattern(pattern, may_match_all);
            }
        }
    }

    fn check_pattern(&mut self, pattern: Node<'tree>, may_match_all: bool) {
        let mut walk = Walk {
            todo: vec![Task::Visit(pattern, may_match_all)],
            captures: vec![Captures::default()],
            ..Walk::default()
        };
        while let Some(task) = walk.todo.pop() {
            match task {
                Task::Visit(node, may_match_all) => {
                    self.visit_pattern(&mut walk, node, may_match_all)
                }
                Task::Capture { name, whole } => self.capture(&mut walk, name, whole),
                Task::Alternative => walk.captures.push(Captures::default()),
                Task::EndAlternative(node) => self.end_alternative(&mut walk, node),
                Task::EndOr(node) => self.end_alternatives(&mut walk, node),
            }
        }
    }

    fn visit_pattern(&mut self, walk: &mut Walk<'tree>, node: Node<'tree>, may_match_all: bool) {
        let kind = Kind::of(&node);
        if !matches!(
            kind,
            Kind::GroupPattern | Kind::PairPattern | Kind::KeywordPattern
        ) {
            walk.last = node.byte_range();
        }
        match kind {
            Kind::GroupPattern => walk.plan(parts(node), may_match_all),
            Kind::CapturePattern => {
                let Some(name) = node.named_child(0) else {
                    return;
                };
                self.check_debug_pattern(self.text(name), &node.byte_range(), None);
                if may_match_all {
                    self.capture(walk, name, node);
                } else {
                    let message = format!(
                        "name capture '{}' makes remaining patterns unreachable",
                        self.text(name)
                    );
                    self.unreachable(node, message);
                }
            }
            Kind::WildcardPattern if !may_match_all => {
                self.unreachable(
                    node,
                    "wildcard makes remaining patterns unreachable".to_owned(),
                );
            }
            Kind::AsPattern => {
                if let Some(name) = Field::Alias.child(&node) {
                    walk.todo.push(Task::Capture { name, whole: node });
                }
                walk.plan(
                    Field::Pattern.child(&node).into_iter().collect(),
                    may_match_all,
                );
            }
            Kind::OrPattern => walk.plan_alternatives(node, may_match_all),
            Kind::StarPattern => {
                if let Some(name) = Field::Name.child(&node) {
                    self.capture(walk, name, node);
                }
            }
            Kind::SequencePattern => {
                let parts = parts(node);
                let starred = parts
                    .iter()
                    .filter(|part| Kind::of(part) == Kind::StarPattern);
                if starred.count() > 1 {
                    self.report_pattern(
                        "multiple-starred",
                        node,
                        "multiple starred names in sequence pattern",
                    );
                }
                walk.plan(parts, true);
            }
            Kind::LiteralPattern if self.is_computed(node.named_child(0)) => self.report_pattern(
                "computed-pattern",
                node,
                "patterns may only match literals and attribute lookups",
            ),
            Kind::MappingPattern => self.visit_mapping(walk, node),
            Kind::ClassPattern => self.visit_class_pattern(walk, node),
            _ => {}
        }
    }

    /// Whether a literal is, or holds, an f-string or t-string.
    fn is_computed(&self, literal: Option<Node<'_>>) -> bool {
        let is_computed = |string: Node<'_>| {
            let start = string.child(0).map_or("", |start| self.text(start));
            Kind::of(&string) == Kind::String && start.contains(['f', 'F', 't', 'T'])
        };
        literal.is_some_and(|node| {
            is_computed(node)
                || Kind::of(&node) == Kind::ConcatenatedString
                    && parts(node).into_iter().any(is_computed)
        })
    }

    fn visit_mapping(&mut self, walk: &mut Walk<'tree>, node: Node<'tree>) {
        let parts = parts(node);
        let mut seen: Vec<Key> = Vec::new();
        for pair in &parts {
            let Some(key) = Field::Key
                .child(pair)
                .and_then(|key| Key::of(key, self.text(key)))
            else {
                continue;
            };
            if seen.contains(&key) {
                let message = format!("mapping pattern checks duplicate key ({})", key.shown);
                self.report_pattern("duplicate-pattern-key", node, message);
            }
            seen.push(key);
        }
        let rest = parts
            .iter()
            .find(|part| Kind::of(part) == Kind::DoubleStarPattern);
        if let Some(name) = rest.and_then(|rest| Field::Name.child(rest)) {
            walk.todo.push(Task::Capture { name, whole: node });
        }
        walk.plan(
            parts
                .iter()
                .filter_map(|pair| Field::Value.child(pair))
                .collect(),
            true,
        );
    }

    fn visit_class_pattern(&mut self, walk: &mut Walk<'tree>, node: Node<'tree>) {
        let class = Field::Class.child(&node);
        let parts: Vec<_> = parts(node)
            .into_iter()
            .filter(|part| Some(*part) != class)
            .collect();
        let is_keyword = |part: &Node<'_>| Kind::of(part) == Kind::KeywordPattern;
        let (keywords, mut values): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_keyword);
        let mut firsts: FxHashMap<&str, Node<'_>> = FxHashMap::default();
        for keyword in keywords {
            let (Some(name), Some(value)) =
                (Field::Name.child(&keyword), Field::Value.child(&keyword))
            else {
                continue;
            };
            let text = self.text(name);
            self.check_debug_pattern(text, &keyword.byte_range(), Some(value.start_byte()));
            if let Some(first) = firsts.get(text) {
                let message = format!("attribute name repeated in class pattern: {text}");
                let error = NameError::new(
                    Stage::Compile,
                    "repeated-pattern-attribute",
                    &keyword.byte_range(),
                    message,
                );
                let error = error.related(&first.byte_range(), "named here before");
                self.report(error.pointing(Some(Pointer::at(value.start_byte()))));
            }
            firsts.entry(text).or_insert(name);
            values.push(value);
        }
        walk.plan(values, true);
    }

    fn capture(&mut self, walk: &mut Walk<'tree>, name: Node<'tree>, whole: Node<'tree>) {
        let pointer = self.pattern_pointer(walk, whole);
        if Kind::of(&whole) != Kind::CapturePattern {
            self.check_debug_pattern(self.text(name), &name.byte_range(), Some(pointer));
        }
        let symbol = Name::new(self.text(name));
        let first = walk
            .captures
            .last()
            .and_then(|captures| captures.get(&symbol))
            .cloned();
        if let Some(first) = first {
            self.captured_twice(symbol, &name.byte_range(), &first, pointer);
        } else if let Some(captures) = walk.captures.last_mut() {
            captures.insert(symbol, name.byte_range());
        }
    }

    fn captured_twice(
        &mut self,
        name: Name,
        range: &Range<usize>,
        first: &Range<usize>,
        pointer: usize,
    ) {
        let message = format!("multiple assignments to name '{name}' in pattern");
        let error = NameError::new(Stage::Compile, "captured-twice", range, message);
        let error = error.related(first, "captured here before");
        self.report(error.pointing(Some(Pointer::at(pointer))));
    }

    /// All alternatives bind the same names.
    fn end_alternative(&mut self, walk: &mut Walk<'tree>, node: Node<'tree>) {
        let captures = walk.captures.pop().unwrap_or_default();
        let pointer = self.pattern_pointer(walk, node);
        let Some(alternatives) = walk.alternatives.last_mut() else {
            return;
        };
        let same = alternatives.first().is_none_or(|first| {
            first.len() == captures.len() && first.keys().all(|name| captures.contains_key(name))
        });
        alternatives.push(captures);
        if !same {
            let message = "alternative patterns bind different names";
            let range = node.byte_range();
            let error = NameError::new(Stage::Compile, "alternatives-differ", &range, message);
            self.report(error.pointing(Some(Pointer::at(pointer))));
        }
    }

    /// What the alternatives bind is bound by all of them together.
    fn end_alternatives(&mut self, walk: &mut Walk<'tree>, node: Node<'tree>) {
        let alternatives = walk.alternatives.pop().unwrap_or_default();
        let Some(first) = alternatives.first() else {
            return;
        };
        let pointer = self.pattern_pointer(walk, node);
        let mut names: Vec<_> = first.iter().collect();
        names.sort_by_key(|(_, range)| range.start);
        for (name, range) in names {
            let before = walk
                .captures
                .last()
                .and_then(|captures| captures.get(name))
                .cloned();
            if let Some(before) = before {
                self.captured_twice(*name, range, &before, pointer);
            } else if let Some(captures) = walk.captures.last_mut() {
                captures.insert(*name, range.clone());
            }
        }
    }

    /// Where CPython points when the parts of `whole` are done: up to 3.11 at the part that it saw last.
    fn pattern_pointer(&self, walk: &Walk<'_>, whole: Node<'_>) -> usize {
        if self.rules.has_type_scopes() {
            whole.start_byte()
        } else {
            walk.last.start
        }
    }

    fn unreachable(&mut self, node: Node<'_>, message: String) {
        self.report_pattern("unreachable-pattern", node, message);
    }

    fn report_pattern(&mut self, code: &'static str, node: Node<'_>, message: impl Into<String>) {
        self.report(NameError::new(
            Stage::Compile,
            code,
            &node.byte_range(),
            message,
        ));
    }
}

impl<'tree> Walk<'tree> {
    fn plan(&mut self, parts: Vec<Node<'tree>>, may_match_all: bool) {
        let parts = parts.into_iter().rev();
        self.todo
            .extend(parts.map(|part| Task::Visit(part, may_match_all)));
    }

    fn plan_alternatives(&mut self, node: Node<'tree>, may_match_all: bool) {
        self.alternatives.push(Vec::new());
        self.todo.push(Task::EndOr(node));
        let parts = parts(node);
        let last = parts.len().saturating_sub(1);
        for (index, part) in parts.into_iter().enumerate().rev() {
            self.todo.extend([
                Task::EndAlternative(node),
                Task::Visit(part, may_match_all && index == last),
                Task::Alternative,
            ]);
        }
    }
}

fn parts(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    let extra = |node: &Node<'_>| matches!(Kind::of(node), Kind::Comment | Kind::LineContinuation);
    node.named_children(&mut cursor)
        .filter(|child| !extra(child))
        .collect()
}

/// A literal key of a mapping pattern, if it is plain enough to be compared.
struct Key {
    value: String,
    shown: String,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Key {
    fn of(node: Node<'_>, text: &str) -> Option<Self> {
        let node = if Kind::of(&node) == Kind::LiteralPattern {
            node.named_child(0)?
        } else {
            node
        };
        let key = |value: String, shown: &str| {
            Some(Self {
                value,
                shown: shown.to_owned(),
            })
        };
        match Kind::of(&node) {
            Kind::True => key("1".to_owned(), text),
            Kind::False => key("0".to_owned(), text),
            Kind::None => key("None".to_owned(), text),
            Kind::Integer => {
                let number: u128 = text.replace('_', "").parse().ok()?;
                key(number.to_string(), &number.to_string())
            }
            Kind::String if !text.contains(['\\', '\n']) => {
                let inner = text.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
                let plain = !inner.contains(['"', '\'']);
                plain.then(|| Self {
                    value: format!("'{inner}'"),
                    shown: format!("'{inner}'"),
                })
            }
            _ => None,
        }
    }
}
