//! One client's session: its documents, its settings, and what it is told unasked.
//!
//! Whatever changes here changes inside a notification, on the loop's thread, and at once. What is
//! said to the client is spawned, so that nothing here ever waits for it.

mod preferences;

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::client::Abilities;
use super::documents::{Documents, Trouble};
use super::project::{self, Project};
use super::settings;
use super::view::View;
use super::workers::{Panicked, Workers};
use super::{answers, gate};

/// How long the text has to rest before diagnostics are sent unasked.
const REST: Duration = Duration::from_millis(150);

/// Everything that one client's session holds.
pub struct Session {
    client: Client,
    workers: Workers,
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

/// `cella/outOfStep`: asks the client to send the whole text of a document again.
enum OutOfStep {}

impl lsp::notification::Notification for OutOfStep {
    type Params = lsp::TextDocumentIdentifier;
    const METHOD: &'static str = "cella/outOfStep";
}

impl Session {
    /// A session before `initialize`.
    pub fn new(client: Client, workers: Workers) -> Self {
        Self {
            client,
            workers,
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
        let (watching, name) = (self.clone(), uri.clone());
        let overtaken = move || !watching.is_current(&name, revision);
        let finishing = self.workers.run(move || snapshot.finish(&overtaken));
        let finishing = finishing.map(|finished| finished.ok()).boxed().shared();
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

    /// Takes the diagnostics of a document away that is closed.
    fn clear(&self, uri: lsp::Uri) {
        if !self.abilities().pulls_diagnostics {
            let client = self.client.clone();
            tokio::spawn(async move { client.publish_diagnostics(uri, Vec::new(), None).await });
        }
    }

    fn tell_of(self: &Arc<Self>, uri: &lsp::Uri, trouble: Option<Trouble>) {
        let name = uri.as_str();
        match trouble {
            None => {}
            Some(Trouble::TooLarge(limit)) => self.tell(
                lsp::MessageType::INFO,
                format!(
                    "Cella doesn't analyse {name}: it is larger than {limit} bytes \
                     (setting cella.maxFileSize)"
                ),
            ),
            Some(Trouble::OutOfStep(why)) => {
                self.tell(
                    lsp::MessageType::WARNING,
                    format!("Cella is out of step with {name} ({why}); close and open it again"),
                );
                if self.abilities().resyncs {
                    let (client, uri) = (self.client.clone(), uri.clone());
                    let params = lsp::TextDocumentIdentifier { uri };
                    tokio::spawn(
                        async move { client.send_notification::<OutOfStep>(params).await },
                    );
                }
            }
        }
    }

    fn tell(&self, kind: lsp::MessageType, message: String) {
        tracing::warn!("{message}");
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(kind, message).await });
    }

    /// The document as it is now; nothing if it isn't open, out of step or too large.
    pub fn view(&self, uri: &lsp::Uri) -> Option<(View, Revision)> {
        let documents = lock(&self.documents);
        let entry = documents.get(uri.as_str())?;
        let cell = entry.layout.as_ref().and_then(|layout| layout.cell(uri));
        let view = View {
            uri: uri.clone(),
            snapshot: entry.snapshot()?,
            finishing: entry.finishing.clone(),
            config: entry.settings.config(entry.language),
            reports: entry.settings.diagnostics.enable,
            version: cell.map(|cell| cell.version).or(entry.version),
            layout: entry.layout.clone(),
            client: self.abilities(),
        };
        Some((view, Revision(entry.revision)))
    }

    fn is_current(&self, uri: &lsp::Uri, revision: Revision) -> bool {
        lock(&self.documents)
            .get(uri.as_str())
            .is_some_and(|entry| entry.revision == revision.0)
    }

    /// Answers from the document as it is now, on a worker.
    pub async fn ask<T: Send + 'static>(
        &self,
        uri: &lsp::Uri,
        job: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some((view, _)) = self.view(uri) else {
            return Ok(None);
        };
        let view = view.finished().await;
        let answer = self.workers.run(move || job(&view)).await;
        answer.map_err(|Panicked| self.panicked())
    }

