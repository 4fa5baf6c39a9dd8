/** The commands of the palette. */
import * as vscode from "vscode";
import type { Explanation } from "./explain";
import type { ClosureMap } from "./map";
import { debugInformation } from "./report";
import type { Session } from "./session";

export function registerCommands(
  context: vscode.ExtensionContext,
  session: Session,
  map: ClosureMap,
  explanation: Explanation,
): vscode.Disposable[] {
  const command = vscode.commands.registerCommand;
  return [
    command("cella.openExample", () => openExample(context)),
    command("cella.restartServer", () => session.restart()),
    command("cella.showLogs", () => {
      session.log.show();
    }),
    command("cella.toggleInlayHints", toggleInlayHints),
    command("cella.showClosureMap", () => {
      map.show();
    }),
    command("cella.explain", () => explanation.show()),
    command("cella.copyDebugInformation", async () => {
      await vscode.env.clipboard.writeText(debugInformation(context, session));
      vscode.window.setStatusBarMessage("Cella: debug information copied", 5000);
    }),
  ];
}

/** A copy of the walkthrough's program, which may be changed at will. */
async function openExample({ extensionUri }: vscode.ExtensionContext): Promise<void> {
  const file = vscode.Uri.joinPath(extensionUri, "walkthrough", "raise_to.cella");
  const content = (await vscode.workspace.openTextDocument(file)).getText();
  const document = await vscode.workspace.openTextDocument({ language: "cella", content });
  await vscode.window.showTextDocument(document);
}

/** Where a workspace sets the switch, it is turned there, else for the user. */
async function toggleInlayHints(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("cella");
  const ofWorkspace = settings.inspect<boolean>("inlayHints.enable")?.workspaceValue !== undefined;
  const target = ofWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await settings.update("inlayHints.enable", !settings.get("inlayHints.enable", true), target);
}
