//! The conversation: bytes in, messages in wire order through the [`Gate`], bytes out.
//!
//! One thread reads, one writes, one runs the loop between them. The queue to the writer has no
//! bound, so that a client that stops reading never stops us from reading what it says. Messages of
//! one kind can't overtake each other: whoever answers puts the whole message into that queue.

use std::io::{self, BufReader, Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::mpsc as queue;
use tower::Service;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::{ClientSocket, ExitedError};

use super::gate::{Answer, Gate};
use super::message::{self, Message};
use super::record::{Recorder, Side};
use super::running::{Asked, Open, Running};
use super::trace::{Trace, Traced};
use super::uri::Spellings;
use super::{framing, watch};

/// How many messages may wait between the reader and the loop, before the reader waits too.
const INBOX: usize = 1 << 14;

/// How long what was asked before the end may still take to be answered.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// How long a client may take to read the last bytes.
const LAST_BYTES: Duration = Duration::from_secs(2);

/// Both directions of a connection.
pub struct Connection {
    /// From the client.
    pub input: Box<dyn Read + Send>,
    /// To the client.
    pub output: Box<dyn Write + Send>,
}

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `exit` after `shutdown`, or the stream's end after `shutdown`.
    Orderly,
    /// Anything else: exit code 1, as LSP 3.17 (`exit`) says.
    Abrupt,
}

/// Speaks with the client until it says `exit`, closes the stream, or dies. Answers are made on
/// `threads`.
pub async fn converse<S>(
    threads: Handle,
    connection: Connection,
    service: S,
    socket: ClientSocket,
    spellings: Spellings,
    recorder: Recorder,
    client_process: Option<u32>,
) -> End
where
    S: Service<Request, Response = Option<Response>, Error = ExitedError>,
    S::Future: Send + Unpin + 'static,
{
    let (inbox, mut arrivals) = queue::channel(INBOX);
    let (outbox, written) = start_writer(connection.output, recorder.clone());
    let open = Open::new(outbox.clone());
    start_reader(connection.input, inbox.clone(), open, recorder);
    if let Some(process) = client_process {
        watch::until_it_ends(process, inbox.clone());
    }
    let (mut ours, mut replies) = socket.split();
    let to_client = outbox.clone();
    let respell = spellings.clone();
    let speaking = tokio::spawn(async move {
        while let Some(request) = ours.next().await {
            to_client.send(&respell.restore_request(request));
        }
    });
    let mut gate = Gate::new(service, spellings);
    let mut running = Running::new(threads, outbox.clone());
    let trace = Trace::default();
    let mut shut_down = false;
    while let Some(arrival) = arrivals.recv().await {
        match arrival {
            Arrival::Message(Ok(Message::Request(request)), asked) => {
                if asked.as_ref().is_some_and(Asked::is_answered) {
                    continue; // Cancelled before its turn.
                }
                if request.method() == "exit" && request.id().is_none() {
                    running.abort();
                    break;
                }
                match request.method() {
                    "initialize" => {
                        watch_client(&request, &inbox);
                        trace.set(request.params(), "trace");
                    }
                    "shutdown" => shut_down = true,
                    "$/setTrace" => trace.set(request.params(), "value"),
                    _ => {}
                }
                let traced = trace.begin(&request);
                match gate.accept(request) {
                    Answer::Now(Some(response)) => running.answer(asked, &response, traced),
                    Answer::Later(response) => running.add(asked, response, traced),
                    Answer::Now(None) => {}
                }
            }
            Arrival::Message(Ok(Message::Response(response)), _) => {
                let _ = replies.send(response).await;
                // Whoever asked goes on before what the client says next is heard.
                tokio::task::yield_now().await;
            }
            Arrival::Message(Err(reply), _) => outbox.send(&reply),
            Arrival::End => break,
        }
    }
    running.finish(LAST_ANSWERS).await;
    // Not before: the library would answer what runs as cancelled, which nobody did. From here on it keeps
    // back what workers still have to say.
    gate.accept(Request::build("exit").finish());
    speaking.abort();
    let _ = speaking.await;
    outbox.end();
    let _ = written.recv_timeout(LAST_BYTES);
    if shut_down { End::Orderly } else { End::Abrupt }
}

/// Watches the process that `initialize` names, if any.
fn watch_client(initialize: &Request, inbox: &queue::Sender<Arrival>) {
    let process = initialize
        .params()
        .and_then(|params| params.get("processId")?.as_u64());
    if let Some(process) = process.and_then(|process| u32::try_from(process).ok()) {
        watch::until_it_ends(process, inbox.clone());
    }
}

