//! Renames in real files: whatever is renamed, every name of the result stands for the same variable as
//! before when the whole is read anew, and CPython compiles it.

#[path = "support/corpus.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::{Command, Stdio};

use cella::document::{Change, Snapshot};
use cella::ide::{Config, rename};
use cella::scope::{OccurrenceEntry, SymbolTable};

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

/// Names that are hard in some way.
const NAMES: [&str; 6] = ["fresh", "__private", "match", "_", "print", "é"];

fn files() -> usize {
    let asked = std::env::var("CELLA_RENAMES").ok();
    asked.and_then(|files| files.parse().ok()).unwrap_or(20)
}

fn table(snapshot: &Snapshot) -> SymbolTable {
    snapshot.scopes.symbol_table(Config::default().version)
}

/// The text after the edits, made with nothing of Cella's.
fn applied(source: &str, edits: &[Change]) -> String {
    let mut text = source.to_owned();
    for edit in edits.iter().rev() {
        let range = edit.range.start.to_usize()..edit.range.end.to_usize();
        text.replace_range(range, &edit.text);
    }
    text
}

/// What is said of an occurrence, beside its name and its place.
fn meaning(entry: &OccurrenceEntry) -> String {
    let role = entry.occurrence.role;
    format!(
        "{role:?} {} {:?} {:?}",
        entry.scope, entry.binding, entry.access
    )
}

/// The first difference between the two but for the names of what was renamed.
fn difference(before: &SymbolTable, after: &SymbolTable) -> Option<String> {
    let scopes = |table: &SymbolTable| -> Vec<_> {
        let scopes = table.scopes.iter();
        scopes
            .map(|entry| (entry.scope.kind(), entry.parent, entry.inlined))
            .collect()
    };
    if scopes(before) != scopes(after) {
        return Some("other scopes".to_owned());
    }
    if before.occurrences.len() != after.occurrences.len() {
        return Some("other occurrences".to_owned());
    }
    let pairs = before.occurrences.iter().zip(&after.occurrences);
    for (old, new) in pairs {
        let (was, is) = (meaning(old), meaning(new));
        if was != is {
            let name = old.occurrence.name;
            return Some(format!("{name} was {was}, is {is}"));
        }
    }
    None
}

#[test]
fn names_mean_the_same_after_a_rename() {
    let mut random = Random(0x0005_eedc_e11a_5eed_u64);
    let mut wrong = String::new();
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    let mut renamed = Vec::new();
    for (path, source) in corpus::stdlib(files()) {
        let snapshot = Snapshot::new(&source);
        let before = table(&snapshot);
        for _ in 0..6 {
            let Some(entry) = before
                .occurrences
                .get(random.below(before.occurrences.len()))
            else {
                continue;
            };
            let other = &before.occurrences[random.below(before.occurrences.len())];
            let known = random.below(3) > 0;
            let new = if known {
                other.occurrence.name.as_str()
            } else {
                NAMES[random.below(NAMES.len())]
            };
            let at = entry.occurrence.range.start;
            match rename(&snapshot, at, new, &Config::default()) {
                None => write!(wrong, "{path:?} {at:?}: no name").unwrap(),
                Some(Err(refusal)) => {
                    let reason = refusal
                        .reason
                        .split(['`', '"'])
                        .step_by(2)
                        .collect::<String>();
                    let reason = reason.trim_start_matches(|ch: char| {
                        ch.is_ascii_digit() || "line :".contains(ch)
                    });
                    *refused.entry(reason.to_owned()).or_default() += 1;
                }
                Some(Ok(edits)) => {
                    let text = applied(&source, &edits);
                    if let Some(how) = difference(&before, &table(&Snapshot::new(&text))) {
                        let name = entry.occurrence.name;
                        writeln!(wrong, "{path:?} {at:?}: {name} to {new}: {how}").unwrap();
                    }
                    renamed.push((source.clone(), text));
                }
            }
        }
    }
    let count: usize = refused.values().sum();
    println!("{} renamed, {count} refused: {refused:#?}", renamed.len());
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        renamed.len() * 4 > count || renamed.len() + count == 0,
        "{} of {count}",
        renamed.len()
    );
    compile(&renamed);
}

/// What CPython compiles before, it compiles after.
fn compile(renamed: &[(String, String)]) {
    const SCRIPT: &str = "
import json, sys, warnings
warnings.simplefilter('ignore')
def error(text):
    try:
        compile(text, '', 'exec', dont_inherit=True)
    except SyntaxError as error:
        return str(error)
for number, (before, after) in enumerate(json.load(sys.stdin)):
    if not error(before) and error(after):
        print(number, error(after))
";
    let Ok(mut python) = Command::new("python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        return;
    };
    serde_json::to_writer(python.stdin.take().unwrap(), renamed).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
}
