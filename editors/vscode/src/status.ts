/** The language status item: the server's version and state, with its two commands. */
import * as vscode from "vscode";
import { DOCUMENTS } from "./client";
import type { Session, Status } from "./session";

export function showStatus(session: Session): vscode.Disposable {
  const state = vscode.languages.createLanguageStatusItem("cella.state", DOCUMENTS);
  state.name = "Cella";
  state.command = { command: "cella.restartServer", title: "Restart" };
  const logs = vscode.languages.createLanguageStatusItem("cella.logs", DOCUMENTS);
  logs.name = "Cella logs";
  logs.text = "Cella";
  logs.command = { command: "cella.showLogs", title: "Show logs" };

  const update = (status: Status): void => {
    Object.assign(state, describe(status));
  };
  update(session.status);
  return vscode.Disposable.from(state, logs, session.onDidChangeStatus(update));
}

type Shown = Pick<vscode.LanguageStatusItem, "text" | "detail" | "severity" | "busy">;

function describe(status: Status): Shown {
  const { Error, Information, Warning } = vscode.LanguageStatusSeverity;
  const quiet = { severity: Information, busy: false, detail: "" };
  switch (status.state) {
    case "starting":
      return { ...quiet, text: "Cella", detail: "starting", busy: true };
    case "running":
      return { ...quiet, text: `Cella ${status.server.version}`, detail: "running" };
    case "stopped":
      return { ...quiet, text: "Cella", detail: "stopped", severity: Warning };
    case "unusable":
      return {
        ...quiet,
        text: "Cella: no server",
        detail: status.problem.message,
        severity: Error,
      };
    case "failed":
      return { ...quiet, text: "Cella failed", detail: status.reason, severity: Error };
  }
}