/// What the loop is woken by.
pub enum Arrival {
    /// A message, or the reply to what should have been one; and if it asks, that it's open.
    Message(Result<Message, Box<Response>>, Option<Asked>),
    /// The stream has ended, or the client's process has.
    End,
}

fn start_reader(
    input: Box<dyn Read + Send>,
    inbox: queue::Sender<Arrival>,
    open: Open,
    recorder: Recorder,
) {
    thread::spawn(move || {
        let mut input = BufReader::with_capacity(64 << 10, input);
        loop {
            let message = match framing::read_body(&mut input) {
                Ok(Some(Ok(body))) => {
                    recorder.write(Side::Client, &body);
                    message::decode(body)
                }
                Ok(Some(Err(broken))) => Err(message::broken(&broken)),
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(
                        "the session ends, for reading from the client failed: {error}"
                    );
                    break;
                }
            };
            let asked = match &message {
                Ok(Message::Request(cancel)) if cancel.method() == "$/cancelRequest" => {
                    open.cancel(cancel);
                    None
                }
                Ok(Message::Request(request)) => open.note(request),
                _ => None,
            };
            let arrival = Arrival::Message(message, asked);
            if inbox.blocking_send(arrival).is_err() {
                return;
            }
        }
        let _ = inbox.blocking_send(Arrival::End);
    });
}

/// What the writer is handed: a whole message, or that none will follow.
type Outgoing = Option<Vec<u8>>;

/// The way to the client: an unbounded queue of whole messages.
#[derive(Clone)]
pub struct Outbox(mpsc::Sender<Outgoing>);

impl Outbox {
    /// One whose messages a test looks at.
    #[cfg(test)]
    pub fn collecting() -> (Self, mpsc::Receiver<Outgoing>) {
        let (outbox, messages) = mpsc::channel();
        (Self(outbox), messages)
    }

    /// Queues an answer if it `is_wanted` when it is written out, and what the client wants to be told of it.
    pub fn answer(
        &self,
        response: &Response,
        traced: Option<Traced>,
        is_wanted: impl FnOnce() -> bool,
    ) {
        let Some(body) = written(response) else {
            return;
        };
        if is_wanted() {
            let _ = self.0.send(Some(body));
            if let Some(traced) = traced {
                self.send(&traced.end(response));
            }
        }
    }

    /// Queues a message.
    pub fn send(&self, message: &impl Serialize) {
        if let Some(body) = written(message) {
            let _ = self.0.send(Some(body));
        }
    }

    /// Nothing is said any more. The reader has a clone for as long as the client keeps its end open, so
    /// the queue wouldn't end by itself.
    fn end(&self) {
        let _ = self.0.send(None);
    }
}

fn written(message: &impl Serialize) -> Option<Vec<u8>> {
    let body = serde_json::to_vec(message);
    body.inspect_err(|error| tracing::error!("a message could not be written: {error}"))
        .ok()
}

/// Starts the writer; its second result closes when everything is written.
fn start_writer(
    mut output: Box<dyn Write + Send>,
    recorder: Recorder,
) -> (Outbox, mpsc::Receiver<()>) {
    let (outbox, messages) = mpsc::channel::<Outgoing>();
    let (writing, written) = mpsc::channel::<()>();
    thread::spawn(move || {
        let _writing = writing;
        if let Err(error) = write_all(&mut output, &messages, &recorder) {
            tracing::error!("the client hears no more, for writing to it failed: {error}");
        }
    });
    (Outbox(outbox), written)
}

/// Writes what comes until nothing will, and flushes whenever nothing waits.
fn write_all(
    output: &mut impl Write,
    messages: &mpsc::Receiver<Outgoing>,
    recorder: &Recorder,
) -> io::Result<()> {
    let mut next = messages.recv().ok().flatten();
    while let Some(body) = next {
        recorder.write(Side::Server, &body);
        let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        message.extend(body);
        output.write_all(&message)?;
        next = match messages.try_recv() {
            Ok(next) => next,
            Err(_) => {
                output.flush()?;
                messages.recv().ok().flatten()
            }
        };
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_ends_though_somebody_still_could_speak() {
        let (outbox, written) = start_writer(Box::new(io::sink()), Recorder::default());
        let reader = outbox.clone();
        outbox.end();
        let ended = written.recv_timeout(Duration::from_secs(60));
        assert_eq!(ended, Err(mpsc::RecvTimeoutError::Disconnected));
        drop(reader);
    }
}
