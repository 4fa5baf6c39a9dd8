//! Cella's scopes against CPython's: symbol tables, cells and free variables, and the bytecode's own way
//! to each name, for every version from 3.8 to 3.14.
//!
//! The judge of a version is an interpreter found in the path or in pyenv's folder, and where there is
//! none, what one has said before: `tests/cases/recorded/`. An interpreter also judges a part of its own
//! standard library; all of it with `CELLA_WHOLE_LIBRARY=1`. `CELLA_RECORD=1` writes the recorded answers
//! anew. `CELLA_PYTHON_3_14=/path` names the judge of a version.

#[path = "support/interpreters.rs"]
mod interpreters;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use cella::document::Document;
use cella::scope::{Access, Binding, PythonVersion, ScopeKind, SymbolTable};
use cella::text::{Offset, Text};
use interpreters::interpreter;
use serde_json::{Value, json};

#[test]
fn cpython_3_8() {
    judge(PythonVersion::V3_8);
}

#[test]
fn cpython_3_9() {
    judge(PythonVersion::V3_9);
}

#[test]
fn cpython_3_10() {
    judge(PythonVersion::V3_10);
}

#[test]
fn cpython_3_11() {
    judge(PythonVersion::V3_11);
}

#[test]
fn cpython_3_12() {
    judge(PythonVersion::V3_12);
}

#[test]
fn cpython_3_13() {
    judge(PythonVersion::V3_13);
}

#[test]
fn cpython_3_14() {
    judge(PythonVersion::V3_14);
}

/// Compares the cases, and a part of the library of the interpreter if there is one.
#[track_caller]
fn judge(version: PythonVersion) {
    let recorded = root().join(format!("tests/cases/recorded/{version}.json"));
    let mut sum = Sum::default();
    let judge = match interpreter(version) {
        Some(python) => {
            let cases = ask(&python, &cases());
            if std::env::var_os("CELLA_RECORD").is_some() {
                record(&recorded, &cases);
            }
            sum.compare(version, &cases);
            for batch in library(&python).chunks(100) {
                sum.compare(version, &ask(&python, batch));
            }
            python.display().to_string()
        }
        None => {
            let text = std::fs::read_to_string(&recorded).unwrap();
            let answers: Vec<Value> = text
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            sum.compare(version, &answers);
            "recorded answers (no interpreter found)".to_owned()
        }
    };
    // Past the test harness, which would keep it: which judge was asked must be seen.
    let _ = writeln!(std::io::stderr(), "Python {version} by {judge}: {sum}");
    assert!(
        sum.symbols > 500 && sum.codes > 200,
        "too little was compared: {sum}"
    );
    assert!(
        sum.differences.is_empty(),
        "{sum}\n{}",
        sum.differences.join("\n")
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("tests/cases")).unwrap();
    let mut cases: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|ending| ending == "py"));
    cases.sort();
    cases
}

fn ask(python: &Path, files: &[PathBuf]) -> Vec<Value> {
    let mut command = Command::new(python);
    command
        .arg(root().join("tests/python/oracle.py"))
        .args(files)
        .env("PYTHONHASHSEED", "0");
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        answers.len(),
        files.len(),
        "{} stopped: {complaint}",
        python.display()
    );
    answers
}

fn record(path: &Path, answers: &[Value]) {
    let line = |answer: &Value| {
        let mut answer = answer.clone();
        let name = answer["file"]
            .as_str()
            .and_then(|file| file.rsplit('/').next())
            .unwrap_or_default();
        answer["file"] = json!(format!("tests/cases/{name}"));
        format!("{answer}\n")
    };
    std::fs::write(path, answers.iter().map(line).collect::<String>()).unwrap();
}

/// Modules of the interpreter's own library: a few of all kinds, or all.
fn library(python: &Path) -> Vec<PathBuf> {
    let all = std::env::var_os("CELLA_WHOLE_LIBRARY").is_some();
    interpreters::library(python, if all { 1 } else { 150 })
}

/// What was compared, and what differs.
#[derive(Default)]
struct Sum {
    files: usize,
    rejected: usize,
    blocks: usize,
    symbols: usize,
    codes: usize,
    accesses: usize,
    differences: Vec<String>,
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            files,
            rejected,
            blocks,
            symbols,
            codes,
            accesses,
            differences,
        } = self;
        let differ = differences.len();
        write!(
            f,
            "{files} files ({rejected} not for it), {blocks} blocks, {symbols} symbols, {codes} code \
             objects, {accesses} accesses compared; {differ} differ"
        )
    }
}

