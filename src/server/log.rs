//! The log: `tracing` to standard error or to a file, at a level that a setting can change.

use std::fs::File;
use std::io;
use std::sync::Mutex;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Registry, fmt, reload};

/// How much is logged. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Level(Option<reload::Handle<LevelFilter, Registry>>);

/// Starts the log. A level that the command line gives stays; without one, the setting `cella.logLevel`
/// says how much.
pub fn start(level: Option<LevelFilter>, file: Option<File>) -> Level {
    let (filter, handle) = reload::Layer::new(level.unwrap_or(LevelFilter::WARN));
    let writer = match file {
        Some(file) => BoxMakeWriter::new(Mutex::new(file)),
        None => BoxMakeWriter::new(io::stderr),
    };
    let lines = fmt::layer().with_ansi(false).with_writer(writer);
    tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .init();
    Level(level.is_none().then_some(handle))
}

impl Level {
    /// Logs as much as the setting says, if the command line leaves that to it.
    pub fn set(&self, level: LevelFilter) {
        if let Some(handle) = &self.0
            && let Err(error) = handle.reload(level)
        {
            tracing::error!("the log's level stays as it is: {error}");
        }
    }
}
