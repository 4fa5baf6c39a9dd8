/** Starts the server, and everything that shows or steers it. */
import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { registerExplanation } from "./explain";
import { Session } from "./session";
import { showProblems } from "./problems";
import { showStatus } from "./status";

/** What `activate` returns, for tests and other extensions. */
export interface Api {
  readonly session: Session;
}

/** What the server is started with. */
const ofStart = ["cella.server.path", "cella.logLevel"];

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel("Cella", { log: true });
  const session = new Session(context.extensionPath, log);
  context.subscriptions.push(
    log,
    session,
    showStatus(session),
    showProblems(session),
    ...registerCommands(context, session),
    registerExplanation(),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // The server asks for the others itself.
      if (ofStart.some((setting) => change.affectsConfiguration(setting))) void session.restart();
    }),
  );
  await session.start();
  return { session };
}
