//! The words that several answers share: sentences, names of scopes, lines, lists that end.

use super::markup::{Line, Span};
use crate::closure::escape::{Escape, Way};
use crate::closure::program::Program;
use crate::scope::{Capture, Scope, ScopeKind, Variable};
use crate::text::Range;

/// How many things a list names before it ends in "… and N more".
pub const LISTED: usize = 6;

/// How many more the long form names.
pub const LISTED_LONG: usize = 40;

/// How many characters of the program's text are shown in one piece.
const WIDTH: usize = 100;

/// A sentence in the making.
#[derive(Default)]
pub struct Sentence<'s> {
    spans: Vec<Span>,
    program: Option<Program<'s>>,
}

impl<'s> Sentence<'s> {
    /// An empty one about `program`.
    pub fn new(program: Program<'s>) -> Self {
        Self {
            spans: Vec::new(),
            program: Some(program),
        }
    }

    /// Words.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        match self.spans.last_mut() {
            Some(Span::Text(last)) => last.push_str(text),
            _ => self.spans.push(Span::Text(text.to_owned())),
        }
        self
    }

    /// One of Cella's words.
    #[must_use]
    pub fn term(mut self, term: &str) -> Self {
        self.spans.push(Span::Term(term.to_owned()));
        self
    }

    /// A name or an expression.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.spans.push(Span::Code(cut(code, WIDTH)));
        self
    }

    /// `line 4`, as a link to `target`.
    #[must_use]
    pub fn line(self, target: Range) -> Self {
        self.link("line ", target)
    }

    /// The line's number alone, after a word that was said before.
    #[must_use]
    pub fn number(self, target: Range) -> Self {
        self.link("", target)
    }

    fn link(mut self, word: &str, target: Range) -> Self {
        let line = self.program.map_or(0, |program| program.line(target.start));
        self.spans.push(Span::Link {
            text: format!("{word}{line}"),
            target,
        });
        self
    }

    /// `line 4`, `lines 4 and 7`, `lines 4, 7, … and 3 more`.
    #[must_use]
    pub fn lines(self, targets: &[Range]) -> Self {
        let mut lines: Vec<Range> = Vec::new();
        for target in targets {
            let line = |range: &Range| self.program.map(|program| program.line(range.start));
            if lines.last().map(&line) != Some(line(target)) {
                lines.push(*target);
            }
        }
        if let [only] = lines.as_slice() {
            return self.line(*only);
        }
        let sentence = self.text("lines ");
        listed(sentence, &lines, |sentence, line| sentence.number(*line))
    }

    /// A function by its qualified name, with its line: `f.<locals>.g` (line 2).
    #[must_use]
    pub fn scope(self, scope: &Scope) -> Self {
        self.code(&scope.qualname())
            .text(" (")
            .line(anchor(scope))
            .text(")")
    }

    /// Who takes a cell: a function by its qualified name, a class body and an annotation scope in words.
    #[must_use]
    pub fn taker(self, scope: &Scope) -> Self {
        let (words, named) = match scope.kind() {
            ScopeKind::Class => ("the class body ", true),
            ScopeKind::Annotation => ("the annotations", false),
            ScopeKind::TypeParams => ("the type parameters of ", true),
            ScopeKind::TypeVar => ("the bound of the type parameter ", true),
            ScopeKind::TypeVarDefault => ("the default of the type parameter ", true),
            ScopeKind::TypeAlias => ("the value of the type alias ", true),
            _ => return self.scope(scope),
        };
        let name = match scope.kind() {
            ScopeKind::Class => scope.qualname(),
            _ => scope
                .name()
                .map_or(String::new(), |name| name.as_str().to_owned()),
        };
        let sentence = self.text(words);
        let sentence = if named {
            sentence.code(&name)
        } else {
            sentence
        };
        let sentence = sentence.text(" (").line(anchor(scope)).text(")");
        match scope.kind() {
            ScopeKind::Annotation => sentence.text(", a scope of its own since 3.14"),
            _ => sentence,
        }
    }

    /// The sentence as a line of its own.
    pub fn fact(self) -> Line {
        Line::Fact(self.spans)
    }
}

