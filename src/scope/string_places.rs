//! Where CPython 3.8 and 3.9 say that what stands in f-strings stands.
//!
//! They parse each expression in an f-string by itself, and then move it to where they take it to be. 3.8
//! looks for its text between braces in the first of the strings that stand beside each other
//! (`fstring_fix_node_location` in `Python/ast.c`): with a conversion, a format or an `=` it's not found
//! (bpo-35212), and what is written twice is found once. 3.9 knows where it is
//! (`fstring_find_expr_location` in `Parser/pegen/parse_string.c`). Below its first line, both count the
//! columns before a string as well (gh-94869).
//!
//! Since CPython puts the scopes of a file in the order of those places, who compares the two needs them;
//! everybody else wants to know where a name is.

use memchr::memmem;
use rustc_hash::FxHashMap;
use tree_sitter::{Node, Tree};

use super::rules::Rules;
use super::{Binding, PythonVersion, SymbolTable};
use crate::syntax::{Kind, Syntax, step_over};
use crate::text::{Offset, Range, Rel, Text};

/// The places of a file's text to a version of CPython.
#[derive(Default)]
pub struct StringPlaces {
    /// By their starts.
    fields: Vec<Field>,
}

/// An expression in an f-string, from the brace before it.
struct Field {
    range: Range,
    /// Of the brace, in `fields`.
    outer: Option<usize>,
    /// Where the brace is, to CPython: zero-based line, column in bytes.
    line: u32,
    column: u32,
}

/// A string, or what CPython looks at in its place.
#[derive(Clone, Copy)]
struct Looked {
    /// Where the string itself ends.
    end: Offset,
    /// Where the text is in which expressions are looked for.
    token: Range,
}

impl StringPlaces {
    /// Those of the whole file; nothing but an empty list from 3.10 on. O(n), and for 3.8 as often O(the length of an
    /// f-string) as it has expressions.
    pub fn new(text: &Text, syntax: &Syntax, version: PythonVersion) -> Self {
        let rules = Rules {
            version,
            stringified: false,
        };
        let mut places = Self::default();
        if rules.misplaces_in_strings() {
            for (start, block) in syntax.blocks() {
                if let Some(tree) = block.tree() {
                    places.add_all_of(tree, start, text, rules);
                }
            }
        }
        places
    }

    /// Where CPython has what is at `offset`: one-based line, and zero-based column in bytes. O(log n).
    pub fn place(&self, text: &Text, offset: Offset) -> (u32, u32) {
        let line = text.line_of(offset);
        let Some(field) = self.around(offset).and_then(|at| self.fields.get(at)) else {
            return (line + 1, (offset - text.line_start(line)).0);
        };
        match line - text.line_of(field.range.start) {
            0 => (
                field.line + 1,
                field.column + (offset - field.range.start).0,
            ),
            rows => (field.line + rows + 1, (offset - text.line_start(line)).0),
        }
    }

    /// The same of what ends at `offset`.
    pub fn end_place(&self, text: &Text, offset: Offset) -> (u32, u32) {
        let last = Offset(offset.0.saturating_sub(1));
        if self.around(last).is_none() {
            return self.place(text, offset);
        }
        let (line, column) = self.place(text, last);
        (line, column + 1)
    }

    /// The innermost field around `offset`: where it is in the list.
    fn around(&self, offset: Offset) -> Option<usize> {
        let before = self
            .fields
            .partition_point(|field| field.range.start <= offset);
        let mut at = before.checked_sub(1)?;
        while self.fields.get(at)?.range.end <= offset {
            at = self.fields.get(at)?.outer?;
        }
        Some(at)
    }

    fn add_all_of(&mut self, tree: &Tree, start: Offset, text: &Text, rules: Rules) {
        let mut strings: Vec<Looked> = Vec::new();
        let mut first_beside: FxHashMap<usize, Range> = FxHashMap::default();
        let mut cursor = tree.walk();
        loop {
            let node = cursor.node();
            let range = range_of(node, start);
            while strings.pop_if(|string| string.end <= range.start).is_some() {}
            match Kind::of(&node) {
                Kind::ConcatenatedString if rules.searches_first_string() => {
                    let first = node.child(0).map(|first| range_of(first, start));
                    let mut beside = node.walk();
                    let ids = node.children(&mut beside).map(|string| string.id());
                    first_beside.extend(ids.zip(first.into_iter().cycle()));
                }
                Kind::String => strings.push(Looked {
                    end: range.end,
                    token: first_beside.remove(&node.id()).unwrap_or(range),
                }),
                Kind::Interpolation => {
                    if let Some(string) = strings.last() {
                        let range = Range::new(range.start, start + end_of_expression(node));
                        self.add(range, *string, text, rules);
                    }
                }
                _ => {}
            }
            if !cursor.goto_first_child() && !step_over(&mut cursor) {
                return;
            }
        }
    }

    fn add(&mut self, range: Range, string: Looked, text: &Text, rules: Rules) {
        let token = string.token;
        let (line, column) = self.place(text, token.start);
        let found = if rules.searches_first_string() {
            let expression = text.slice(range);
            let looked_for = format!("{expression}}}");
            memmem::find(text.slice(token).as_bytes(), looked_for.as_bytes())
                .map(|found| token.start + Rel::from_usize(found))
        } else {
            Some(range.start)
        };
        let (rows, columns) = found.map_or((0, 0), |found| {
            let at = text.line_of(found);
            match at - text.line_of(token.start) {
                0 => (0, (found - token.start).0),
                rows => (rows, (found - text.line_start(at)).0 + 1),
            }
        });
        let outer = self.around(range.start);
        self.fields.push(Field {
            range,
            outer,
            line: line - 1 + rows,
            column: column + columns,
        });
    }
}

