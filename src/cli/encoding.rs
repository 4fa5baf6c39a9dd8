//! What a program's bytes are as text (PEP 263), and where CPython refuses them.

use encoding_rs::{Encoding, UTF_8};

/// The names under which CPython has a text encoding, those that only Windows has among them: the modules
/// of `Lib/encodings` and their `aliases.py`.
const NAMES: &str = include_str!("encodings.txt");

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a program: UTF-8, or what a comment in its first two lines says. An encoding that isn't
/// known here is taken for UTF-8, for the interpreter may know it; where the text isn't, the error says why.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let named = declared(&bytes).filter(|_| !bytes.starts_with(BYTE_ORDER_MARK));
    let encoding = named.and_then(|name| Encoding::for_label(standard(&name).as_bytes()));
    if let Some(encoding) = encoding.filter(|encoding| *encoding != UTF_8) {
        let (text, _, wrong) = encoding.decode(&bytes);
        return match wrong {
            false => Ok(text.into_owned()),
            true => Err(format!(
                "isn't {}, as its comment says; save it so, or correct the comment",
                encoding.name()
            )),
        };
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!(
            "isn't UTF-8 at byte {at}; save it as UTF-8, or say in its first line what it is, as in \
             `# coding: latin-1`"
        )
    })
}

/// What CPython, with no codecs but its own, says of bytes that it doesn't take for text: the message, and
/// the line and column as it counts them.
pub fn refused(bytes: &[u8]) -> Option<(String, u32, i32)> {
    let named = declared(bytes).map(|name| normal(&name));
    match named.as_deref() {
        Some(name) if bytes.starts_with(BYTE_ORDER_MARK) && name != "utf-8" => {
            Some((format!("encoding problem: {name} with BOM"), 0, -1))
        }
        Some(name) if !is_known(name) => Some((format!("unknown encoding: {name}"), 0, -1)),
        None | Some("utf-8") => {
            let at = std::str::from_utf8(bytes).err()?.valid_up_to();
            let (before, rest) = bytes.split_at_checked(at)?;
            let lines = before.split(|byte| *byte == b'\n');
            let column = i32::try_from(lines.clone().next_back()?.len()).ok()?;
            let byte = rest.first()?;
            let message = format!("(unicode error) 'utf-8' codec can't decode byte {byte:#04x}");
            Some((message, u32::try_from(lines.count()).ok()?, column + 1))
        }
        Some(_) => None,
    }
}

/// What stands behind `coding:` or `coding=` in a comment that is all of one of the first two lines.
fn declared(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').take(2);
    let comments = lines
        .map(|line| line.trim_ascii_start())
        .take_while(|line| matches!(line, [] | [b'#', ..]));
    let comments: Vec<_> = comments.map(String::from_utf8_lossy).collect();
    comments.iter().find_map(|comment| {
        let mut parts = comment
            .match_indices("coding")
            .filter_map(|(at, word)| comment.get(at + word.len()..));
        let named = parts.find_map(|rest| rest.strip_prefix([':', '=']))?;
        let name = named
            .trim_start()
            .split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
            .next()?;
        (!name.is_empty()).then(|| name.to_owned())
    })
}

/// A name as the Encoding Standard spells it.
fn standard(name: &str) -> String {
    name.to_ascii_lowercase()
        .replace('_', "-")
        .replace("latin-", "latin")
}

/// A name as CPython's tokenizer has it (`get_normal_name` in `Parser/tokenizer.c`).
fn normal(name: &str) -> String {
    let spelled = name.to_ascii_lowercase().replace('_', "-");
    let is = |word: &str| {
        let rest = spelled.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if is("utf-8") {
        "utf-8".to_owned()
    } else if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) {
        "iso-8859-1".to_owned()
    } else {
        name.to_owned()
    }
}

/// Whether CPython has an encoding of this name (`encodings.search_function`).
fn is_known(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("_").to_ascii_lowercase();
    NAMES.split_whitespace().any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], message: Option<(&str, u32, i32)>) {
        let said = refused(bytes);
        let said = said.as_ref().map(|(text, line, at)| (&**text, *line, *at));
        assert_eq!(said, message);
    }

    #[test]
    fn cpython_knows_an_encoding_by_many_names() {
        for name in [
            "UTF-8",
            "utf_8_sig",
            "u8",
            "ISO_8859.1",
            "latin-1-unix",
            "cp437",
            "idna",
        ] {
            check(format!("# coding: {name}\n").as_bytes(), None);
        }
    }

    #[test]
    fn what_cpython_refuses() {
        check(
            b"# coding: uft-8\n",
            Some(("unknown encoding: uft-8", 0, -1)),
        );
        let marked = b"\xef\xbb\xbf#coding: utf8\nx\n";
        check(marked, Some(("encoding problem: utf8 with BOM", 0, -1)));
        let marked = b"\xef\xbb\xbf# coding: latin-1\n";
        check(
            marked,
            Some(("encoding problem: iso-8859-1 with BOM", 0, -1)),
        );
        let message = "(unicode error) 'utf-8' codec can't decode byte 0xf6";
        check(b"x = 1\ny = \"\xf6\"\n", Some((message, 2, 6)));
        check(b"# coding: latin-1\ny = \"\xf6\"\n", None);
    }
}
