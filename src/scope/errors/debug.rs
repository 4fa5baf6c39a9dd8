//! `__debug__` is a constant: nothing may bind it.

use std::ops::Range;

use tree_sitter::Node;

use super::super::{Name, Role};
use super::checker::Checker;
use super::{NameError, Pointer, Stage};
use crate::syntax::{Field, Kind};

const DEBUG: &str = "__debug__";

impl Checker<'_, '_> {
    fn stage_of_debug(&self) -> Stage {
        if self.rules.checks_early() {
            Stage::Visit
        } else {
            Stage::Compile
        }
    }

    fn report_debug(&mut self, range: &Range<usize>, verb: &str, pointer: Option<usize>) {
        let message = format!("cannot {verb} {DEBUG}");
        let stage = self.stage_of_debug();
        let error = NameError::new(stage, "binds-debug", range, message);
        self.report(error.pointing(pointer.map(Pointer::at)));
    }

    /// An occurrence of a name, as one of `__debug__`.
    pub(super) fn check_debug(&mut self, name: Name, role: Role, range: &Range<usize>) {
        if !role.binds() || name.as_str() != DEBUG {
            return;
        }
        let scope = self.frames.get(self.current).map(|frame| frame.start);
        let statement = Some(self.statement.start);
        let early = self.rules.checks_early();
        let pointer = match role {
            // These are checked with their patterns and statements.
            Role::Capture | Role::Import | Role::ImportFrom => return,
            Role::Delete if !self.rules.keeps_debug() => return,
            Role::Parameter if !self.rules.points_at_arguments() => scope,
            Role::Def | Role::Class | Role::Except | Role::TypeParam => statement,
            Role::TypeAlias if !early => statement,
            _ => None,
        };
        let verb = if role == Role::Delete {
            "delete"
        } else {
            "assign to"
        };
        self.report_debug(range, verb, pointer);
    }

    /// The names that an import binds.
    pub(super) fn check_debug_import(&mut self, statement: Node<'_>) {
        let module = Field::Module.child(&statement);
        let mut cursor = statement.walk();
        let items = statement.named_children(&mut cursor);
        let items: Vec<_> = items.filter(|item| Some(*item) != module).collect();
        for item in items {
            let alias = Field::Alias.child(&item);
            let dotted = alias.is_none() && item.named_child_count() > 1;
            if dotted && !self.rules.has_peg_parser() {
                continue;
            }
            let name = alias.or_else(|| item.named_child(0));
            let Some(name) = name.filter(|name| self.is_debug(*name)) else {
                continue;
            };
            let old = (!self.rules.checks_early()).then(|| statement.start_byte());
            let pointer = old.or(Some(item.start_byte()));
            self.report_debug(&name.byte_range(), "assign to", pointer);
        }
    }

    /// `x.__debug__` as a target.
    pub(super) fn check_attribute_target(&mut self, node: Node<'_>, role: Role) {
        if Kind::of(&node) != Kind::Attribute {
            return;
        }
        let unchecked = match role {
            Role::AugAssign => !self.rules.checks_debug_in_augmented(),
            Role::Delete => !self.rules.checks_early(),
            _ => false,
        };
        let attribute = Field::Attribute.child(&node);
        if unchecked || attribute.is_none_or(|attribute| self.text(attribute) != DEBUG) {
            return;
        }
        let verb = if role == Role::Delete {
            "delete"
        } else {
            "assign to"
        };
        self.report_debug(&node.byte_range(), verb, None);
    }

    /// `f(__debug__=…)`; `call` starts where the call does.
    pub(super) fn check_debug_keyword(&mut self, keyword: Node<'_>, call: usize) {
        let old = (!self.rules.points_at_arguments()).then_some(call);
        self.report_debug(&keyword.byte_range(), "assign to", old);
    }

    /// A pattern that captures `__debug__`.
    pub(super) fn check_debug_pattern(
        &mut self,
        name: &str,
        range: &Range<usize>,
        pointer: Option<usize>,
    ) {
        if name == DEBUG {
            self.report_debug(range, "assign to", pointer);
        }
    }

    pub(super) fn is_debug(&self, node: Node<'_>) -> bool {
        self.text(node) == DEBUG
    }
}
