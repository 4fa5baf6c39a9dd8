/** The programs that the tests open, and how they wait for what comes late. */
import * as assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";

/** In milliseconds. */
const PATIENCE = 30_000;

export async function until<T>(what: string, ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(50);
  }
}

/** The extension under test, active. */
export async function cella(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>("cella.cella");
  assert.ok(extension, "the extension is installed");
  return extension.activate();
}

export async function show(file: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "a folder is open");
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  await vscode.window.showTextDocument(document);
  return document;
}

/** A document that no file holds. */
export async function scratch(
  language: "cella" | "python",
  content: string,
): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** The place of the `nth` (from zero) `word` in the document. */
export function place(document: vscode.TextDocument, word: string, nth = 0): vscode.Position {
  const matches = [...document.getText().matchAll(new RegExp(`\\b${word}\\b`, "g"))];
  const match = matches[nth];
  assert.ok(match, `there are fewer than ${nth + 1} ${word}`);
  return document.positionAt(match.index);
}

/** What the hover says there, as plain text; undefined where Cella says nothing. */
export async function hover(
  document: vscode.TextDocument,
  at: vscode.Position,
): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    at,
  );
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (content as vscode.MarkdownString).value),
  );
  return texts.length === 0 ? undefined : texts.join("\n");
}

/** The hints of the document: `line:column text`, one-based. */
export async function hints(document: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    "vscode.executeInlayHintProvider",
    document.uri,
    all,
  );
  return found.map(({ label, position }) => {
    const text = typeof label === "string" ? label : label.map(({ value }) => value).join("");
    return `${position.line + 1}:${position.character + 1} ${text}`;
  });
}
