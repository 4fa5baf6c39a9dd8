//! Who types: a text kept beside the server's, and edits of it at random.

use serde_json::{Value, json};

/// Marsaglia's xorshift: the same session for the same seed.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

const UNIT: &str = "\
def make_counter_N(start, step=1):
    count = start  # zähler 😀
    def increment(times=1):
        nonlocal count
        for _ in range(times):
            count += step
        return count
    callbacks = [lambda: count for _ in range(3)]
    return increment, callbacks

class Registry_N:
    def on(self, event):
        def register(handler):
            self.handlers.setdefault(event, []).append(handler)
            return handler
        return register

increment_N, callbacks_N = make_counter_N(10)
";

/// What is typed.
const PIECES: [&str; 16] = [
    "x",
    "count",
    "\n",
    "    ",
    "(",
    ")",
    "\"",
    "\"\"\"",
    "lambda: count",
    "nonlocal step\n",
    ":",
    "é",
    "😀",
    "def g():\n        return count\n",
    "# ",
    "\r\n",
];

/// One document as its editor has it.
pub struct Typist {
    pub uri: &'static str,
    pub text: String,
    /// Where was typed last: line and column, in UTF-16.
    pub cursor: (u32, u32),
    version: i32,
    /// How each edit is taken back, the last one last.
    undo: Vec<(usize, usize, String)>,
}

impl Typist {
    pub fn new(uri: &'static str, lines: usize) -> Self {
        let units = 0..lines / UNIT.lines().count();
        let text = units
            .map(|number| UNIT.replace('N', &number.to_string()))
            .collect();
        Self {
            uri,
            text,
            cursor: (0, 0),
            version: 1,
            undo: Vec::new(),
        }
    }

    pub fn language(&self) -> &'static str {
        if self.uri.ends_with(".py") {
            "python"
        } else {
            "cella"
        }
    }

    /// The params of the next change. Half of them take one back, so that the text stays what it is.
    pub fn edit(&mut self, random: &mut Random) -> Value {
        let back = self.undo.len() > 60 || random.one_in(2);
        let taken_back = if back { self.undo.pop() } else { None };
        let back = taken_back.is_some();
        let (start, end, new) = taken_back.unwrap_or_else(|| self.anything(random));
        let old = self.text.get(start..end).unwrap_or_default().to_owned();
        let range = json!({ "start": self.place(start), "end": self.place(end) });
        self.text.replace_range(start..end, &new);
        if !back {
            self.undo.push((start, start + new.len(), old));
        }
        let cursor = self.place(start + new.len());
        let number = |member: &str| cursor[member].as_u64().unwrap_or(0) as u32;
        self.cursor = (number("line"), number("character"));
        self.params(json!([{ "range": range, "text": new }]))
    }

    /// The whole text, as one that brings the server back into step.
    pub fn whole(&mut self) -> Value {
        self.params(json!([{ "text": self.text }]))
    }

    /// A change of a line that isn't there.
    pub fn impossible(&mut self) -> Value {
        let far = json!({ "line": 4_000_000, "character": 0 });
        let further = json!({ "line": 4_000_001, "character": 0 });
        let from = json!({ "start": far, "end": further });
        self.params(json!([{ "range": from, "text": "x" }]))
    }

    fn params(&mut self, changes: Value) -> Value {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        json!({ "textDocument": document, "contentChanges": changes })
    }

    /// Near the cursor mostly, else anywhere.
    fn anything(&mut self, random: &mut Random) -> (usize, usize, String) {
        let near = self.undo.last().map_or(0, |(start, ..)| *start);
        let start = if random.one_in(5) {
            random.below(self.text.len())
        } else {
            near + random.below(80)
        };
        let start = self.boundary(start);
        let length = if random.one_in(3) {
            random.below(40)
        } else {
            0
        };
        let end = self.boundary(start + length);
        (start, end, PIECES[random.below(PIECES.len())].to_owned())
    }

    /// The next place where an editor's cursor can stand: not in a character, nor in a `\r\n`.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        let bytes = self.text.as_bytes();
        while !self.text.is_char_boundary(at)
            || (at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n'))
        {
            at += 1;
        }
        at
    }

    fn place(&self, at: usize) -> Value {
        let before = &self.text[..at];
        let newlines = before.matches(['\n', '\r']).count() - before.matches("\r\n").count();
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let column = self.text[line..at].encode_utf16().count();
        json!({ "line": newlines, "character": column })
    }
}
