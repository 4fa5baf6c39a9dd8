//! The line scanner: where the document can be cut into blocks.
//!
//! A *cut* is the start of a line at column 0 that begins a statement of the module: outside strings,
//! brackets and continued lines, not a clause of the statement before (`else`, `except`, …), and not
//! the definition that a decorator above belongs to. Not every such line is cut: small statements are
//! grouped, and a group ends where the text of a line hashes to zero in a few bits, so that a boundary
//! depends on the text there alone and an edit moves at most the ones beside it.
//!
//! The scanner reads bytes, not tokens, and knows only what it must: quotes, f-string fields,
//! brackets, comments, continuations. Its rules for unfinished code are the grammar's too: a string in
//! single quotes ends at its line, and brackets are closed before a line that can't go on with what
//! stands in them (see [`unfinished`](super::unfinished)).

use super::unfinished::{Ending, begins_with_statement, parts_from};

/// What stands open between two lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    open: Vec<Open>,
    /// The line before ended in a backslash.
    continued: bool,
    /// The last statement line at column 0 was a decorator.
    decorated: bool,
    /// An indented statement has been seen since the last cut.
    indented: bool,
    /// What the code in the open bracket ends with.
    ending: Ending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// So many brackets.
    Brackets(u32),
    Quote(Quote),
    /// The expression in an f-string's braces.
    Field,
    /// What follows the colon in a field.
    Spec,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quote {
    byte: u8,
    triple: bool,
    /// An f-string or a t-string.
    fields: bool,
}

/// One statement in so many ends a group of small ones, on average.
const GROUP: u32 = 16;

impl State {
    /// Reads one line, its terminator included. Returns whether the document can be cut before it.
    pub fn line(&mut self, line: &[u8]) -> bool {
        let cut = self.start_line(line);
        self.scan(line);
        cut
    }

    /// What the start of a line means, before the line itself is read.
    fn start_line(&mut self, line: &[u8]) -> bool {
        if std::mem::take(&mut self.continued) {
            return false;
        }
        let indent = indentation(line);
        let code = line.get(indent.bytes..).unwrap_or_default();
        if matches!(code.first(), None | Some(b'#' | b'\n' | b'\r')) {
            return false;
        }
        let word = first_word(code);
        match self.open.last() {
            None => {}
            Some(open @ (Open::Brackets(_) | Open::Field))
                if begins_with_statement(code, word)
                    || (indent.column == 0
                        && parts_from(self.ending, code, word, *open == Open::Field)) =>
            {
                self.close_brackets();
                if !self.open.is_empty() {
                    return false;
                }
            }
            Some(_) => return false,
        }
        if indent.column > 0 {
            self.indented = true;
            return false;
        }
        let decorated = std::mem::replace(&mut self.decorated, code.first() == Some(&b'@'));
        let cut = !decorated
            && !continues(word)
            && (self.indented || opens(word, code) || ends_group(code));
        self.indented &= !cut;
        cut
    }

    /// Reads the line for what it opens and closes.
    fn scan(&mut self, line: &[u8]) {
        let mut rest = line;
        let mut last = None;
        while let Some(byte) = rest.first().copied() {
            let taken = match self.open.last().copied() {
                Some(Open::Quote(quote)) => self.in_string(quote, rest),
                Some(Open::Spec) => self.in_spec(rest),
                _ if plain_in_code(byte) => {
                    rest.iter().take_while(|byte| plain_in_code(**byte)).count()
                }
                _ => self.in_code(line, line.len() - rest.len(), rest),
            };
            let (piece, behind) = rest.split_at_checked(taken.max(1)).unwrap_or((rest, b""));
            if self.is_in_code() && !matches!(byte, b'#' | b'\\' | b'\n' | b'\r') {
                let end = piece.iter().rposition(|byte| !byte.is_ascii_whitespace());
                last = end.map(|end| line.len() - rest.len() + end).or(last);
            }
            rest = behind;
        }
        self.ending = match self.open.last() {
            Some(Open::Brackets(_) | Open::Field) => {
                last.map_or(self.ending, |last| Ending::of(line, last))
            }
            _ => Ending::default(),
        };
    }

    fn is_in_code(&self) -> bool {
        !matches!(self.open.last(), Some(Open::Quote(_) | Open::Spec))
    }

    /// Closes what was left open, up to a string over several lines: that goes on.
    fn close_brackets(&mut self) {
        let goes_on = |open: &Open| matches!(open, Open::Quote(quote) if quote.triple);
        let string = self.open.iter().rposition(goes_on);
        self.open.truncate(string.map_or(0, |string| string + 1));
    }

