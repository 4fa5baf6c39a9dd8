/**
 * Sends a document's whole text again when the server says that it is out of step: the protocol has
 * no request for that, so the server and this client have a notification of their own.
 */
import * as vscode from "vscode";
import {
  DidChangeTextDocumentNotification,
  type LanguageClient,
  type TextDocumentIdentifier,
} from "vscode-languageclient/node";

const METHOD = "cella/outOfStep";

/** To be called before the client starts, since the server needs to hear of it at once. */
export function resyncOnDemand(client: LanguageClient): void {
  client.onNotification(METHOD, ({ uri }: TextDocumentIdentifier) => {
    const document = vscode.workspace.textDocuments.find(
      (open) => client.code2ProtocolConverter.asUri(open.uri) === uri,
    );
    if (document === undefined) return;
    const textDocument = client.code2ProtocolConverter.asVersionedTextDocumentIdentifier(document);
    const contentChanges = [{ text: document.getText() }];
    void client.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges,
    });
  });
}
