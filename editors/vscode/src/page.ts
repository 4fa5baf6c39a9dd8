/** The pages of this extension's own panels. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Opens a panel beside the code, with the page of that name; the code keeps the keys. */
export function panelBeside(
  extension: vscode.Uri,
  name: string,
  title: string,
): vscode.WebviewPanel {
  const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const panel = vscode.window.createWebviewPanel(`cella.${name}`, title, beside, {
    enableScripts: true,
    localResourceRoots: [media(extension)],
  });
  panel.webview.html = page(panel.webview, extension, name, title);
  return panel;
}

/** Where the pages' scripts and styles are, and nothing else that a page may load. */
function media(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "media");
}

/**
 * A page with `NAME.js` and `NAME.css` of the media: scripts and styles only from the extension, and
 * nothing else from anywhere.
 */
function page(webview: vscode.Webview, extension: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (extended: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(media(extension), extended)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <link rel="stylesheet" href="${file(`${name}.css`)}" />
    <title>${title}</title>
  </head>
  <body>
    <p id="message" hidden></p>
    <main id="${name}"></main>
    <script nonce="${nonce}" src="${file(`${name}.js`)}"></script>
  </body>
</html>`;
}

/** Shows the place in an editor that has the document already, or else in the first column. */
export async function open(document: vscode.TextDocument, at: vscode.Position): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(document, {
    viewColumn,
    selection: new vscode.Range(at, at),
  });
}
