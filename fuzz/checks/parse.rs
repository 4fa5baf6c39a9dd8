//! Any text can be read, and every question about every place of it answered.

use cella::document::Snapshot;
use cella::scope::PythonVersion;

/// Panics if not.
pub fn check(input: &[u8]) {
    let text = input.utf8_chunks().next();
    let source = text.map_or("", |chunk| chunk.valid());
    let snapshot = Snapshot::new(source);
    assert_eq!(snapshot.text.to_string(), source);
    for version in [PythonVersion::V3_8, PythonVersion::V3_14] {
        let table = snapshot.scopes.symbol_table(version);
        let errors = snapshot
            .scopes
            .errors(&snapshot.text, &snapshot.syntax, version);
        assert!(!table.scopes.is_empty());
        assert!(errors.iter().all(|error| !error.message.is_empty()));
    }
}
