/** Shows what the hover says in a panel beside the code, where it can stay and be copied. */
import * as vscode from "vscode";
import { HoverRequest, MarkupContent } from "vscode-languageclient/node";
import { open, panelBeside } from "./page";
import type { Session } from "./session";

/** What the page says: that it is there, or which of the links was clicked. */
type FromPage = "ready" | { readonly link: number };

export class Explanation implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #html = "";
  #document: vscode.TextDocument | undefined;
  #links: string[] = [];

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
    const { text, links } = numbered(hover.contents.value);
    this.#document = document;
    this.#links = links;
    this.#html = await vscode.commands.executeCommand<string>("markdown.api.render", text);
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
    const panel = panelBeside(this.extension, "explanation", "Closure");
    this.#panel = panel;
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      if (message === "ready") this.#update();
      else void this.#follow(this.#links[message.link]);
    });
  }

  /** Shows the line of the document, or the page about a word, that the link is to. */
  async #follow(link: string | undefined): Promise<void> {
    if (link === undefined || this.#document === undefined) return;
    const target = vscode.Uri.parse(link);
    const line = /^L(\d+)$/.exec(target.fragment)?.[1];
    if (line !== undefined) await open(this.#document, new vscode.Position(Number(line) - 1, 0));
    else await vscode.commands.executeCommand("markdown.showPreview", target);
  }

  #update(): void {
    void this.#panel?.webview.postMessage({ html: this.#html });
  }
}

/** The text with its links to files as numbers: a panel's page may not lead to files itself. */
function numbered(markdown: string): { text: string; links: string[] } {
  const links: string[] = [];
  const text = markdown.replaceAll(
    /\]\((file:[^)]*)\)/g,
    (_, link: string) => `](#${links.push(link) - 1})`,
  );
  return { text, links };
}
