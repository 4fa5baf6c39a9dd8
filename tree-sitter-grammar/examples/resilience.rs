//! Says what half-typed lines cost their neighbours, beside tree-sitter-python: `resilience [-v] FILE …`. Each line of
//! `test/half_typed.txt` is put at several places of each file, at the indentation of the line there, and the
//! definitions and scopes outside that line are looked for again. With `-v`, what each line costs.

use std::collections::HashSet;

use tree_sitter::{Language, Parser};

const LINES: &str = include_str!("../test/half_typed.txt");
const PLACES: usize = 12;
/// The nodes that are scopes, by either grammar's name.
const SCOPES: [&str; 9] = [
    "function_definition",
    "class_definition",
    "lambda",
    "list_comprehension",
    "set_comprehension",
    "dictionary_comprehension",
    "generator_expression",
    "type_alias_statement",
    "parameters",
];

fn main() {
    let (verbose, files): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|argument| argument == "-v");
    let languages: [Language; 2] = [
        tree_sitter_cella::LANGUAGE.into(),
        tree_sitter_python::LANGUAGE.into(),
    ];
    let mut total = [[0u32; 2]; 2];
    let mut worst = Vec::new();
    for line in LINES.lines() {
        let mut lost = [[0u32; 2]; 2];
        for file in &files {
            let text = std::fs::read_to_string(file).expect("the file is text");
            for (language, lost) in languages.iter().zip(&mut lost) {
                let [missing, all] = cost(language, &text, line);
                lost[0] += missing;
                lost[1] += all;
            }
        }
        for (total, lost) in total.iter_mut().zip(lost) {
            total[0] += lost[0];
            total[1] += lost[1];
        }
        worst.push((lost[0][0], lost[1][0], line));
    }
    if !verbose.is_empty() {
        worst.sort_unstable_by_key(|&(lost, ..)| std::cmp::Reverse(lost));
        println!("| line | lost | tree-sitter-python |\n| --- | --- | --- |");
        for (lost, theirs, line) in worst {
            println!("| `{line}` | {lost} | {theirs} |");
        }
    }
    for (name, [lost, all]) in ["ours", "tree-sitter-python"].into_iter().zip(total) {
        println!(
            "{name}: {lost} of {all} scopes lost ({:.2} %)",
            100.0 * f64::from(lost) / f64::from(all)
        );
    }
}

/// The number of scopes lost over all places, and of all.
fn cost(language: &Language, text: &str, line: &str) -> [u32; 2] {
    let before = scopes(language, text);
    let rows: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let mut sum = [0, 0];
    for place in 0..PLACES {
        let Some(&at) = rows.get(rows.len() * place / PLACES) else {
            continue;
        };
        let indent =
            &text[at..][..text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len()];
        let inserted = format!("{indent}{line}\n");
        let after = scopes(
            language,
            &format!("{}{inserted}{}", &text[..at], &text[at..]),
        );
        for &(kind, start) in &before {
            let moved = if start < at {
                start
            } else {
                start + inserted.len()
            };
            sum[0] += u32::from(!after.contains(&(kind, moved)));
            sum[1] += 1;
        }
    }
    sum
}

fn scopes(language: &Language, text: &str) -> HashSet<(&'static str, usize)> {
    let mut parser = Parser::new();
    parser.set_language(language).expect("the language loads");
    let tree = parser.parse(text, None).expect("nothing cancels the parse");
    let mut found = HashSet::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if let Some(kind) = SCOPES.iter().find(|kind| **kind == node.kind()) {
            found.insert((*kind, node.start_byte()));
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}
