/**
 * Keeps Cella quiet where another Python server speaks: in Python files, beside one of the
 * extensions below, the answers that would only appear twice are left to it. Hover, hints,
 * diagnostics and lenses are Cella's own and stay; `.cella` files are Cella's alone.
 */
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";

/** Extensions that answer symbols, definitions, references, highlights and renames in Python. */
const PYTHON_SERVERS = [
  "ms-python.vscode-pylance",
  "ms-pyright.pyright",
  "detachhead.basedpyright",
  "astral-sh.ty",
  "meta.pyrefly",
];

/** Those of them that also colour names: VS Code takes one server's semantic tokens only. */
const PYTHON_COLOURS = [
  "ms-python.vscode-pylance",
  "detachhead.basedpyright",
  "astral-sh.ty",
  "meta.pyrefly",
];

export function besidePythonServers(): Middleware {
  return {
    provideDocumentSymbols: (document, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, token),
    provideDefinition: (document, position, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, token),
    provideDeclaration: (document, position, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, token),
    provideReferences: (document, position, options, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, options, token),
    provideDocumentHighlights: (document, position, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, token),
    prepareRename: (document, position, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, token),
    provideRenameEdits: (document, position, name, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, name, token),
    provideCompletionItem: (document, position, context, token, next) =>
      leftTo(PYTHON_SERVERS, document) ? undefined : next(document, position, context, token),
    provideDocumentSemanticTokens: (document, token, next) =>
      leftTo(PYTHON_COLOURS, document) ? undefined : next(document, token),
    provideDocumentRangeSemanticTokens: (document, range, token, next) =>
      leftTo(PYTHON_COLOURS, document) ? undefined : next(document, range, token),
  };
}

function leftTo(extensions: readonly string[], document: vscode.TextDocument): boolean {
  return document.languageId === "python" && extensions.some(isActive);
}

function isActive(id: string): boolean {
  return vscode.extensions.getExtension(id)?.isActive === true;
}
