//! What Cella claims of closures, held against CPython: the claims are made from the text, then the
//! programs of `tests/truth/` are run and `__closure__`, cell contents and live functions compared.
//!
//! Needs a CPython from 3.11 on in the path; without one the test says that it is skipped.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use cella::closure::content::{How, contents, given};
use cella::closure::decoration::namesake;
use cella::closure::escape::{Way, fate};
use cella::closure::keeps::keeps;
use cella::closure::nesting::made_in;
use cella::closure::program::Program;
use cella::closure::rebinding::{Rebinding, Rebindings, When, made_at};
use cella::closure::value::Search;
use cella::document::Snapshot;
use cella::scope::{PythonVersion, Scope, ScopeKind, Variable};
use cella::syntax::{Field, Kind};
use cella::text::Range;
use serde_json::{Value, json};

#[test]
fn what_is_claimed_is_true() {
    let Some((python, version)) = interpreter() else {
        eprintln!("SKIPPED: no CPython from 3.11 on was found in the path");
        return;
    };
    let mut programs = Vec::new();
    let mut counts = Counts::default();
    for (name, source) in sources() {
        let claims = claims(&source, version, &mut counts);
        programs.push(json!({ "name": name, "source": source, "claims": claims }));
    }
    eprintln!(
        "{} programs under {python} ({version}): {counts:?}",
        programs.len()
    );
    let wrong = run(&python, &json!(programs));
    assert!(wrong.is_empty(), "CPython says otherwise:\n{wrong}");
    assert!(programs.len() >= 300, "{} programs", programs.len());
    // A quarter of the programs were made to leave doubts.
    assert!(counts.may_share() <= 0.20, "{counts:?}");
    for (kind, least) in [
        ("closure", 200),
        ("holds", 60),
        ("returned", 80),
        ("ends", 20),
        ("sees", 8),
        ("shared", 10),
        ("constant", 100),
    ] {
        let count = counts.claims.get(kind).copied().unwrap_or_default();
        assert!(count >= least, "only {count} claims that say {kind}");
    }
}

/// The standard library of the interpreter: its modules run anew, and functions of theirs are called.
#[test]
fn what_is_claimed_of_a_library_is_true() {
    let Some((python, version)) = interpreter() else {
        eprintln!("SKIPPED: no CPython from 3.11 on was found in the path");
        return;
    };
    let mut programs = Vec::new();
    let mut counts = Counts::default();
    for (module, path, calls) in library(&python) {
        let source = std::fs::read_to_string(&path).unwrap();
        let claims = claims(&source, version, &mut counts);
        programs.push(json!({
            "name": format!("<{module}>"), "source": source, "claims": claims,
            "module": module, "calls": calls,
        }));
    }
    eprintln!(
        "{} modules of {python} ({version}): {counts:?}",
        programs.len()
    );
    let wrong = run(&python, &json!(programs));
    assert!(wrong.is_empty(), "CPython says otherwise:\n{wrong}");
    assert!(programs.len() >= 100, "{} modules", programs.len());
    assert!(counts.may_share() <= 0.20, "{counts:?}");
}

/// The modules of `tests/truth/library.txt` that this interpreter has as files: name, file, and what to call.
fn library(python: &str) -> Vec<(String, String, Vec<String>)> {
    let listed = include_str!("truth/library.txt").lines();
    let listed: Vec<(&str, &str)> = listed
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .collect();
    let names: Vec<&str> = listed.iter().map(|(name, _)| *name).collect();
    let code = "import importlib.util as u, sys\nfor name in sys.argv[1:]:\n try: print((u.find_spec(name) or u).origin or '')\n except Exception: print()";
    let output = Command::new(python)
        .args(["-c", code])
        .args(&names)
        .output()
        .unwrap();
    let files = String::from_utf8(output.stdout).unwrap();
    let found = listed.into_iter().zip(files.lines());
    found
        .filter(|(_, file)| file.ends_with(".py"))
        .map(|((name, calls), file)| {
            let calls = calls.split("; ").map(str::trim);
            let calls = calls.filter(|call| !call.is_empty()).map(str::to_owned);
            (name.to_owned(), file.to_owned(), calls.collect())
        })
        .collect()
}

