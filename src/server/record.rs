//! Keeps a session in a file, for bug reports and for the checks of what was said.
//!
//! One JSON object a line: `{"source": "client" | "server", "message": …}`, in the order in which
//! this process read and wrote the messages.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Who said it.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// The editor.
    Client,
    /// This process.
    Server,
}

/// Writes what passes by, or nothing. Clones share one file.
#[derive(Clone, Default)]
pub struct Recorder(Option<Arc<Mutex<File>>>);

impl Recorder {
    /// A recorder that begins the file anew.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self(Some(Arc::new(Mutex::new(File::create(path)?)))))
    }

    /// Writes one message down. What isn't JSON is kept as a string.
    pub fn write(&self, side: Side, body: &[u8]) {
        let Some(file) = &self.0 else { return };
        let source = match side {
            Side::Client => "client",
            Side::Server => "server",
        };
        let text = String::from_utf8_lossy(body);
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        let message = if is_json {
            text.replace(['\r', '\n'], " ") // Only between tokens: strings hold them escaped.
        } else {
            serde_json::Value::from(text).to_string()
        };
        let line = format!("{{\"source\":\"{source}\",\"message\":{message}}}\n");
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = file.write_all(line.as_bytes()) {
            tracing::error!("a message is missing in the recording, begin it anew: {error}");
        }
    }
}
