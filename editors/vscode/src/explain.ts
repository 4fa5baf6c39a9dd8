/** Shows what the hover says in a preview beside the code, where it can stay and be copied. */
import * as vscode from "vscode";
import { HoverRequest, MarkupContent } from "vscode-languageclient/node";
import type { Session } from "./session";

export async function explainAtCursor(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const client = session.client;
  if (editor === undefined || client === undefined) return;
  const { document, selection } = editor;
  const params = client.code2ProtocolConverter.asTextDocumentPositionParams(
    document,
    selection.active,
  );
  const hover = await client.sendRequest(HoverRequest.type, params);
  if (hover === null || !MarkupContent.is(hover.contents)) {
    vscode.window.setStatusBarMessage("Cella: no closure is involved here", 5000);
    return;
  }
  await showMarkdown(hover.contents.value);
}

const SCHEME = "cella-explain";
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: "Closure.md" });

let content = "";
const changed = new vscode.EventEmitter<vscode.Uri>();

export function registerExplanation(): vscode.Disposable {
  const provider = { onDidChange: changed.event, provideTextDocumentContent: () => content };
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider);
}

async function showMarkdown(text: string): Promise<void> {
  content = text;
  changed.fire(PAGE);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", PAGE);
}
