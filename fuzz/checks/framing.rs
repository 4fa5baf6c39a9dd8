//! Any bytes are cut into the same messages, however they arrive; each body can be made UTF-8; and what is
//! framed is read, whatever came before it on lines of its own.

use std::io::BufReader;

use cella::server::framing;

/// Panics if not.
pub fn check(stream: &[u8]) {
    let whole = read(stream, 1 << 16);
    for capacity in [1, 3, 64] {
        assert_eq!(
            read(stream, capacity),
            whole,
            "a buffer of {capacity} bytes"
        );
    }
    for body in whole.into_iter().flatten() {
        let mut repaired = body.clone();
        let changed = framing::repair(&mut repaired);
        assert!(std::str::from_utf8(&repaired).is_ok());
        assert_eq!(changed, repaired != body);
        let mut again = repaired.clone();
        assert!(!framing::repair(&mut again));
        // What JSON takes before it takes after, and as the same.
        if let Ok(value) = serde_json::from_slice::<serde_json::Value>(&body) {
            assert_eq!(
                serde_json::from_slice::<serde_json::Value>(&repaired).ok(),
                Some(value)
            );
        }
    }
    let mut framed = format!("Content-Length: {}\r\n\r\n", stream.len()).into_bytes();
    framed.extend_from_slice(stream);
    assert_eq!(read(&framed, 64).first(), Some(&Ok(stream.to_vec())));
}

type Body = Result<Vec<u8>, framing::Broken>;

fn read(stream: &[u8], capacity: usize) -> Vec<Body> {
    let mut input = BufReader::with_capacity(capacity, stream);
    let mut bodies = Vec::new();
    while let Ok(Some(body)) = framing::read_body(&mut input) {
        bodies.push(body);
    }
    bodies
}