/// How many closures over one variable are looked at. Of more it is said that they are many.
pub const MANY: usize = 50;

/// A number of things, or that they are no fewer.
pub fn count(things: usize, all: bool) -> String {
    let at_least = if all { "" } else { "at least " };
    format!("{at_least}{things}")
}

/// So many more of a list, where these are all.
pub fn others(things: usize, all: bool) -> String {
    match all {
        true => format!("{things} more"),
        false => "many more".to_owned(),
    }
}

/// How many of a list are shown, where one line more says how many there are.
pub fn shown(of: usize) -> usize {
    if of > LISTED { LISTED - 1 } else { of }
}

/// Names `items` in a row: `a`, `b and c`, `a, b, … and 3 more`.
pub fn listed<'s, T>(
    sentence: Sentence<'s>,
    items: &[T],
    each: impl Fn(Sentence<'s>, &T) -> Sentence<'s>,
) -> Sentence<'s> {
    listed_of(sentence, items, true, each)
}

/// The same, where these may not be all.
pub fn listed_of<'s, T>(
    sentence: Sentence<'s>,
    items: &[T],
    all: bool,
    each: impl Fn(Sentence<'s>, &T) -> Sentence<'s>,
) -> Sentence<'s> {
    let shown = shown(items.len());
    let mut sentence = sentence;
    for (index, item) in items.iter().take(shown).enumerate() {
        let joint = match index {
            0 => "",
            _ if index + 1 == items.len() => " and ",
            _ => ", ",
        };
        sentence = each(sentence.text(joint), item);
    }
    match items.len() - shown {
        0 => sentence,
        more => sentence.text(&format!(", … and {}", others(more, all))),
    }
}

/// Where a scope is named: the identifier after `def`, the keyword `lambda`, the whole of a comprehension.
pub fn anchor(scope: &Scope) -> Range {
    scope.name_range().unwrap_or_else(|| scope.header())
}

/// A function in a word: its name, or what it is.
pub fn short(scope: &Scope) -> String {
    match scope.name() {
        Some(name) => name.as_str().to_owned(),
        None => kind(scope).to_owned(),
    }
}

/// A function in a word, as code where it has a name: `f`, the lambda.
pub fn brief<'s>(sentence: Sentence<'s>, scope: &Scope) -> Sentence<'s> {
    match scope.name() {
        Some(name) => sentence.code(name.as_str()),
        None => sentence
            .text("the ")
            .text(kind(scope))
            .text(" at ")
            .line(anchor(scope)),
    }
}

/// What a scope is, in Python's words.
pub fn kind(scope: &Scope) -> &'static str {
    match scope.kind() {
        ScopeKind::Module => "module",
        ScopeKind::Function => "function",
        ScopeKind::Lambda => "lambda",
        ScopeKind::Class => "class",
        ScopeKind::ListComp => "list comprehension",
        ScopeKind::SetComp => "set comprehension",
        ScopeKind::DictComp => "dictionary comprehension",
        ScopeKind::GenExpr => "generator expression",
        ScopeKind::TypeParams => "type parameters",
        ScopeKind::TypeVar => "type parameter's bound",
        ScopeKind::TypeVarDefault => "type parameter's default",
        ScopeKind::TypeAlias => "type alias",
        ScopeKind::Annotation => "annotations",
    }
}

/// `exp`, parameter of `raise_to`, bound at line 1.
pub fn owned<'s>(sentence: Sentence<'s>, variable: &Variable) -> Sentence<'s> {
    let owner = variable.owner();
    let sentence = sentence.code(variable.name());
    if variable.is_implicit() {
        return brief(sentence.text(", which Python makes for the class "), owner);
    }
    let mut sentence = match owner.kind() {
        ScopeKind::Module => sentence,
        _ if variable.is_parameter() => brief(sentence.text(", parameter of "), owner),
        _ => brief(sentence.text(" of "), owner),
    };
    let bindings: Vec<Range> = variable
        .bindings()
        .iter()
        .map(|binding| binding.range)
        .collect();
    if !bindings.is_empty() {
        sentence = sentence.text(", bound at ").lines(&bindings);
    }
    sentence
}

