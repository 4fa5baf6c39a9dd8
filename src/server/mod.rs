//! server
mod framing;
mod gate;
mod message;
mod record;
mod transport;
mod uri;
mod watch;
