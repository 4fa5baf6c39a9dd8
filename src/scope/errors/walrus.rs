//! Assignment expressions in comprehensions (PEP 572): where they can't stand, what they can't rebind.

use std::ops::Range;

use tree_sitter::Node;

use super::super::table::Flags;
use super::super::{Name, ScopeKind};
use super::checker::{Checker, ContextKind};
use super::frame::Frame;
use super::{NameError, Pointer, Stage};
use crate::syntax::Field;
use crate::text::Offset;

impl Checker<'_, '_> {
    /// `x := …`, before its value is visited.
    pub(super) fn check_walrus(&mut self, node: Node<'_>) {
        let start = node.start_byte();
        let in_iterable = self.contexts.iter().any(|context| match &context.kind {
            ContextKind::Comprehension(iterables) => {
                iterables.iter().any(|part| part.contains(&start))
            }
            _ => false,
        });
        if in_iterable {
            let message =
                "assignment expression cannot be used in a comprehension iterable expression";
            let error = self.walrus_error("walrus-in-iterable", &node.byte_range(), message);
            return self.report(error);
        }
        let Some(target) = Field::Target.child(&node) else {
            return;
        };
        if self.kind().is_comprehension() {
            let name = Name::new(self.text(target));
            self.bind_outside(name, &target.byte_range());
        }
    }

    /// Binds the target of a walrus in the scope around the comprehensions that it stands in.
    fn bind_outside(&mut self, name: Name, range: &Range<usize>) {
        let mut host = self.current;
        let mut error = None;
        for (index, frame) in self.outwards(self.current) {
            host = index;
            let message = match frame.kind {
                kind if kind.is_comprehension() => {
                    let symbol = if self.rules.mangles_walrus_targets() {
                        frame.symbol(name)
                    } else {
                        name
                    };
                    let entry = frame
                        .table
                        .get(&symbol)
                        .filter(|entry| entry.flags.has(Flags::COMP_ITER));
                    if let Some(entry) = entry {
                        let message = format!(
                            "assignment expression cannot rebind comprehension iteration variable '{name}'"
                        );
                        let found =
                            self.walrus_error("walrus-rebinds-iteration-variable", range, message);
                        error = Some(match entry.first(Flags::COMP_ITER) {
                            Some(first) => found.related(first, "the iteration variable"),
                            None => found,
                        });
                        break;
                    }
                    continue;
                }
                ScopeKind::Function | ScopeKind::Lambda | ScopeKind::Module => break,
                ScopeKind::Class => "in a class body",
                ScopeKind::TypeParams => "within the definition of a generic",
                ScopeKind::TypeAlias => "in a type alias",
                ScopeKind::TypeVar | ScopeKind::TypeVarDefault => "in a TypeVar bound",
                _ => continue,
            };
            let message =
                format!("assignment expression within a comprehension cannot be used {message}");
            error = Some(self.walrus_error("walrus-in-comprehension", range, message));
            break;
        }
        match error {
            Some(error) => self.report(error),
            None => self.bind_in(host, name, range),
        }
    }

    fn bind_in(&mut self, host: usize, name: Name, range: &Range<usize>) {
        let Some(frame) = self.frames.get_mut(host) else {
            return;
        };
        let symbol = frame.symbol(name);
        let entry = frame.table.entry(symbol).or_default();
        let here = if frame.kind == ScopeKind::Module || entry.flags.has(Flags::GLOBAL) {
            Flags::GLOBAL
        } else {
            Flags::NONLOCAL
        };
        let there = if frame.kind == ScopeKind::Module {
            Flags::GLOBAL
        } else {
            Flags::LOCAL
        };
        entry.add(there, range);
        if let Some(frame) = self.frame() {
            frame.table.entry(symbol).or_default().add(here, range);
        }
    }

    /// The target of a comprehension's later `for` that a walrus before it binds.
    pub(super) fn rebinds_walrus(
        &self,
        frame: &Frame,
        name: Name,
        symbol: Name,
        range: &Range<usize>,
    ) -> Option<NameError> {
        let entry = frame.table.get(&symbol)?;
        let first = entry.first(Flags::GLOBAL | Flags::NONLOCAL)?;
        let message =
            format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
        let old = (!self.rules.has_precise_errors()).then(|| Pointer::at(frame.start));
        let error = NameError::new(Stage::Visit, "walrus-rebound-by-iteration", range, message);
        Some(
            error
                .pointing(old)
                .related(first, "the assignment expression"),
        )
    }

    fn walrus_error(
        &self,
        code: &'static str,
        range: &Range<usize>,
        message: impl Into<String>,
    ) -> NameError {
        let old = Pointer::FromZero(Offset::from_usize(range.start));
        let old = (!self.rules.has_precise_errors()).then_some(old);
        NameError::new(Stage::Visit, code, range, message).pointing(old)
    }
}
