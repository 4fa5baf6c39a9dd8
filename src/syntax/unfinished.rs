//! What shows that a bracket was left open: a line inside it that only a statement can begin.
//!
//! Each rule here is sound, so that text without errors is cut where its statements end. At any
//! indentation a keyword that no bracket can contain closes brackets (`def`, `return`, `import`, …). At
//! column 0 the line is read together with what the code before it ends with:
//!
//! ```python
//! x = f(a
//! y = 1      # no name follows an operand
//! x = f(a +
//! y = 1      # nor an assignment an operator
//! x = f(a,
//! y = 1      # this can be an argument, and is one
//! z = 2      # the next line can't
//! ```

use super::lines::{first_word, is_word_byte};

/// What the code in an open bracket ends with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ending {
    /// An operand: a name, a literal, a closing bracket.
    Operand,
    /// An opening parenthesis, a comma or `lambda`: a keyword argument can follow.
    Argument,
    /// An operator or a keyword.
    #[default]
    Other,
}

impl Ending {
    /// What a line ends with whose last byte of code is the one at `last`.
    pub fn of(line: &[u8], last: usize) -> Self {
        let code = line.get(..=last).unwrap_or_default();
        match code {
            [.., b'(' | b','] => Self::Argument,
            [.., b')' | b']' | b'}' | b'"' | b'\''] | [.., b'.', b'.', b'.'] => Self::Operand,
            [.., byte] if is_word_byte(*byte) => Self::of_word(last_word(code)),
            _ => Self::Other,
        }
    }

    fn of_word(word: &[u8]) -> Self {
        const OPERATORS: [&[u8]; 15] = [
            b"and", b"as", b"async", b"await", b"else", b"for", b"from", b"if", b"import", b"in",
            b"is", b"lambda", b"not", b"or", b"yield",
        ];
        match word {
            b"lambda" => Self::Argument,
            // CPython reads `1if` as a number and a keyword.
            [b'0'..=b'9', ..] if OPERATORS.iter().any(|operator| word.ends_with(operator)) => {
                Self::Other
            }
            _ if OPERATORS.contains(&word) => Self::Other,
            _ => Self::Operand,
        }
    }
}

/// Whether no bracket can contain a line that begins so.
pub(super) fn begins_with_statement(code: &[u8], word: &[u8]) -> bool {
    match word {
        b"def" | b"class" | b"return" | b"import" | b"while" | b"with" | b"try" | b"raise"
        | b"del" | b"global" | b"nonlocal" | b"assert" | b"pass" | b"break" | b"continue"
        | b"elif" | b"except" | b"finally" => true,
        b"async" => {
            let after = code.get(word.len()..).unwrap_or_default();
            first_word(after.trim_ascii_start()) != b"for"
        }
        _ => false,
    }
}

/// Whether a line can't go on with code in brackets that ends so. `field`: in an interpolation, where `x =`
/// is no assignment.
pub(super) fn parts_from(ending: Ending, code: &[u8], word: &[u8], field: bool) -> bool {
    let behind = code.get(word.len()..).unwrap_or_default();
    let operand = ending == Ending::Operand;
    match (word, behind) {
        (b"", [b'@', ..]) => !operand,
        // A prefixed string may follow a string.
        (b"" | [b'0'..=b'9', ..], _) | (_, [b'"' | b'\'', ..]) => false,
        (b"if" | b"for", _) => !operand || is_header(code),
        (b"else", _) => behind.trim_ascii_start().starts_with(b":"),
        (b"from", _) => ending != Ending::Other || words(code).any(|word| word == b"import"),
        (b"and" | b"as" | b"async" | b"in" | b"is" | b"not" | b"or", _) => false,
        _ => operand || (!field && assigns(behind, ending == Ending::Argument)),
    }
}

/// Whether a line ends in a colon, with nothing in it that has one of its own.
fn is_header(code: &[u8]) -> bool {
    let code = code.trim_ascii_end();
    code.ends_with(b":") && !words(code).any(|word| matches!(word, b"else" | b"lambda"))
}

fn words(code: &[u8]) -> impl Iterator<Item = &[u8]> {
    code.split(|byte| !is_word_byte(*byte))
}

/// Whether what follows a name assigns to it: `=`, `.b =`, `+=`. As an `argument`, `=` doesn't.
fn assigns(behind: &[u8], argument: bool) -> bool {
    let name = behind
        .iter()
        .position(|byte| !(is_word_byte(*byte) || *byte == b'.'))
        .unwrap_or(behind.len());
    let (attributes, operator) = behind.split_at_checked(name).unwrap_or_default();
    let operator = operator.trim_ascii_start();
    let equals = |operator: &[u8]| matches!(operator, [b'=', next, ..] if *next != b'=');
    match operator {
        [b'=', ..] => equals(operator) && !(argument && attributes.is_empty()),
        [
            b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^',
            rest @ ..,
        ] if equals(rest) => true,
        [b'*', b'*', rest @ ..]
        | [b'/', b'/', rest @ ..]
        | [b'<', b'<', rest @ ..]
        | [b'>', b'>', rest @ ..] => equals(rest),
        _ => false,
    }
}

fn last_word(code: &[u8]) -> &[u8] {
    let start = code.iter().rposition(|byte| !is_word_byte(*byte));
    code.get(start.map_or(0, |start| start + 1)..)
        .unwrap_or_default()
}
