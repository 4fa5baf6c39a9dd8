/** Workspaces in which an extension may do less: an untrusted one, and one that is on no disk. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { TestContext } from "node:test";
import { open, openAt, step, type Opened } from "./open";

/** The workspace names a server that isn't there; that counts once the workspace is trusted. */
export async function inAnUntrustedWorkspace(t: TestContext, opened: Opened): Promise<void> {
  const folder = path.join(opened.folder, "untrusted");
  mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  writeFileSync(
    path.join(folder, ".vscode", "settings.json"),
    JSON.stringify({ "cella.server.path": "/untrusted/cella" }),
  );
  const user = {
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
  };
  const text = "def outer(exp):\n    return lambda: exp\n";
  const editor = await open({ ...opened, folder }, { file: "a.cella", text, user });
  await step(t, editor, "its path of the server is left aside, and all else is there", async () => {
    await editor.page.getByRole("button", { name: "Restricted Mode" }).first().waitFor();
    await editor.line(/outer\(exp\s*taken.by/).waitFor();
  });
  await step(t, editor, "its path counts once the user trusts it", async () => {
    await editor.run("Workspaces: Manage Workspace Trust");
    const trust = editor.page.locator(".workspace-trust-editor");
    await trust.getByRole("button", { name: "Trust", exact: true }).click();
    await trust.getByText("You trust this folder").waitFor();
    await editor.notification("There is no Cella server at /untrusted/cella.");
  });
  await editor.page.close();
}

/** The folder is another extension's; nothing of it can be read but what the editor sends. */
export async function inAVirtualWorkspace(t: TestContext, opened: Opened): Promise<void> {
  const editor = await openAt(opened, "memory:/", "memory:/outer.cella");
  await step(t, editor, "its files are answered in full", async () => {
    await editor.line(/outer\(exp\s*taken.by/).waitFor();
    await editor.hover("return lambda", "exp", "closed over by");
    await editor.click("return lambda", "exp");
    await editor.cursorAt(2);
    await editor.page.keyboard.press("F12");
    await editor.cursorAt(1, 11);
  });
  await step(t, editor, "the tree shows its closures", async () => {
    await editor.run("Explorer: Focus on Closures View");
    const rows = editor.page.locator("[id='workbench.view.explorer'] .monaco-list-row");
    await rows.filter({ hasText: "closes over exp" }).first().waitFor();
  });
  await editor.page.close();
}
