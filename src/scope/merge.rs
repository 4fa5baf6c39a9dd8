//! Code objects that the compiler leaves out: those of dead code, and equal ones among the constants of one
//! code object, of which some versions keep one.
//!
//! The compiler compares them after it has made them. Here equal tokens, from one line on, stand for that.

use rustc_hash::FxHashMap;

use super::dead_code;
use super::facts::Item;
use super::{CodeEntry, Name, PythonVersion, Role, ScopeKind, SymbolTable};
use crate::syntax::{Kind, Syntax};
use crate::text::{Range, Rel, Text};

/// What makes two code objects of one parent equal.
#[derive(PartialEq, Eq, Hash)]
struct Twin {
    parent: Option<usize>,
    name: String,
    line: u32,
    parameters: Vec<Name>,
    /// What is evaluated inside, a blank behind each token.
    tokens: String,
}

impl SymbolTable {
    /// Leaves out what the compiler does, with what is nested in it. `text` and `syntax` are those that the
    /// table was made of. O(n).
    pub fn leave_out_codes(&mut self, text: &Text, syntax: &Syntax) {
        let Some(module) = self.scopes.first() else {
            return;
        };
        let version = module.scope.version();
        let dead = dead_code::left_out(text, syntax, version);
        let mut first: FxHashMap<Twin, usize> = FxHashMap::default();
        // Where each of the old ones is now, itself or by its twin; none for what is left out otherwise.
        let mut now: Vec<Option<(usize, bool)>> = Vec::new();
        let mut kept = Vec::new();
        for mut code in std::mem::take(&mut self.codes) {
            if let Some(parent) = code.parent {
                let parent = now.get(parent).copied().flatten();
                let Some((parent, true)) = parent.filter(|_| !self.is_in(&dead, &code)) else {
                    now.push(None);
                    continue;
                };
                code.parent = Some(parent);
            }
            let at = kept.len();
            let twin = self.twin(text, syntax, version, &code);
            let place = twin.map_or(at, |twin| *first.entry(twin).or_insert(at));
            now.push(Some((place, place == at)));
            if place == at {
                kept.push(code);
            }
        }
        self.codes = kept;
        for scope in &mut self.scopes {
            let place = scope.code.and_then(|code| now.get(code).copied().flatten());
            scope.code = place.map(|(place, _)| place);
        }
    }

    /// Whether a code object is made in one of these ranges, which are in order.
    fn is_in(&self, ranges: &[Range], code: &CodeEntry) -> bool {
        let Some(entry) = self.scopes.get(code.scope) else {
            return false;
        };
        let at = entry.scope.made_at();
        let before = ranges.partition_point(|range| range.start <= at);
        let last = before.checked_sub(1).and_then(|last| ranges.get(last));
        last.is_some_and(|range| at < range.end)
    }

    fn twin(
        &self,
        text: &Text,
        syntax: &Syntax,
        version: PythonVersion,
        code: &CodeEntry,
    ) -> Option<Twin> {
        let scope = &self.scopes.get(code.scope)?.scope;
        let region = scope.region()?;
        let start = scope.range().start;
        let is_lambda = scope.kind() == ScopeKind::Lambda;
        let merges = match version {
            // Places are compared too from 3.11; in 3.12 a constant that is returned has none (bpo-46841).
            PythonVersion::V3_12 => is_lambda,
            _ => version <= PythonVersion::V3_10 && (is_lambda || scope.kind().is_comprehension()),
        };
        if !merges {
            return None;
        }
        let inside = region.inside();
        let inside = inside.map(|part| Range::new(start + part.start, start + part.end));
        let tokens: String = inside.map(|part| tokens(text, syntax, part)).collect();
        if version == PythonVersion::V3_12 && !is_constant(tokens.trim_end()) {
            return None;
        }
        let parameter = |item: &Item| match item {
            Item::Mention(mention) if mention.role == Role::Parameter => Some(mention.name),
            _ => None,
        };
        Some(Twin {
            parent: code.parent,
            name: code.name.clone(),
            line: text.line_of(start),
            parameters: region.items.iter().filter_map(parameter).collect(),
            tokens,
        })
    }
}

