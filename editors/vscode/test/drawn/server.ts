/** What the user is told when there is no server to speak with, and each way out. */
import * as assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { TestContext } from "node:test";
import { picture } from "../workbench/browser";
import { configure, open, step, type Opened } from "./open";

export async function withoutAServer(t: TestContext, opened: Opened): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), "cella-servers-"));
  const editor = await open(opened, { server: "/nowhere/cella", hints: false });
  await step(t, editor, "a missing one is told, and the bundled one is a click away", async () => {
    const told = await editor.notification("There is no Cella server at /nowhere/cella.");
    await told.getByRole("button", { name: "Open Settings" }).waitFor();
    await picture(editor.page, "missing");
    await told.getByRole("button", { name: "Use Bundled Server" }).click();
    await editor.line(/closes.over/).waitFor();
  });
  await step(
    t,
    editor,
    "one that is too old is told, with the version that is needed",
    async () => {
      const server = script(home, "old", "echo cella 0.0.9");
      configure(opened, { server });
      const text = `The Cella server at ${server} is 0.0.9; this extension needs 0.1.0 or newer.`;
      const told = await editor.notification(text);
      await told.getByRole("button", { name: "Open Settings" }).click();
      await editor.page.locator(".tab", { hasText: "Settings" }).waitFor();
      await editor.page.locator(".settings-editor").getByText("Server: Path").first().waitFor();
    },
  );
  await step(t, editor, "one that crashes again and again is told, with its log", async () => {
    const server = script(home, "crashing", '[ "$1" = --version ] && echo cella 9.9.9 || exit 3');
    configure(opened, { server });
    const told = await editor.notification("The Cella server does not stay up");
    assert.equal(await editor.page.locator(".notification-list-item").count(), 1);
    await told.getByRole("button", { name: "Restart" }).waitFor();
    await picture(editor.page, "crashing");
    await told.getByRole("button", { name: "Show Logs" }).click();
    await editor.logged("exited with code", /exited.with.code.3/);
  });
  await editor.page.close();
  rmSync(home, { recursive: true });
}

/** A server of a few words of shell. */
function script(home: string, name: string, body: string): string {
  const file = path.join(home, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
