//! Times a reparse after one letter, and a first parse, beside tree-sitter-python on the same text in the
//! same run: `reparse [LINES …]`, and `reparse cold FILE …` for the first parse of files.
//!
//! Only the ratios and the counts of tokens read anew mean something on a busy machine.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tree_sitter::{InputEdit, Language, Parser, Point, Tree};

const TURNS: usize = 21;

fn main() {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if_eq("cold").is_some() {
        return cold(arguments);
    }
    let mut sizes: Vec<usize> = arguments
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000, 100_000];
    }
    println!(
        "| shape | lines | edit at | median | p95 | tokens read | tree-sitter-python | tokens read | ratio |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (shape, make) in SHAPES {
        for &lines in &sizes {
            let text = make(lines);
            for (place, share) in [("start", 0.0), ("middle", 0.5), ("end", 0.99)] {
                let byte = identifier_after(&text, (text.len() as f64 * share) as usize);
                let ours = Reparse::measure(&tree_sitter_cella::LANGUAGE.into(), &text, byte);
                let theirs = Reparse::measure(&tree_sitter_python::LANGUAGE.into(), &text, byte);
                println!(
                    "| {shape} | {lines} | {place} | {:.3} ms | {:.3} ms | {} | {:.3} ms | {} | {:.1} |",
                    millis(ours.median),
                    millis(ours.p95),
                    ours.tokens,
                    millis(theirs.median),
                    theirs.tokens,
                    theirs.median.as_secs_f64() / ours.median.as_secs_f64(),
                );
            }
        }
    }
}

/// A text of so many lines.
type Shape = fn(usize) -> String;

const SHAPES: [(&str, Shape); 5] = [
    ("functions", functions),
    ("one class", class),
    ("one function", function),
    ("assignments", assignments),
    ("one list", list),
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
    "class C:\n"
        .chars()
        .chain(methods.collect::<String>().chars())
        .collect()
}

fn function(lines: usize) -> String {
    let body = (0..lines / 4).map(|i| {
        format!("    x{i} = call(a, {i})\n    if x{i} is None:\n        return b\n    b = x{i}.value or b\n")
    });
    "def f(a, b):\n".to_owned() + &body.collect::<String>()
}

fn assignments(lines: usize) -> String {
    (0..lines)
        .map(|i| format!("NAME_{i} = {i} + other\n"))
        .collect()
}

fn list(lines: usize) -> String {
    let rows = (0..lines).map(|i| format!("    (\"row\", {i}, name, None),\n"));
    "TABLE = [\n".to_owned() + &rows.collect::<String>() + "]\n"
}

/// Where the first identifier of a line that starts at or behind `from` ends.
fn identifier_after(text: &str, from: usize) -> usize {
    let name = |c: char| c.is_alphanumeric() || c == '_';
    let line = text[from..].find('\n').map_or(0, |at| from + at + 1);
    for keyword in ["return ", "= ", "name"] {
        if let Some(at) = text[line..].find(keyword) {
            let start = line + at + keyword.len();
            return text[start..]
                .find(|c| !name(c))
                .map_or(start, |length| start + length);
        }
    }
    line
}

struct Reparse {
    median: Duration,
    p95: Duration,
    tokens: usize,
}

impl Reparse {
    /// Types a letter at `byte` and deletes it again, over and over.
    fn measure(language: &Language, text: &str, byte: usize) -> Self {
        let mut parser = Parser::new();
        parser.set_language(language).expect("the language loads");
        let mut typed = text.to_owned();
        typed.insert(byte, 'q');
        let mut tree = parser.parse(text, None).expect("nothing cancels the parse");
        let mut times = Vec::new();
        for turn in 0..TURNS {
            let (now, old, new) = if turn % 2 == 0 {
                (&*typed, 0, 1)
            } else {
                (text, 1, 0)
            };
            tree.edit(&edit(text, byte, old, new));
            let start = Instant::now();
            tree = parser
                .parse(now, Some(&tree))
                .expect("nothing cancels the parse");
            times.push(start.elapsed());
        }
        times.sort_unstable();
        tree.edit(&edit(text, byte, 1, 0));
        Self {
            median: times[TURNS / 2],
            p95: times[TURNS * 95 / 100],
            tokens: tokens_read(&mut parser, text, &tree),
        }
    }
}

fn edit(text: &str, byte: usize, old: usize, new: usize) -> InputEdit {
    let row = text[..byte].matches('\n').count();
    let column = byte - text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let point = |n| Point {
        row,
        column: column + n,
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

fn tokens_read(parser: &mut Parser, text: &str, tree: &Tree) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let log = std::env::var_os("REPARSE_LOG").map(|_| Mutex::new(()));
    let counter = count.clone();
    parser.set_logger(Some(Box::new(move |_, line| {
        if line.starts_with("lexed_lookahead") {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        if log.is_some() {
            eprintln!("{line}");
        }
    })));
    parser
        .parse(text, Some(tree))
        .expect("nothing cancels the parse");
    parser.set_logger(None);
    count.load(Ordering::Relaxed)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The first parse of files, ours and theirs in turn.
fn cold(paths: impl Iterator<Item = String>) {
    let texts: Vec<_> = paths.filter_map(|path| std::fs::read(path).ok()).collect();
    let bytes: usize = texts.iter().map(Vec::len).sum();
    let mut best = [Duration::MAX; 2];
    for _ in 0..5 {
        for (language, best) in [tree_sitter_cella::LANGUAGE, tree_sitter_python::LANGUAGE]
            .into_iter()
            .zip(&mut best)
        {
            let mut parser = Parser::new();
            parser
                .set_language(&language.into())
                .expect("the language loads");
            let mut spent = Duration::ZERO;
            for text in &texts {
                let start = Instant::now();
                let tree = parser.parse(text, None);
                spent += start.elapsed();
                drop(tree);
            }
            *best = spent.min(*best);
        }
    }
    let speed = best.map(|time| bytes as f64 / 1e6 / time.as_secs_f64());
    println!(
        "{bytes} bytes: {:.1} MB/s, tree-sitter-python {:.1} MB/s, ratio {:.2}",
        speed[0],
        speed[1],
        speed[0] / speed[1]
    );
}
