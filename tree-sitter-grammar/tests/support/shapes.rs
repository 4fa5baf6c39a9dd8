//! Texts of as many lines as asked for, in the shapes that cost most, and a letter typed into them.

use tree_sitter::{InputEdit, Point};

/// A text of about so many lines.
pub type Shape = fn(usize) -> String;

pub const SHAPES: [(&str, Shape); 10] = [
    ("functions", functions),
    ("one class", class),
    ("one function", function),
    ("one nest", nest),
    ("assignments", assignments),
    ("one list", list),
    ("one dictionary", dictionary),
    ("rows that begin alike", alike),
    ("rows as statements", statements),
    ("dotted names", dotted),
];

fn functions(lines: usize) -> String {
    (0..lines / 8)
        .map(|i| {
            format!(
                "def f{i}(a, b=None, *args):\n    x{i} = a + b.attribute[{i}]\n    def g{i}(c):\n        y = c * x{i}\n        \
                 print(\"text\", y, a)\n    return g{i}(a)\n\nv{i} = f{i}({i}, 2)\n"
            )
        })
        .collect()
}

fn class(lines: usize) -> String {
    let methods = (0..lines / 8).map(|i| {
        format!(
            "\n    def method{i}(self, a, b=None):\n        \"\"\"What it does: {i}.\"\"\"\n        for item in a:\n            \
             if item.ready:\n                self.items.append(item + {i})\n        \n        return [x for x in b if x > {i}]\n"
        )
    });
    "class C:\n".to_owned() + &methods.collect::<String>()
}

fn function(lines: usize) -> String {
    let body = (0..lines / 4).map(|i| {
        format!("    x{i} = call(a, {i})\n    if x{i} is None:\n        return b\n    b = x{i}.value or b\n")
    });
    "def f(a, b):\n".to_owned() + &body.collect::<String>()
}

/// Functions in functions, thirty deep, each with statements before and behind the one in it.
fn nest(lines: usize) -> String {
    const DEPTH: usize = 30;
    let each = lines / DEPTH / 2;
    let indent = |depth| " ".repeat(depth);
    let before = (0..DEPTH).flat_map(|depth| {
        let lines =
            (0..each).map(move |i| format!("{} x{i} = a{} + {i}\n", indent(depth), depth / 2));
        std::iter::once(format!("{}def f{depth}(a{depth}):\n", indent(depth))).chain(lines)
    });
    let behind = (0..DEPTH).rev().flat_map(|depth| {
        (0..each).map(move |i| format!("{} f{depth}(name{i}, a{depth})\n", indent(depth)))
    });
    before.chain(behind).collect()
}

fn assignments(lines: usize) -> String {
    (0..lines)
        .map(|i| format!("NAME_{i} = other + {i}\n"))
        .collect()
}

fn list(lines: usize) -> String {
    let rows = (0..lines).map(|i| format!("    (\"row\", {i}, name, None),\n"));
    "TABLE = [\n".to_owned() + &rows.collect::<String>() + "]\n"
}

/// What a list is while its bracket isn't there.
fn statements(lines: usize) -> String {
    "def f():\n".to_owned()
        + list(lines)
            .trim_start_matches("TABLE = [\n")
            .trim_end_matches("]\n")
}

fn dictionary(lines: usize) -> String {
    let rows = (0..lines).map(|i| format!("    \"key {i}\": [name, {i}],\n"));
    "TABLE = {\n".to_owned() + &rows.collect::<String>() + "}\n"
}

fn alike(lines: usize) -> String {
    let rows =
        (0..lines).map(|i| format!("    (\"https://example.org/a/long/way/to/{i}\", name),\n"));
    "TABLE = [\n".to_owned() + &rows.collect::<String>() + "]\n"
}

fn dotted(lines: usize) -> String {
    let rows = (0..lines).map(|i| format!("    a_long_name.also_long.x{i},\n"));
    "TABLE = [\n".to_owned() + &rows.collect::<String>() + "]\n"
}

/// Where a letter is typed, as a share of the text.
pub const PLACES: [(&str, f64); 3] = [("start", 0.0), ("middle", 0.5), ("end", 0.99)];

/// Behind which byte a letter is typed: the end of a name in the first line that starts behind that share of the text.
pub fn place(text: &str, share: f64) -> usize {
    let from = (text.len() as f64 * share) as usize;
    let line = text[from..].find('\n').map_or(0, |at| from + at + 1);
    let name = ["return [", "return ", "= ", "name"]
        .iter()
        .find_map(|word| Some(line + text[line..].find(word)? + word.len()))
        .unwrap_or(line);
    let length = text[name..].find(|c: char| !c.is_alphanumeric() && c != '_');
    name + length.unwrap_or_default()
}

/// `old` bytes at `byte` gave way to `new` in the same line; `text` is that before or behind the edit.
pub fn edit(text: &str, byte: usize, old: usize, new: usize) -> InputEdit {
    let before = &text[..byte];
    let row = before.matches('\n').count();
    let column = byte - before.rfind('\n').map_or(0, |at| at + 1);
    let point = |length| Point {
        row,
        column: column + length,
    };
    InputEdit {
        start_byte: byte,
        old_end_byte: byte + old,
        new_end_byte: byte + new,
        start_position: point(0),
        old_end_position: point(old),
        new_end_position: point(new),
    }
}
