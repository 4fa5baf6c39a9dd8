//! An edit costs what it touches: counted, in files of every shape, small and large.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // A test may stop.

#[allow(dead_code)] // The benches use more of it.
#[path = "../benches/support/programs.rs"]
mod programs;

use cella::document::{Change, Document};
use cella::ide::{Config, hover, inlay_hints};
use cella::scope::{Cost, PythonVersion, Scopes, measure_allocations};
use cella::syntax::NEVER;
use cella::text::{Offset, Range};
use programs::Shape;

fn change(start: usize, end: usize, text: &str) -> Change {
    Change {
        range: Range::new(Offset::from_usize(start), Offset::from_usize(end)),
        text: text.to_owned(),
    }
}

/// A document in the middle of which something is typed.
struct Typing {
    document: Document,
    source: String,
    /// Where a statement, or an item of the list, starts.
    middle: usize,
}

impl Typing {
    fn new(shape: Shape, lines: usize) -> Self {
        let allocations = |work: &mut dyn FnMut()| {
            let total = allocation_counter::measure(work).count_total;
            usize::try_from(total).unwrap()
        };
        measure_allocations(allocations);
        let (source, middle) = shape.program(lines);
        let middle = middle + source[middle..].find(|c: char| !c.is_whitespace()).unwrap();
        Self {
            document: Document::new(&source),
            source,
            middle,
        }
    }

    fn edit(&mut self, changes: &[Change]) -> Cost {
        self.document.edit(changes, NEVER);
        self.document.cost()
    }

    /// A letter into a name near the middle.
    fn letter(&mut self) -> Cost {
        let at = self.name();
        self.edit(&[change(at, at, "x")])
    }

    /// Inside the first name behind the middle that is neither a keyword nor a number.
    fn name(&self) -> usize {
        let names = ["make_", "method_", "value_", "name_", "level_"];
        let found = names
            .iter()
            .filter_map(|name| self.source[self.middle..].find(name));
        self.middle + found.min().unwrap() + 2
    }
}

#[test]
fn a_letter_costs_the_same_in_a_file_of_any_length() {
    for (shape, name) in Shape::ALL {
        let [small, large] = [1_000, 10_000].map(|lines| Typing::new(shape, lines).letter());
        assert!(large.nodes < 500, "{name}: {large:?}");
        assert!(
            large.facts <= small.facts * 2 && large.summaries <= small.summaries * 2,
            "{name}: {small:?}, {large:?}"
        );
        assert!(
            0 < small.allocations && large.allocations <= small.allocations * 2,
            "{name}: {small:?}, {large:?}"
        );
    }
}

/// A letter typed at `$0`, and taken back, in a file in which `{class}` stands for the methods of a class.
#[track_caller]
fn check_letter(program: &str) {
    let (class, _) = Shape::Class.program(10_000);
    let methods = class.split_once('\n').unwrap().1.trim_end();
    let depth = program
        .find("{class}")
        .map(|at| at - program[..at].rfind('\n').unwrap() - 1);
    let deeper = format!("\n{}", " ".repeat(depth.unwrap() - 4));
    let source = program.replace("    {class}", &methods.replace('\n', &deeper));
    let at = source.find("$0").unwrap();
    let mut document = Document::new(&source.replace("$0", ""));
    for (end, letter) in [(at, "x"), (at + 1, "")] {
        document.edit(&[change(at, end, letter)], NEVER);
        let cost = document.cost();
        assert!(cost.nodes < 500, "{letter:?} in {program}: {cost:?}");
    }
}

#[test]
fn a_letter_in_the_first_statement_of_a_body_leaves_the_others() {
    check_letter("class C:\n    $0a = 1\n    {class}\n");
    check_letter("class C:\n    a$0 = 1\n    {class}\n");
}

#[test]
fn a_letter_in_the_last_statement_of_a_body_leaves_the_others() {
    check_letter("class C:\n    {class}\n    a$0\n");
    check_letter("class C:\n    {class}\n    a$0");
    check_letter("class C:\n    {class}\n    $0");
    check_letter("class C:\n    {class}\n    def f(self):\n        return a$0\n\nb = 1\n");
}

#[test]
fn a_letter_behind_a_bracket_that_is_open_above_many_rows_leaves_them() {
    let (source, middle) = Shape::List.program(10_000);
    let mut document = Document::new(&source);
    let row = "    (1, lambda: f(x\n";
    document.edit(&[change(middle, middle, row)], NEVER);
    let at = middle + row.len() - 1;
    document.edit(&[change(at, at, "y")], NEVER);
    assert!(document.cost().nodes < 500, "{:?}", document.cost());
}

#[test]
fn a_letter_beside_a_large_class_leaves_it() {
    check_letter("def f():\n    $0a = 1\n    class C:\n        {class}\n    b = 1\n");
    check_letter("def f():\n    a = 1$0\n    class C:\n        {class}\n    b = 1\n");
    check_letter("def f():\n    a = 1\n    class C:\n        {class}\n    $0b = 1\n");
    check_letter("def f():\n    a = 1\n    class C:\n        {class}\n    b$0\n");
}

