//! Text as a plain vector of code units, with lines and columns counted one by one: what the rope is held
//! against.

#![allow(dead_code)] // Each check uses its own part.

use cella::text::{Encoding, Position};

/// The code units of a text: bytes, UTF-16 units or characters.
pub fn units(text: &str, encoding: Encoding) -> Vec<u32> {
    match encoding {
        Encoding::Utf8 => text.bytes().map(u32::from).collect(),
        Encoding::Utf16 => text.encode_utf16().map(u32::from).collect(),
        Encoding::Utf32 => text.chars().map(u32::from).collect(),
    }
}

/// The text again; `None` if the units cut a character. In UTF-16 each half of a pair is U+FFFD.
pub fn text(units: &[u32], encoding: Encoding) -> Option<String> {
    match encoding {
        Encoding::Utf8 => String::from_utf8(units.iter().map(|&unit| unit as u8).collect()).ok(),
        Encoding::Utf16 => {
            let units: Vec<u16> = units.iter().map(|&unit| unit as u16).collect();
            Some(String::from_utf16_lossy(&units))
        }
        Encoding::Utf32 => units.iter().map(|&unit| char::from_u32(unit)).collect(),
    }
}

/// Where each line's content starts and ends, in units.
pub fn lines(units: &[u32]) -> Vec<(usize, usize)> {
    let (cr, lf) = (u32::from('\r'), u32::from('\n'));
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(&unit) = units.get(at) {
        let wide = unit == cr && units.get(at + 1) == Some(&lf);
        if unit == cr || unit == lf {
            lines.push((start, at));
            at += usize::from(wide);
            start = at + 1;
        }
        at += 1;
    }
    lines.push((start, units.len()));
    lines
}

/// The place that a position names, in units: a column past its line's end is that end, and the line
/// behind the last is the text's end.
pub fn place(units: &[u32], at: Position) -> Option<usize> {
    let lines = lines(units);
    match lines.get(at.line as usize) {
        Some(&(start, end)) => Some((start + at.column as usize).min(end)),
        None => (at.line as usize == lines.len()).then_some(units.len()),
    }
}

/// The encoding that a byte stands for.
pub fn encoding(byte: u8) -> Encoding {
    [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][usize::from(byte % 3)]
}

/// A program and, behind a zero byte, what is done with it.
pub fn parts(input: &[u8]) -> (String, &[u8]) {
    let end = input
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(input.len());
    let rest = input.get(end + 1..).unwrap_or_default();
    (String::from_utf8_lossy(&input[..end]).into_owned(), rest)
}
