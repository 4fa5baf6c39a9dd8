//! Inlay hints: cells at their bindings, closures at their headers, factories at their calls.
//!
//! A hint is made of words, so that nobody takes it for code. It stands at the end of a token or of a
//! header, and it is left out where the line says the same.

mod cell;
mod closure;
mod factory;
mod owner;

use super::config::Config;
use super::markup::{Line, Markup};
use super::words::Sentence;
use crate::closure::program::Program;
use crate::closure::rebinding::Rebindings;
use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// A few words shown inside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// Where it is shown: the end of a token or of a header line. The caller pads on its left.
    pub at: Offset,
    /// The label, in pieces.
    pub parts: Vec<HintPart>,
    /// More words, and last the name of the setting that rules the hint.
    pub tooltip: Markup,
    /// Which of the switches rules it.
    pub kind: HintKind,
}

/// A piece of a hint's label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HintPart {
    /// What is shown.
    pub text: String,
    /// Where it leads.
    pub target: Option<Range>,
}

/// The kinds of hints, each with a switch of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// Who takes the cell that is bound here.
    Cell,
    /// What the function closes over.
    Closure,
    /// What a factory filled the cells with.
    Factory,
    /// The owner of a captured name.
    Use,
}

impl HintKind {
    /// The setting that switches it.
    pub fn setting(self) -> &'static str {
        match self {
            Self::Cell => "cella.inlayHints.cells",
            Self::Closure => "cella.inlayHints.closures",
            Self::Factory => "cella.inlayHints.factories",
            Self::Use => "cella.inlayHints.uses",
        }
    }
}

/// The hints that lie in `within`, in the text's order. O(what is shown).
pub fn inlay_hints(snapshot: &Snapshot, within: Range, config: &Config) -> Vec<InlayHint> {
    let hints = config.hints;
    if !hints.enable {
        return Vec::new();
    }
    let program = Program {
        snapshot,
        version: config.version,
    };
    let rebindings = Rebindings::new(program);
    let mut found = Vec::new();
    if hints.closures {
        let scopes = snapshot.scopes.scopes_in(config.version, within);
        // What a scope closes over is asked of all its text: not of those that only go on here.
        let headed = scopes
            .iter()
            .filter(|scope| within.touches(scope.header().end));
        found.extend(headed.filter_map(|scope| closure::hint(program, &rebindings, scope, config)));
    }
    for occurrence in snapshot.scopes.occurrences_in(config.version, within) {
        if hints.cells {
            found.extend(cell::hint(program, &rebindings, &occurrence));
        }
        if hints.factories {
            found.extend(factory::hint(program, &occurrence));
        }
        if hints.uses {
            found.extend(owner::hint(program, &occurrence));
        }
    }
    found.retain(|hint| within.touches(hint.at));
    found.sort_by_key(|hint| hint.at);
    for hint in &mut found {
        shorten(&mut hint.parts, hints.max_length);
    }
    found
}

fn hint(
    program: Program<'_>,
    at: Offset,
    parts: Vec<HintPart>,
    mut lines: Vec<Line>,
    kind: HintKind,
) -> InlayHint {
    lines.push(Line::Rule);
    lines.push(
        Sentence::new(program)
            .text("setting: ")
            .code(kind.setting())
            .fact(),
    );
    InlayHint {
        at,
        parts,
        tooltip: Markup { lines },
        kind,
    }
}

fn words(text: &str) -> HintPart {
    HintPart {
        text: text.to_owned(),
        target: None,
    }
}

/// The parts with commas between.
fn row(parts: impl Iterator<Item = HintPart>) -> Vec<HintPart> {
    let mut row = Vec::new();
    for part in parts {
        if !row.is_empty() {
            row.push(words(", "));
        }
        row.push(part);
    }
    row
}

