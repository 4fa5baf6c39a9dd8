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
            cella: no/such.py: No such file or directory; paths count from the current folder
        "]],
    );
    check(
        &["check", "no/such.py"],
        expect![[r"
            exit 2
            cella: no/such.py: No such file or directory; paths count from the current folder
        "]],
    );
}

#[test]
fn what_is_no_text_is_named_in_one_line() {
    let folder = folder(
        "no_text",
        &[
            ("latin.py", b"x = '\xe9'"),
            ("binary.py", b"\0\x01"),
            ("ascii.py", b"# coding: shift_jis\nx = '\xff'"),
        ],
    );
    let check = |file: &str, expected: &str| {
        let file = folder.join(file);
        let (code, _, errors) = run(&["check", file.to_str().unwrap()]);
        assert_eq!(code, 2);
        assert_eq!(errors, format!("cella: {}: {expected}\n", file.display()));
    };
    check(
        "latin.py",
        "isn't UTF-8 at byte 5; save it as UTF-8, or say in its first line what it is, as in `# coding: latin-1`",
    );
    check(
        "binary.py",
        "is a binary file, for it holds a NUL byte; name a text file",
    );
    check(
        "ascii.py",
        "isn't Shift_JIS, as its comment says; save it so, or correct the comment",
    );
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
            cella: examples/raise_to.cella: has 8 lines, not 99; lines and columns count from 1
        "]],
    );
    check(
        &["explain", "examples/raise_to.cella:5:1"],
        expect![[r"
            exit 1
            examples/raise_to.cella:5:1: no name here; point at a name, `def` or `lambda`, columns count from 1
        "]],
    );
}

#[test]
fn what_is_asked_wrongly_is_told_rightly() {
    let folder = folder("asked_wrongly", &[("session.jsonl", b"{}\n")]);
    let session = folder.join("session.jsonl");
    let told = |args: &[&str]| {
        let (code, _, errors) = run(args);
        assert_eq!(code, 2, "{args:?}");
        let first = errors.lines().next().unwrap();
        let told = format!("cella {}\n  {first}", args.join(" "));
        told.replace(folder.to_str().unwrap(), "FOLDER")
    };
    let session = session.to_str().unwrap();
    let told = [
        told(&["serve", "--pipe"]),
        told(&["serve", "--port=x"]),
        told(&["serve", "--node-ipc"]),
        told(&["serve", "--port=1"]),
        told(&["serve", "--pipe=no/such.sock"]),
        told(&["serve", "--log-level=loud"]),
        told(&["serve", "--log-file=no/such/log"]),
        told(&["record", "no/such/session"]),
        told(&["replay", "no/such"]),
        told(&["replay", session]),
        told(&["explain", "a.py:0:1"]),
        told(&["explain", "tests:1:1"]),
        told(&["check", "--python-version", "2.7", "a.py"]),
        told(&["check", "--format", "loud", "a.py"]),
        told(&["nonsense"]),
    ];
    expect![[r#"
        cella serve --pipe
          cella: --pipe needs a name, as in --pipe=/tmp/editor.sock
        cella serve --port=x
          cella: --port needs the number of a port, as in --port=9257
        cella serve --node-ipc
          cella: --node-ipc is for servers in Node; use --stdio
        cella serve --port=1
          cella: port 1: Connection refused; the editor has to listen there before it starts cella
        cella serve --pipe=no/such.sock
          cella: no/such.sock: No such file or directory; the editor has to listen there before it starts cella
        cella serve --log-level=loud
          cella: log level loud: expected off, error, warn, info, debug or trace
        cella serve --log-file=no/such/log
          cella: no/such/log: can't be written: No such file or directory; paths count from the current folder
        cella record no/such/session
          cella: no/such/session: can't be written: No such file or directory; paths count from the current folder
        cella replay no/such
          cella: no/such: No such file or directory; paths count from the current folder
        cella replay FOLDER/session.jsonl
          cella: FOLDER/session.jsonl: line 1 isn't one that cella record writes
        cella explain a.py:0:1
          error: invalid value 'a.py:0:1' for '[FILE:LINE:COLUMN]': expected FILE:LINE:COLUMN, as in examples/raise_to.cella:1:14
        cella explain tests:1:1
          cella: tests: Is a directory; name a file
        cella check --python-version 2.7 a.py
          error: invalid value '2.7' for '--python-version <X.Y>': expected a Python version from 3.8 to 3.14
        cella check --format loud a.py
          error: invalid value 'loud' for '--format <FORMAT>'
        cella nonsense
          error: unrecognized subcommand 'nonsense'"#]].assert_eq(&told.join("\n"));
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
