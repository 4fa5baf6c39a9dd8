/** The language client: which documents, which settings, what happens when the server dies. */
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { announceAbilities } from "./abilities";
import { besidePythonServers } from "./beside";
import type { Server } from "./find";
import { hoverElsewhere } from "./hover";
import { resyncOnDemand } from "./resync";
import type { TraceChannel } from "./trace";

/** No scheme is named: untitled, notebook and remote documents count too. */
export const DOCUMENTS = [{ language: "cella" }, { language: "python" }];

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("cella");

/** Writes what went wrong to the log and leaves it at that: `problems.ts` tells the user, once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** @param died is called when the server has died */
export function createClient(
  server: Server,
  log: vscode.LogOutputChannel,
  traces: TraceChannel,
  died: () => void,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    initializationOptions: settings,
    outputChannel: log,
    // Of which the client uses no more than this one has.
    traceOutputChannel: traces as unknown as vscode.LogOutputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware: { ...besidePythonServers(), ...hoverElsewhere },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        died();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    initializationFailedHandler: () => false,
    stdioOptions: {
      stdout: () => undefined,
      stderr: (stream, output) => {
        createInterface(stream).on("line", (line) => {
          output.info(line);
        });
      },
    },
  };
  const run = { command: server.path, args: ["serve"] };
  const client = new QuietClient("cella", "Cella", run, options);
  announceAbilities(client);
  resyncOnDemand(client);
  return client;
}
