//! `$/logTrace`: tells the client what was asked and how long it took, as far as it wants that.
//!
//! LSP 3.17, "SetTrace Notification": `off` is silence, `messages` a line a request, `verbose` its params
//! too.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Request, Response};

const OFF: u8 = 0;
const MESSAGES: u8 = 1;
const VERBOSE: u8 = 2;

/// How much the client wants to be told. Clones share it.
#[derive(Clone, Default)]
pub struct Trace(Arc<AtomicU8>);

/// A request that the client is told of when it is answered.
pub struct Traced {
    begun: Instant,
    method: String,
    id: Id,
    params: Option<Value>,
}

impl Trace {
    /// Takes in a trace value of `initialize` or `$/setTrace`; one that nobody knows changes nothing.
    pub fn set(&self, params: Option<&Value>, member: &str) {
        let value = params.and_then(|params| params.get(member)?.as_str());
        let level = match value {
            Some("off") => OFF,
            Some("messages" | "compact") => MESSAGES,
            Some("verbose") => VERBOSE,
            _ => return,
        };
        self.0.store(level, Ordering::Relaxed);
    }

    /// Begins to watch a request; nothing if the client doesn't want to know.
    pub fn begin(&self, request: &Request) -> Option<Traced> {
        let level = self.0.load(Ordering::Relaxed);
        let verbose = level == VERBOSE;
        (level != OFF).then_some(())?;
        Some(Traced {
            begun: Instant::now(),
            method: request.method().to_owned(),
            id: request.id()?.clone(),
            params: request.params().filter(|_| verbose).cloned(),
        })
    }
}

impl Traced {
    /// What the client is told once there is an answer.
    pub fn end(self, answer: &Response) -> Request {
        let Self {
            begun,
            method,
            id,
            params,
        } = self;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        let outcome = match answer.error() {
            Some(error) => format!("failed ({})", error.code),
            None => "answered".into(),
        };
        let message = format!("{method} - ({id}) {outcome} in {took:.1} ms");
        let params = match params {
            Some(params) => json!({ "message": message, "verbose": format!("{params:#}") }),
            None => json!({ "message": message }),
        };
        Request::build("$/logTrace").params(params).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, answer: Response, expected: Option<(&str, bool)>) {
        let trace = Trace::default();
        trace.set(Some(&json!({ "value": "verbose" })), "value");
        trace.set(Some(&json!({ "value": value })), "value");
        let request = Request::build("x/y").params(json!([1])).id(7).finish();
        let told = trace.begin(&request).map(|traced| traced.end(&answer));
        assert_eq!(told.is_some(), expected.is_some());
        if let (Some(told), Some((start, verbose))) = (told, expected) {
            let params = told.params().unwrap();
            let message = params["message"].as_str().unwrap();
            assert!(message.starts_with(start), "{message}");
            assert_eq!(params.get("verbose").is_some(), verbose);
        }
    }

    #[test]
    fn each_value_says_how_much() {
        let fine = || Response::from_ok(7.into(), json!(null));
        check("off", fine(), None);
        check("messages", fine(), Some(("x/y - (7) answered in ", false)));
        check("verbose", fine(), Some(("x/y - (7) answered in ", true)));
        check("loud", fine(), Some(("x/y - (7) answered in ", true)));
        let cancelled =
            Response::from_error(7.into(), tower_lsp::jsonrpc::Error::request_cancelled());
        check(
            "messages",
            cancelled,
            Some(("x/y - (7) failed (-32800) in ", false)),
        );
    }
}