fn range_of(node: Node, start: Offset) -> Range {
    let [from, to] = [node.start_byte(), node.end_byte()].map(Rel::from_usize);
    Range::new(start + from, start + to)
}

/// Where the expression of an f-string ends, with the blanks behind it.
fn end_of_expression(field: Node) -> Rel {
    let mut cursor = field.walk();
    let mut rest = field.children(&mut cursor).skip(1);
    let end =
        rest.find(|node| matches!(node.kind(), "=" | "conversion" | "format_specifier" | "}"));
    Rel::from_usize(end.map_or(field.end_byte(), |end| end.start_byte()))
}

impl SymbolTable {
    /// Puts everything in the order of its places, and numbers it by them. O(n log n).
    pub fn order_by<P: Ord>(&mut self, place: impl Fn(Offset) -> P) {
        let (scopes, scope_now) = sorted(std::mem::take(&mut self.scopes), |entry| {
            place(entry.scope.range().start)
        });
        let now = |scope: usize| scope_now.get(scope).copied().unwrap_or(scope);
        let (codes, code_now) = sorted(std::mem::take(&mut self.codes), |code| now(code.scope));
        let code_at = |code: usize| code_now.get(code).copied().unwrap_or(code);
        self.scopes = scopes;
        for entry in &mut self.scopes {
            entry.parent = entry.parent.map(now);
            entry.code = entry.code.map(code_at);
        }
        self.codes = codes;
        for code in &mut self.codes {
            code.scope = now(code.scope);
            code.parent = code.parent.map(code_at);
            for (_, owner) in &mut code.free_variables {
                *owner = owner.map(now);
            }
        }
        self.occurrences.sort_by_key(|entry| {
            let range = entry.occurrence.range;
            (place(range.start), range.len())
        });
        for entry in &mut self.occurrences {
            entry.scope = now(entry.scope);
            if let Binding::Scope(scope) = &mut entry.binding {
                *scope = now(*scope);
            }
        }
    }
}

/// What is sorted, and for each place before that it has now.
fn sorted<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> (Vec<T>, Vec<usize>) {
    let mut items: Vec<(usize, T)> = items.into_iter().enumerate().collect();
    items.sort_by_key(|(_, item)| key(item));
    let mut now = vec![0; items.len()];
    for (place, (before, _)) in items.iter().enumerate() {
        if let Some(slot) = now.get_mut(*before) {
            *slot = place;
        }
    }
    (items.into_iter().map(|(_, item)| item).collect(), now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// What `ast.parse` says of the names `a` to `d`, in 3.8 and in 3.9: their lines and columns.
    #[track_caller]
    fn check(source: &str, in_3_8: &[(u32, u32)], in_3_9: &[(u32, u32)]) {
        for (version, places) in [(PythonVersion::V3_8, in_3_8), (PythonVersion::V3_9, in_3_9)] {
            let snapshot = Document::new(source).snapshot();
            let mapped = StringPlaces::new(&snapshot.text, &snapshot.syntax, version);
            let names = snapshot.scopes.symbol_table(version).occurrences;
            let names = names.iter().map(|entry| &entry.occurrence);
            let found: Vec<_> = names
                .filter(|name| matches!(name.name.as_str(), "a" | "b" | "c" | "d"))
                .map(|name| mapped.place(&snapshot.text, name.range.start))
                .collect();
            assert_eq!(found, places, "{version}: {source}");
        }
    }

    #[test]
    fn an_expression_that_is_found_is_where_it_is() {
        check("x = f'__{a}'\n", &[(1, 9)], &[(1, 9)]);
        check(
            "x = f'__{f\"_{a}\" + b}'\n",
            &[(1, 13), (1, 19)],
            &[(1, 13), (1, 19)],
        );
    }

    #[test]
    fn with_a_format_it_is_not_found_in_3_8() {
        check("x = f'__{a:>3}'\n", &[(1, 5)], &[(1, 9)]);
        check("x = f'__{a:{b}}'\n", &[(1, 5), (1, 12)], &[(1, 9), (1, 12)]);
        check("x = f'{a = }'\n", &[(1, 5)], &[(1, 7)]);
    }

    #[test]
    fn what_is_written_twice_is_found_once_in_3_8() {
        check("x = f'__{a}{a}'\n", &[(1, 9), (1, 9)], &[(1, 9), (1, 12)]);
    }

    #[test]
    fn it_is_looked_for_in_the_first_of_the_strings_in_3_8() {
        let source = "x = ('_' f'__{a}'\n  f'__{b}')\n";
        check(source, &[(1, 6), (1, 6)], &[(1, 14), (2, 7)]);
    }

    #[test]
    fn columns_before_the_string_count_on_every_line_of_it() {
        let source = "if 1:\n    x = g(f'''__{a}\n__{b}\n _ {c} {d:3}''')\n";
        check(
            source,
            &[(2, 17), (3, 14), (4, 15), (2, 11)],
            &[(2, 17), (3, 14), (4, 15), (4, 19)],
        );
        let source = "x = f'''__{\na}{[\nb,c\n]}'''\n";
        let places = [(2, 0), (3, 0), (3, 2)];
        check(source, &places, &places);
    }
}
