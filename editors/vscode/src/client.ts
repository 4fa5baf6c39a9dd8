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

/** No scheme is named: untitled, notebook and remote documents count too. */
export const DOCUMENTS = [{ language: "cella" }, { language: "python" }];

/** @param mayRestart is asked each time the server died */
export function createClient(
  server: Server,
  log: vscode.LogOutputChannel,
  mayRestart: () => boolean,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    initializationOptions: () => vscode.workspace.getConfiguration("cella"),
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
  return new LanguageClient("cella", "Cella", { command: server.path, args: ["serve"] }, options);
}
