//! Requests that are being answered, each a task beside the loop.
//!
//! The loop reads on while an answer is turned into JSON, which for a long outline takes longer than
//! anyone waits for a cancellation. A cancelled request is answered by the loop itself, at once; what its
//! task still says is dropped.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// The requests without an answer.
pub struct Running {
    threads: Handle,
    outbox: Outbox,
    tasks: JoinSet<(Id, Answered)>,
    open: HashMap<Id, Answered>,
}

/// Whether a request has its answer: set by whoever gives it.
type Answered = Arc<AtomicBool>;

impl Running {
    /// None yet. Answers are made on `threads` and go to `outbox`.
    pub fn new(threads: Handle, outbox: Outbox) -> Self {
        Self {
            threads,
            outbox,
            tasks: JoinSet::new(),
            open: HashMap::new(),
        }
    }

    /// Sends the answer to the request `id` when it is made.
    pub fn add(
        &mut self,
        id: Id,
        answer: BoxFuture<'static, Option<Response>>,
        traced: Option<Traced>,
    ) {
        while let Some(done) = self.tasks.try_join_next() {
            self.forget(done.ok());
        }
        let answered = Answered::default();
        self.open.insert(id.clone(), answered.clone());
        let outbox = self.outbox.clone();
        let task = async move {
            if let Some(response) = answer.await
                && !answered.swap(true, Ordering::Relaxed)
            {
                outbox.answer(&response, traced);
            }
            (id, answered)
        };
        self.tasks.spawn_on(task, &self.threads);
    }

    /// An id that is used again names another request.
    fn forget(&mut self, done: Option<(Id, Answered)>) {
        if let Some((id, answered)) = done
            && self
                .open
                .get(&id)
                .is_some_and(|it| Arc::ptr_eq(it, &answered))
        {
            self.open.remove(&id);
        }
    }

    /// Answers the request that `$/cancelRequest` names, if it has no answer yet.
    pub fn cancel(&mut self, cancel: &Request) {
        let id = cancel.params().and_then(|params| params.get("id"));
        let id: Option<Id> = id.and_then(|id| serde_json::from_value(id.clone()).ok());
        if let Some(id) = id
            && let Some(answered) = self.open.remove(&id)
            && !answered.swap(true, Ordering::Relaxed)
        {
            let response = Response::from_error(id, Error::request_cancelled());
            self.outbox.send(&response);
        }
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
