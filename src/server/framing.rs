//! Cuts a stream of bytes into the protocol's messages, and forgives what can be forgiven.
//!
//! LSP 3.17, "Base Protocol": a block of header lines, an empty line, then a body of exactly
//! `Content-Length` bytes. Real clients also send lower-case header names, other headers, or none
//! that make sense. No message, however broken, ends the session: what can't be read is reported as
//! a [`Broken`] and reading goes on at the next header.

use std::io::{self, BufRead, Read};

/// Longest body that is taken, in bytes.
pub const MAX_BODY: u64 = 256 << 20;

/// Longest header line that is taken, in bytes.
const MAX_LINE: u64 = 8 << 10;

const LENGTH: &[u8] = b"content-length";

/// Why a message could not be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken {
    /// No usable `Content-Length`; bytes were skipped up to the next one.
    Header(String),
    /// The body is longer than [`MAX_BODY`] and was skipped. The length in bytes.
    TooLong(u64),
}

/// Reads one message's body. `Ok(None)` at the end of the stream, also in the middle of a message.
pub fn read_body(input: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, Broken>>> {
    let mut headers = Headers::default();
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        match headers.line(&line) {
            Line::More => {}
            Line::End(length) if length > MAX_BODY => {
                let skipped = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
                return Ok((skipped == length).then_some(Err(Broken::TooLong(length))));
            }
            Line::End(length) => {
                let mut body = Vec::new();
                let read = input.by_ref().take(length).read_to_end(&mut body)?;
                return Ok((read as u64 == length).then_some(Ok(body)));
            }
            Line::Broken(why) => return Ok(Some(Err(Broken::Header(why)))),
        }
    }
}

/// One message's header block as far as it was read.
#[derive(Default)]
struct Headers {
    length: Option<u64>,
    any: bool,
}

enum Line {
    More,
    End(u64),
    Broken(String),
}

impl Headers {
    fn line(&mut self, line: &[u8]) -> Line {
        let line = line.trim_ascii();
        if line.is_empty() {
            return match self.length {
                Some(length) => Line::End(length),
                None if std::mem::take(&mut self.any) => {
                    Line::Broken("a header without Content-Length".into())
                }
                None => Line::More, // An empty line before the header harms nobody.
            };
        }
        // After a body of another length than announced, a header may stand at the end of its rest.
        if let Some(at) = find_ignoring_case(line, LENGTH) {
            let value = line.get(at + LENGTH.len()..).unwrap_or_default();
            let value = String::from_utf8_lossy(value);
            let value = value
                .trim_start_matches([' ', '\t'])
                .strip_prefix(':')
                .map(str::trim);
            self.any = true;
            self.length = value.and_then(|value| value.parse().ok());
            if self.length.is_none() {
                self.any = false;
                return Line::Broken(format!("Content-Length{}", value.unwrap_or_default()));
            }
        } else {
            self.any = true;
        }
        Line::More
    }
}

/// The last place of `needle`, which is lower-case ASCII.
fn find_ignoring_case(line: &[u8], needle: &[u8]) -> Option<usize> {
    line.windows(needle.len())
        .rposition(|window| window.eq_ignore_ascii_case(needle))
}

/// Repairs what JSON or UTF-8 forbid but editors send all the same: halves of surrogate pairs,
/// written as an escape or as bytes, and bytes that are no UTF-8. Each becomes U+FFFD, so that a
/// half pair still counts one UTF-16 unit. Returns whether anything was repaired. O(length).
pub fn repair(body: &mut Vec<u8>) -> bool {
    let mut repaired = repair_escapes(body);
    if std::str::from_utf8(body).is_err() {
        repair_surrogate_bytes(body);
        if std::str::from_utf8(body).is_err() {
            *body = String::from_utf8_lossy(body).into_owned().into_bytes();
        }
        repaired = true;
    }
    repaired
}