#[test]
fn several_changes_at_once_cost_what_each_does() {
    for (shape, name) in Shape::ALL {
        let mut typing = Typing::new(shape, 10_000);
        let one = typing.name();
        let other = typing.source[..one / 2].rfind("_").unwrap();
        let cost = typing.edit(&[change(one, one, "x"), change(other, other, "y")]);
        assert!(cost.nodes < 1_000, "{name}: {cost:?}");
    }
}

#[test]
fn a_paste_costs_what_is_pasted_and_undo_what_is_taken_back() {
    for (shape, name) in Shape::ALL {
        let mut typing = Typing::new(shape, 10_000);
        let line = match shape {
            Shape::List => "(1, one),\n    ",
            _ => "x = one\n",
        };
        let indent = &typing.source[..typing.middle];
        let indent = &indent[indent.rfind('\n').map_or(0, |at| at + 1)..];
        let pasted = format!("{line}{indent}").repeat(1_000);
        let at = typing.middle;
        let cost = typing.edit(&[change(at, at, &pasted)]);
        assert!(cost.nodes < 20_000, "{name}: {cost:?}");
        let cost = typing.edit(&[change(at, at + pasted.len(), "")]);
        assert!(cost.nodes < 2_000, "{name}: {cost:?}");
        let text = typing.document.snapshot().text.to_string();
        assert_eq!(text, typing.source);
    }
}

#[test]
fn deleting_everything_costs_nothing() {
    for (shape, name) in Shape::ALL {
        let mut typing = Typing::new(shape, 10_000);
        let cost = typing.edit(&[change(0, typing.source.len(), "")]);
        assert_eq!(cost.facts, 0, "{name}: {cost:?}");
    }
}

#[test]
fn a_hover_and_the_hints_of_a_screen_allocate_the_same_in_a_file_of_any_length() {
    for (shape, name) in Shape::ALL {
        let [small, large] = [1_000, 10_000].map(|lines| {
            let mut typing = Typing::new(shape, lines);
            typing.letter();
            let at = Offset::from_usize(typing.name());
            let snapshot = typing.document.snapshot();
            let line = snapshot.text.line_of(at);
            let [start, end] = [line - 30, line + 30].map(|line| snapshot.text.line_start(line));
            let config = Config::default();
            let hover = || drop(hover(&snapshot, at, &config));
            let hints = || drop(inlay_hints(&snapshot, Range::new(start, end), &config));
            [
                allocation_counter::measure(hover),
                allocation_counter::measure(hints),
            ]
        });
        for (what, small, large) in [("hover", small[0], large[0]), ("hints", small[1], large[1])] {
            let [small, large] = [small.bytes_total, large.bytes_total];
            assert!(
                large <= small * 2,
                "{what}, {name}: {small} and {large} bytes"
            );
        }
    }
}

#[test]
fn a_hover_costs_what_it_shows_however_many_closures_take_the_variable() {
    let hovered = |closures: usize| {
        let lambdas = "    made.append(lambda n: n + shared)\n".repeat(closures);
        let source = format!("def crowd(shared):\n    made = []\n{lambdas}    return made\n");
        let snapshot = Document::new(&source).snapshot();
        let at = Offset::from_usize("def crowd(".len());
        let ask = || drop(hover(&snapshot, at, &Config::default()));
        allocation_counter::measure(ask).count_total
    };
    let [some, many, crowd] = [100, 1_000, 20_000].map(hovered);
    assert!(
        many <= some * 2 && crowd <= some * 2,
        "{some}, {many} and {crowd} allocations"
    );
}

#[test]
fn an_edit_allocates_little() {
    for (shape, name) in Shape::ALL {
        let [small, large] = [1_000, 10_000].map(|lines| {
            let mut typing = Typing::new(shape, lines);
            typing.letter();
            let at = typing.name();
            let edit = || typing.document.edit(&[change(at, at, "x")], NEVER);
            allocation_counter::measure(edit).count_total
        });
        assert!(
            large <= small * 3,
            "{name}: {small} and {large} allocations"
        );
    }
}

#[test]
fn a_letter_leaves_the_scopes_of_all_other_functions() {
    let mut typing = Typing::new(Shape::Functions, 50_000);
    let version = PythonVersion::default();
    let places: Vec<usize> = typing
        .source
        .match_indices("def count")
        .map(|(at, _)| at)
        .collect();
    assert!(typing.source.matches("def ").count() >= 10_000);
    let middle = places[places.len() / 2];
    let before = typing.document.snapshot().scopes;
    let at = middle + 6;
    let cost = typing.edit(&[change(at, at, "x")]);
    assert!(cost.nodes < 500, "{cost:?}");
    let after = typing.document.snapshot().scopes;
    let scope = |scopes: &Scopes, at: usize| scopes.scope_at(version, Offset::from_usize(at + 14));
    for place in places.iter().filter(|place| **place != middle) {
        let moved = usize::from(*place > middle);
        let (old, new) = (scope(&before, *place), scope(&after, place + moved));
        assert!(old.shares_facts(&new), "{old:?}");
    }
}
