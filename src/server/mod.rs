#![allow(dead_code)]
//! The language server.
mod client;
mod documents;
mod framing;
mod gate;
mod message;
mod record;
pub mod settings;
mod transport;
mod uri;
mod watch;
mod workers;
