//! Sessions of a real client with the real server, over pipes.

mod support;

#[path = "session/capabilities.rs"]
mod capabilities;
#[path = "session/clients.rs"]
mod clients;
#[path = "session/features.rs"]
mod features;
#[path = "session/lifecycle.rs"]
mod lifecycle;
#[path = "session/notebook.rs"]
mod notebook;
#[path = "session/order.rs"]
mod order;
#[path = "session/rename.rs"]
mod rename;
#[path = "session/settings.rs"]
mod settings;
#[path = "session/text.rs"]
mod text;
#[path = "session/transport.rs"]
mod transport;
