/** The server's life, seen from the editor: restarted, killed, missing, replaced; and its switches. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension";
import type { Problem } from "../../src/find";
import { cella, hints, hover, place, show, until } from "./program";

const { Global } = vscode.ConfigurationTarget;

function unusable({ session: { status } }: Api): Problem | undefined {
  return status.state === "unusable" ? status.problem : undefined;
}

/** Writes settings; VS Code refuses that while it is still saving what was written before. */
async function written(write: () => Thenable<unknown>): Promise<void> {
  await until("the settings written", () =>
    Promise.resolve(write()).then(
      () => true,
      () => false,
    ),
  );
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("cella");
}

describe("the server", () => {
  let document: vscode.TextDocument;
  let api: Api;
  const answers = (): Promise<string | undefined> => hover(document, place(document, "exp"));
  const pid = (): number | undefined => api.session.client?.serverProcess?.pid;

  before(async () => {
    api = await cella();
    document = await show("raise_to.cella");
    await until("an answer", answers);
  });

  it("is the bundled one, and says its version", () => {
    const { status } = api.session;
    assert.equal(status.state, "running");
    assert.equal(status.server.origin, "bundled");
    assert.match(status.server.version, /^\d+\.\d+\.\d+$/);
  });

  it("is another process after the restart command", async () => {
    const before = pid();
    await vscode.commands.executeCommand("cella.restartServer");
    assert.notEqual(pid(), before);
    await until("an answer after the restart", answers);
  });

  it("comes back after it was killed", async () => {
    const before = pid();
    assert.ok(before);
    process.kill(before, "SIGKILL");
    await until("another process", () => pid() !== undefined && pid() !== before);
    await until("an answer after the kill", answers);
  });

  it("draws hints again after they were toggled off and on", async () => {
    await written(() => vscode.commands.executeCommand("cella.toggleInlayHints"));
    await until("no hints", async () => (await hints(document)).length === 0);
    await written(() => vscode.commands.executeCommand("cella.toggleInlayHints"));
    await until("the hints", async () => (await hints(document)).length > 0);
    await written(() => settings().update("inlayHints.enable", undefined, Global));
  });

  it("logs more or less without a restart", async () => {
    const before = pid();
    await written(() => settings().update("logLevel", "off", Global));
    // What comes behind it has taken effect, so it has too.
    await written(() => settings().update("inlayHints.enable", false, Global));
    await until("no hints", async () => (await hints(document)).length === 0);
    assert.equal(pid(), before);
    await written(() => settings().update("inlayHints.enable", undefined, Global));
    await written(() => settings().update("logLevel", undefined, Global));
  });

  it("is told to be missing where the path leads nowhere, and comes back with the setting", async () => {
    await written(() => settings().update("server.path", "/nowhere/cella", Global));
    const problem = await until("the problem", () => unusable(api));
    assert.equal(problem.kind, "missing");
    assert.equal(problem.message, "There is no Cella server at /nowhere/cella.");
    assert.equal(await answers(), undefined);
    await written(() => settings().update("server.path", undefined, Global));
    await until("an answer of the bundled server", answers);
  });

  it("is told to be broken where the path leads to something else", async () => {
    await written(() => settings().update("server.path", process.execPath, Global));
    const problem = await until("the problem", () => unusable(api));
    assert.equal(problem.message, `${process.execPath} is not a Cella server.`);
    await written(() => settings().update("server.path", undefined, Global));
    await until("an answer of the bundled server", answers);
  });

  it("is described in the debug information", async () => {
    await vscode.commands.executeCommand("cella.copyDebugInformation");
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^Cella extension \d/);
    assert.match(text, /Server: \d+\.\d+\.\d+, running, .*bin\/cella \(bundled\)/);
  });
});
