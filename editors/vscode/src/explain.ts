/** Shows what the hover says in a panel beside the code, where it can stay and be copied. */
import * as vscode from "vscode";
import { HoverRequest, MarkupContent } from "vscode-languageclient/node";
import { media, open, page } from "./page";
import type { Session } from "./session";

/** What the page says: that it is there, or which line was clicked, one-based. */
type FromPage = "ready" | { readonly line: number };

export class Explanation implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #html = "";
  #document: vscode.TextDocument | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly session: Session,
  ) {}

  /** Explains what is at the cursor. */
  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const client = this.session.client;
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
    this.#document = document;
    this.#html = await vscode.commands.executeCommand<string>(
      "markdown.api.render",
      withoutPaths(hover.contents.value),
    );
    this.#open();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, true);
      this.#update();
      return;
    }
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("cella.explanation", "Closure", beside, {
      enableScripts: true,
      localResourceRoots: [media(this.extension)],
    });
    this.#panel = panel;
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      if (message === "ready") this.#update();
      else if (this.#document) void open(this.#document, new vscode.Position(message.line - 1, 0));
    });
    panel.webview.html = page(panel.webview, this.extension, "explanation", "Closure");
  }

  #update(): void {
    void this.#panel?.webview.postMessage({ html: this.#html });
  }
}

/** Links into the document as its lines alone: files can't be linked from a panel's page. */
function withoutPaths(markdown: string): string {
  return markdown.replaceAll(/\]\(file:[^)]*(#L\d+)\)/g, "]($1)");
}
