//! Programs to measure on: as many lines as asked for, in the shapes that cost most.

use std::fmt::Write;

/// What a program is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Functions and small classes, with closures: code as people write it.
    Functions,
    /// One class with nothing but methods.
    Class,
    /// Assignments at the top level.
    Flat,
    /// Functions nested in functions, thirty deep, each with many statements.
    Nest,
    /// One list of numbers and names.
    List,
}

impl Shape {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Functions, "functions"),
        (Self::Class, "one class"),
        (Self::Flat, "assignments"),
        (Self::Nest, "one nest"),
        (Self::List, "one list"),
    ];

    /// A program of about `lines` lines, and a place in its middle where a statement can be typed.
    pub fn program(self, lines: usize) -> (String, usize) {
        if self == Self::Nest {
            return nest(lines);
        }
        let (head, unit, tail, per_unit): (&str, fn(&mut String, usize), &str, usize) = match self {
            Self::Functions => ("", function, "", 15),
            Self::Class => ("class Everything:\n", method, "", 8),
            Self::Flat => ("", assignment, "", 1),
            Self::List | Self::Nest => ("table = [\n", element, "]\n", 1),
        };
        let units = lines.div_ceil(per_unit);
        let mut source = head.to_owned();
        let mut middle = 0;
        for n in 0..units {
            if n == units / 2 {
                middle = source.len();
            }
            unit(&mut source, n);
        }
        source.push_str(tail);
        (source, middle)
    }

    /// How far a statement that is typed in the middle is indented.
    pub fn indent(self) -> &'static str {
        match self {
            Self::Functions | Self::Flat => "",
            Self::Class | Self::List => "    ",
            Self::Nest => "                              ",
        }
    }
}

fn function(out: &mut String, n: usize) {
    let _ = write!(
        out,
        "def make_{n}(limit, step={n}):\n    \"\"\"Counts up to a limit.\"\"\"\n    total = 0\n    def count(by=step):\n        nonlocal total\n        \
         total += by\n        if total > limit:\n            raise ValueError(f\"{{total}} is more than {{limit}}\")\n        return total\n    \
         return count\n\nclass Kept_{n}:\n    def __init__(self, key):\n        self.read = lambda row: row[key]\n\n"
    );
}

fn method(out: &mut String, n: usize) {
    let _ = write!(
        out,
        "    def method_{n}(self, items, key=None):\n        found = []\n        def visit(item):\n            if item is not key:\n                \
         found.append(item)\n        for item in items:\n            visit(item)\n        return found\n"
    );
}

fn assignment(out: &mut String, n: usize) {
    let _ = writeln!(out, "value_{n} = other_{} + {n}", n / 2);
}

fn element(out: &mut String, n: usize) {
    let _ = writeln!(out, "    ({n}, 'text {n}', name_{n}),");
}

/// Each function binds names, then the function nested in it, then uses names of its own and of all around.
fn nest(lines: usize) -> (String, usize) {
    const DEPTH: usize = 30;
    let each = lines / DEPTH / 2;
    let mut source = String::new();
    for depth in 0..DEPTH {
        let indent = " ".repeat(depth);
        let _ = writeln!(source, "{indent}def level_{depth}(given_{depth}):");
        for n in 0..each {
            let _ = writeln!(source, "{indent} own_{n} = given_{} + {n}", depth / 2);
        }
    }
    let middle = source.len();
    for depth in (0..DEPTH).rev() {
        let indent = " ".repeat(depth);
        for n in 0..each {
            let _ = writeln!(source, "{indent} level_{depth}(own_{n}, given_{depth})");
        }
    }
    (source, middle)
}