/// What a closure does with a variable, told in its own hover: "read here", "rebound here (`nonlocal`)".
pub fn deed<'s>(sentence: Sentence<'s>, capture: &Capture) -> Sentence<'s> {
    let deeds = match (capture.reads, capture.rebinds, capture.deletes) {
        (true, true, true) => "read, rebound and deleted here",
        (true, true, false) => "read and rebound here",
        (true, false, true) => "read and deleted here",
        (false, true, true) => "rebound and deleted here",
        (true, false, false) => "read here",
        (false, true, false) => "rebound here",
        (false, false, true) => "deleted here",
        (false, false, false) => "only passed on to what is nested here",
    };
    declared(sentence.text(deeds), capture)
}

/// What a closure does with a variable: "reads it", "reads and rebinds it (`nonlocal`)".
pub fn manner<'s>(sentence: Sentence<'s>, capture: &Capture) -> Sentence<'s> {
    let deeds = match (capture.reads, capture.rebinds, capture.deletes) {
        (true, true, true) => "reads, rebinds and deletes it",
        (true, true, false) => "reads and rebinds it",
        (true, false, true) => "reads and deletes it",
        (false, true, true) => "rebinds and deletes it",
        (true, false, false) => "reads it",
        (false, true, false) => "rebinds it",
        (false, false, true) => "deletes it",
        (false, false, false) => "only passes it on",
    };
    declared(sentence.text(deeds), capture)
}

fn declared<'s>(sentence: Sentence<'s>, capture: &Capture) -> Sentence<'s> {
    if capture.rebinds || capture.deletes {
        sentence.text(" (").code("nonlocal").text(")")
    } else {
        sentence
    }
}

/// What a scope's variables belong to: "the call of `f`", "the generator `g`", "the comprehension".
pub fn call_of<'s>(sentence: Sentence<'s>, owner: &Scope) -> Sentence<'s> {
    match owner.kind() {
        kind if kind.is_comprehension() => sentence.text("the comprehension"),
        _ if owner.is_generator() => brief(sentence.text("the generator "), owner),
        _ => brief(sentence.text("the call of "), owner),
    }
}

/// How a closure leaves: "is returned at line 4", "may be stored in attribute `self.f` at line 7".
pub fn escape<'s>(sentence: Sentence<'s>, program: Program<'s>, escape: &Escape) -> Sentence<'s> {
    let sentence = match &escape.holder {
        Some(holder) => brief(sentence.text("is kept by "), holder).text(", which "),
        None => sentence,
    };
    let (is, be) = if escape.certain {
        ("is", "is")
    } else {
        ("may be", "may be")
    };
    let text = |range: Range| program.text(range).into_owned();
    let sentence = match &escape.way {
        Way::Returned => sentence.text(is).text(" returned"),
        Way::Yielded => sentence.text(is).text(" yielded"),
        Way::Global(variable) => sentence
            .text(is)
            .text(" bound to the global ")
            .code(variable.name()),
        Way::Nonlocal(variable) => sentence
            .text(is)
            .text(" bound to the nonlocal ")
            .code(variable.name()),
        Way::Attribute(target) => sentence
            .text(is)
            .text(" stored in the attribute ")
            .code(&text(*target)),
        Way::Item(object) => sentence
            .text(is)
            .text(" stored in an item of ")
            .code(&text(*object)),
        Way::Decorated(by) => sentence
            .text(be)
            .text(" handed to the decorator ")
            .code(&text(*by)),
        Way::Passed(callee) => sentence.text(is).text(" passed to ").code(&text(*callee)),
        Way::HandedOn => sentence
            .text(be)
            .text(" handed out by a function that it is nested beside"),
    };
    sentence.text(" at ").line(escape.at)
}

/// `text` on one line and no longer than `width` characters, with `…` where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    let mut short: String = line.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}
