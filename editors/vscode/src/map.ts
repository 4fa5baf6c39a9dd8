/** The closure map: the document's scopes and cells drawn beside the editor, as one types. */
import * as vscode from "vscode";
import { scopeAt } from "./closures";
import type { CurrentClosures } from "./current";
import { draw } from "./drawing";
import { open, panelBeside } from "./page";

/** What the page says: that it is there, or where a click leads, zero-based. */
type FromPage = "ready" | { readonly line: number; readonly character: number };

export class ClosureMap implements vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly current: CurrentClosures,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      current.onDidChange(() => {
        this.#update();
      }),
      current.onDidMove(() => {
        this.#mark();
      }),
    );
  }

  show(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const panel = panelBeside(this.extension, "map", "Closure Map");
    this.#panel = panel;
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      if (message === "ready") this.#update();
      else void this.#open(new vscode.Position(message.line, message.character));
    });
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#subscriptions.dispose();
  }

  #update(): void {
    const { value } = this.current;
    const closures = value?.closures ?? { scopes: [], leftOut: 0 };
    let text = "";
    if (closures.scopes.length === 0) text = "No function in this file closes over a variable.";
    else if (closures.leftOut > 0) text = `… and ${closures.leftOut} more scopes`;
    void this.#panel?.webview.postMessage({ drawing: draw(closures), text });
    this.#mark();
  }

  /** Marks the scope that the cursor is in. */
  #mark(): void {
    const { value, cursor } = this.current;
    if (value === undefined || cursor === undefined) return;
    const current = scopeAt(value.closures.scopes, cursor);
    void this.#panel?.webview.postMessage({ current: current ?? -1 });
  }

  async #open(at: vscode.Position): Promise<void> {
    const document = this.current.value?.document;
    if (document !== undefined) await open(document, at);
  }
}
