/** What stands beside the code: the tree, the map, the explanation, the status, the logs. */
import * as assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { configure, LIGHT, open, pictures, step, type Opened } from "./open";

export async function theViews(t: TestContext, opened: Opened): Promise<void> {
  const editor = await open(opened, { width: 1200 });
  const { page } = editor;
  const rows = page.locator("[id='workbench.view.explorer'] .monaco-list-row");
  await step(
    t,
    editor,
    "the tree shows scopes, cells and closures, and follows the cursor",
    async () => {
      await editor.run("Explorer: Focus on Closures View");
      const rows = page.locator("[id='workbench.view.explorer'] .monaco-list-row");
      const closure = rows
        .filter({ hasText: "raise_to_exp" })
        .filter({ hasText: "closes over exp" });
      await closure.waitFor();
      await rows.filter({ hasText: "reads it" }).waitFor();
      await editor.click("return pow", "pow");
      await closure.and(page.locator(".selected")).waitFor();
    },
  );
  await step(t, editor, "the map is drawn beside the code", async () => {
    await editor.run("Cella: Show Closure Map");
    const map = await editor.frame("#map");
    await map.locator(".wire").first().waitFor({ state: "attached" });
    await map.locator(".scope.current text", { hasText: "raise_to_exp" }).first().waitFor();
    await pictures(opened, editor, "map");
  });
  await step(t, editor, "a click in the map leads to the code", async () => {
    const map = await editor.frame("#map");
    await map.locator(".title", { hasText: "raise_to_exp" }).click();
    await editor.cursorAt(2, 9);
  });
  await step(t, editor, "the map follows the typing", async () => {
    await editor.end();
    await page.keyboard.type("def late(name): return lambda: name");
    const map = await editor.frame("#map");
    await map.locator(".title", { hasText: "late" }).waitFor();
    assert.equal(await map.locator(".wire").count(), 2);
    await page.keyboard.press("Shift+Home");
    await page.keyboard.press("Delete");
    await map.locator(".title", { hasText: "late" }).waitFor({ state: "detached" });
    await rows.filter({ hasText: "late" }).first().waitFor({ state: "detached" });
  });
  await step(t, editor, "the map runs no script but its own", async () => {
    const map = await editor.frame("#map");
    const blocked = await map.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
            resolve(effectiveDirective);
          });
          const script = document.createElement("script");
          script.textContent = "document.title = 'ran'";
          document.body.append(script);
        }),
    );
    assert.equal(blocked, "script-src-elem");
    assert.equal(await map.title(), "Closure Map");
  });
  await step(t, editor, "the map has the theme's colours", async () => {
    const map = await editor.frame("#map");
    const colours = (): Promise<string[]> =>
      map.evaluate(() => {
        const { backgroundColor } = getComputedStyle(document.body);
        const { fill } = getComputedStyle(document.querySelector("text") ?? document.body);
        return [backgroundColor, fill];
      });
    const dark = await colours();
    configure(opened, { user: LIGHT });
    await editor.until("the other theme", async () => {
      const light = await colours();
      return light.every((colour, n) => colour !== dark[n]);
    });
    configure(opened, {});
  });
  await step(t, editor, "the language status says the version and the state", async () => {
    await page.locator("#status\\.languageStatus").hover();
    const popup = page.locator(".monaco-hover").filter({ hasText: /Cella \d+\.\d+\.\d+/ });
    await popup.filter({ hasText: "running" }).waitFor();
    await pictures(opened, editor, "status");
  });
  await step(t, editor, "the explanation stays beside the code", async () => {
    await editor.click("return pow", "exp");
    await editor.run("Cella: Explain Closure at Cursor");
    const panel = await editor.frame("#explanation");
    await panel.getByText("closed over by").waitFor();
    await pictures(opened, editor, "explanation");
    await panel.getByText("line 4", { exact: true }).click();
    await editor.cursorAt(4, 1);
    await panel.getByText("What is a free variable?", { exact: true }).click();
    await page.locator(".tab", { hasText: "Preview free-variable.md" }).waitFor();
    const about = await editor.frame("#free-variable");
    await about.getByText("Free variable", { exact: true }).first().waitFor();
    await page.locator(".tab", { hasText: "raise_to.cella" }).click();
  });
  await step(t, editor, "the log says which server was started", async () => {
    await editor.run("Cella: Show Logs");
    await editor.logged("Starting", /Starting.*\d+\.\d+\.\d+/);
  });
  await step(t, editor, "a setting writes the messages to a channel of their own", async () => {
    configure(opened, { user: { "cella.trace.server": "messages" } });
    await editor.run("Output: Show Output Channels...");
    await editor.pick("Cella Trace");
    await editor.click("def raise_to(", "raise_to");
    await editor.logged("Received response", /Received.response.'(textDocument|cella)/);
  });
  await page.close();
}

export async function theWalkthrough(t: TestContext, opened: Opened): Promise<void> {
  const editor = await open(opened, { width: 1200, height: 600 });
  const { page } = editor;
  await editor.hideSideBar();
  await step(t, editor, "the walkthrough has its five steps, and opens its program", async () => {
    await editor.run("Welcome: Open Walkthrough...");
    await editor.pick("One closure");
    const steps = page.locator(".gettingStartedContainer .step-title");
    await steps.filter({ hasText: "Hover a variable" }).waitFor();
    assert.equal(await steps.count(), 5);
    const program = await editor.frame("pre code");
    await program.getByText("raise_to_exp").first().waitFor();
    await pictures(opened, editor, "walkthrough");
    await page.getByRole("button", { name: "Open the Example" }).click();
    await page.locator(".tab", { hasText: "Untitled-1" }).waitFor();
    await editor.line(/raise_to\(exp\s*taken.by/).waitFor();
  });
  await page.close();
}
