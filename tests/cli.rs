//! The command line, as a person or a script meets it.

mod support;

use std::path::PathBuf;

use expect_test::{Expect, expect};
use support::run;

/// Exit code, then what goes to the two outputs.
#[track_caller]
fn check(args: &[&str], expected: Expect) {
    let (code, out, errors) = run(args);
    expected.assert_eq(&format!("exit {code}\n{out}{errors}"));
}

/// A folder of its own for one test.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (file, content) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

#[test]
fn version() {
    let (code, out, _) = run(&["--version"]);
    assert_eq!(
        (code, out),
        (0, format!("cella {}\n", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn help_names_every_command() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for command in ["explain", "check", "scopes", "serve", "schema"] {
        assert!(out.contains(&format!("\n  {command} ")), "{out}");
    }
}

#[test]
fn what_is_no_command_is_refused() {
    assert_eq!(run(&["nonsense"]).0, 2);
    assert_eq!(run(&["explain"]).0, 2);
    assert_eq!(run(&["explain", "a.py"]).0, 2);
    assert_eq!(run(&["check"]).0, 2);
}

#[test]
fn a_missing_file_is_named_in_one_line() {
    check(
        &["explain", "no/such.py:1:1"],
        expect![[r"
            exit 2
            cella: no/such.py: No such file or directory
        "]],
    );
    check(
        &["check", "no/such.py"],
        expect![[r"
            exit 2
            cella: no/such.py: No such file or directory
        "]],
    );
}

#[test]
fn what_is_no_text_is_named_in_one_line() {
    let folder = folder(
        "no_text",
        &[("latin.py", b"x = '\xe9'"), ("binary.py", b"\0\x01")],
    );
    let check = |file: &str, expected: &str| {
        let file = folder.join(file);
        let (code, _, errors) = run(&["check", file.to_str().unwrap()]);
        assert_eq!(code, 2);
        assert_eq!(errors, format!("cella: {}: {expected}\n", file.display()));
    };
    check("latin.py", "isn't UTF-8 at byte 5");
    check("binary.py", "is a binary file: it holds a NUL byte");
}

#[test]
fn clean_files_are_clean() {
    let folder = folder(
        "clean",
        &[
            ("a.py", b"x = 1\n"),
            ("empty.cella", b""),
            ("b/c.py", b"\xef\xbb\xbfx\n"),
        ],
    );
    let folder = folder.to_str().unwrap();
    assert_eq!(run(&["check", folder]), (0, String::new(), String::new()));
    let (code, out, _) = run(&["check", "--format", "json", folder]);
    assert_eq!((code, out.as_str()), (0, "[]\n"));
    let (code, out, _) = run(&["check", "--format", "sarif", folder]);
    assert_eq!(code, 0);
    let sarif: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn a_place_that_is_not_there() {
    check(
        &["explain", "examples/raise_to.cella:99:1"],
        expect![[r"
            exit 2
            cella: examples/raise_to.cella: has 8 lines, not 99
        "]],
    );
    check(
        &["explain", "examples/raise_to.cella:5:1"],
        expect![[r"
            exit 1
            examples/raise_to.cella:5:1: no name here
        "]],
    );
}

#[test]
fn the_short_form_and_the_long() {
    let short = expect![[r#"
        exit 0
        def raise_to_exp(x):
          closure raise_to.<locals>.raise_to_exp, over exp
          __closure__[0] is exp, parameter of raise_to, bound at line 1, read here
          it is returned at line 4, so it outlives the call of raise_to
          while it lives, so does what exp holds
          What is a free variable? cella explain --word free-variable
    "#]];
    check(&["explain", "examples/raise_to.cella:2:9"], short);
    let long = expect![[r#"
        exit 0
        def raise_to_exp(x):
          closure raise_to.<locals>.raise_to_exp, over exp
          __closure__[0] is exp, parameter of raise_to, bound at line 1, read here
          it is returned at line 4, so it outlives the call of raise_to
          while it lives, so does what exp holds

          relies on pow: a builtin, as this file does not bind it
          What is a free variable? cella explain --word free-variable
    "#]];
    check(&["explain", "--long", "examples/raise_to.cella:2:9"], long);
}

#[test]
fn the_schema_is_one_of_objects() {
    let (code, out, _) = run(&["schema"]);
    assert_eq!(code, 0);
    let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(schema["type"], "object");
    assert!(schema["properties"]["inlayHints"].is_object());
}

#[test]
fn a_recorded_session_plays_again() {
    use serde_json::json;

    let folder = folder("replay", &[("x", b"")]);
    let file = folder.join("session.jsonl");
    let file = file.to_str().unwrap();
    let mut client = support::Client::start(&["record", file]);
    client.call("initialize", json!({ "processId": 1, "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open(
        "file:///a.cella",
        "cella",
        "def f(x):\n    return lambda: x\n",
    );
    let hover = client.at("textDocument/hover", "file:///a.cella", 0, 6);
    client.shut_down();
    let (code, out, _) = run(&["replay", file]);
    assert_eq!((code, out.as_str()), (0, "3 answers, all as recorded\n"));

    let recorded = std::fs::read_to_string(file).unwrap();
    let answer = hover.to_string();
    assert!(recorded.contains(&answer));
    std::fs::write(file, recorded.replace(&answer, "null")).unwrap();
    let (code, out, _) = run(&["replay", file]);
    assert_eq!(code, 1);
    assert!(out.starts_with("\"textDocument/hover\" "), "{out}");
    assert_eq!(run(&["replay", "no/such"]).0, 2);
}

#[test]
fn what_is_wrong_is_found_and_told_in_every_format() {
    let program = b"def f():\n    nonlocal x\n";
    let folder = folder(
        "wrong",
        &[
            ("a.py", program),
            (".gitignore", b"b.py\n"),
            ("b.py", program),
        ],
    );
    let path = folder.to_str().unwrap();
    let file = folder.join("a.py");
    let (code, out, _) = run(&["check", path]);
    assert_eq!(code, 1);
    assert!(
        out.contains("no binding for nonlocal 'x' found") && out.contains("a.py:2:5"),
        "{out}"
    );
    assert!(out.ends_with("1 problem in 1 file\n"), "{out}");
    let (code, out, _) = run(&["check", "--format", "github", path]);
    let expected = format!(
        "::error file={},line=2,col=5,endLine=2,endColumn=15,title=no-binding-for-nonlocal::no binding for nonlocal 'x' found\n",
        file.display()
    );
    assert_eq!((code, out), (1, expected));
    let (_, out, _) = run(&["check", "--format", "json", path]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json[0]["range"]["column"], 5);
    let (_, out, _) = run(&["check", "--format", "sarif", path]);
    let sarif: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        sarif["runs"][0]["results"][0]["ruleId"],
        "no-binding-for-nonlocal"
    );
}
