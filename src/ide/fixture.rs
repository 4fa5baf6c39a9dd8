//! Small programs for the tests beside the features: `$0` is the cursor.

use crate::document::Snapshot;
use crate::text::{Offset, Range};

/// The program without its cursor, and where that was; the end where there is none.
pub fn program(fixture: &str) -> (Snapshot, Offset) {
    let at = fixture.find("$0").unwrap_or(fixture.len());
    let source = fixture.replacen("$0", "", 1);
    (Snapshot::new(&source), Offset::from_usize(at))
}

/// The program with marks around the ranges: `⟨exp⟩`, or with a word behind: `⟨exp⟩read`.
pub fn marked(snapshot: &Snapshot, marks: &[(Range, &str)]) -> String {
    let mut inserts: Vec<(usize, bool, String)> = Vec::new();
    for (range, word) in marks {
        inserts.push((range.start.to_usize(), false, "⟨".to_owned()));
        inserts.push((range.end.to_usize(), true, format!("⟩{word}")));
    }
    inserts.sort_by_key(|(at, closing, _)| (*at, !*closing));
    let mut text = snapshot.text.to_string();
    for (at, _, insert) in inserts.iter().rev() {
        text.insert_str(*at, insert);
    }
    text
}
