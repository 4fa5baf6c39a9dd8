//! After any edits of any text, the analysis is what it would be had the text been read anew.
//!
//! The input is a program and, behind a zero byte, edits of four bytes each.

#[path = "../../tests/support/fresh.rs"]
mod fresh;

/// Panics if not.
pub fn check(input: &[u8]) {
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let source = parts.next().unwrap_or_default();
    let mut edited = fresh::Edited::new(&String::from_utf8_lossy(source));
    for (number, act) in parts.next().unwrap_or_default().chunks_exact(4).enumerate() {
        edited.act([act[0], act[1], act[2], act[3]]);
        if let Err(difference) = edited.check(number as u32) {
            panic!("after edit {number}: {difference}");
        }
    }
}
