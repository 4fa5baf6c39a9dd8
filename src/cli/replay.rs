//! `cella record` and `cella replay`: keep a session, and play it again.
//!
//! A recorded session is how a fault travels from a user to whoever mends it. The replay speaks the
//! client's part, one request at a time, and compares each answer with the recorded one.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Failure, Outcome, source};
use crate::server::framing;

/// Serve as an editor's server, and keep the session in a file
///
/// Put it into the editor's settings in the place of the server's own command. The file holds the
/// text of all documents that were open.
#[derive(Args)]
pub struct Record {
    /// The file; what is in it is lost
    file: PathBuf,
}

/// Play a recorded session, and show the first answer that differs
#[derive(Args)]
pub struct Replay {
    /// A file that `cella record` wrote
    file: PathBuf,
}

impl Record {
    /// Serves on standard input and output.
    pub fn run(self) -> Result<Outcome, Failure> {
        super::serve::record(self.file)
    }
}

impl Replay {
    /// Exit code 1 if an answer differs.
    pub fn run(self) -> Result<Outcome, Failure> {
        let failure = |why: String| Failure(format!("{}: {why}", self.file.display()));
        let file = File::open(&self.file).map_err(|error| failure(source::reason(&error)))?;
        let mut session = Session::default();
        for (at, line) in BufReader::new(file).lines().enumerate() {
            let entry = serde_json::from_str(&line?).map_err(|_| {
                failure(format!(
                    "line {} isn't one that cella record writes",
                    at + 1
                ))
            })?;
            session.add(entry);
        }
        let mut server = Server::start()?;
        let mut compared = 0;
        for message in &session.said {
            server.send(message)?;
            let (Some(id), Some(method)) = (message.get("id"), message.get("method")) else {
                continue;
            };
            let answer = server.answer(id, &mut session.replies)?;
            let Some(recorded) = session.answers.get(&id.to_string()) else {
                continue;
            };
            if depends_on_time(recorded) {
                continue;
            }
            compared += 1;
            if without_folders(recorded) != without_folders(&answer) {
                anstream::println!("{method} {:#}", message["params"]);
                anstream::println!("recorded: {recorded:#}\nnow: {answer:#}");
                return Ok(Outcome::Found);
            }
        }
        anstream::println!("{compared} answers, all as recorded");
        Ok(Outcome::Clean)
    }
}

#[derive(Deserialize)]
struct Entry {
    source: Source,
    message: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Source {
    Client,
    Server,
}

/// A recorded session, taken apart.
#[derive(Default)]
struct Session {
    /// The client's requests and notifications.
    said: Vec<Value>,
    /// The server's answers, by the request's id.
    answers: HashMap<String, Value>,
    /// The methods of the server's own requests, by id.
    asked: HashMap<String, String>,
    /// What the client answered to them, by method.
    replies: HashMap<String, VecDeque<Value>>,
}

impl Session {
    fn add(
        &mut self,
        Entry {
            source,
            mut message,
        }: Entry,
    ) {
        let id = message.get("id").map(Value::to_string);
        let method = message
            .get("method")
            .and_then(Value::as_str)
            .map(str::to_owned);
        match (source, id, method) {
            (Source::Client, _, Some(method)) if method != "$/cancelRequest" => {
                if let Some(process) = message.pointer_mut("/params/processId") {
                    *process = Value::Null; // The recorded client may be gone.
                }
                self.said.push(message);
            }
            (Source::Client, Some(id), None) => {
                if let Some(method) = self.asked.get(&id) {
                    self.replies
                        .entry(method.clone())
                        .or_default()
                        .push_back(message);
                }
            }
            (Source::Server, Some(id), Some(method)) => drop(self.asked.insert(id, method)),
            (Source::Server, Some(id), None) => drop(self.answers.insert(id, message)),
            _ => {}
        }
    }
}

/// Whether an answer is one that another run needn't give: cancelled, or overtaken.
fn depends_on_time(answer: &Value) -> bool {
    let code = answer.pointer("/error/code").and_then(Value::as_i64);
    matches!(code, Some(-32800 | -32801))
}

/// An answer without the folder of the pages that it links: that is the machine's.
fn without_folders(answer: &Value) -> String {
    let text = answer.to_string();
    let mut parts = text.split("cella-pages-");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.truncate(out.rfind("file:").unwrap_or(out.len()));
        out.push_str(part);
    }
    out
}

/// A server of our own kind.
struct Server {
    process: Child,
    output: BufReader<Box<dyn Read>>,
}

impl Server {
    fn start() -> Result<Self, Failure> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process
            .stdout
            .take()
            .ok_or_else(|| Failure("no output".into()))?;
        Ok(Self {
            process,
            output: BufReader::new(Box::new(output)),
        })
    }

    fn send(&mut self, message: &Value) -> Result<(), Failure> {
        let input = self
            .process
            .stdin
            .as_mut()
            .ok_or_else(|| Failure("no input".into()))?;
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(input.flush()?)
    }

    /// Waits for the answer to `id`; meanwhile the server's questions get the recorded replies.
    fn answer(
        &mut self,
        id: &Value,
        replies: &mut HashMap<String, VecDeque<Value>>,
    ) -> Result<Value, Failure> {
        while let Some(body) = framing::read_body(&mut self.output)? {
            let body = body.map_err(|broken| Failure(format!("the server: {broken:?}")))?;
            let message: Value = serde_json::from_slice(&body)?;
            match (
                message.get("method").and_then(Value::as_str),
                message.get("id"),
            ) {
                (Some(method), Some(asked)) => {
                    let recorded = replies.get_mut(method).and_then(VecDeque::pop_front);
                    let mut reply = recorded.unwrap_or_else(|| json!({ "result": null }));
                    if let Some(reply) = reply.as_object_mut() {
                        reply.insert("jsonrpc".into(), "2.0".into());
                        reply.insert("id".into(), asked.clone());
                    }
                    self.send(&reply)?;
                }
                (None, Some(answered)) if answered == id => return Ok(message),
                _ => {}
            }
        }
        Err(Failure("the server ended".into()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
