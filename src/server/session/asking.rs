//! Answers: what a request sees when it arrives, and what becomes of it when the text moves on.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::{Session, lock};
use crate::document::Snapshot;
use crate::server::documents::{self, Entry, Revision, Tokens};
use crate::server::view::View;
use crate::server::workers::{NEVER, Panicked};
use crate::server::{answers, gate};
use crate::stop;

impl Session {
    /// The document as it is now; nothing if it isn't open, out of step or too large.
    pub fn view(&self, uri: &lsp::Uri) -> Option<(View, Revision)> {
        let documents = lock(&self.documents);
        let entry = documents.get(uri.as_str())?;
        Some((
            self.view_of(uri, entry, entry.snapshot()?),
            entry.clock.now(),
        ))
    }

    fn view_of(&self, uri: &lsp::Uri, entry: &Entry, snapshot: Snapshot) -> View {
        let cell = entry.layout.as_ref().and_then(|layout| layout.cell(uri));
        View {
            uri: uri.clone(),
            snapshot,
            finishing: entry.finishing.clone(),
            config: entry.settings.config(entry.language),
            reports: entry.settings.diagnostics.enable,
            version: cell.map(|cell| cell.version).or(entry.version),
            layout: entry.layout.clone(),
            client: self.abilities(),
            line: Cell::default(),
        }
    }

    /// The outline of a document, from its syntax alone if it is too large for more.
    pub async fn symbols(&self, uri: &lsp::Uri) -> Result<Option<lsp::DocumentSymbolResponse>> {
        let large = {
            let mut documents = lock(&self.documents);
            let entry = documents.get_mut(uri.as_str());
            let large = entry.and_then(|entry| Some((entry.large()?.snapshot(), &*entry)));
            large.map(|(snapshot, entry)| self.view_of(uri, entry, snapshot))
        };
        let Some(mut view) = large else {
            return self
                .ask(uri, |view| Some(answers::document_symbols(view)))
                .await;
        };
        let parsed = self.workers.run(NEVER, move || {
            (view.snapshot.syntax, _) = view
                .snapshot
                .syntax
                .finish(&view.snapshot.text, &stop::is_lost);
            (answers::outline(&view), view.snapshot)
        });
        let Some((outline, snapshot)) = parsed.await.map_err(|Panicked| self.panicked())? else {
            return Ok(None);
        };
        let mut documents = lock(&self.documents);
        if let Some(large) = documents.get_mut(uri.as_str()).and_then(Entry::large) {
            large.adopt(snapshot);
        }
        Ok(Some(outline))
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
        self.answer(view, NEVER, job).await
    }

    /// As [`ask`](Self::ask), but given up once the text has overtaken it: then there is no answer, or
    /// `ContentModified` where the client asks `method` again after that.
    pub async fn ask_current<T: Send + 'static>(
        &self,
        method: &str,
        uri: &lsp::Uri,
        job: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some((view, revision)) = self.view(uri) else {
            return Ok(None);
        };
        let asked = revision.clone();
        let answer = self.answer(view, move || !asked.is_current(), job).await?;
        let retries = |method| self.abilities().retries.iter().any(|it| it == method);
        match answer {
            answer if revision.is_current() => Ok(answer),
            _ if retries(method) => Err(Error::content_modified()),
            _ => Ok(None),
        }
    }

    async fn answer<T: Send + 'static>(
        &self,
        view: View,
        vain: impl Fn() -> bool + Send + 'static,
        job: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let view = view.finished().await;
        let answer = self.workers.run(vain, move || job(&view)).await;
        answer
            .map(Option::flatten)
            .map_err(|Panicked| self.panicked())
    }

    /// Says once that something failed; the log says it each time.
    fn panicked(&self) -> Error {
        if !self.told_of_panic.swap(true, Ordering::Relaxed) {
            let message =
                "Cella failed at a request and goes on; please report what its log says".into();
            self.tell(lsp::MessageType::ERROR, message);
        }
        gate::internal_error()
    }

    /// All tokens of a document, for the request `method`.
    pub async fn tokens(&self, method: &str, uri: &lsp::Uri) -> Result<Option<Tokens>> {
        self.ask_current(method, uri, |view| {
            Some(answers::semantic_tokens(view, view.whole()))
        })
        .await
    }

    /// Tokens as they are sent, with a name under which the client may ask for what changed since.
    pub fn keep_tokens(&self, uri: &lsp::Uri, data: Tokens) -> lsp::SemanticTokens {
        let result_id = if self.abilities().token_deltas {
            lock(&self.documents).keep_tokens(uri.as_str(), data.clone())
        } else {
            None
        };
        lsp::SemanticTokens { result_id, data }
    }

    /// What changed since the tokens of the name `id`; all tokens if the client's aren't known any more.
    pub fn tokens_since(
        &self,
        uri: &lsp::Uri,
        id: &str,
        data: Tokens,
    ) -> lsp::SemanticTokensFullDeltaResult {
        let Some(old) = lock(&self.documents).take_tokens(uri.as_str(), id) else {
            return self.keep_tokens(uri, data).into();
        };
        let edits = documents::edits(&old, &data);
        let result_id = lock(&self.documents).keep_tokens(uri.as_str(), data);
        lsp::SemanticTokensDelta { result_id, edits }.into()
    }

    /// What is wrong in a document, and in which version of it; given up once `vain` says so.
    pub async fn diagnostics(
        &self,
        uri: &lsp::Uri,
        vain: impl Fn() -> bool + Send + 'static,
    ) -> Result<(Vec<lsp::Diagnostic>, Option<i32>)> {
        let Some((view, _)) = self.view(uri) else {
            return Ok(Default::default());
        };
        let found = |view: &View| Some((answers::diagnostics(view), view.version));
        Ok(self.answer(view, vain, found).await?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::handlers::Handlers;
    use crate::server::log::Level;
    use crate::server::workers::Workers;
    use futures::FutureExt;
    use futures::StreamExt;
    use serde_json::json;
    use std::sync::Arc;
    use std::sync::mpsc;
    use tower_lsp::jsonrpc::ErrorCode;
    use tower_lsp::{ClientSocket, LspService};

    const METHOD: &str = "textDocument/inlayHint";

    /// A session with one open document, whose client retries `retried`.
    fn opened(retried: &[&str]) -> (Arc<Session>, lsp::Uri, ClientSocket) {
        let mut made = None;
        let (_, socket) = LspService::new(|client| {
            let session = Arc::new(Session::new(
                client,
                Workers::start().unwrap(),
                Level::default(),
            ));
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
            // Nobody listens if the work was given up before it began.
            let _ = go.send(());
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
