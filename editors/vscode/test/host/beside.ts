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

  it("highlights are there once", async () => {
    const found = await ask<vscode.DocumentHighlight>("vscode.executeDocumentHighlights");
    assert.equal(found.length, 2);
  });

  it("Cella's hover stands beside Pyright's", async () => {
    assert.match((await shown()) ?? "", /closed over by/);
  });

  it("in Cella files everything is still Cella's", async () => {
    document = await scratch("cella", PROGRAM);
    await until("the outline", async () => (await symbols()).length > 0);
    assert.equal((await ask<vscode.LocationLink>("vscode.executeDefinitionProvider")).length, 1);
    assert.equal((await ask<vscode.Location>("vscode.executeReferenceProvider")).length, 2);
  });
});