/// Replaces each `\ud8xx` without its other half, in place.
fn repair_escapes(body: &mut [u8]) -> bool {
    let mut repaired = false;
    let mut at = 0;
    while let Some(found) = body
        .get(at..)
        .and_then(|rest| rest.iter().position(|&b| b == b'\\'))
    {
        at += found;
        let Some(unit) = escaped_unit(body, at) else {
            at += 2; // An escape of another kind, or an escaped backslash.
            continue;
        };
        let paired = matches!(unit, 0xd800..=0xdbff)
            && matches!(escaped_unit(body, at + 6), Some(0xdc00..=0xdfff));
        if paired {
            at += 12;
            continue;
        }
        if matches!(unit, 0xd800..=0xdfff)
            && let Some(digits) = body.get_mut(at + 2..at + 6)
        {
            digits.copy_from_slice(b"fffd");
            repaired = true;
        }
        at += 6;
    }
    repaired
}

/// The code unit of the `\uXXXX` that starts at `at`.
fn escaped_unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Replaces surrogates that were encoded as if they were characters (three bytes, as U+FFFD has).
fn repair_surrogate_bytes(body: &mut [u8]) {
    let mut at = 0;
    while let Some(three) = body.get_mut(at..at + 3) {
        if let [0xed, 0xa0..=0xbf, 0x80..=0xbf] = three {
            three.copy_from_slice("\u{fffd}".as_bytes());
            at += 2;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::io::BufReader;

    /// Reads it all in buffers of every size from one byte on; the result must be the same.
    #[track_caller]
    fn check(stream: &str, expected: Expect) {
        let read = |capacity: usize| {
            let mut input = BufReader::with_capacity(capacity, stream.as_bytes());
            let mut out = String::new();
            while let Some(body) = read_body(&mut input).unwrap() {
                match body {
                    Ok(body) => out += &format!("{}\n", String::from_utf8(body).unwrap()),
                    Err(why) => out += &format!("{why:?}\n"),
                }
            }
            out
        };
        for capacity in [1, 2, 3, 7, 64] {
            assert_eq!(read(capacity), read(4096), "a buffer of {capacity} bytes");
        }
        expected.assert_eq(&read(4096));
    }

    #[test]
    fn joined_messages_and_any_spelling_of_the_headers() {
        check(
            "Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n[1]\
             CONTENT-LENGTH : 1\n\n2",
            expect![[r"
                {}
                [1]
                2
            "]],
        );
    }

    #[test]
    fn a_broken_header_costs_its_message_only() {
        check(
            "Content-Length: -5\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}",
            expect![[r#"
                Header("Content-Length-5")
                {}
            "#]],
        );
        check(
            "X: 1\r\n\r\n{\"a\":1}\r\nContent-Length: 2\r\n\r\n{}",
            expect![[r#"
                Header("a header without Content-Length")
                {}
            "#]],
        );
        check(
            "Content-Length: x\r\nContent-Type: y\r\nContent-Length: 2\r\n\r\n{}",
            expect![[r#"
                Header("Content-Lengthx")
                {}
            "#]],
        );
    }

    #[test]
    fn an_empty_body_is_a_body() {
        check(
            "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}",
            expect![[r"

            {}
        "]],
        );
    }

    #[test]
    fn the_end_comes_anywhere() {
        check("", expect![""]);
        check("Content-Le", expect![""]);
        check("Content-Length: 5\r\n\r\n{}", expect![""]);
        check("Content-Length: 99999999999999\r\n\r\n{}", expect![""]);
    }

    #[track_caller]
    fn repaired(body: &[u8], expected: &str) {
        let mut body = body.to_vec();
        repair(&mut body);
        assert_eq!(String::from_utf8(body).unwrap(), expected);
    }

    #[test]
    fn halves_of_pairs_become_one_replacement_each() {
        repaired(br#""\ud83d\ude00""#, r#""\ud83d\ude00""#);
        repaired(br#""\ud83d""#, r#""\ufffd""#);
        repaired(br#""\ude00\ud83d""#, r#""\ufffd\ufffd""#);
        repaired(br#""\ud83d\u0041""#, r#""\ufffd\u0041""#);
        repaired(br#""\\ud83d""#, r#""\\ud83d""#);
        repaired(br#""\\\ud83d""#, r#""\\\ufffd""#);
        repaired(b"\xed\xa0\xbd", "\u{fffd}");
        repaired(b"a\xff\xed\xa0\xbdb", "a\u{fffd}\u{fffd}b");
        repaired("\u{d7ff}é".as_bytes(), "\u{d7ff}é");
    }
}
