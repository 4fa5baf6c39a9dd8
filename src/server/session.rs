//! One client's session: its documents, its settings, and what it is told unasked.
//!
//! Whatever changes here changes inside a notification, on the loop's thread, and at once. What is
//! said to the client is spawned, so that nothing here ever waits for it.

mod asking;
mod preferences;
mod telling;

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::ls_types as lsp;

use super::client::Abilities;
use super::documents::{Documents, Trouble};
use super::log::Level;
use super::project::{self, Project};
use super::settings;
use super::view::View;
use super::workers::{NEVER, Workers};

/// How long the text has to rest before diagnostics are sent unasked.
const REST: Duration = Duration::from_millis(150);

/// Everything that one client's session holds.
pub struct Session {
    client: Client,
    workers: Workers,
    level: Level,
    abilities: OnceLock<Arc<Abilities>>,
    documents: Mutex<Documents>,
    settings: Mutex<Known>,
    told_of_panic: AtomicBool,
}

/// The editor's settings.
#[derive(Default)]
struct Known {
    /// From `initialize`; later settings are laid over them.
    initial: Value,
    current: Value,
    /// What was found wrong and told already.
    told: HashSet<String>,
}

impl Session {
    /// A session before `initialize`.
    pub fn new(client: Client, workers: Workers, level: Level) -> Self {
        Self {
            client,
            workers,
            level,
            abilities: OnceLock::new(),
            documents: Mutex::default(),
            settings: Mutex::default(),
            told_of_panic: AtomicBool::new(false),
        }
    }

    /// Takes in the params of `initialize`, as the client sent them.
    pub fn initialize(self: &Arc<Self>, params: &Value) -> Arc<Abilities> {
        let abilities = self
            .abilities
            .get_or_init(|| Arc::new(Abilities::new(params)))
            .clone();
        if let Some(options) = params
            .get("initializationOptions")
            .filter(|it| it.is_object())
        {
            let section = settings::section(options).unwrap_or(options).clone();
            lock(&self.settings).initial = section;
            self.settle(&Value::Null);
        }
        abilities
    }

    /// What the client can do; nothing before `initialize`.
    pub fn abilities(&self) -> Arc<Abilities> {
        self.abilities.get().cloned().unwrap_or_default()
    }

    /// After `initialized`: asks for the settings, and to be told when they change.
    pub fn initialized(self: &Arc<Self>) {
        let abilities = self.abilities();
        if abilities.registers_configuration {
            let client = self.client.clone();
            let options = json!({ "section": "cella" });
            let settings = registration("workspace/didChangeConfiguration", options);
            tokio::spawn(async move { client.register_capability(vec![settings]).await });
        }
        if abilities.registers_files {
            let client = self.client.clone();
            let watchers =
                project::FILES.map(|name| json!({ "globPattern": format!("**/{name}") }));
            let options = json!({ "watchers": watchers });
            let files = registration("workspace/didChangeWatchedFiles", options);
            tokio::spawn(async move { client.register_capability(vec![files]).await });
        }
        if abilities.configuration {
            self.ask_for_settings();
        }
    }

    /// `textDocument/didOpen`
    pub fn open(self: &Arc<Self>, item: lsp::TextDocumentItem) {
        let uri = item.uri.clone();
        let project = project_of(&uri).unwrap_or_default();
        self.tell_wrong(project.wrong.clone());
        let (settings, _) = project.under(&lock(&self.settings).current);
        let trouble = lock(&self.documents).open(item, project, settings);
        self.tell_of(&uri, trouble);
        self.finish(&uri);
        self.publish(uri, Duration::ZERO);
    }

    /// `textDocument/didChange`
    pub fn change(self: &Arc<Self>, params: lsp::DidChangeTextDocumentParams) {
        let uri = params.text_document.uri.clone();
        let encoding = self.abilities().encoding;
        let trouble = lock(&self.documents).change(params, encoding);
        self.tell_of(&uri, trouble);
        self.finish(&uri);
        self.publish(uri, REST);
    }

    /// `notebookDocument/didOpen`
    pub fn open_notebook(self: &Arc<Self>, params: lsp::DidOpenNotebookDocumentParams) {
        let uri = params.notebook_document.uri.clone();
        let project = project_of(&uri).unwrap_or_default();
        self.tell_wrong(project.wrong.clone());
        let (settings, _) = project.under(&lock(&self.settings).current);
        let texts = &params.cell_text_documents;
        let notebook = params.notebook_document;
        let trouble = lock(&self.documents).open_notebook(notebook, texts, project, settings);
        self.notebook_changed(&uri, trouble, Duration::ZERO);
    }

    /// `notebookDocument/didChange`
    pub fn change_notebook(self: &Arc<Self>, params: lsp::DidChangeNotebookDocumentParams) {
        let uri = params.notebook_document.uri;
        let Some(change) = params.change.cells else {
            return;
        };
        let closed = change
            .structure
            .as_ref()
            .and_then(|it| it.did_close.clone());
        let encoding = self.abilities().encoding;
        let trouble = lock(&self.documents).change_notebook(uri.as_str(), change, encoding);
        closed
            .into_iter()
            .flatten()
            .for_each(|cell| self.clear(cell.uri));
        self.notebook_changed(&uri, trouble, REST);
    }

    /// `notebookDocument/didClose`
    pub fn close_notebook(self: &Arc<Self>, uri: &lsp::Uri) {
        let cells = lock(&self.documents).close_notebook(uri.as_str());
        cells.into_iter().for_each(|cell| self.clear(cell));
    }

    fn notebook_changed(
        self: &Arc<Self>,
        uri: &lsp::Uri,
        trouble: Option<Trouble>,
        rest: Duration,
    ) {
        self.tell_of(uri, trouble);
        self.finish(uri);
        self.publish(uri.clone(), rest);
    }

    /// Parses on a worker what an edit had no time for; the client then asks again.
    fn finish(self: &Arc<Self>, uri: &lsp::Uri) {
        let Some((View { uri, snapshot, .. }, revision)) = self.view(uri) else {
            return;
        };
        if !snapshot.is_unfinished() {
            return;
        }
        let overtaken = move || !revision.is_current();
        let finishing = self.workers.run(NEVER, move || snapshot.finish(&overtaken));
        let finishing = finishing.map(|finished| finished.ok().flatten());
        let finishing = finishing.boxed().shared();
        lock(&self.documents).finish(&uri, finishing.clone());
        let session = self.clone();
        tokio::spawn(async move {
            let Some(finished) = finishing.await else {
                return;
            };
            if lock(&session.documents).adopt(&uri, finished) {
                session.ask_again();
                session.publish(uri, Duration::ZERO);
            }
        });
    }

    /// A change that couldn't be read; without a URI it may be any document's.
    pub fn lose(self: &Arc<Self>, uri: Option<lsp::Uri>) {
        let uris = uri.map_or_else(|| lock(&self.documents).uris(), |uri| vec![uri]);
        for uri in uris {
            let trouble = lock(&self.documents).lose(uri.as_str());
            self.tell_of(&uri, trouble);
        }
    }

    /// `textDocument/didClose`
    pub fn close(self: &Arc<Self>, uri: lsp::Uri) {
        lock(&self.documents).close(&uri);
        self.clear(uri);
    }
}

/// The settings file that holds for a document, if it is a file.
fn project_of(uri: &lsp::Uri) -> Option<Project> {
    project::path(uri).map(|path| Project::of(&path))
}

fn registration(method: &str, options: Value) -> lsp::Registration {
    lsp::Registration {
        id: format!("cella/{method}"),
        method: method.into(),
        register_options: Some(options),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
