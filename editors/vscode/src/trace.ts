/** The channel for the messages between editor and server, which `cella.trace.server` switches. */
import * as vscode from "vscode";

/** What the client needs of a channel for traces. */
type Traces = Pick<vscode.LogOutputChannel, "logLevel" | "onDidChangeLogLevel" | "trace">;

/**
 * The client traces as long as its channel is at the level `Trace`, which is set in the editor's
 * own way, window by window; here the setting stands for the level.
 */
export class TraceChannel implements Traces, vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel("Cella Trace");
  readonly #changed = new vscode.EventEmitter<vscode.LogLevel>();
  readonly #subscription = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration("cella.trace.server")) this.#changed.fire(this.logLevel);
  });

  readonly onDidChangeLogLevel = this.#changed.event;

  get logLevel(): vscode.LogLevel {
    const setting = vscode.workspace.getConfiguration("cella").get<string>("trace.server", "off");
    return setting === "off" ? vscode.LogLevel.Off : vscode.LogLevel.Trace;
  }

  trace(message: string): void {
    this.#channel.appendLine(message);
  }

  dispose(): void {
    vscode.Disposable.from(this.#channel, this.#changed, this.#subscription).dispose();
  }
}