impl Sum {
    fn compare(&mut self, version: PythonVersion, answers: &[Value]) {
        for answer in answers {
            let file = answer["file"].as_str().unwrap();
            let path = root().join(file.strip_prefix("/host").unwrap_or(file));
            if answer.get("error").is_some() {
                self.rejected += 1;
                continue;
            }
            // Other encodings are the command line's business.
            let Ok(source) = std::fs::read_to_string(&path) else {
                continue;
            };
            let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
            self.files += 1;
            let snapshot = Document::new(source).snapshot();
            let mut table = snapshot.scopes.symbol_table(version);
            table.leave_out_codes(&snapshot.text, &snapshot.syntax);
            let mut differences = Vec::new();
            self.compare_blocks(&table, &snapshot.text, answer, &mut differences);
            self.compare_codes(&table, answer, &mut differences);
            self.compare_accesses(&table, &snapshot.text, answer, &mut differences);
            let shown = differences
                .iter()
                .take(5)
                .map(|one| format!("{}: {one}", path.display()));
            self.differences.extend(shown);
        }
    }

    /// Every block of the symbol table, with every symbol's words.
    fn compare_blocks(
        &mut self,
        table: &SymbolTable,
        text: &Text,
        answer: &Value,
        out: &mut Vec<String>,
    ) {
        let mut theirs = BTreeMap::new();
        flatten(&answer["blocks"], "", &mut theirs);
        let mut ours: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut paths: Vec<String> = Vec::new();
        for entry in &table.scopes {
            let outer = entry
                .parent
                .and_then(|parent| paths.get(parent))
                .cloned()
                .unwrap_or_default();
            if entry.inlined || entry.scope.detached() {
                // No block of its own; what is nested in it is nested in what is around it.
                paths.push(outer);
                continue;
            }
            let scope = &entry.scope;
            let name = match scope.kind() {
                ScopeKind::Module => "top",
                ScopeKind::Annotation => "__annotate__",
                ScopeKind::Lambda => "lambda",
                ScopeKind::ListComp => "listcomp",
                ScopeKind::SetComp => "setcomp",
                ScopeKind::DictComp => "dictcomp",
                ScopeKind::GenExpr => "genexpr",
                _ => scope.name().map_or("", |name| name.as_str()),
            };
            let line = if scope.kind() == ScopeKind::Module {
                0
            } else {
                line(text, scope.range().start)
            };
            let path = format!("{outer}/{} {name}:{line}", word(scope.kind()));
            let symbols = entry
                .symbols
                .iter()
                .map(|(name, symbol)| (name.as_str(), symbol.0.as_str()));
            let symbols: BTreeMap<&str, &str> = symbols
                .map(|(name, words)| (name, words.trim_end_matches(" inlined")))
                .collect();
            if says_something(&symbols, scope.kind() == ScopeKind::Annotation) {
                ours.entry(path.clone())
                    .or_default()
                    .push(format!("{symbols:?}"));
            }
            paths.push(path);
        }
        for (path, mut symbols) in theirs {
            self.blocks += symbols.len();
            self.symbols += symbols
                .iter()
                .map(|symbols| symbols.matches(": ").count())
                .sum::<usize>();
            let mut mine = ours.remove(&path).unwrap_or_default();
            symbols.sort();
            mine.sort();
            if symbols != mine {
                out.push(format!("{path}\n  CPython {symbols:?}\n  Cella   {mine:?}"));
            }
        }
        out.extend(
            ours.into_keys()
                .map(|path| format!("CPython has no {path}")),
        );
    }

    /// The code objects are CPython's, each with its cells and free variables in order.
    fn compare_codes(&mut self, table: &SymbolTable, answer: &Value, out: &mut Vec<String>) {
        let qualified = answer["codes"][0].as_str().is_some();
        let mut ours: BTreeMap<String, usize> = BTreeMap::new();
        for code in &table.codes {
            let cells = code.cell_variables.iter().map(|name| name.as_str());
            let free = code.free_variables.iter().map(|(name, _)| name.as_str());
            let name = if qualified {
                &code.qualname
            } else {
                &code.name
            };
            let key = code_key(name, &cells.collect::<Vec<_>>(), &free.collect::<Vec<_>>());
            *ours.entry(key).or_default() += 1;
        }
        let mut theirs = vec![&answer["codes"]];
        while let Some(code) = theirs.pop() {
            self.codes += 1;
            theirs.extend(code[4].as_array().unwrap());
            let name = code[0].as_str().or(code[1].as_str()).unwrap();
            let key = code_key(name, &strings(&code[2]), &strings(&code[3]));
            match ours.get_mut(&key) {
                Some(left @ 1..) => *left -= 1,
                _ => out.push(format!("CPython has the code object {key}")),
            }
        }
        let too_many = ours.into_iter().filter(|(_, left)| *left > 0);
        out.extend(too_many.map(|(key, _)| format!("CPython has no code object {key}")));
    }

