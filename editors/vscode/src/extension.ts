/** Starts the server, and everything that shows or steers it. */
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { CurrentClosures } from "./current";
import { Explanation } from "./explain";
import { registerPythonHover } from "./hover";
import { ClosureMap } from "./map";
import { registerReferences } from "./references";
import { Session } from "./session";
import { showProblems } from "./problems";
import { showStatus } from "./status";
import { TraceChannel } from "./trace";
import { ClosureTree } from "./tree";

/** What `activate` returns, for tests and other extensions. */
export interface Api {
  readonly session: Session;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel("Cella", { log: true });
  const traces = new TraceChannel();
  const session = new Session(context.extensionPath, log, traces);
  const current = new CurrentClosures(session);
  const map = new ClosureMap(context.extensionUri, current);
  const explanation = new Explanation(context.extensionUri, session);
  context.subscriptions.push(
    log,
    traces,
    session,
    showStatus(session),
    showProblems(session),
    current,
    new ClosureTree(current),
    map,
    explanation,
    ...registerCommands(context, session, map, explanation),
    registerPythonHover(session),
    registerReferences(session),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // The server asks for all others itself.
      if (change.affectsConfiguration("cella.server.path")) void session.restart();
    }),
  );
  void vscode.commands.executeCommand("setContext", "cella.active", true);
  await session.start();
  return { session };
}
