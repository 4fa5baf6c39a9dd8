//! From `initialize` to `exit`, in order and out of it.

use serde_json::{Value, json};

use crate::support::{Client, at};

#[test]
fn a_session_from_the_beginning_to_the_end() {
    let mut client = Client::start(&["serve", "--stdio"]);
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    let result = client.call("initialize", params);
    assert_eq!(result["serverInfo"]["name"], "cella");
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    client.notify("initialized", json!({}));
    client.open("file:///a.py", "python", "x = 1\n");
    client.lives();
    client.shut_down();
}

#[test]
fn exit_without_shutdown_is_an_error() {
    let mut client = Client::initialized(&json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn exit_before_initialize_is_an_error() {
    let mut client = Client::start(&[]);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn the_end_of_the_stream_ends_the_server() {
    let mut client = Client::initialized(&json!({}));
    client.hang_up();
    assert_eq!(client.exit_code(), Some(1));
    let mut client = Client::initialized(&json!({}));
    client.call("shutdown", Value::Null);
    client.hang_up();
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn what_was_asked_before_the_end_is_answered() {
    let mut client = Client::initialized(&json!({}));
    let id = client.request("textDocument/hover", at("file:///a.py", 0, 0));
    client.hang_up();
    assert!(client.answer(id).get("error").is_none());
}

#[test]
fn requests_before_initialize_and_after_shutdown() {
    let mut client = Client::start(&[]);
    assert_eq!(
        client.error("textDocument/hover", at("file:///a.py", 0, 0)),
        -32002
    );
    client.notify("textDocument/didOpen", json!({}));
    client.call("initialize", json!({ "capabilities": {} }));
    assert_eq!(
        client.error("initialize", json!({ "capabilities": {} })),
        -32600
    );
    client.lives();
    client.call("shutdown", Value::Null);
    assert_eq!(
        client.error("textDocument/hover", at("file:///a.py", 0, 0)),
        -32600
    );
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn a_wrong_initialize_can_be_said_again() {
    let mut client = Client::start(&[]);
    assert_eq!(client.error("initialize", json!([])), -32602);
    client.call(
        "initialize",
        json!({ "capabilities": { "general": { "positionEncodings": 3 } } }),
    );
    client.lives();
    client.shut_down();
}

#[test]
fn flags_that_are_not_known_are_left_aside() {
    let own = std::process::id().to_string();
    let mut client = Client::start(&["--stdio", "--trace=verbose", "--clientProcessId", &own]);
    client.call("initialize", json!({ "capabilities": {} }));
    client.shut_down();
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_ends_with_its_client() {
    let mut other = std::process::Command::new("sleep")
        .arg("600")
        .spawn()
        .unwrap();
    let mut client = Client::start(&[]);
    client.call(
        "initialize",
        json!({ "processId": other.id(), "capabilities": {} }),
    );
    client.lives();
    other.kill().unwrap();
    other.wait().unwrap();
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn what_the_client_says_decides_what_is_offered() {
    let mut client = Client::start(&[]);
    let capabilities = json!({
        "general": { "positionEncodings": ["utf-32", "utf-8", "utf-16"] },
        "textDocument": { "diagnostic": {} },
    });
    let result = client.call("initialize", json!({ "capabilities": capabilities }));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-32");
    assert_eq!(
        result["capabilities"]["diagnosticProvider"]["identifier"],
        "cella"
    );
    client.shut_down();
}

#[cfg(unix)]
#[test]
fn over_a_socket_file_and_over_a_port() {
    use std::net::TcpListener;
    use std::os::unix::net::UnixListener;

    let path = std::env::temp_dir().join(format!("cella-{}.sock", std::process::id()));
    let listener = UnixListener::bind(&path).unwrap();
    let mut client = Client::over(&[&format!("--pipe={}", path.display())], || {
        let (stream, _) = listener.accept().unwrap();
        (Box::new(stream.try_clone().unwrap()), Box::new(stream))
    });
    std::fs::remove_file(&path).unwrap();
    client.call("initialize", json!({ "capabilities": {} }));
    client.shut_down();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut client = Client::over(&["--socket", &port.to_string()], || {
        let (stream, _) = listener.accept().unwrap();
        (Box::new(stream.try_clone().unwrap()), Box::new(stream))
    });
    client.call("initialize", json!({ "capabilities": {} }));
    client.shut_down();
}

#[test]
fn the_client_is_told_what_it_asks_to_trace() {
    let traced = |value: &str| {
        let mut client = Client::start(&[]);
        client.call("initialize", json!({ "capabilities": {}, "trace": value }));
        client.open("file:///a.py", "python", "x = 1\n");
        client.at("textDocument/hover", "file:///a.py", 0, 0);
        client.lives();
        client
    };
    let mut client = traced("off");
    assert!(
        client
            .notifications
            .iter()
            .all(|it| it["method"] != "$/logTrace")
    );
    client.notify("$/setTrace", json!({ "value": "verbose" }));
    client.at("textDocument/hover", "file:///a.py", 0, 0);
    let told = client.notification("$/logTrace");
    assert!(
        told["message"]
            .as_str()
            .unwrap()
            .starts_with("textDocument/hover - ("),
        "{told}"
    );
    assert!(
        told["verbose"].as_str().unwrap().contains("file:///a.py"),
        "{told}"
    );
    client.shut_down();

    let mut client = traced("messages");
    client.notification("$/logTrace"); // That of `initialize`.
    let told = client.notification("$/logTrace");
    assert!(
        told["message"].is_string() && told.get("verbose").is_none(),
        "{told}"
    );
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.shut_down();
}

/// Where the workspace is doesn't matter: no feature of a document needs its folder.
#[test]
fn workspaces_of_every_kind() {
    let folder = |name: &str| json!({ "uri": format!("file:///{name}"), "name": name });
    for params in [
        json!({ "rootUri": null, "workspaceFolders": null }),
        json!({ "rootUri": null, "workspaceFolders": [] }),
        json!({ "rootUri": "file:///a", "workspaceFolders": [folder("a"), folder("b")] }),
        json!({ "rootPath": "C:\\a", "rootUri": "file:///c%3A/a" }),
        json!({ "rootUri": 3, "workspaceFolders": "x", "locale": 7, "trace": "loud" }),
    ] {
        let mut client = Client::start(&[]);
        let mut params = params.clone();
        params["capabilities"] = json!({});
        client.call("initialize", params);
        client.notify("initialized", json!({}));
        for uri in [
            "untitled:Untitled-1",
            "git:/a.py?x",
            "vscode-vfs://github/a/b.py",
            "file:///b/c.py",
        ] {
            client.open(uri, "cella", "x = 1\n");
            assert_ne!(
                client.at("textDocument/hover", uri, 0, 0),
                Value::Null,
                "{uri}"
            );
        }
        client.shut_down();
    }
}

#[test]
fn the_log_s_level_follows_the_setting() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("follows.log");
    let mut client = Client::start(&["serve", "--log-file", file.to_str().unwrap()]);
    client.call("initialize", json!({ "capabilities": {} }));
    for (level, message) in [("off", "{"), ("warn", "[1]"), ("off", "2")] {
        let settings = json!({ "settings": { "cella": { "logLevel": level } } });
        client.notify("workspace/didChangeConfiguration", settings);
        client.lives(); // Messages are read ahead of what becomes of them.
        client.body(message.as_bytes());
        client.complaint();
    }
    client.shut_down();
    let log = std::fs::read_to_string(file).unwrap();
    assert!(log.contains("no batches"), "{log}");
    assert_eq!(log.lines().count(), 1, "{log}");
}

#[test]
fn the_log_goes_to_a_file_at_the_level_of_flag_or_setting() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let logged = |name: &str, flags: &[&str]| {
        let file = folder.join(name);
        let path = file.to_str().unwrap();
        let mut client = Client::start(&[&["serve", "--log-file", path], flags].concat());
        let options = json!({ "logLevel": "off" });
        let params = json!({ "capabilities": {}, "initializationOptions": options });
        client.call("initialize", params);
        client.body(b"{");
        client.complaint();
        client.shut_down();
        std::fs::read_to_string(file).unwrap()
    };
    assert_eq!(logged("setting.log", &[]), "");
    let log = logged("flag.log", &["--log-level", "warn"]);
    assert!(log.contains("unreadable message: not JSON"), "{log}");
}
