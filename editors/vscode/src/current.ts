/** The closures of the document in the active editor, asked for anew as it changes. */
import * as vscode from "vscode";
import { DOCUMENTS } from "./client";
import { closuresOf, type Closures } from "./closures";
import type { Session } from "./session";

export interface Current {
  readonly document: vscode.TextDocument;
  readonly closures: Closures;
}

/** How long typing has to rest, in milliseconds. */
const REST = 150;

export class CurrentClosures implements vscode.Disposable {
  /** What was found last; nothing beside documents of other languages. */
  value: Current | undefined;
  #editor: vscode.TextEditor | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #moved = new vscode.EventEmitter<vscode.Position>();
  readonly #subscriptions: vscode.Disposable;

  /** The closures are others, or another document's. */
  readonly onDidChange = this.#changed.event;
  /** The cursor went elsewhere in the document. */
  readonly onDidMove = this.#moved.event;

  constructor(private readonly session: Session) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#moved,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.#follow(editor);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const [first] = selections;
        if (textEditor === this.#editor && first !== undefined) this.#moved.fire(first.active);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.#editor?.document) this.#soon();
      }),
      session.onDidChangeStatus(() => {
        this.#soon();
      }),
    );
    this.#follow(vscode.window.activeTextEditor);
  }

  get cursor(): vscode.Position | undefined {
    return this.#editor?.selection.active;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  /** Panels and outputs leave the last document in place: one looks at both. */
  #follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || vscode.languages.match(DOCUMENTS, editor.document) === 0) return;
    this.#editor = editor;
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), REST);
  }

  async #ask(): Promise<void> {
    const document = this.#editor?.document;
    if (document === undefined) return;
    const { version } = document;
    try {
      const closures = await closuresOf(this.session, document);
      if (document !== this.#editor?.document || document.version !== version) return;
      this.value = { document, closures };
      this.#changed.fire();
    } catch (error) {
      this.session.log.debug(`No closures of ${document.uri.toString()}: ${String(error)}`);
    }
  }
}
