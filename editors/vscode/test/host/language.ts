/** What the editor does by the language's own files: comments, indentation, brackets, snippets. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { cella, hints, scratch, until } from "./program";

const execute = vscode.commands.executeCommand;

interface Snippet {
  readonly body: readonly string[];
}

async function type(text: string): Promise<void> {
  for (const letter of text) await execute("type", { text: letter });
}

function text(): string {
  return vscode.window.activeTextEditor?.document.getText() ?? "";
}

describe("the language", () => {
  before(() => cella());

  it("a line is commented and uncommented", async () => {
    await scratch("cella", "x = 1");
    await execute("editor.action.commentLine");
    assert.equal(text(), "# x = 1");
    await execute("editor.action.commentLine");
    assert.equal(text(), "x = 1");
  });

  it("a header indents what follows, and a return ends the block", async () => {
    await scratch("cella", "");
    await type("def f(x):\n");
    await type("return x\n");
    await type("y = f(1)");
    assert.equal(text(), "def f(x):\n    return x\ny = f(1)");
  });

  it("a bracket brings its partner", async () => {
    await scratch("cella", "");
    await type("f(");
    assert.equal(text(), "f()");
  });

  it("every snippet is a program without errors, and a closure", async () => {
    const extension = vscode.extensions.getExtension("cella.cella");
    assert.ok(extension);
    const file = path.join(extension.extensionPath, "snippets", "cella.json");
    const snippets = JSON.parse(readFileSync(file, "utf8")) as Record<string, Snippet>;
    for (const [name, { body }] of Object.entries(snippets)) {
      const document = await scratch("cella", "");
      await execute("editor.action.insertSnippet", { langId: "cella", name });
      assert.equal(document.lineCount, body.length, name);
      const closes =
        body.length === 1 ? [] : await until(name, async () => some(await hints(document)));
      assert.ok(body.length === 1 || closes.length > 0, name);
      assert.deepEqual(vscode.languages.getDiagnostics(document.uri), [], name);
    }
  });
});

function some(found: string[]): string[] | undefined {
  return found.length > 0 ? found : undefined;
}
