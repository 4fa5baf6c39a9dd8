/** What a click on a code lens does: it peeks at the places that the lens is about. */
import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import type { Session } from "./session";

/** The command of the server's lenses; the editor's own takes the editor's types. */
export function registerReferences(session: Session): vscode.Disposable {
  const show = async (uri: string, at: Position, places: Location[]): Promise<void> => {
    const convert = session.client?.protocol2CodeConverter;
    if (convert === undefined) return;
    await vscode.commands.executeCommand(
      "editor.action.showReferences",
      convert.asUri(uri),
      convert.asPosition(at),
      places.map((place) => convert.asLocation(place)),
    );
  };
  return vscode.commands.registerCommand("cella.showReferences", show);
}
