//! Requests that have no answer yet: those that wait for their turn, and those that are being answered, each
//! a task beside the loop.
//!
//! The loop reads on while an answer is turned into JSON, which for a long outline takes longer than
//! anyone waits for a cancellation. A cancelled request is answered by the reader itself, at once, whatever
//! stands between the two on the wire; what its task still says is dropped, and if its turn hasn't come, it
//! is left out.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use super::trace::Traced;
use super::transport::Outbox;

/// Stack of a thread that turns answers into JSON, which nests as deep as an outline does.
const STACK: usize = 8 << 20;

/// Threads that turn answers into JSON. Not to be dropped inside the loop.
pub fn threads() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("answer")
        .thread_stack_size(STACK)
        .enable_time()
        .build()
}

/// What a cancellation must not leave out.
const ALWAYS_DONE: [&str; 2] = ["initialize", "shutdown"];

/// The requests that can be cancelled. Clones share them.
#[derive(Clone)]
pub struct Open {
    requests: Arc<Mutex<HashMap<Id, Arc<AtomicBool>>>>,
    outbox: Outbox,
}

/// A request without an answer, until this is dropped.
pub struct Asked {
    id: Id,
    /// Set by whoever answers it.
    answered: Arc<AtomicBool>,
    open: Open,
}

impl Open {
    /// None yet. Answers go to `outbox`.
    pub fn new(outbox: Outbox) -> Self {
        Self {
            requests: Arc::default(),
            outbox,
        }
    }

    /// Notes what was read. An id that is open already names the first request that has it.
    pub fn note(&self, request: &Request) -> Option<Asked> {
        let id = request.id()?.clone();
        if ALWAYS_DONE.contains(&request.method()) {
            return None;
        }
        let mut requests = self.lock();
        let Entry::Vacant(place) = requests.entry(id.clone()) else {
            return None;
        };
        let answered = place.insert(Arc::default()).clone();
        Some(Asked {
            id,
            answered,
            open: self.clone(),
        })
    }

    /// Answers the request that `$/cancelRequest` names, if it has no answer yet.
    pub fn cancel(&self, cancel: &Request) {
        let id = cancel.params().and_then(|params| params.get("id"));
        let id: Option<Id> = id.and_then(|id| serde_json::from_value(id.clone()).ok());
        if let Some(id) = id
            && let Some(answered) = self.lock().remove(&id)
            && !answered.swap(true, Ordering::Relaxed)
        {
            let response = Response::from_error(id, Error::request_cancelled());
            self.outbox.send(&response);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Id, Arc<AtomicBool>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Asked {
    /// Whether it has its answer.
    pub fn is_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }
}

impl Drop for Asked {
    /// An id that is used again names another request.
    fn drop(&mut self) {
        let mut requests = self.open.lock();
        if requests
            .get(&self.id)
            .is_some_and(|it| Arc::ptr_eq(it, &self.answered))
        {
            requests.remove(&self.id);
        }
    }
}

/// The requests that are being answered.
pub struct Running {
    threads: Handle,
    outbox: Outbox,
    tasks: JoinSet<()>,
}

impl Running {
    /// None yet. Answers are made on `threads` and go to `outbox`.
    pub fn new(threads: Handle, outbox: Outbox) -> Self {
        Self {
            threads,
            outbox,
            tasks: JoinSet::new(),
        }
    }

    /// Sends the answer to a request, if it has none yet.
    pub fn answer(&self, asked: Option<Asked>, answer: &Response, traced: Option<Traced>) {
        answer_to(asked, &self.outbox, answer, traced);
    }

    /// Sends the answer to a request when it is made.
    pub fn add(
        &mut self,
        asked: Option<Asked>,
        answer: BoxFuture<'static, Option<Response>>,
        traced: Option<Traced>,
    ) {
        while self.tasks.try_join_next().is_some() {}
        let outbox = self.outbox.clone();
        let task = async move {
            if let Some(response) = answer.await {
                answer_to(asked, &outbox, &response, traced);
            }
        };
        self.tasks.spawn_on(task, &self.threads);
    }

    /// Gives up what is running: nobody will read it.
    pub fn abort(&mut self) {
        self.tasks.abort_all();
    }

    /// Waits for the answers that are still being made, as long as `patience` lasts.
    pub async fn finish(mut self, patience: Duration) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(patience, all).await;
    }
}

fn answer_to(asked: Option<Asked>, outbox: &Outbox, answer: &Response, traced: Option<Traced>) {
    let first = |asked: &Asked| !asked.answered.swap(true, Ordering::Relaxed);
    outbox.answer(answer, traced, || asked.as_ref().is_none_or(first));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use std::sync::mpsc::Receiver;

    fn request(id: i64, method: &'static str) -> Request {
        Request::build(method).id(id).finish()
    }

    fn cancel(open: &Open, id: i64) {
        let params = json!({ "id": id });
        open.cancel(&Request::build("$/cancelRequest").params(params).finish());
    }

    /// Ids of the answers, and their errors' codes.
    fn sent(outbox: &Receiver<Option<Vec<u8>>>) -> Vec<(Value, Value)> {
        let read = |body: Vec<u8>| serde_json::from_slice::<Value>(&body).unwrap();
        let answers = outbox.try_iter().flatten().map(read);
        answers
            .map(|answer| (answer["id"].clone(), answer["error"]["code"].clone()))
            .collect()
    }

    fn answer(asked: Option<Asked>, outbox: &Outbox, id: i64) {
        let response = Response::from_ok(id.into(), json!(1));
        answer_to(asked, outbox, &response, None);
    }

    #[test]
    fn a_request_is_answered_once_by_whoever_is_first() {
        let (outbox, written) = Outbox::collecting();
        let open = Open::new(outbox.clone());
        let first = open.note(&request(1, "a"));
        let second = open.note(&request(2, "a"));
        cancel(&open, 1);
        assert!(first.as_ref().unwrap().is_answered());
        answer(first, &outbox, 1);
        answer(second, &outbox, 2);
        cancel(&open, 2);
        cancel(&open, 3);
        let expected = [(json!(1), json!(-32800)), (json!(2), Value::Null)];
        assert_eq!(sent(&written), expected);
    }

    #[test]
    fn an_id_names_the_request_that_is_open() {
        let (outbox, written) = Outbox::collecting();
        let open = Open::new(outbox.clone());
        let first = open.note(&request(1, "a"));
        assert!(open.note(&request(1, "b")).is_none());
        drop(first);
        let again = open.note(&request(1, "a"));
        cancel(&open, 1);
        let third = open.note(&request(1, "a"));
        drop(again);
        cancel(&open, 1);
        assert!(third.unwrap().is_answered());
        assert_eq!(sent(&written).len(), 2);
    }

    #[test]
    fn what_begins_and_ends_a_session_is_always_done() {
        let (outbox, written) = Outbox::collecting();
        let open = Open::new(outbox);
        for method in ALWAYS_DONE {
            assert!(open.note(&request(1, method)).is_none());
            cancel(&open, 1);
        }
        assert_eq!(sent(&written), []);
    }
}