/// Cuts a label to `width` characters, at a part where one fits, and ends it in `…`.
fn shorten(parts: &mut Vec<HintPart>, width: usize) {
    let length = |part: &HintPart| part.text.chars().count();
    if parts.iter().map(length).sum::<usize>() <= width {
        return;
    }
    let mut room = width.saturating_sub(1);
    let mut kept = 0;
    for part in parts.iter() {
        let Some(left) = room.checked_sub(length(part)) else {
            break;
        };
        room = left;
        kept += 1;
    }
    let cut = parts.get(kept).filter(|_| kept < 2).cloned();
    parts.truncate(kept);
    match cut {
        Some(part) => {
            let text = part.text.chars().take(room).chain(['…']).collect();
            parts.push(HintPart { text, ..part });
        }
        None => parts.push(words("…")),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::fixture;
    use crate::text::Encoding;

    fn rendered(source: &str, config: &Config) -> String {
        let (snapshot, _) = fixture::program(source);
        let hints = inlay_hints(&snapshot, snapshot.text.range(), config);
        let mut text = snapshot.text.to_string();
        for hint in hints.iter().rev() {
            let label: String = hint.parts.iter().map(|part| part.text.as_str()).collect();
            text.insert_str(hint.at.to_usize(), &format!("⟨{label}⟩"));
        }
        text
    }

    #[track_caller]
    fn check(source: &str, expected: Expect) {
        expected.assert_eq(&rendered(source, &Config::default()));
    }

    #[test]
    fn cells_closures_and_factories() {
        check(
            include_str!("../../../examples/raise_to.cella"),
            expect![[r#"
            def raise_to(exp⟨taken by raise_to_exp⟩):
                def raise_to_exp(x):⟨closes over exp⟩
                    return pow(x, exp)
                return raise_to_exp

            square = raise_to(2)⟨closes over exp (2)⟩
            print(square(5))
        "#]],
        );
    }

    #[test]
    fn uses_when_they_are_switched_on() {
        let mut config = Config::default();
        config.hints.uses = true;
        config.hints.cells = false;
        config.hints.closures = false;
        let program = "def f(x):\n    def g():\n        return x\n    return g\n";
        expect![[r#"
            def f(x):
                def g():
                    return x⟨from f⟩
                return g
        "#]]
        .assert_eq(&rendered(program, &config));
        config.hints.enable = false;
        assert_eq!(rendered(program, &config), program);
    }

    #[test]
    fn nothing_that_the_line_says_itself() {
        check(
            "def f(x):\n    def g():\n        nonlocal x\n        x += 1\n    h = lambda: x\n    return g, h, (lambda y: lambda: y)\n",
            expect![[r#"
                def f(x⟨taken by g, lambda⟩):
                    def g():
                        nonlocal x
                        x += 1
                    h = lambda: x
                    return g, h, (lambda y: lambda: y)
            "#]],
        );
    }

    #[test]
    fn a_short_lambda_whose_cell_is_rebound() {
        check(
            "def f():\n    made = []\n    for i in range(3):\n        made.append(lambda: i)\n    return made\n",
            expect![[r#"
                def f():
                    made = []
                    for i⟨taken by lambda⟩ in range(3):
                        made.append(lambda:⟨closes over i⟩ i)
                    return made
            "#]],
        );
    }

    #[test]
    fn headers_of_every_shape() {
        check(
            "def f(a, b):\n    async def g(\n        x,\n        y=1,\n    ) -> int:  # why\n        return a\n    @dec\n    def h(): # short\n        return b, g\n    class C:\n        def m(self):\n            super().m()\n            return a\n    return lambda: (\n        a\n    )\n",
            expect![[r#"
                def f(a⟨taken by g, m, lambda⟩, b⟨taken by h⟩):
                    async def g(
                        x,
                        y=1,
                    ) -> int:⟨closes over a⟩⟨taken by h⟩  # why
                        return a
                    @dec
                    def h():⟨closes over b, g⟩ # short
                        return b, g
                    class C:
                        def m(self):⟨closes over __class__, a⟩
                            super().m()
                            return a
                    return lambda:⟨closes over a⟩ (
                        a
                    )
            "#]],
        );
    }

    /// The columns, counted in characters from 0, of every kind of header.
    #[test]
    fn columns() {
        let columns = |source: &str| -> String {
            let mut config = Config::default();
            config.hints.max_length = 200;
            let (snapshot, _) = fixture::program(source);
            let hints = inlay_hints(&snapshot, snapshot.text.range(), &config);
            let place = |hint: &InlayHint| {
                let label: String = hint.parts.iter().map(|part| part.text.as_str()).collect();
                let at = snapshot.text.position(hint.at, Encoding::Utf32);
                assert_eq!(label.trim(), label);
                format!("{}:{} {label}\n", at.line + 1, at.column)
            };
            hints.iter().map(place).collect()
        };
        let program = [
            "async def f[T, *Ts](a: T, /, b, *c, d=1, **e) -> 'x':",
            "    async def g[U](y: U = a) -> dict[str, T]:  # a comment: with a colon",
            "        return b, c",
            "    @decorated(b)",
            "    @(lambda fn: fn)",
            "    async def h(",
            "        x,  # a comment",
            "        y=(lambda: d),",
            "        *,",
            "        z: int = 1,",
            "    ) -> None: # here",
            "        return e",
            "    def one(): return a; return b",
            "    def two() \\",
            "            : return a",
            "    async with open(a) as file, open(b) as other:",
            "        k = lambda u, v=(1, 2): (file,",
            "            other)",
            "    class C[V](g, key=h):",
            "        def m(self) -> V: return (yield lambda: super().m(self, é))",
            "    for (i, [j, *é]) in a: made.append(lambda: (i, j,",
            "        é))",
            "    match a:",
            "        case [first, *rest]: n = lambda: (",
            "            first, rest)",
            "    return (",
            "        lambda:",
            "            (k, n))",
        ];
        expect![[r#"
            1:13 taken by annotations
            1:21 taken by one, two
            1:30 taken by g, one
            1:34 taken by g
            1:37 taken by lambda
            1:44 taken by h
            1:53 closes over T
            2:45 closes over b, c
            2:45 taken by C
            11:14 closes over e
            11:14 taken by C
            15:13 closes over a
            16:30 taken by lambda
            16:48 taken by lambda
            17:9 taken by lambda
            17:31 closes over file, other
            19:13 taken by annotations
            20:25 closes over __class__, é
            20:47 closes over __class__, self, é
            21:10 taken by lambda
            21:14 taken by lambda
            21:18 taken by lambda
            21:46 closes over i, j, é
            24:30 taken by lambda
            24:40 closes over first, rest
            27:15 closes over k, n
        "#]]
        .assert_eq(&columns(&program.join("\n")));
    }

    #[test]
    fn partial_application() {
        check(
            "from functools import partial\ndef add(a, b):\n    return a + b\ninc = partial(add, 1)\ndec = partial(add, b=-1)\ndef raise_to(exp):\n    return lambda x: x ** exp\nsquare = partial(raise_to, 2)()\n",
            expect![[r#"
                from functools import partial
                def add(a, b):
                    return a + b
                inc = partial(add, 1)⟨fills a (1)⟩
                dec = partial(add, b=-1)
                def raise_to(exp⟨taken by lambda⟩):
                    return lambda x: x ** exp
                square = partial(raise_to, 2)()⟨closes over exp (2)⟩
            "#]],
        );
    }

    #[test]
    fn long_labels_are_cut() {
        check(
            "def f(alpha, beta, gamma, delta, epsilon, zeta):\n    def g():\n        return alpha, beta, gamma, delta, epsilon, zeta\n    return g\nh = f('a long string that goes on and on', 2, 3, 4, 5, 6)\n",
            expect![[r#"
                def f(alpha⟨taken by g⟩, beta⟨taken by g⟩, gamma⟨taken by g⟩, delta⟨taken by g⟩, epsilon⟨taken by g⟩, zeta⟨taken by g⟩):
                    def g():⟨closes over alpha, beta, delta, epsilon…⟩
                        return alpha, beta, gamma, delta, epsilon, zeta
                    return g
                h = f('a long string that goes on and on', 2, 3, 4, 5, 6)⟨closes over alpha ('a long string that……⟩
            "#]],
        );
    }

    #[test]
    fn only_what_lies_in_the_range_and_a_tooltip_that_names_the_setting() {
        let (snapshot, _) = fixture::program(include_str!("../../../examples/raise_to.cella"));
        let line = Range::new(snapshot.text.line_start(1), snapshot.text.line_end(1));
        let hints = inlay_hints(&snapshot, line, &Config::default());
        let [hint] = hints.as_slice() else {
            panic!("one hint, but {hints:?}")
        };
        assert_eq!(hint.kind, HintKind::Closure);
        assert!(hint.parts.iter().any(|part| part.target.is_some()));
        expect![[r#"
            __closure__[0] is exp, parameter of raise_to, bound at line 1

            setting: cella.inlayHints.closures"#]]
        .assert_eq(&hint.tooltip.to_plain());
    }
}
