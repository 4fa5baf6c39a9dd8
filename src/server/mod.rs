//! The language server: the protocol on one side, [`crate::ide`] on the other.
//!
//! A message comes in through [`framing`] (bytes), [`message`] (JSON-RPC), [`gate`] (in the order of
//! the wire), [`lenient`] (put right) and `tower-lsp` (typed, cancelled, answered) to [`handlers`],
//! which ask [`session`]; [`workers`] compute, [`answers`] says it in the protocol's types, and
//! [`transport`] sends it. The protocol's types stay in here.
//!
//! What holds for all of it: notifications take effect in the order of the wire; a request sees the
//! document as it was when the request arrived; nothing here waits for the client; and nothing that
//! a client sends ends the process.

mod answers;
mod capabilities;
mod client;
mod closures;
mod documents;
pub mod edit;
pub mod framing;
mod gate;
mod handlers;
mod lenient;
pub mod log;
mod message;
mod notebook;
mod pages;
pub mod project;
mod record;
mod rename;
mod running;
mod session;
pub mod settings;
mod trace;
mod transport;
mod uri;
mod view;
mod watch;
mod workers;

use std::io;
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use tower_lsp::LspService;

use handlers::Handlers;
use record::Recorder;
use session::Session;
use transport::{Connection, End};
use uri::Spellings;
use workers::Workers;

/// How to serve.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Where the client is.
    pub channel: Channel,
    /// The client's process; the server ends when it does.
    pub client_process: Option<u32>,
    /// A file to keep the session in.
    pub record: Option<PathBuf>,
}

/// Where the client is. LSP 3.17, "Implementation Considerations".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    /// At our standard input and output.
    #[default]
    Stdio,
    /// It listens on this port of this machine.
    Socket(u16),
    /// It listens on this socket file, or named pipe on Windows.
    Pipe(PathBuf),
}

/// Serves one client to the end; whether it ended as the protocol wants.
pub fn serve(options: Options, level: log::Level) -> io::Result<bool> {
    log_panics();
    // The loop applies edits, so it needs a worker's stack.
    let serving = thread::Builder::new()
        .name("loop".into())
        .stack_size(workers::STACK);
    let served = serving.spawn(move || serve_here(&options, level))?.join();
    served.unwrap_or_else(|_| Err(io::Error::other("the server's loop failed")))
}

fn serve_here(options: &Options, level: log::Level) -> io::Result<bool> {
    let connection = connect(&options.channel)?;
    let recorder = options
        .record
        .as_deref()
        .map_or(Ok(Recorder::default()), Recorder::create)?;
    let workers = Workers::start()?;
    let (service, socket) =
        LspService::build(|client| Handlers(Arc::new(Session::new(client, workers, level))))
            .custom_method(lenient::LOST, Handlers::lost)
            .custom_method(closures::METHOD, Handlers::closures)
            .custom_method("$/setTrace", Handlers::set_trace)
            .finish();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let threads = running::threads()?;
    let end = runtime.block_on(transport::converse(
        threads.handle().clone(),
        connection,
        service,
        socket,
        Spellings::default(),
        recorder,
        options.client_process,
    ));
    threads.shutdown_background();
    runtime.shutdown_background();
    Ok(end == End::Orderly)
}

fn connect(channel: &Channel) -> io::Result<Connection> {
    match channel {
        Channel::Stdio => Ok(Connection {
            input: Box::new(io::stdin()),
            output: standard_output()?,
        }),
        Channel::Socket(port) => {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, *port))?;
            stream.set_nodelay(true)?;
            Ok(Connection {
                input: Box::new(stream.try_clone()?),
                output: Box::new(stream),
            })
        }
        #[cfg(unix)]
        Channel::Pipe(path) => {
            let stream = std::os::unix::net::UnixStream::connect(path)?;
            Ok(Connection {
                input: Box::new(stream.try_clone()?),
                output: Box::new(stream),
            })
        }
        #[cfg(not(unix))]
        Channel::Pipe(path) => {
            let stream = std::fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(path)?;
            Ok(Connection {
                input: Box::new(stream.try_clone()?),
                output: Box::new(stream),
            })
        }
    }
}

/// Standard output without the line buffer of [`io::stdout`], which would cut messages in two.
fn standard_output() -> io::Result<Box<dyn io::Write + Send>> {
    #[cfg(unix)]
    return Ok(Box::new(std::fs::File::from(
        std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?,
    )));
    #[cfg(not(unix))]
    return Ok(Box::new(io::stdout()));
}

/// A panic goes to the log, in one line with its place.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
}
