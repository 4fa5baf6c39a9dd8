/** The "Closures" view: the document's scopes, their cells, and who takes them. It follows the cursor. */
import * as vscode from "vscode";
import type { Range } from "vscode-languageclient/node";
import { manner, scopeAt, type Cell, type Manner } from "./closures";
import type { CurrentClosures } from "./current";

/** A line of the view. Lines are the same object as long as the closures are the same. */
interface Line {
  readonly parent: Line | undefined;
  readonly item: vscode.TreeItem;
  readonly children: Line[];
}

const HOW: Record<Manner, string> = {
  reads: "reads it",
  rebinds: "rebinds it",
  passesOn: "passes it on",
};

export class ClosureTree implements vscode.TreeDataProvider<Line>, vscode.Disposable {
  #roots: Line[] = [];
  /** The lines of the scopes, by the scopes' index. */
  #scopes: Line[] = [];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Line>;
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly current: CurrentClosures) {
    this.#view = vscode.window.createTreeView("cella.closures", { treeDataProvider: this });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#changed,
      current.onDidChange(() => {
        this.#rebuild();
      }),
      current.onDidMove((at) => {
        this.#reveal(at);
      }),
    );
    this.#rebuild();
  }

  getTreeItem({ item }: Line): vscode.TreeItem {
    return item;
  }

  getChildren(line?: Line): Line[] {
    return line?.children ?? this.#roots;
  }

  getParent({ parent }: Line): Line | undefined {
    return parent;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #rebuild(): void {
    const { value } = this.current;
    this.#roots = [];
    this.#scopes = [];
    for (const [index, scope] of value?.closures.scopes.entries() ?? []) {
      const parent = scope.parent === undefined ? undefined : this.#scopes[scope.parent];
      const over = scope.closesOver.map(({ name }) => name).join(", ");
      const icon = scope.kind === "class" ? "symbol-class" : "symbol-function";
      const line = this.#line(parent, scope.name, scope.selectionRange, icon);
      line.item.description = over === "" ? "" : `closes over ${over}`;
      line.item.tooltip = scope.qualifiedName;
      this.#scopes[index] = line;
      for (const cell of scope.cells) this.#addCell(line, index, cell);
    }
    this.#view.message = this.#message();
    this.#changed.fire();
    if (this.current.cursor !== undefined) this.#reveal(this.current.cursor);
  }

  #message(): string {
    if (this.current.value === undefined) return "No Cella or Python file is open.";
    if (this.#roots.length === 0) return "No function in this file closes over a variable.";
    const { leftOut } = this.current.value.closures;
    return leftOut === 0 ? "" : `… and ${leftOut} more scopes`;
  }

  #addCell(owner: Line, index: number, { name, selectionRange, takenBy }: Cell): void {
    const scopes = this.current.value?.closures.scopes ?? [];
    const cell = this.#line(owner, name, selectionRange, "symbol-variable");
    cell.item.description = "cell";
    for (const { scope } of takenBy) {
      const closure = scopes[scope];
      if (closure === undefined) continue;
      const taker = this.#line(cell, closure.name, closure.selectionRange, "arrow-small-right");
      taker.item.description = HOW[manner(scopes, scope, index, name)];
      taker.item.tooltip = closure.qualifiedName;
    }
  }

  #line(parent: Line | undefined, label: string, place: Range, icon: string): Line {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, None);
    item.iconPath = new vscode.ThemeIcon(icon);
    item.command = open(this.current.value?.document, place);
    const line: Line = { parent, item, children: [] };
    if (parent === undefined) this.#roots.push(line);
    else {
      parent.children.push(line);
      parent.item.collapsibleState = Expanded;
    }
    return line;
  }

  #reveal(at: vscode.Position): void {
    if (!this.#view.visible) return;
    const index = scopeAt(this.current.value?.closures.scopes ?? [], at);
    const line = index === undefined ? undefined : this.#scopes[index];
    if (line !== undefined) void this.#view.reveal(line, { select: true, focus: false });
  }
}

function open(document: vscode.TextDocument | undefined, { start, end }: Range): vscode.Command {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return {
    title: "Open",
    command: "vscode.open",
    arguments: [document?.uri, { selection, preserveFocus: true }],
  };
}
