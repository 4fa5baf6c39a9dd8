//! Whatever the text is, every feature answers, with ranges that lie in the text.

use cella::document::Snapshot;
use cella::ide::{self, Config, Language};
use cella::text::{Offset, Range};

const PROGRAMS: &str = concat!(
    include_str!("../examples/raise_to.cella"),
    include_str!("truth/decorators.py"),
    include_str!("truth/rebinding.py"),
);

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

fn ask_everything(snapshot: &Snapshot, offsets: impl Iterator<Item = usize>) {
    let config = Config {
        lens: true,
        ..Config::new(Language::Cella)
    };
    let all = snapshot.text.range();
    for at in offsets.map(Offset::from_usize) {
        if let Some(hover) = ide::hover(snapshot, at, &config) {
            assert!(all.covers(hover.range));
            assert!(!hover.content.to_plain().is_empty());
        }
        ide::definition(snapshot, at, &config);
        ide::declaration(snapshot, at, &config);
        ide::references(snapshot, at, true, &config);
        ide::highlights(snapshot, at, &config);
    }
    for hint in ide::inlay_hints(snapshot, all, &config) {
        assert!(hint.at <= all.end);
    }
    let tokens = ide::semantic_tokens(snapshot, all, &config);
    let ordered = |pair: &[ide::Token]| matches!(pair, [a, b] if a.range.start <= b.range.start);
    assert!(tokens.windows(2).all(ordered));
    ide::document_symbols(snapshot, &config);
    ide::code_lens(snapshot, &config);
    ide::diagnostics(snapshot, &config);
}

#[test]
fn half_typed_programs() {
    let mut dice = Dice(7);
    let lines: Vec<&str> = PROGRAMS.lines().collect();
    for _ in 0..60 {
        let start = dice.below(lines.len());
        let mut text = lines[start..(start + 25).min(lines.len())].join("\n");
        for _ in 0..=dice.below(3) {
            let at = dice.below(text.len());
            let end = (at + dice.below(8)).min(text.len());
            let typed = [
                "(", "\"\"\"", "lambda", ":", "\n    ", "def ", ".", "", "f'{",
            ];
            text.replace_range(at..end, typed[dice.below(typed.len())]);
        }
        let snapshot = Snapshot::new(&text);
        let step = 3 + dice.below(5);
        ask_everything(&snapshot, (0..text.len() + 2).step_by(step));
    }
}

#[test]
fn nests_that_would_overflow_a_stack() {
    for (deep, before, middle, after) in [
        (20_000, "(", "x", ")"),
        (20_000, "[", "x", "]"),
        (20_000, "not ", "x", ""),
        (2_000, "f(", "lambda: x", ")"),
        (300, "lambda: ", "x", ""),
    ] {
        let text = format!(
            "def g(x):\n    y = {}{middle}{}\n",
            before.repeat(deep),
            after.repeat(deep)
        );
        let snapshot = Snapshot::new(&text);
        let middle = text.rfind('x').unwrap();
        let config = Config::default();
        ide::hover(&snapshot, Offset::from_usize(middle), &config);
        ide::definition(&snapshot, Offset::from_usize(middle), &config);
        ide::references(&snapshot, Offset::from_usize(6), true, &config);
        let end = Offset::from_usize(text.len());
        ide::inlay_hints(&snapshot, Range::new(Offset(0), end), &config);
        ide::document_symbols(&snapshot, &config);
    }
}
