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
import { besidePythonServers } from "./beside";
import type { Server } from "./find";
import { resyncOnDemand } from "./resync";

/** No scheme is named: untitled, notebook and remote documents count too. */
export const DOCUMENTS = [{ language: "cella" }, { language: "python" }];

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("cella");

/** @param mayRestart is asked each time the server died */
export function createClient(
  server: Server,
  log: vscode.LogOutputChannel,
  mayRestart: () => boolean,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    initializationOptions: settings,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware: besidePythonServers(),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({
        action: mayRestart() ? CloseAction.Restart : CloseAction.DoNotRestart,
        handled: true,
      }),
    },
    stdioOptions: {
      stdout: () => undefined,
      stderr: (stream, output) => {
        createInterface(stream).on("line", (line) => {
          output.info(line);
        });
      },
    },
  };
  const level = settings().get("logLevel", "warn");
  const run = { command: server.path, args: ["serve", "--log-level", level] };
  const client = new LanguageClient("cella", "Cella", run, options);
  resyncOnDemand(client);
  return client;
}
