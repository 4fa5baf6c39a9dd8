/** Python files beside another Python server: nothing comes twice, and Cella's hover stays. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cella, hover, place, scratch, until } from "./program";

const PROGRAM = "def outer(exp: int):\n    def inner():\n        return exp\n    return inner\n";

describe("beside Pyright", () => {
  let document: vscode.TextDocument;
  const ask = <T>(command: string): Thenable<T[]> =>
    vscode.commands.executeCommand<T[]>(command, document.uri, place(document, "exp", 1));
  const symbols = (): Thenable<vscode.DocumentSymbol[]> =>
    ask<vscode.DocumentSymbol>("vscode.executeDocumentSymbolProvider");

  before(async () => {
    await cella();
    document = await scratch("python", PROGRAM);
    await until("Cella's outline", async () => (await symbols()).length > 0);
    const pyright = vscode.extensions.getExtension("ms-pyright.pyright");
    assert.ok(pyright, "the test's Pyright is installed");
    assert.equal(pyright.isActive, false);
    await pyright.activate();
    await until("Pyright's hover", async () => ((await shown()) ?? "").includes("(parameter)"));
  });

  const shown = (): Promise<string | undefined> => hover(document, place(document, "exp", 1));

  it("the outline has every function once", async () => {
    const names = (await symbols()).map(({ name }) => name);
    assert.deepEqual(names, ["outer"]);
  });

  it("a definition is there once", async () => {
    const targets = await ask<vscode.LocationLink>("vscode.executeDefinitionProvider");
    assert.equal(targets.length, 1);
  });

  it("references are there once", async () => {
    const found = await ask<vscode.Location>("vscode.executeReferenceProvider");
    assert.equal(found.length, 2);
  });

  // VS Code orders hovers by when their providers registered; which server is up first is not ours to say.
  it("Cella's hover stands beside Pyright's", async () => {
    const text = (await shown()) ?? "";
    assert.match(text, /\(parameter\)/);
    assert.match(text, /closed over by/);
  });
});
