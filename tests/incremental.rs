//! After any edit, the analysis is what it would be had the text been read anew.

use std::fmt::Write;

use cella::document::{Change, Document, Snapshot};
use cella::scope::PythonVersion;
use cella::syntax::block::NEVER;
use cella::text::{Offset, Range};

/// Everything that is said of a text, one thing a line.
fn told(snapshot: &Snapshot, version: PythonVersion) -> String {
    let table = snapshot.scopes.symbol_table(version);
    let mut told = String::new();
    for entry in &table.scopes {
        let scope = &entry.scope;
        let symbols = entry
            .symbols
            .iter()
            .map(|(name, symbol)| format!(" {name}: {}", symbol.0));
        let symbols: String = symbols.collect();
        let (range, header) = (scope.range(), scope.header());
        writeln!(
            told,
            "{:?} {range:?} {header:?} in {:?}{symbols}",
            scope.kind(),
            entry.parent
        )
        .unwrap();
    }
    for code in &table.codes {
        writeln!(
            told,
            "{} {:?} {:?}",
            code.qualname, code.cell_variables, code.free_variables
        )
        .unwrap();
    }
    for entry in &table.occurrences {
        let one = &entry.occurrence;
        let place = (one.range.start.0, one.range.end.0, one.role, entry.scope);
        writeln!(
            told,
            "{} {place:?} {:?} {:?}",
            one.name, entry.binding, entry.access
        )
        .unwrap();
    }
    told
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }
}

const PASTES: [&str; 22] = [
    "x",
    "self",
    " ",
    "\n",
    "    ",
    "(",
    ")",
    "[",
    "]",
    ":",
    "\"",
    "'''",
    "def f(a):\n    return a\n",
    "lambda: x",
    "nonlocal x\n",
    "global y\n",
    "class A:\n    x = 1\n",
    "\n\n\n",
    "# comment\n",
    "for i in x:\n",
    "x = 1\n",
    "f\"{x}\"",
];

fn sources() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "py"));
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn random_edits_lead_to_what_a_fresh_reading_says() {
    let rounds: usize = std::env::var("CELLA_EDITS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(12);
    let mut random = Random(0x0005_eedc_e11a_5eed_u64);
    let sources = sources();
    let mut differences = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        // All in one class too, so that most edits stay in one block.
        let indented: String = source.lines().map(|line| format!("    {line}\n")).collect();
        for start in [source.clone(), format!("class Everything:\n{indented}")] {
            let mut document = Document::new(&start);
            for round in 0..rounds {
                let text = document.snapshot().text.to_string();
                let at = random.below(text.len());
                let removed = if random.below(3) == 0 {
                    random.below(12)
                } else {
                    0
                };
                let end = (at + removed).min(text.len());
                let new = PASTES[random.below(PASTES.len())];
                let range = Range::new(Offset::from_usize(at), Offset::from_usize(end));
                document.edit(
                    &[Change {
                        range,
                        text: new.to_owned(),
                    }],
                    NEVER,
                );
                let incremental = document.snapshot();
                let now = incremental.text.to_string();
                // What the parser makes of wrong text may depend on how it came about; the facts are
                // held to the trees then, by the trees being equal.
                let fresh = Document::new(&now).snapshot();
                if format!("{:?}", incremental.syntax) != format!("{:?}", fresh.syntax) {
                    document = Document::new(&now);
                    continue;
                }
                for version in [PythonVersion::V3_8, PythonVersion::V3_14] {
                    let (one, other) = (told(&incremental, version), told(&fresh, version));
                    if one != other {
                        let line = one
                            .lines()
                            .zip(other.lines())
                            .find(|(one, other)| one != other);
                        differences.push(format!(
                            "file {number} round {round}: {new:?} at {at}: {line:?}"
                        ));
                    }
                }
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
