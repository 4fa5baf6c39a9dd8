/**
 * Cella's hover in Python files, below what another Python server says there. The editor shows
 * hovers in the order of their providers, and one that is for every language comes after those that
 * are for a language.
 */
import * as vscode from "vscode";
import { HoverRequest, type Middleware } from "vscode-languageclient/node";
import type { Session } from "./session";

/** Leaves Python files to the provider below. */
export const hoverElsewhere: Middleware = {
  provideHover: (document, position, token, next) =>
    document.languageId === "python" ? undefined : next(document, position, token),
};

export function registerPythonHover(session: Session): vscode.Disposable {
  const provideHover: vscode.HoverProvider["provideHover"] = async (document, position, token) => {
    const { client } = session;
    if (document.languageId !== "python" || client === undefined) return undefined;
    const params = client.code2ProtocolConverter.asTextDocumentPositionParams(document, position);
    try {
      const hover = await client.sendRequest(HoverRequest.type, params, token);
      return token.isCancellationRequested
        ? undefined
        : client.protocol2CodeConverter.asHover(hover);
    } catch (error) {
      return client.handleFailedRequest(HoverRequest.type, token, error, null);
    }
  };
  return vscode.languages.registerHoverProvider({ language: "*" }, { provideHover });
}
