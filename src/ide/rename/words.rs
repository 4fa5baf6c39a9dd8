//! Where a name stands in the text without being an occurrence of a variable.

use memchr::memmem;
use tree_sitter::Node;

use crate::closure::program::Program;
use crate::scope::Name;
use crate::syntax::{Field, Kind, step_over};
use crate::text::{Offset, Range, Rel};

/// A word of the text that is spelled as the variable is.
pub struct Word {
    /// The word.
    pub range: Range,
    /// What it is.
    pub standing: Standing,
}

/// What a word is that is no variable's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// `….x`
    Attribute,
    /// `f(x=…)`
    Keyword,
    /// `case C(x=…)`
    Pattern,
    /// The whole of a string, without prefix.
    String,
}

/// The words that are spelled as one of `names`, and stand where it matters. O(text): there is no
/// list of attributes and keywords, and a rename is rare.
pub fn words(program: Program<'_>, names: &[Name]) -> Vec<Word> {
    let source = program.snapshot.text.to_string();
    let found = names
        .iter()
        .flat_map(|name| whole_words(&source, name.as_str()))
        .filter(|range| may_matter(&source, *range));
    let standing = |range| {
        Some(Word {
            range,
            standing: standing(program, range)?,
        })
    };
    let mut words: Vec<Word> = found.filter_map(standing).collect();
    words.sort_by_key(|word| word.range.start);
    words
}

/// Where `word` stands in `source` without being a part of a longer one.
fn whole_words(source: &str, word: &str) -> impl Iterator<Item = Range> {
    let in_word = |ch: char| ch == '_' || ch.is_alphanumeric();
    let finder = memmem::Finder::new(word).into_owned();
    let found: Vec<usize> = finder.find_iter(source.as_bytes()).collect();
    let len = word.len();
    let whole = move |at: &usize| {
        let before = source
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        let after = source
            .get(at + len..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(in_word) && !after.is_some_and(in_word)
    };
    let range = move |at: usize| Range::new(Offset::from_usize(at), Offset::from_usize(at + len));
    found.into_iter().filter(whole).map(range)
}

/// Whether the signs beside a word are those of an attribute, a keyword or a string: most words are
/// neither, and the tree needn't be asked.
fn may_matter(source: &str, word: Range) -> bool {
    let blank = |ch: char| ch.is_whitespace() || ch == '\\';
    let before = source.get(..word.start.to_usize()).unwrap_or_default();
    let after = source.get(word.end.to_usize()..).unwrap_or_default();
    before.ends_with(['"', '\''])
        || before.trim_end_matches(blank).ends_with('.')
        || after.trim_start_matches(blank).starts_with('=')
}

fn standing(program: Program<'_>, range: Range) -> Option<Standing> {
    let mut place = program.place(range)?;
    if place.range() != range {
        return None;
    }
    match (place.kind(), place.outer_kind(), place.role()) {
        (Kind::Identifier, Kind::Attribute, Field::Attribute) => Some(Standing::Attribute),
        (Kind::Identifier, Kind::KeywordArgument, Field::Name) => Some(Standing::Keyword),
        (Kind::Identifier, Kind::KeywordPattern, Field::Name) => Some(Standing::Pattern),
        (Kind::StringContent, Kind::String, _) => {
            place.up();
            let start = program.text(place.range()).chars().next();
            matches!(start, Some('"' | '\'')).then_some(Standing::String)
        }
        _ => None,
    }
}

/// Words that open scopes or say whose a name is: an error that has one may have swallowed a scope.
const SHAPING: [&str; 9] = [
    "async", "class", "def", "except", "for", "from", "global", "lambda", "nonlocal",
];

/// The first text inside `within` that can't be parsed and matters for `names`: in a block that has one of
/// them, an error whose lines have one too, or that may have swallowed a scope. O(blocks with errors).
pub fn broken(program: Program<'_>, within: Range, names: &[Name]) -> Option<Range> {
    let snapshot = program.snapshot;
    let (first, ..) = snapshot.syntax.block_at(within.start)?;
    let blocks = snapshot.syntax.blocks_from(first);
    let inside = blocks.take_while(|(start, _)| *start < within.end);
    for (start, block) in inside {
        let Some(tree) = block.tree().filter(|tree| tree.root_node().has_error()) else {
            continue;
        };
        let range = Range::new(start, start + block.len());
        if !mentions(program, range, names) {
            continue;
        }
        for error in errors(tree.root_node()) {
            let at = |byte: usize| start + Rel::from_usize(byte);
            let range = Range::new(at(error.start_byte()), at(error.end_byte()));
            let text = &snapshot.text;
            let lines = Range::new(
                text.line_start(text.line_of(range.start)),
                text.line_end(text.line_of(range.end)),
            );
            if within.covers(range) && (shapes(error) || mentions(program, lines, names)) {
                return Some(range);
            }
        }
    }
    None
}

fn mentions(program: Program<'_>, range: Range, names: &[Name]) -> bool {
    let text = program.text(range);
    names
        .iter()
        .any(|name| whole_words(&text, name.as_str()).next().is_some())
}

fn shapes(error: Node<'_>) -> bool {
    let mut cursor = error.walk();
    error
        .children(&mut cursor)
        .any(|child| SHAPING.contains(&child.kind()))
}

/// The outermost ERROR and missing nodes of a tree.
fn errors(root: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        let is_error = node.is_error() || node.is_missing();
        if is_error {
            found.push(node);
        }
        if !is_error && node.has_error() && cursor.goto_first_child() {
            continue;
        }
        if !step_over(&mut cursor) {
            return found;
        }
    }
}