/// What was said, and how much of it was certain.
#[derive(Debug, Default)]
struct Counts {
    claims: BTreeMap<String, usize>,
    /// Closures whose end, or a way out, is certain.
    certain: usize,
    /// Closures that only "may" escape.
    may: usize,
}

impl Counts {
    fn may_share(&self) -> f64 {
        self.may as f64 / (self.may + self.certain).max(1) as f64
    }
}

/// The newest CPython in the path that has `co_qualname`.
fn interpreter() -> Option<(String, PythonVersion)> {
    let names = [
        "python3.14",
        "python3.13",
        "python3.12",
        "python3.11",
        "python3",
        "python",
    ];
    let chosen = std::env::var("CELLA_PYTHON").ok();
    chosen
        .into_iter()
        .chain(names.map(str::to_owned))
        .find_map(|name| {
            let code = "import sys; print('%d.%d' % sys.version_info[:2])";
            let output = Command::new(&name)
                .args(["-c", code])
                .stderr(Stdio::null())
                .output()
                .ok()?;
            let version: PythonVersion =
                String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
            (output.status.success() && version >= PythonVersion::V3_11).then_some((name, version))
        })
}

/// The programs: the files of `tests/truth/`, cut where a line starts with `# %%`.
fn sources() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/truth");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut programs = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        if stem == "run" || file.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for (index, part) in text.split("# %%").skip(1).enumerate() {
            let (title, source) = part.split_once('\n').unwrap();
            programs.push((
                format!("{stem} {index}: {}", title.trim()),
                source.to_owned(),
            ));
        }
    }
    programs
}

/// Everything that Cella is certain of about a program.
fn claims(source: &str, version: PythonVersion, counts: &mut Counts) -> Vec<Value> {
    let snapshot = Snapshot::new(source);
    let program = Program {
        snapshot: &snapshot,
        version,
    };
    let mut claims = Vec::new();
    let mut todo = vec![snapshot.scopes.module(version)];
    while let Some(scope) = todo.pop() {
        todo.extend(scope.children());
        if matches!(scope.kind(), ScopeKind::Function | ScopeKind::Lambda) && !scope.detached() {
            of_function(program, &scope, &mut claims, counts);
        }
    }
    for variable in snapshot.scopes.module(version).variables() {
        claims.extend(holds(program, &variable));
    }
    for claim in &claims {
        let kind = claim["kind"].as_str().unwrap().to_owned();
        *counts.claims.entry(kind).or_default() += 1;
    }
    claims
}

fn of_function(
    program: Program<'_>,
    function: &Scope,
    claims: &mut Vec<Value>,
    counts: &mut Counts,
) {
    let free = function.free_variables();
    let names: Vec<&str> = free.iter().map(Variable::name).collect();
    let key = key(program, function);
    claims.push(json!({ "kind": "closure", "function": key, "free": names }));
    if free.is_empty() {
        return;
    }
    let fate = fate(program, function);
    if made_in(function).is_some() {
        let certain = fate.ends_with_call() || fate.escapes.iter().any(|escape| escape.certain);
        *(if certain {
            &mut counts.certain
        } else {
            &mut counts.may
        }) += 1;
    }
    let keeps = keeps(program, function);
    if fate.ends_with_call() {
        claims.push(json!({ "kind": "ends", "function": key, "cycle": keeps.itself }));
    }
    for (variable, through) in &keeps.through {
        let through = self::key(program, through);
        let name = variable.name();
        claims.push(json!({ "kind": "keeps", "function": key, "name": name, "through": through }));
    }
    for escape in &fate.escapes {
        if escape.certain && escape.way == Way::Returned && escape.holder.is_none() {
            let maker = maker(function).map(|maker| self::key(program, &maker));
            let line = program.line(escape.at.start);
            claims.push(json!({
                "kind": "returned", "function": key, "maker": maker, "line": line,
                "branch": in_a_branch(program, function),
            }));
        }
    }
    for variable in &free {
        let rebindings = Rebindings::new(program).of(variable, function);
        let owner = self::key(program, &code_owner(variable));
        if rebindings
            .iter()
            .any(|found| found.always && matches!(found.when, When::NextTurn(_)))
        {
            // An inlined comprehension makes its cells anew each time it runs: that isn't counted.
            let parent = variable.owner().parent();
            if variable.owner().inlined() && parent.is_some_and(|outer| outer.inlined()) {
                continue;
            }
            let name = variable.name();
            claims.push(json!({ "kind": "shared", "function": key, "name": name, "owner": owner }));
        }
        if Rebindings::new(program).never(variable, function)
            && matches!(
                variable.owner().kind(),
                ScopeKind::Function | ScopeKind::Lambda
            )
        {
            let name = variable.name();
            let line = key[0].clone();
            claims.push(json!({ "kind": "constant", "line": line, "name": name, "owner": owner }));
        }
        claims.extend(sees(program, function, variable, &rebindings));
    }
}

