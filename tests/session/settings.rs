//! Settings, in the shapes in which clients send them.

use serde_json::{Value, json};

use crate::support::Client;

#[test]
fn they_are_asked_for_where_the_client_can_be_asked() {
    let capabilities = json!({ "workspace": {
        "configuration": true,
        "didChangeConfiguration": { "dynamicRegistration": true },
        "inlayHint": { "refreshSupport": true },
    } });
    let settings = json!({ "inlayHints": { "uses": true } });
    let mut client = Client::configured(&capabilities, Value::Null, settings);
    client.open("file:///a.py", "python", "x = 1\n");
    let asked = client.question("workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{ "section": "cella" }]));
    client.question("workspace/inlayHint/refresh");
    let registered = client.question("client/registerCapability");
    let first = &registered["params"]["registrations"][0];
    assert_eq!(first["method"], "workspace/didChangeConfiguration");
    client.shut_down();
}

#[test]
fn nothing_is_asked_of_a_client_that_can_t_be_asked() {
    let mut client = Client::initialized(&json!({}));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": null }),
    );
    client.notify("workspace/didChangeConfiguration", json!({}));
    client.lives();
    assert_eq!(client.asked, Vec::<Value>::new());
    client.shut_down();
}

/// Sends a wrong setting in each shape; it is named, which also shows that it was read.
#[test]
fn a_wrong_setting_is_named() {
    let wrong = json!({ "hover": { "mode": "loud" } });
    let options = [wrong.clone(), json!({ "cella": wrong })];
    for options in options {
        let mut client = Client::configured(&json!({}), options, Value::Null);
        let told = client.notification("window/showMessage");
        let message = told["message"].as_str().unwrap();
        assert!(message.contains("cella.hover.mode"), "{message}");
        client.shut_down();
    }
    for settings in [wrong.clone(), json!({ "cella": wrong })] {
        let mut client = Client::initialized(&json!({}));
        client.notify(
            "workspace/didChangeConfiguration",
            json!({ "settings": settings }),
        );
        let told = client.notification("window/showMessage");
        assert!(
            told["message"]
                .as_str()
                .unwrap()
                .contains("cella.hover.mode")
        );
        client.shut_down();
    }
}

/// What a client says when it is asked for the section, and whether it sets the hover's mode.
#[test]
fn answers_in_every_shape() {
    let off = json!({ "hover": { "mode": "off" } });
    for (answer, sets) in [
        (off.clone(), true),
        (json!({ "cella": off }), true),
        (Value::Null, false),
        (json!({}), false),
        (json!(""), false),
        (json!([]), false),
        (json!({ "cella": null }), false),
        (json!({ "hover": null }), false),
    ] {
        let capabilities = json!({ "workspace": { "configuration": true } });
        let mut client = Client::configured(&capabilities, Value::Null, answer.clone());
        client.open("file:///a.cella", "cella", "x = 1\n");
        client.question("workspace/configuration");
        let hover = client.at("textDocument/hover", "file:///a.cella", 0, 0);
        assert_eq!(hover.is_null(), sets, "{answer}");
        client.shut_down();
    }
}

#[test]
fn later_settings_are_laid_over_the_first() {
    let options = json!({ "hover": { "mode": "off" }, "codeLens": { "enable": true } });
    let mut client = Client::configured(&json!({}), options, Value::Null);
    client.open(
        "file:///a.cella",
        "cella",
        "def f(x):\n    def g():\n        return x\n",
    );
    let asks = |client: &mut Client| {
        let hover = client.at("textDocument/hover", "file:///a.cella", 0, 6);
        let lenses = client.about("textDocument/codeLens", "file:///a.cella");
        (hover.is_null(), lenses.is_null())
    };
    assert_eq!(asks(&mut client), (true, false));
    for settings in [json!({ "other": {} }), json!(null), json!(3)] {
        client.notify(
            "workspace/didChangeConfiguration",
            json!({ "settings": settings }),
        );
        assert_eq!(asks(&mut client), (true, false), "{settings}");
    }
    let settings = json!({ "cella": { "hover": { "mode": "everything" } } });
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": settings }),
    );
    assert_eq!(asks(&mut client), (false, false));
    client.shut_down();
}

#[test]
fn a_settings_file_holds_for_the_programs_below_it() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings_file");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("cella.toml"), "hover = { mode = 'loud' }").unwrap();
    let mut client = Client::initialized(&json!({}));
    let uri = format!("file://{}/a.py", folder.display());
    client.open(&uri, "python", "");
    let told = client.notification("window/showMessage");
    let message = told["message"].as_str().unwrap();
    assert!(
        message.contains("cella.toml: setting cella.hover.mode"),
        "{message}"
    );
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
    client.open(&uri, "python", "");
    client.lives();
    client.shut_down();
}
