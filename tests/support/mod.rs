//! A small language client: starts the real binary, speaks with it over pipes, and checks each of
//! its messages.
//!
//! With `CELLA_SESSIONS=DIR` every session is kept in a file there, which
//! `tests/python/validate.py` checks against the protocol's model.

#![allow(dead_code)] // Each test binary uses its own part.

pub mod protocol;

use std::collections::{HashMap, VecDeque};
use std::io::{BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any answer takes; only a test that would hang for ever meets it.
const DEADLINE: Duration = Duration::from_secs(60);

/// A client with its server.
pub struct Client {
    process: Child,
    input: Option<Box<dyn Write>>,
    messages: Receiver<Value>,
    /// Requests of ours without an answer yet, by id.
    pending: HashMap<i64, &'static str>,
    answers: HashMap<i64, Value>,
    /// Notifications of the server's that nobody has looked at.
    pub notifications: VecDeque<Value>,
    /// Requests of the server's, in order, with the answers they got.
    pub asked: Vec<Value>,
    /// What `workspace/configuration` answers.
    pub settings: Value,
    /// Whether messages are checked against types, which know only URIs as RFC 3986 has them. That takes
    /// time, of which benchmarks don't speak.
    pub typed: bool,
    /// How long the next message is waited for.
    pub patience: Duration,
    last_id: i64,
    reading: Arc<Mutex<()>>,
}

impl Client {
    /// Starts `cella` with these arguments, and says nothing yet.
    pub fn start(args: &[&str]) -> Self {
        let mut process = spawn(args);
        let output = process.stdout.take().expect("a pipe");
        let input = process.stdin.take().expect("a pipe");
        Self::with(process, Box::new(output), Box::new(input))
    }

    /// Starts `cella` with these arguments, and speaks over what it then connects to.
    pub fn over(
        args: &[&str],
        accept: impl FnOnce() -> (Box<dyn Read + Send>, Box<dyn Write>),
    ) -> Self {
        let process = spawn(args);
        let (output, input) = accept();
        Self::with(process, output, input)
    }

    fn with(process: Child, output: Box<dyn Read + Send>, input: Box<dyn Write>) -> Self {
        let (sender, messages) = channel();
        let reading = Arc::new(Mutex::new(()));
        let may_read = reading.clone();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = protocol::read(&mut output) {
                drop(may_read.lock());
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: Some(input),
            process,
            messages,
            pending: HashMap::new(),
            answers: HashMap::new(),
            notifications: VecDeque::new(),
            asked: Vec::new(),
            settings: Value::Null,
            typed: true,
            patience: DEADLINE,
            last_id: 0,
            reading,
        }
    }

    /// A session in which `initialize` went well, with these capabilities.
    pub fn initialized(capabilities: &Value) -> Self {
        Self::configured(capabilities, Value::Null, Value::Null)
    }

    /// The same, with initialization options and settings.
    pub fn configured(capabilities: &Value, options: Value, settings: Value) -> Self {
        let mut client = Self::start(&[]);
        client.settings = settings;
        let params = json!({
            "processId": std::process::id(),
            "rootUri": null,
            "capabilities": capabilities,
            "initializationOptions": options,
        });
        client.call("initialize", params);
        client.notify("initialized", json!({}));
        client
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the pipe is open");
        input
            .write_all(bytes)
            .and_then(|()| input.flush())
            .expect("the server reads");
    }

    /// Sends a body with its header.
    pub fn body(&mut self, body: &[u8]) {
        let mut bytes = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend_from_slice(body);
        self.raw(&bytes);
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.body(message.to_string().as_bytes());
    }

    /// Sends a request and returns its id.
    pub fn request(&mut self, method: &'static str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.pending.insert(id, method);
        self.body(message.to_string().as_bytes());
        id
    }

    /// Takes note of a request that was sent as bytes.
    pub fn expect(&mut self, id: i64, method: &'static str) {
        self.pending.insert(id, method);
    }

    /// Runs `talk` while nothing is read of what the server says.
    pub fn without_reading(&mut self, talk: impl FnOnce(&mut Self)) {
        let reading = self.reading.clone();
        let paused = reading.lock();
        talk(self);
        drop(paused);
    }

    /// Waits for the answer to a request: the whole message.
    pub fn answer(&mut self, id: i64) -> Value {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return answer;
            }
            self.receive();
        }
    }

    /// How many answers have come that nobody has looked at.
    pub fn unread(&self) -> usize {
        self.answers.len()
    }

    /// Sends a request and waits for its result.
    #[track_caller]
    pub fn call(&mut self, method: &'static str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Sends a request and waits for its error's code.
    #[track_caller]
    pub fn error(&mut self, method: &'static str, params: Value) -> i64 {
        let id = self.request(method, params);
        let answer = self.answer(id);
        answer["error"]["code"]
            .as_i64()
            .unwrap_or_else(|| panic!("{method}: {answer}"))
    }

    /// Waits for the next notification of this method; others are left aside.
    pub fn notification(&mut self, method: &str) -> Value {
        loop {
            let at = self
                .notifications
                .iter()
                .position(|it| it["method"] == method);
            if let Some(found) = at.and_then(|at| self.notifications.remove(at)) {
                return found["params"].clone();
            }
            self.receive();
        }
    }

    /// Waits until the server has asked `method`, and returns the request.
    pub fn question(&mut self, method: &str) -> Value {
        loop {
            if let Some(asked) = self.asked.iter().find(|it| it["method"] == method) {
                return asked.clone();
            }
            self.receive();
        }
    }

    /// Waits for a reply without a number: that to a message which couldn't be read, or that was sent
    /// under a name.
    pub fn complaint(&mut self) -> i64 {
        loop {
            if let Some(answer) = self.answers.remove(&i64::MIN) {
                return answer["error"]["code"].as_i64().expect("an error");
            }
            self.receive();
        }
    }

    /// Takes one message in, and checks it.
    fn receive(&mut self) {
        assert!(
            self.receive_within(self.patience),
            "no message from the server"
        );
    }

    /// The same, if one comes in time.
    pub fn receive_within(&mut self, patience: Duration) -> bool {
        match self.messages.recv_timeout(patience) {
            Ok(message) => self.take(message),
            Err(RecvTimeoutError::Timeout) => return false,
            Err(RecvTimeoutError::Disconnected) => panic!("the server closed its output"),
        }
        true
    }

    /// The answers that have come and that nobody has looked at; those to unreadable messages have the
    /// id `i64::MIN`.
    pub fn answers(&mut self) -> Vec<(i64, Value)> {
        self.answers.drain().collect()
    }

    /// Takes everything in until the server closes its output, then the same.
    pub fn last_answers(&mut self) -> Vec<(i64, Value)> {
        while let Ok(message) = self.messages.recv() {
            self.take(message);
        }
        self.answers()
    }

    fn take(&mut self, message: Value) {
        protocol::check_envelope(&message);
        match (message["method"].as_str(), message.get("id")) {
            (Some(method), Some(id)) => {
                protocol::check_request(&message);
                let result = self.reply(method, &message["params"]);
                let reply = json!({ "jsonrpc": "2.0", "id": id, "result": result });
                self.body(reply.to_string().as_bytes());
                self.asked.push(message);
            }
            (Some(_), None) => {
                if self.typed {
                    protocol::check_notification(&message);
                }
                self.notifications.push_back(message);
            }
            (None, _) => {
                let id = message["id"].as_i64().unwrap_or(i64::MIN);
                if let Some(method) = self.pending.remove(&id) {
                    if self.typed {
                        protocol::check_answer(method, &message);
                    }
                } else {
                    let unread = message["id"].is_null() || message["id"].is_string();
                    assert!(unread, "an answer to nothing: {message}");
                }
                self.answers.insert(id, message);
            }
        }
    }

    fn reply(&self, method: &str, params: &Value) -> Value {
        match method {
            "workspace/configuration" => {
                let items = params["items"].as_array().map_or(0, Vec::len);
                Value::from(vec![self.settings.clone(); items])
            }
            _ => Value::Null,
        }
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a range, `[line, column, end line, end column]`, or the whole text.
    pub fn change(&mut self, uri: &str, version: i32, range: Option<[u32; 4]>, text: &str) {
        let change = match range {
            Some([line, column, end_line, end_column]) => json!({
                "range": {
                    "start": { "line": line, "character": column },
                    "end": { "line": end_line, "character": end_column },
                },
                "text": text,
            }),
            None => json!({ "text": text }),
        };
        let params = json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [change],
        });
        self.notify("textDocument/didChange", params);
    }

    /// Asks about a place.
    #[track_caller]
    pub fn at(&mut self, method: &'static str, uri: &str, line: u32, column: u32) -> Value {
        self.call(method, at(uri, line, column))
    }

    /// Asks about a document.
    #[track_caller]
    pub fn about(&mut self, method: &'static str, uri: &str) -> Value {
        self.call(method, json!({ "textDocument": { "uri": uri } }))
    }

    /// Asserts that the server lives and reads.
    #[track_caller]
    pub fn lives(&mut self) {
        self.call("textDocument/hover", at("file:///nowhere.py", 0, 0));
    }

    /// Closes the server's input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the process to end.
    pub fn exit_code(&mut self) -> Option<i32> {
        self.wait().code()
    }

    fn wait(&mut self) -> ExitStatus {
        self.process.wait().expect("the server ends")
    }

    /// The server's process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends the session as the protocol says. Everything that was asked must have been answered.
    pub fn shut_down(mut self) {
        self.call("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.exit_code(), Some(0));
        assert!(
            self.pending.is_empty(),
            "never answered: {:?}",
            self.pending
        );
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(args: &[&str]) -> Child {
    static SESSIONS: AtomicU32 = AtomicU32::new(0);
    let built = env!("CARGO_BIN_EXE_cella").into();
    let mut command = Command::new(std::env::var_os("CELLA_BIN").unwrap_or(built));
    command
        .args(args)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if let Some(folder) = std::env::var_os("CELLA_SESSIONS") {
        let name = thread::current()
            .name()
            .unwrap_or("session")
            .replace("::", "-");
        let number = SESSIONS.fetch_add(1, Ordering::Relaxed);
        let file = std::path::Path::new(&folder).join(format!("{name}-{number}.jsonl"));
        command.env("CELLA_RECORD", file);
    }
    command.spawn().expect("cella starts")
}

/// The params of a request about a place.
pub fn at(uri: &str, line: u32, column: u32) -> Value {
    json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": column },
    })
}

/// What a command prints and how it ends.
pub fn run(args: &[&str]) -> (i32, String, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_cella"))
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cella starts");
    let mut errors = process.stderr.take().expect("a pipe");
    let errors = thread::spawn(move || {
        let mut text = String::new();
        errors.read_to_string(&mut text).map(|_| text)
    });
    let mut text = String::new();
    process
        .stdout
        .take()
        .expect("a pipe")
        .read_to_string(&mut text)
        .expect("UTF-8");
    let code = process.wait().expect("it ends").code().unwrap_or(-1);
    (code, text, errors.join().expect("read").expect("UTF-8"))
}
