/** Another Python server beside Cella: starts when a test activates it, or calls its command. */
import { commands, type ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(commands.registerCommand("pyright.start", () => undefined));
  const module = process.env["CELLA_PYRIGHT"];
  if (module === undefined) throw new Error("CELLA_PYRIGHT names no server");
  const server = { module, transport: TransportKind.ipc };
  client = new LanguageClient("pyright", server, { documentSelector: [{ language: "python" }] });
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
