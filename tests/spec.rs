//! The language's reference, held to itself: `tests/spec/*.md` explain one rule a page, and what the
//! comments in their programs claim is what the analysis says.
//!
//! A program stands in a fence ```` ```python ````, which may name the version: ```` ```python 3.11 ````.
//! A comment holds claims, parted by `;`: `x: cell`, `x: free of f`, `x: local`, `x: global`,
//! `x: builtin`, `x: unknown` for what `x` means on this line; `f closes over x, y` or `f closes over
//! nothing` for the scope `f` that starts on it.

use std::path::Path;

use cella::document::{Document, Snapshot};
use cella::scope::{PythonVersion, Resolution, ScopeKind};
use cella::text::Range;

#[test]
fn every_page_tells_the_truth() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    let mut wrong = Vec::new();
    for page in &pages {
        let claims = check_page(&std::fs::read_to_string(page).unwrap(), &mut |message| {
            wrong.push(format!("{}: {message}", page.display()));
        });
        assert!(claims >= 3, "{} claims too little", page.display());
    }
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md");
    let reference = std::fs::read_to_string(reference).unwrap();
    for page in &pages {
        let name = page.file_name().unwrap().to_string_lossy();
        assert!(
            reference.contains(&*name),
            "docs/language.md doesn't link {name}"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_page(page: &str, wrong: &mut dyn FnMut(String)) -> usize {
    let mut claims = 0;
    for part in page.split("```python").skip(1) {
        let (fence, rest) = part.split_once('\n').unwrap();
        let program = rest.split("```").next().unwrap();
        let version = match fence.trim() {
            "" => PythonVersion::default(),
            version => version.parse().unwrap(),
        };
        let snapshot = Document::new(program).snapshot();
        for (number, line) in program.lines().enumerate() {
            let Some((_, comment)) = line.split_once("# ") else {
                continue;
            };
            for claim in comment.split(';').map(str::trim) {
                claims += 1;
                let number = u32::try_from(number).unwrap();
                let said = said(&snapshot, version, number, claim);
                if said != claim {
                    wrong(format!("`{line}`: {said}"));
                }
            }
        }
    }
    claims
}

/// The claim as the analysis would make it.
fn said(snapshot: &Snapshot, version: PythonVersion, line: u32, claim: &str) -> String {
    let range = Range::new(snapshot.text.line_start(line), snapshot.text.line_end(line));
    if let Some((name, _)) = claim.split_once(" closes over ") {
        let scopes = snapshot.scopes.scopes_in(version, range);
        let scope = scopes.into_iter().find(|scope| {
            scope.code_name() == name && range.covers(Range::at(scope.range().start))
        });
        let free = scope
            .map(|scope| scope.free_variables())
            .unwrap_or_default();
        let names: Vec<&str> = free.iter().map(|variable| variable.name()).collect();
        let names = if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(", ")
        };
        return format!("{name} closes over {names}");
    }
    let name = claim.split(':').next().unwrap_or_default();
    let here = snapshot
        .scopes
        .occurrences_in(version, range)
        .filter(|one| one.name.as_str() == name);
    let mut meanings: Vec<String> = here.map(|one| meaning(&one.resolve())).collect();
    meanings.dedup();
    format!("{name}: {}", meanings.join(" and "))
}

fn meaning(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Local(variable) if variable.owner().kind() == ScopeKind::Module => {
            "global".to_owned()
        }
        Resolution::Local(_) => "local".to_owned(),
        Resolution::Cell(_) => "cell".to_owned(),
        Resolution::Free(variable) => format!("free of {}", variable.owner().qualname()),
        Resolution::Global(_) => "global".to_owned(),
        Resolution::Builtin => "builtin".to_owned(),
        Resolution::Unknown(_) => "unknown".to_owned(),
    }
}
