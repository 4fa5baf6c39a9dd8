/** What the editor is told about the seed's program, asked as the editor asks. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { cella, hints, hover, place, scratch, show, until } from "./program";

const execute = vscode.commands.executeCommand;

/** `line:column` of a range's start, one-based. */
function start({ start: { line, character } }: vscode.Range): string {
  return `${line + 1}:${character + 1}`;
}

describe("raise_to.cella", () => {
  let document: vscode.TextDocument;

  before(async () => {
    await cella();
    document = await show("raise_to.cella");
    await until("the first answer", () => hover(document, place(document, "exp")));
  });

  it("is of the language cella", () => {
    assert.equal(document.languageId, "cella");
  });

  it("hover says who closes over a variable", async () => {
    const text = (await hover(document, place(document, "exp"))) ?? "";
    assert.match(text, /cell variable/);
    assert.match(text, /raise_to\.<locals>\.raise_to_exp/);
  });

  it("hints say what is a cell, what closes over it and what it holds", async () => {
    assert.deepEqual(await hints(document), [
      "1:17 taken by raise_to_exp",
      "2:25 closes over exp",
      "6:21 closes over exp (2)",
    ]);
  });

  it("definition crosses the enclosing scopes", async () => {
    const targets = await execute<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      place(document, "exp", 1),
    );
    const ranges = targets.map((target) =>
      "targetUri" in target ? (target.targetSelectionRange ?? target.targetRange) : target.range,
    );
    assert.deepEqual(ranges.map(start), ["1:14"]);
  });

  it("references are the variable's and nothing else", async () => {
    const found = await execute<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      document.uri,
      place(document, "exp"),
    );
    assert.deepEqual(
      found.map(({ range }) => start(range)),
      ["1:14", "3:23"],
    );
  });

  it("highlights tell the binding from the use", async () => {
    const found = await execute<vscode.DocumentHighlight[]>(
      "vscode.executeDocumentHighlights",
      document.uri,
      place(document, "exp"),
    );
    const { Read, Write } = vscode.DocumentHighlightKind;
    assert.deepEqual(
      found.map(({ range, kind }) => [start(range), kind]),
      [
        ["1:14", Write],
        ["3:23", Read],
      ],
    );
  });

  it("symbols nest and say what is closed over", async () => {
    const symbols = await execute<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const outer = symbols.find(({ name }) => name === "raise_to");
    assert.deepEqual(
      outer?.children.map(({ name, detail }) => [name, detail]),
      [["raise_to_exp", "closes over exp"]],
    );
  });

  it("semantic tokens carry the modifiers cell and captured", async () => {
    const legend = await execute<vscode.SemanticTokensLegend>(
      "vscode.provideDocumentSemanticTokensLegend",
      document.uri,
    );
    const tokens = await execute<vscode.SemanticTokens>(
      "vscode.provideDocumentSemanticTokens",
      document.uri,
    );
    const modified = modifiers(legend, tokens);
    assert.ok(modified.get("1:14")?.includes("cell"), "exp is a cell where it is bound");
    assert.ok(modified.get("3:23")?.includes("captured"), "exp is captured where it is used");
  });
});

describe("documents that no file holds", () => {
  it("the walkthrough's program is the seed's, and has its hints", async () => {
    await vscode.commands.executeCommand("cella.openExample");
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, "cella");
    assert.equal(document.getText(), (await show("raise_to.cella")).getText());
    await until("the hints", async () => (await hints(document)).length === 3);
  });

  it("errors of names are reported, and go when they are mended", async () => {
    const document = await scratch("cella", "def f():\n    nonlocal count\n");
    const messages = (): string[] =>
      vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
    await until("a diagnostic", () => messages().length > 0);
    assert.deepEqual(messages(), ["no binding for nonlocal 'count' found"]);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(1, 0, 2, 0), "    count = 1\n");
    await vscode.workspace.applyEdit(edit);
    await until("no diagnostic", () => messages().length === 0);
  });

  it("Python documents are answered where a closure is involved, and only there", async () => {
    const program = "def outer(exp):\n    return lambda: exp\n\nplain = 1\n";
    const document = await scratch("python", program);
    await until("a hover", () => hover(document, place(document, "exp")));
    assert.equal(await hover(document, place(document, "plain")), undefined);
  });
});

/** The modifiers of each token, by its `line:column`, one-based. */
function modifiers(
  legend: vscode.SemanticTokensLegend,
  { data }: vscode.SemanticTokens,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let line = 0;
  let column = 0;
  for (let i = 0; i + 4 < data.length; i += 5) {
    const [lines = 0, columns = 0, , , bits = 0] = data.subarray(i, i + 5);
    column = lines === 0 ? column + columns : columns;
    line += lines;
    const names = legend.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    found.set(`${line + 1}:${column + 1}`, names);
  }
  return found;
}