    /// Every instruction whose place is a name reaches it as Cella says.
    fn compare_accesses(
        &mut self,
        table: &SymbolTable,
        text: &Text,
        answer: &Value,
        out: &mut Vec<String>,
    ) {
        let mut ours = BTreeMap::new();
        for entry in &table.occurrences {
            let start = entry.occurrence.range.start;
            let line_number = line(text, start);
            let column = (start - text.line_start(line_number - 1)).0;
            ours.insert((line_number, column), entry);
        }
        for access in answer["accesses"].as_array().unwrap() {
            let number = |at: usize| u32::try_from(access[at].as_u64().unwrap()).unwrap();
            let (line, column, how) = (number(0), number(1), access[3].as_str().unwrap());
            let Some(entry) = ours.get(&(line, column)) else {
                // An attribute has a place too, and so have `.0` and the like.
                continue;
            };
            self.accesses += 1;
            let scope = &entry.occurrence.scope;
            let namespace = matches!(scope.host().kind(), ScopeKind::Module | ScopeKind::Class);
            let expected: &[&str] = match (entry.access, namespace, scope.inlined()) {
                (Access::Local, true, false) => &["name", "global"],
                (Access::Local, ..) => &["local"],
                (Access::Cell, ..) | (Access::Free, _, false) => &["cell"],
                (Access::Free, _, true) => &["cell", "local"],
                (Access::GlobalExplicit, ..) => &["global", "name"],
                (Access::GlobalImplicit, true, _) => &["name", "global"],
                // In an annotation scope in a class: the class's namespace, then globals.
                (Access::GlobalImplicit, ..) => &["global"],
            };
            let in_file =
                entry.binding != Binding::Elsewhere || entry.access == Access::GlobalImplicit;
            if !expected.contains(&how) || !in_file {
                out.push(format!(
                    "{access}: {:?} of {:?}",
                    entry.access, entry.occurrence
                ));
            }
        }
    }
}

fn line(text: &Text, offset: Offset) -> u32 {
    text.line_of(offset) + 1
}

fn code_key(name: &str, cells: &[&str], free: &[&str]) -> String {
    format!("{name} cells {cells:?} free {free:?}")
}

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect()
}

/// Every function has a block for annotations from 3.14, also where it has none; nothing is said there.
fn says_something(symbols: &BTreeMap<&str, &str>, is_annotation: bool) -> bool {
    !is_annotation
        || symbols
            .keys()
            .any(|name| !matches!(*name, ".format" | "__classdict__"))
}

fn flatten(block: &Value, outer: &str, into: &mut BTreeMap<String, Vec<String>>) {
    let (kind, name) = (block[0].as_str().unwrap(), block[1].as_str().unwrap());
    let path = format!("{outer}/{kind} {name}:{}", block[2]);
    let symbols = block[3].as_object().unwrap().iter();
    let symbols: BTreeMap<&str, &str> = symbols
        .map(|(name, words)| (name.as_str(), words.as_str().unwrap()))
        .collect();
    if says_something(&symbols, kind == "annotation") {
        into.entry(path.clone())
            .or_default()
            .push(format!("{symbols:?}"));
    }
    for nested in block[4].as_array().unwrap() {
        flatten(nested, &path, into);
    }
}

fn word(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Module => "module",
        ScopeKind::Function => "function",
        ScopeKind::Lambda => "lambda",
        ScopeKind::Class => "class",
        ScopeKind::ListComp => "listcomp",
        ScopeKind::SetComp => "setcomp",
        ScopeKind::DictComp => "dictcomp",
        ScopeKind::GenExpr => "genexpr",
        ScopeKind::TypeParams => "type_params",
        ScopeKind::TypeVar | ScopeKind::TypeVarDefault => "type_var",
        ScopeKind::TypeAlias => "type_alias",
        ScopeKind::Annotation => "annotation",
    }
}
