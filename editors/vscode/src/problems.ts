/** Tells the user, once a change of state, that there is no server, and offers what helps. */
import * as vscode from "vscode";
import type { Session, Status } from "./session";

/** What a button says and does. */
interface Remedy {
  readonly title: string;
  readonly run: () => PromiseLike<unknown>;
}

export function showProblems(session: Session): vscode.Disposable {
  const settings: Remedy = {
    title: "Open Settings",
    // On a remote machine the setting is that machine's.
    run: () =>
      vscode.commands.executeCommand(
        vscode.env.remoteName === undefined
          ? "workbench.action.openSettings2"
          : "workbench.action.openRemoteSettings",
        { query: "cella.server.path" },
      ),
  };
  const bundled: Remedy = { title: "Use Bundled Server", run: forgetPath };
  const restart: Remedy = { title: "Restart", run: () => session.restart() };
  const logs: Remedy = {
    title: "Show Logs",
    run: () => vscode.commands.executeCommand("cella.showLogs"),
  };

  return session.onDidChangeStatus((status: Status) => {
    if (status.state === "unusable") {
      const named = status.problem.origin === "setting";
      void tell(status.problem.message, named ? [bundled, settings] : [settings, restart]);
    } else if (status.state === "failed") {
      void tell(`The Cella server does not stay up: ${status.reason}.`, [restart, logs]);
    }
  });
}

async function tell(message: string, remedies: Remedy[]): Promise<void> {
  const titles = remedies.map(({ title }) => title);
  const chosen = await vscode.window.showErrorMessage(message, ...titles);
  await remedies.find(({ title }) => title === chosen)?.run();
}

/** Removes `cella.server.path` wherever it is set; the session restarts as it hears of it. */
async function forgetPath(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("cella");
  const set = settings.inspect<string>("server.path");
  const { Global, Workspace } = vscode.ConfigurationTarget;
  if (set?.workspaceValue !== undefined) await settings.update("server.path", undefined, Workspace);
  if (set?.globalValue !== undefined) await settings.update("server.path", undefined, Global);
}
