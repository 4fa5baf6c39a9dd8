//! The gate between the wire and the handlers: what comes in takes effect in the order of the wire.
//!
//! Each handler is polled once inside [`Gate::accept`], which the read loop calls message by
//! message. A notification runs to its end there, since none of them waits for anything; a request
//! takes its snapshot there and hands its work to a worker. So an answer always speaks of the text
//! as it was when the request arrived, and a cancellation is never stuck behind other work.

use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::FutureExt;
use futures::future::BoxFuture;
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use super::lenient;
use super::uri::Spellings;

/// What became of a message.
pub enum Answer {
    /// Done, with the reply if it was a request.
    Now(Option<Response>),
    /// A worker is at it.
    Later(BoxFuture<'static, Option<Response>>),
}

/// Calls a language service in the order of the wire, and outlives its panics.
pub struct Gate<S> {
    service: S,
    spellings: Spellings,
}

impl<S> Gate<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + Unpin + 'static,
{
    /// A gate before `service`.
    pub fn new(service: S, spellings: Spellings) -> Self {
        Self { service, spellings }
    }

    /// Hands `request` on; a notification has taken effect when this returns.
    pub fn accept(&mut self, request: Request) -> Answer {
        let id = request.id().cloned();
        let request = lenient::soften(self.spellings.tame(request));
        let spellings = self.spellings.clone();
        let finish = move |outcome, id: Option<Id>| finish(outcome, id, &spellings);
        let started = catch_unwind(AssertUnwindSafe(|| {
            let mut running = self.service.call(request);
            let done = (&mut running).now_or_never();
            (running, done)
        }));
        match started {
            Ok((_, Some(done))) => Answer::Now(finish(Ok(done.ok().flatten()), id)),
            Ok((running, None)) => Answer::Later(
                AssertUnwindSafe(running)
                    .catch_unwind()
                    .map(move |outcome| finish(outcome.map(|done| done.ok().flatten()), id))
                    .boxed(),
            ),
            Err(panic) => Answer::Now(finish(Err(panic), id)),
        }
    }
}

/// Every request gets an answer: a panic an internal error, a `$/` method that nobody knows
/// "method not found", which the library leaves out.
fn finish(
    outcome: std::thread::Result<Option<Response>>,
    id: Option<Id>,
    spellings: &Spellings,
) -> Option<Response> {
    let response = match outcome {
        Ok(Some(response)) => response,
        Ok(None) => Response::from_error(id?, Error::method_not_found()),
        Err(_) => Response::from_error(id?, internal_error()),
    };
    Some(spellings.restore(response))
}

/// The reply to a request whose handler panicked; the panic itself is in the log.
pub fn internal_error() -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: "Cella failed at this request; please report what the server's log says".into(),
        data: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll};

    /// Writes down the order in which handlers begin; requests then wait for ever.
    struct Log(Arc<Mutex<Vec<String>>>);

    impl Service<Request> for Log {
        type Response = Option<Response>;
        type Error = ();
        type Future = BoxFuture<'static, Result<Self::Response, ()>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let log = self.0.clone();
            async move {
                log.lock().unwrap().push(request.method().to_owned());
                assert!(!request.method().starts_with("panic"), "asked for");
                if request.id().is_some() {
                    futures::future::pending().await
                } else {
                    Ok(None)
                }
            }
            .boxed()
        }
    }

    #[test]
    fn handlers_begin_in_the_order_of_the_wire_and_notifications_end_there() {
        let log = Arc::new(Mutex::new(Vec::new()));
        let mut gate = Gate::new(Log(log.clone()), Spellings::default());
        let slow = gate.accept(Request::build("slow").id(1).finish());
        let change = gate.accept(Request::build("change").finish());
        assert!(matches!(slow, Answer::Later(_)));
        assert!(matches!(change, Answer::Now(None)));
        assert_eq!(*log.lock().unwrap(), ["slow", "change"]);
    }

    #[test]
    fn a_panic_is_an_error_reply() {
        let mut gate = Gate::new(Log(Arc::default()), Spellings::default());
        let Answer::Now(Some(reply)) = gate.accept(Request::build("panic").id(1).finish()) else {
            panic!("no reply");
        };
        assert_eq!(
            reply.error().map(|error| error.code),
            Some(ErrorCode::InternalError)
        );
        assert!(matches!(
            gate.accept(Request::build("panic").finish()),
            Answer::Now(None)
        ));
        assert!(matches!(
            gate.accept(Request::build("fine").id(2).finish()),
            Answer::Later(_)
        ));
    }
}