    /// One special byte of code; returns how many bytes are done.
    fn in_code(&mut self, line: &[u8], at: usize, rest: &[u8]) -> usize {
        match rest {
            [b'#', ..] => comment_length(rest),
            [b'\\', b'\n' | b'\r', ..] => {
                self.continued = true;
                rest.len()
            }
            [byte @ (b'\'' | b'"'), tail @ ..] => {
                let triple = matches!(tail, [a, b, ..] if a == byte && b == byte);
                if !triple && tail.first() == Some(byte) {
                    return 2;
                }
                let fields = has_fields(line.get(..at).unwrap_or_default());
                self.open.push(Open::Quote(Quote {
                    byte: *byte,
                    triple,
                    fields,
                }));
                if triple { 3 } else { 1 }
            }
            [b'(' | b'[' | b'{', ..] => {
                match self.open.last_mut() {
                    Some(Open::Brackets(depth)) => *depth = depth.saturating_add(1),
                    _ => self.open.push(Open::Brackets(1)),
                }
                1
            }
            [b')' | b']' | b'}', ..] => {
                match self.open.last_mut() {
                    Some(Open::Brackets(depth @ 2..)) => *depth -= 1,
                    Some(Open::Brackets(_)) => drop(self.open.pop()),
                    Some(Open::Field) if rest.first() == Some(&b'}') => drop(self.open.pop()),
                    _ => {}
                }
                1
            }
            [b':', ..] if self.open.last() == Some(&Open::Field) => {
                self.open.push(Open::Spec);
                1
            }
            _ => 1,
        }
    }

    /// The text of a string; returns how many bytes are done.
    fn in_string(&mut self, quote: Quote, rest: &[u8]) -> usize {
        match rest {
            [b'\\', b'\r', b'\n', ..] => 3,
            [b'\\', _, ..] => 2,
            [b'\n' | b'\r', ..] if !quote.triple => {
                self.end_open_string();
                1
            }
            [byte, tail @ ..] if *byte == quote.byte => match tail {
                [a, b, ..] if quote.triple && a == byte && b == byte => {
                    self.open.pop();
                    3
                }
                _ if !quote.triple => {
                    self.open.pop();
                    1
                }
                _ => 1,
            },
            [b'{', b'{', ..] | [b'}', b'}', ..] if quote.fields => 2,
            [b'{', ..] if quote.fields => {
                self.open.push(Open::Field);
                1
            }
            _ => rest
                .iter()
                .take_while(|byte| plain_in_string(**byte))
                .count(),
        }
    }

    /// A format specification; returns how many bytes are done.
    fn in_spec(&mut self, rest: &[u8]) -> usize {
        let quote = self.open.iter().rev().find_map(|open| match open {
            Open::Quote(quote) => Some(*quote),
            _ => None,
        });
        match rest.first() {
            Some(b'{') => self.open.push(Open::Field),
            Some(b'}') => self.open.truncate(self.open.len().saturating_sub(2)),
            Some(b'\n' | b'\r') if quote.is_some_and(|quote| !quote.triple) => {
                self.end_open_string()
            }
            Some(byte) if quote.is_some_and(|quote| !quote.triple && quote.byte == *byte) => {
                self.open.truncate(self.open.len().saturating_sub(3));
            }
            _ => {}
        }
        1
    }

    /// The line ends inside a string in single quotes: what stands open on that line isn't.
    fn end_open_string(&mut self) {
        let outermost = self
            .open
            .iter()
            .position(|open| matches!(open, Open::Quote(quote) if !quote.triple));
        self.open.truncate(outermost.unwrap_or(0));
    }
}

struct Indentation {
    bytes: usize,
    column: usize,
}

/// Blanks at the start of a line; a form feed sets the column back to zero, as in CPython's tokenizer.
fn indentation(line: &[u8]) -> Indentation {
    let mut indent = Indentation {
        bytes: 0,
        column: 0,
    };
    for byte in line {
        match byte {
            b' ' | b'\t' => indent.column += 1,
            b'\x0c' => indent.column = 0,
            _ => break,
        }
        indent.bytes += 1;
    }
    indent
}

pub(super) fn first_word(code: &[u8]) -> &[u8] {
    let end = code.iter().position(|byte| !is_word_byte(*byte));
    code.get(..end.unwrap_or(code.len())).unwrap_or_default()
}

pub(super) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Whether a line that begins so goes on with the statement above it.
fn continues(word: &[u8]) -> bool {
    matches!(word, b"else" | b"elif" | b"except" | b"finally")
}

/// Whether a line that begins so is the head of a compound statement, and a block's first.
fn opens(word: &[u8], code: &[u8]) -> bool {
    matches!(
        word,
        b"def" | b"class" | b"async" | b"if" | b"for" | b"while" | b"with" | b"try" | b"match"
    ) || code.first() == Some(&b'@')
}

/// Whether a group of small statements ends before this line: by its first bytes alone.
fn ends_group(code: &[u8]) -> bool {
    let line = code
        .iter()
        .take(24)
        .take_while(|byte| !matches!(byte, b'\n' | b'\r'));
    let hash = line.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 8).is_multiple_of(GROUP)
}

/// Whether the string prefix that `before` ends with makes an f-string or a t-string.
fn has_fields(before: &[u8]) -> bool {
    let name = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_' || !byte.is_ascii());
    let mut fields = false;
    for (n, byte) in name.enumerate() {
        match byte.to_ascii_lowercase() {
            b'f' | b't' if n < 2 => fields = true,
            b'r' if n < 2 => {}
            _ => return false,
        }
    }
    fields
}

