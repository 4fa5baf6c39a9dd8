//! The session's settings: where they come from, and what follows when they change.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tower_lsp::ls_types as lsp;

use super::{Session, lock, project_of};
use crate::server::settings;

/// How long a client may take to say its settings.
const PATIENCE: Duration = Duration::from_secs(10);

impl Session {
    /// `workspace/didChangeConfiguration`: a client that can be asked is asked, since what it sends
    /// along has many shapes.
    pub fn settings_changed(self: &Arc<Self>, sent: &Value) {
        if self.abilities().configuration {
            self.ask_for_settings();
        } else if let Some(section) = settings::section(sent) {
            self.settle(section);
        }
    }

    pub(super) fn ask_for_settings(self: &Arc<Self>) {
        let session = self.clone();
        tokio::spawn(async move {
            let item = lsp::ConfigurationItem {
                scope_uri: None,
                section: Some("cella".into()),
            };
            let asked = session.client.configuration(vec![item]);
            match tokio::time::timeout(PATIENCE, asked).await {
                Ok(Ok(answer)) => {
                    let answer = answer.into_iter().next().unwrap_or_default();
                    session.settle(answer.get("cella").unwrap_or(&answer));
                }
                Ok(Err(error)) => {
                    tracing::warn!("no settings from the client, its first ones hold: {error}")
                }
                Err(_) => {
                    tracing::warn!("the client doesn't say its settings, its first ones hold")
                }
            }
        });
    }

    /// Lays `section` over the initial settings; what depends on them is asked for or sent again.
    pub(super) fn settle(self: &Arc<Self>, section: &Value) {
        let editor = {
            let mut known = lock(&self.settings);
            let mut merged = known.initial.clone();
            settings::merge(&mut merged, section);
            known.current.clone_from(&merged);
            merged
        };
        let (read, wrong) = settings::read(editor.clone());
        self.level.set(read.log_level.into());
        self.tell_wrong(wrong);
        let mut changed = false;
        for (_, entry) in lock(&self.documents).entries_mut() {
            let (settings, _) = entry.project.under(&editor);
            changed |= std::mem::replace(&mut entry.settings, settings.clone()) != settings;
        }
        if changed {
            self.refresh();
        }
    }

    /// A settings file may have changed: all are read again.
    pub fn project_changed(self: &Arc<Self>) {
        let editor = lock(&self.settings).current.clone();
        let mut changed = false;
        let mut wrong = Vec::new();
        for (uri, entry) in lock(&self.documents).entries_mut() {
            entry.project = uri
                .parse()
                .ok()
                .and_then(|uri| project_of(&uri))
                .unwrap_or_default();
            wrong.extend(entry.project.wrong.clone());
            let (settings, _) = entry.project.under(&editor);
            changed |= std::mem::replace(&mut entry.settings, settings.clone()) != settings;
        }
        self.tell_wrong(wrong);
        if changed {
            self.refresh();
        }
    }

    /// Names what is wrong in the settings, each once.
    pub(super) fn tell_wrong(&self, mut wrong: Vec<String>) {
        wrong.retain(|sentence| lock(&self.settings).told.insert(sentence.clone()));
        if !wrong.is_empty() {
            self.tell(
                lsp::MessageType::WARNING,
                format!("Cella: {}", wrong.join("; ")),
            );
        }
    }

    /// Has the client ask again for what it shows, and sends what it doesn't ask for.
    pub(super) fn refresh(self: &Arc<Self>) {
        self.ask_again();
        let uris = lock(&self.documents).uris();
        uris.into_iter()
            .for_each(|uri| self.publish(uri, Duration::ZERO));
    }

    pub(super) fn ask_again(&self) {
        let refresh = self.abilities().refresh;
        let client = self.client.clone();
        tokio::spawn(async move {
            let hints = async {
                if refresh.inlay_hints {
                    drop(client.inlay_hint_refresh().await)
                }
            };
            let tokens = async {
                if refresh.semantic_tokens {
                    drop(client.semantic_tokens_refresh().await)
                }
            };
            let lenses = async {
                if refresh.code_lenses {
                    drop(client.code_lens_refresh().await)
                }
            };
            let diagnostics = async {
                if refresh.diagnostics {
                    drop(client.workspace_diagnostic_refresh().await)
                }
            };
            futures::join!(hints, tokens, lenses, diagnostics);
        });
    }
}