/// Whether its name is bound elsewhere too, so that it is returned only where it was made.
fn in_a_branch(program: Program<'_>, function: &Scope) -> bool {
    let variable = function
        .name_range()
        .and_then(|name| program.variable_at(name));
    variable.is_none_or(|variable| variable.bindings().len() > 1)
}

/// The function whose call makes it, comprehensions skipped.
fn maker(function: &Scope) -> Option<Scope> {
    let mut maker = made_in(function)?;
    while maker.kind().is_comprehension() {
        maker = maker.parent()?;
    }
    Some(maker)
}

/// The function whose code makes the variable's cell.
fn code_owner(variable: &Variable) -> Scope {
    let mut owner = variable.owner().clone();
    while owner.inlined() {
        owner = owner.parent().unwrap();
    }
    owner
}

/// The value of the last rebinding after capture, where there is no other that may come later.
fn sees(
    program: Program<'_>,
    function: &Scope,
    variable: &Variable,
    rebindings: &[Rebinding],
) -> Option<Value> {
    let certain = rebindings
        .iter()
        .all(|found| found.always && found.when == When::Later && !found.unbinds);
    let last = rebindings
        .iter()
        .filter(|_| certain)
        .max_by_key(|found| found.at.start)?;
    made_at(variable, function)?;
    let place = program.place(last.at)?;
    let assignment = place
        .outer()
        .filter(|outer| outer.kind() == Kind::Assignment)?;
    let text = program.text(assignment.field(Field::Value)?.range());
    let key = key(program, function);
    Some(json!({ "kind": "sees", "function": key, "name": variable.name(), "text": text }))
}

/// What a name of the module holds, if a factory or a decorator made it.
fn holds(program: Program<'_>, variable: &Variable) -> Option<Value> {
    let made = Search::new(program)
        .variable(variable, None)
        .filter(|made| made.frame.is_some() || made.partial.is_some())?;
    let contents = contents(program, &made);
    let cells: Vec<Value> = contents
        .iter()
        .filter_map(|content| {
            let filled = content.filled.as_ref()?;
            let function = filled
                .made
                .as_ref()
                .filter(|_| matches!(filled.how, How::Function | How::Decorated));
            let line = function.map(|made| key(program, &made.function)[0].clone());
            Some(json!([content.variable.name(), filled.text, line]))
        })
        .collect();
    let key = key(program, &made.function);
    let given: Vec<Value> = given(program, &made)
        .iter()
        .map(|(parameter, filled)| json!([parameter, filled.text]))
        .collect();
    let partial = made.partial.is_some().then_some(given);
    let called = namesake(program, &made).map(|scope| scope.code_name());
    Some(json!({
        "kind": "holds", "name": variable.name(), "function": key, "cells": cells,
        "partial": partial, "called": called,
    }))
}

/// The line and the name of a function's code object: CPython counts from the first decorator.
fn key(program: Program<'_>, function: &Scope) -> Value {
    let place = program.place_of(function);
    let decorated = place
        .and_then(|place| place.outer())
        .filter(|outer| outer.kind() == Kind::DecoratedDefinition);
    let range: Range = decorated.map_or(function.range(), |part| part.range());
    let name = match function.kind() {
        ScopeKind::Lambda => "<lambda>".to_owned(),
        ScopeKind::ListComp => "<listcomp>".to_owned(),
        ScopeKind::SetComp => "<setcomp>".to_owned(),
        ScopeKind::DictComp => "<dictcomp>".to_owned(),
        ScopeKind::GenExpr => "<genexpr>".to_owned(),
        _ => function
            .name()
            .map_or(String::new(), |name| name.as_str().to_owned()),
    };
    json!([program.line(range.start), name])
}

fn run(python: &str, programs: &Value) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/truth/run.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(programs.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