fn comment_length(rest: &[u8]) -> usize {
    rest.iter()
        .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
        .count()
}

/// Whether a byte means nothing to the scanner in code.
fn plain_in_code(byte: u8) -> bool {
    !matches!(
        byte,
        b'\''
            | b'"'
            | b'('
            | b')'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'\\'
            | b':'
            | b'\n'
            | b'\r'
    )
}

/// Whether a byte means nothing to the scanner in a string.
fn plain_in_string(byte: u8) -> bool {
    !matches!(byte, b'\'' | b'"' | b'{' | b'}' | b'\\' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Marks each line that can be cut with `|`, and each that goes on with what stands open with `.`.
    #[track_caller]
    fn check(source: &str, expected: &Expect) {
        let mut state = State::default();
        let mut shown = String::new();
        for line in source.split_inclusive('\n') {
            let cut = match state.start_line(line.as_bytes()) {
                true => '|',
                false if state.open.is_empty() => ' ',
                false => '.',
            };
            state.scan(line.as_bytes());
            shown += &format!("{cut}{line}");
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_definition_is_cut_with_its_decorators_and_clauses() {
        check(
            "@cache\n# a comment\n@other(\n1)\ndef f():\n    pass\nif a:\n    b\nelse:\n    c\n\nasync def g(): pass\n",
            &expect![[r#"
                |@cache
                 # a comment
                 @other(
                .1)
                 def f():
                     pass
                |if a:
                     b
                 else:
                     c
                 
                |async def g(): pass
            "#]],
        );
    }

    #[test]
    fn a_line_inside_something_is_not_cut() {
        check(
            "def a(): pass\nx = '''\ndef f():\n'''\ny = (\n'(', # )\nif_)\nz = 1 + \\\nclass_\ndef b(): pass\n",
            &expect![[r#"
                |def a(): pass
                 x = '''
                .def f():
                .'''
                 y = (
                .'(', # )
                .if_)
                 z = 1 + \
                 class_
                |def b(): pass
            "#]],
        );
    }

    #[test]
    fn fields_of_f_strings_nest() {
        check(
            "def a(): f'''{x[\"'''\"]:{\nw}}\n'''\ndef b(): f\"{x:=5}{{\"\ndef c(): f\"{d[\"k\"]}\"\ndef d(): rf'{'\ndef e(): pass\n",
            &expect![[r#"
                |def a(): f'''{x["'''"]:{
                .w}}
                .'''
                |def b(): f"{x:=5}{{"
                |def c(): f"{d["k"]}"
                |def d(): rf'{'
                |def e(): pass
            "#]],
        );
    }

    #[test]
    fn an_open_bracket_ends_before_a_line_that_can_not_go_on() {
        check(
            "def a(): f(b\nx.y = 1\ndef b(): [\nx = 1\ndef c(): f(a,\nx = 1\ny = 2\ndef d(): (a +\n@d\ndef e(): {a\nif x:\n  y\ndef f(): f(a, # (\n\nfrom x import y\n",
            &expect![[r#"
                |def a(): f(b
                 x.y = 1
                |def b(): [
                 x = 1
                |def c(): f(a,
                .x = 1
                 y = 2
                |def d(): (a +
                |@d
                 def e(): {a
                |if x:
                   y
                |def f(): f(a, # (
                .
                 from x import y
            "#]],
        );
    }

    #[test]
    fn a_line_that_goes_on_is_left_in_its_bracket() {
        check(
            "def a(): (b\nif c\nelse d)\ndef b(): f(a\n, # x\nc=1,\nd=[a\nfor a in b], *\nc, d=lambda\ne: e)\ndef c(): ('a'\nf'b' ...\nin c)\ndef d(): f'''{\na\n=}'''\ndef e(): (yield\nfrom x)\n",
            &expect![[r#"
                |def a(): (b
                .if c
                .else d)
                |def b(): f(a
                ., # x
                .c=1,
                .d=[a
                .for a in b], *
                .c, d=lambda
                .e: e)
                |def c(): ('a'
                .f'b' ...
                .in c)
                |def d(): f'''{
                .a
                .=}'''
                |def e(): (yield
                .from x)
            "#]],
        );
    }

    #[test]
    fn the_text_around_an_open_field_goes_on() {
        check(
            "def a(): f'''{b\nimport c\n'''\ndef b(): f'{c\nx = 1\ny = 2\n",
            &expect![[r#"
                |def a(): f'''{b
                .import c
                .'''
                |def b(): f'{c
                 x = 1
                 y = 2
            "#]],
        );
    }

    #[test]
    fn unfinished_code_ends_at_its_line_or_at_a_keyword() {
        check(
            "def a(): s = 'abc\ndef b(): f(a,\nx\n    return 1\ndef c(): [\nasync for x in y]\ndef d(): (\nasync def e(): pass\n",
            &expect![[r#"
                |def a(): s = 'abc
                |def b(): f(a,
                .x
                     return 1
                |def c(): [
                .async for x in y]
                |def d(): (
                |async def e(): pass
            "#]],
        );
    }
}
