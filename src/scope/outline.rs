//! All facts as lines of text, for tests: two analyses are the same if their outlines are.

use std::fmt::Write;

use super::Scopes;
use super::facts::{Body, Item, Mention, Piece, Region};

impl Scopes {
    /// Every fact as it is kept, an item a line: names as written, roles, and positions from the start of
    /// what an item is in. Nothing else is kept, no owner and nothing that was resolved. O(n).
    pub fn outline(&self) -> String {
        let mut out = String::new();
        for block in self.blocks.iter() {
            let block = block.item;
            let _ = writeln!(out, "block of {}", block.len.0);
            let mut todo: Vec<(usize, Line<'_>)> = vec![(1, Line::Body(&block.body))];
            while let Some((depth, line)) = todo.pop() {
                let _ = write!(out, "{:depth$}", "");
                line.write(&mut out);
                let first = todo.len();
                line.inside(&mut |inner| todo.push((depth + 1, inner)));
                todo.get_mut(first..).unwrap_or_default().reverse();
            }
        }
        out
    }
}

enum Line<'a> {
    Body(&'a Body),
    Piece(&'a Piece),
    Mention(&'a Mention),
    Region(&'a Region),
}

impl<'a> Line<'a> {
    fn of(item: &'a Item) -> Self {
        match item {
            Item::Body(body) => Self::Body(body),
            Item::Mention(mention) => Self::Mention(mention),
            Item::Region(region) => Self::Region(region),
        }
    }

    fn write(&self, out: &mut String) {
        let _ = match self {
            Self::Body(body) => {
                let Body {
                    at,
                    part,
                    pieces: _,
                    summary,
                } = body;
                writeln!(out, "{part:?} body at {at:?}, {summary:?}")
            }
            Self::Piece(piece) => writeln!(out, "piece of {}, {:?}", piece.len.0, piece.traits),
            Self::Mention(mention) => writeln!(out, "{mention:?}"),
            Self::Region(region) => {
                let Region {
                    kind,
                    is_async,
                    at,
                    len,
                    head,
                    name,
                    inside,
                    items: _,
                    summary,
                } = region;
                writeln!(
                    out,
                    "{kind:?} async {is_async} at {at:?} of {len:?} head {head:?} named {name:?} \
                     inside {inside:?}, {summary:?}"
                )
            }
        };
    }

    fn inside(&self, each: &mut dyn FnMut(Line<'a>)) {
        match self {
            Self::Body(body) => {
                let pieces = body.pieces.iter();
                pieces.for_each(|piece| each(Line::Piece(piece.item)));
            }
            Self::Piece(piece) => piece.items.iter().for_each(|item| each(Line::of(item))),
            Self::Region(region) => region.items.iter().for_each(|item| each(Line::of(item))),
            Self::Mention(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    fn outline(source: &str) -> Vec<String> {
        let outline = Document::new(source).snapshot().scopes.outline();
        outline.lines().map(str::to_owned).collect()
    }

    /// Whatever stands around a function, and whatever its names mean there, its facts are the same: they
    /// can't hold anything that was resolved.
    #[test]
    fn facts_hold_nothing_of_what_is_around_them() {
        // On one line, for blanks at the start of a line are text too, and positions count them.
        let function =
            "def f(a, __b=c): nonlocal d; return [lambda: (a, d, __b, super) for e in d]\n";
        let contexts = [
            (String::new(), ""),
            (
                "from __future__ import annotations\nd = c = 1\n".to_owned(),
                "",
            ),
            ("class C:\n".to_owned(), "    "),
            ("def g(d, c):\n".to_owned(), "    "),
            ("async def g():\n  class __D[d]:\n".to_owned(), "    "),
        ];
        let of_function = |(before, indent): &(String, &str)| -> Vec<String> {
            let all = outline(&format!("{before}{indent}{function}"));
            let from = all
                .iter()
                .rposition(|line| line.contains("Scope(Function)"));
            let from = from.unwrap();
            let depth = |line: &str| line.len() - line.trim_start().len();
            let own = all[from..].iter();
            let own = own.take_while(|line| *line == &all[from] || depth(line) > depth(&all[from]));
            own.map(|line| line.trim_start().to_owned()).collect()
        };
        let alone = of_function(&contexts[0]);
        assert!(alone.len() > 10, "{alone:#?}");
        for context in &contexts[1..] {
            assert_eq!(of_function(context), alone);
        }
    }
}