/// The tokens of a part of a statement, without comments; a string is one, whatever it holds.
fn tokens(text: &Text, syntax: &Syntax, range: Range) -> String {
    let mut tokens = String::new();
    let Some((_, origin, block)) = syntax.block_at(range.start) else {
        return tokens;
    };
    let Some(tree) = block.tree() else {
        return tokens;
    };
    let (start, end) = (
        (range.start - origin).to_usize(),
        (range.end - origin).to_usize(),
    );
    let mut todo: Vec<_> = tree
        .root_node()
        .descendant_for_byte_range(start, end)
        .into_iter()
        .collect();
    let mut cursor = tree.walk();
    while let Some(node) = todo.pop() {
        if node.end_byte() <= start || node.start_byte() >= end {
            continue;
        }
        if node.child_count() > 0 && Kind::of(&node) != Kind::String {
            let parts: Vec<_> = node.children(&mut cursor).collect();
            todo.extend(parts.into_iter().rev());
        } else if !matches!(Kind::of(&node), Kind::Comment | Kind::LineContinuation) {
            let at = |byte: usize| origin + Rel::from_usize(byte);
            let token = Range::new(at(node.start_byte()), at(node.end_byte()));
            tokens.extend([&*text.slice(token), " "]);
        }
    }
    tokens
}

/// Whether an expression is a number, a string or a name for a constant.
fn is_constant(text: &str) -> bool {
    let is_string = |quote: char| {
        let inner = text
            .strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote));
        inner.is_some_and(|inner| !inner.contains(quote))
    };
    matches!(text, "None" | "True" | "False" | "...")
        || !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit())
        || is_string('"')
        || is_string('\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[track_caller]
    fn check(version: PythonVersion, source: &str, codes: usize) {
        let snapshot = Document::new(source).snapshot();
        let mut table = snapshot.scopes.symbol_table(version);
        table.leave_out_codes(&snapshot.text, &snapshot.syntax);
        assert_eq!(table.codes.len(), codes, "{version}: {source}");
        let places = table.scopes.iter().filter_map(|scope| scope.code);
        assert!(places.clone().all(|code| code < codes));
    }

    #[test]
    fn equal_lambdas_of_a_line_are_one_code_object_up_to_3_10() {
        let source = "x = [lambda: a, lambda:  a, lambda: b]\n";
        check(PythonVersion::V3_10, source, 3);
        check(PythonVersion::V3_11, source, 4);
        check(PythonVersion::V3_12, source, 4);
        check(PythonVersion::V3_10, "x = lambda: 1\ny = lambda: 1\n", 3);
        check(PythonVersion::V3_10, "x = [lambda a: 1, lambda b: 1]\n", 3);
        check(
            PythonVersion::V3_8,
            "x = [lambda: lambda: 1, lambda: lambda: 1]\n",
            3,
        );
    }

    #[test]
    fn what_comes_in_from_outside_does_not_tell_them_apart() {
        let source = "x = [(i for i in a), (i for i in b), lambda a=1: a, lambda a=2: a]\n";
        check(PythonVersion::V3_9, source, 3);
        check(PythonVersion::V3_13, source, 5);
        let source = "x = f(i for i in a) == f(\n    i  # each\n    for i in b)\n";
        check(PythonVersion::V3_9, source, 2);
        check(PythonVersion::V3_10, "x = [lambda: ' a', lambda: 'a']\n", 3);
    }

    #[test]
    fn a_returned_constant_has_no_place_in_3_12() {
        check(
            PythonVersion::V3_12,
            "x = [lambda: 1, lambda: 1, lambda: 'a']\n",
            3,
        );
        check(PythonVersion::V3_13, "x = [lambda: 1, lambda: 1]\n", 3);
    }
}