    /// As [`ask`](Self::ask); an answer that the text has overtaken is none, or `ContentModified`
    /// where the client asks `method` again after that.
    pub async fn ask_current<T: Send + 'static>(
        &self,
        method: &str,
        uri: &lsp::Uri,
        job: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some((view, revision)) = self.view(uri) else {
            return Ok(None);
        };
        let view = view.finished().await;
        let answer = self.workers.run(move || job(&view)).await;
        let answer = answer.map_err(|Panicked| self.panicked())?;
        if self.is_current(uri, revision) {
            return Ok(answer);
        }
        let retries = self
            .abilities()
            .retries
            .iter()
            .any(|retried| retried == method);
        if retries {
            Err(Error::content_modified())
        } else {
            Ok(None)
        }
    }

    /// Says once that something failed; the log says it each time.
    fn panicked(&self) -> Error {
        if !self.told_of_panic.swap(true, Ordering::Relaxed) {
            let message = "Cella failed at a request and goes on; its log says where".into();
            self.tell(lsp::MessageType::ERROR, message);
        }
        gate::internal_error()
    }

    /// Sends diagnostics when the text has rested for `rest`, to a client that doesn't ask for them.
    fn publish(self: &Arc<Self>, uri: lsp::Uri, rest: Duration) {
        if self.abilities().pulls_diagnostics {
            return;
        }
        let known = {
            let documents = lock(&self.documents);
            let entry = documents.get(uri.as_str());
            entry.map(|entry| (entry.revision, entry.layout.clone()))
        };
        let Some((revision, layout)) = known else {
            return;
        };
        let uris: Vec<_> = match layout {
            Some(layout) => layout.cells().iter().map(|cell| cell.uri.clone()).collect(),
            None => vec![uri],
        };
        let session = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(rest).await;
            for uri in uris {
                if !session.is_current(&uri, Revision(revision)) {
                    return;
                }
                if let Ok((found, version)) = session.diagnostics(&uri).await
                    && session.is_current(&uri, Revision(revision))
                {
                    session
                        .client
                        .publish_diagnostics(uri, found, version)
                        .await;
                }
            }
        });
    }

    /// What is wrong in a document, and in which version of it.
    pub async fn diagnostics(&self, uri: &lsp::Uri) -> Result<(Vec<lsp::Diagnostic>, Option<i32>)> {
        let found = self
            .ask(uri, |view| Some((answers::diagnostics(view), view.version)))
            .await?;
        Ok(found.unwrap_or_default())
    }
}

/// The settings file that holds for a document, if it is a file.
fn project_of(uri: &lsp::Uri) -> Option<Project> {
    project::path(uri).map(|path| Project::of(&path))
}

/// Which text an answer speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision(u64);

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::handlers::Handlers;
    use futures::StreamExt;
    use std::sync::mpsc;
    use tower_lsp::jsonrpc::ErrorCode;
    use tower_lsp::{ClientSocket, LspService};

    const METHOD: &str = "textDocument/inlayHint";

    /// A session with one open document, whose client retries `retried`.
    fn opened(retried: &[&str]) -> (Arc<Session>, lsp::Uri, ClientSocket) {
        let mut made = None;
        let (_, socket) = LspService::new(|client| {
            let session = Arc::new(Session::new(client, Workers::start().unwrap()));
            made = Some(session.clone());
            Handlers(session)
        });
        let session = made.unwrap();
        let stale = json!({ "retryOnContentModified": retried });
        session.initialize(
            &json!({ "capabilities": { "general": { "staleRequestSupport": stale } } }),
        );
        let uri: lsp::Uri = "untitled:a".parse().unwrap();
        let item = lsp::TextDocumentItem::new(uri.clone(), "cella".into(), 1, "x = 1\n".into());
        session.open(item);
        (session, uri, socket)
    }

    fn run<T>(test: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(test)
    }

    /// Asks, and changes the text while the answer is being made.
    fn overtaken(retried: &[&str]) -> Result<Option<String>> {
        run(async {
            let (session, uri, _socket) = opened(retried);
            let (go, gate) = mpsc::channel();
            let answer = session.ask_current(METHOD, &uri, move |view| {
                gate.recv().ok()?;
                Some(view.snapshot.text.to_string())
            });
            let mut answer = Box::pin(answer);
            assert!((&mut answer).now_or_never().is_none());
            let change = json!({
                "textDocument": { "uri": uri, "version": 2 },
                "contentChanges": [{ "text": "y = 2\n" }],
            });
            session.change(serde_json::from_value(change).unwrap());
            go.send(()).unwrap();
            answer.await
        })
    }

    #[test]
    fn an_overtaken_answer_is_retried_where_the_client_does_that() {
        let error = overtaken(&[METHOD]).unwrap_err();
        assert_eq!(error.code, ErrorCode::ContentModified);
        assert_eq!(overtaken(&[]), Ok(None));
    }

    #[test]
    fn an_answer_speaks_of_the_text_at_its_arrival() {
        run(async {
            let (session, uri, _socket) = opened(&[]);
            let (go, gate) = mpsc::channel();
            let answer = session.ask(&uri, move |view| {
                gate.recv().ok()?;
                Some(view.snapshot.text.to_string())
            });
            let mut answer = Box::pin(answer);
            assert!((&mut answer).now_or_never().is_none());
            session.close(uri.clone());
            go.send(()).unwrap();
            assert_eq!(answer.await, Ok(Some("x = 1\n".into())));
            assert_eq!(session.ask(&uri, |_| Some(())).await, Ok(None));
        });
    }

    #[test]
    fn a_panic_is_an_error_that_is_told_once() {
        run(async {
            let (session, uri, socket) = opened(&[]);
            for _ in 0..3 {
                let answer: Result<Option<()>> = session.ask(&uri, |_| panic!("asked for")).await;
                assert_eq!(answer.unwrap_err().code, ErrorCode::InternalError);
            }
            assert_eq!(session.ask(&uri, |_| Some(1)).await, Ok(Some(1)));
            // Everything that was spawned runs before this, which is spawned last.
            let end = session.client.clone();
            tokio::spawn(async move { end.show_message(lsp::MessageType::LOG, "the end").await });
            let said = socket.filter(|it| std::future::ready(it.method() == "window/showMessage"));
            let said: Vec<_> = said.map(|it| it.to_string()).take(2).collect().await;
            assert!(
                said[0].contains("failed") && said[1].contains("the end"),
                "{said:?}"
            );
        });
    }
}
