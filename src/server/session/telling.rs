//! What the client is told unasked.
//!
//! Each message is spawned: nothing waits for the client.

use std::sync::Arc;
use std::time::Duration;

use tower_lsp::ls_types as lsp;

use super::{Session, lock};
use crate::server::documents::Trouble;

/// `cella/outOfStep`: asks the client to send the whole text of a document again.
enum OutOfStep {}

impl lsp::notification::Notification for OutOfStep {
    type Params = lsp::TextDocumentIdentifier;
    const METHOD: &'static str = "cella/outOfStep";
}

impl Session {
    /// Takes the diagnostics of a document away that is closed.
    pub(super) fn clear(&self, uri: lsp::Uri) {
        if !self.abilities().pulls_diagnostics {
            let client = self.client.clone();
            tokio::spawn(async move { client.publish_diagnostics(uri, Vec::new(), None).await });
        }
    }

    pub(super) fn tell_of(self: &Arc<Self>, uri: &lsp::Uri, trouble: Option<Trouble>) {
        let name = uri.as_str();
        match trouble {
            None => {}
            Some(Trouble::TooLarge(limit)) => self.tell(
                lsp::MessageType::INFO,
                format!(
                    "Cella shows no more than an outline of {name}: it is larger than {limit} bytes; \
                     for more, raise the setting cella.maxFileSize"
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

    pub(super) fn tell(&self, kind: lsp::MessageType, message: String) {
        tracing::warn!("{message}");
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(kind, message).await });
    }

    /// Sends diagnostics when the text has rested for `rest`, to a client that doesn't ask for them.
    pub(super) fn publish(self: &Arc<Self>, uri: lsp::Uri, rest: Duration) {
        if self.abilities().pulls_diagnostics {
            return;
        }
        let known = {
            let documents = lock(&self.documents);
            let entry = documents.get(uri.as_str());
            entry.map(|entry| (entry.clock.now(), entry.layout.clone()))
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
                if !revision.is_current() {
                    return;
                }
                let asked = revision.clone();
                let overtaken = move || !asked.is_current();
                if let Ok((found, version)) = session.diagnostics(&uri, overtaken).await
                    && revision.is_current()
                {
                    let client = &session.client;
                    client.publish_diagnostics(uri, found, version).await;
                }
            }
        });
    }
}
