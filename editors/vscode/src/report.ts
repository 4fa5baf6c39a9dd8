/** What a bug report needs to say, without a word of the user's code. */
import * as vscode from "vscode";
import type { Session, Status } from "./session";

export function debugInformation(context: vscode.ExtensionContext, session: Session): string {
  const { version } = context.extension.packageJSON as { version: string };
  const others = vscode.extensions.all
    .filter(({ id, isActive }) => isActive && /python|pyright|pylance|ruff|ty$|pyrefly/i.test(id))
    .map(({ id }) => id);
  const settings = vscode.workspace.getConfiguration("cella");
  return [
    `Cella extension ${version}`,
    `Server: ${describe(session.status)}`,
    `Editor: ${vscode.env.appName} ${vscode.version} on ${process.platform} ${process.arch}`,
    `Other Python extensions: ${others.join(", ") || "none"}`,
    `Settings: ${JSON.stringify(settings, undefined, 2)}`,
  ].join("\n");
}

function describe(status: Status): string {
  switch (status.state) {
    case "running":
      return `${status.server.version}, running, ${status.server.path} (${status.server.origin})`;
    case "unusable":
      return status.problem.message;
    case "failed":
      return `${status.server.version}, ${status.reason}`;
    default:
      return status.state;
  }
}
