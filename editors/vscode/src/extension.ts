/** Starts the server, and everything that shows or steers it. */
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { CurrentClosures } from "./current";
import { registerExplanation } from "./explain";
import { ClosureMap } from "./map";
import { Session } from "./session";
import { showProblems } from "./problems";
import { showStatus } from "./status";
import { ClosureTree } from "./tree";

/** What `activate` returns, for tests and other extensions. */
export interface Api {
  readonly session: Session;
}

/** What the server is started with. */
const ofStart = ["cella.server.path", "cella.logLevel"];

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel("Cella", { log: true });
  const session = new Session(context.extensionPath, log);
  const current = new CurrentClosures(session);
  const map = new ClosureMap(context.extensionUri, current);
  context.subscriptions.push(
    log,
    session,
    showStatus(session),
    showProblems(session),
    current,
    new ClosureTree(current),
    map,
    ...registerCommands(context, session, map),
    registerExplanation(),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // The server asks for the others itself.
      if (ofStart.some((setting) => change.affectsConfiguration(setting))) void session.restart();
    }),
  );
  void vscode.commands.executeCommand("setContext", "cella.active", true);
  await session.start();
  return { session };
}
