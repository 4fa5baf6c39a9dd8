/** What a person sees: hints drawn, a hover popped up, a jump; with a picture for the documents. */
import * as assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Opened } from "./run";
import type { Frame, Locator, Page } from "playwright-core";
import { Editor, PATIENCE, picture } from "./workbench/browser";
import type { Settings } from "./workbench/server";

const DARK = { "workbench.colorTheme": "Default Dark Modern" };
const LIGHT = { "workbench.colorTheme": "Default Light Modern" };

/** A server that keeps what is said, see `.ci/vscode.sh`; the bundled one where there is none. */
const RECORDER = process.env["CELLA_RECORDER"] ?? "";

/** Room for the code. */
const LOOK = {
  "workbench.activityBar.location": "hidden",
  "editor.minimap.enabled": false,
  "editor.hover.above": false,
  "breadcrumbs.enabled": false,
  // What is typed is what is there.
  "editor.autoClosingBrackets": "never",
  "editor.autoIndent": "none",
  "editor.quickSuggestions": "off",
};

export async function drive(t: TestContext, opened: Opened): Promise<void> {
  await t.test("in a dark theme", async (dark) => {
    const editor = await open(opened, DARK);
    const { page } = editor;
    await dark.test("hints are drawn", async () => {
      await editor.line(/raise_to\(exp\s*taken.by.raise_to_exp/).waitFor();
      await editor.line(/raise_to_exp\(x\):\s*closes.over.exp/).waitFor();
      await editor.line(/raise_to\(2\)\s*closes.over.exp.\(2\)/).waitFor();
    });
    await dark.test("a click on a hint leads to the closure", async () => {
      await editor.click("def raise_to(", "raise_to_exp", "Control");
      await editor.cursorAt(2, 9);
    });
    await dark.test("a captured name has a colour of its own", () => coloursDiffer(editor));
    await dark.test("the hover says who closes over the variable", async () => {
      await closureHover(editor);
      await picture(page, "hover-dark");
    });
    await dark.test("the hover's links lead to the lines", async () => {
      const popup = await closureHover(editor);
      await popup.getByText("line 4", { exact: true }).click();
      await editor.cursorAt(4);
    });
    await dark.test("F12 leads to the parameter, past the function between", async () => {
      await editor.click("return pow", "exp");
      await editor.cursorAt(3);
      await page.keyboard.press("F12");
      await editor.cursorAt(1, 14);
    });
    await dark.test("peeking at references shows the variable's, and no others", async () => {
      await editor.run("Peek References");
      const peek = page.locator(".reference-zone-widget");
      const found = peek.locator(".ref-tree .referenceMatch");
      await found.nth(1).waitFor();
      assert.equal(await found.count(), 2);
      await page.keyboard.press("Escape");
    });
    await page.close();
  });

  await t.test("in a light theme", async (light) => {
    const editor = await open(opened, LIGHT);
    await light.test("a captured name has a colour of its own", () => coloursDiffer(editor));
    await light.test("the hover is whole", async () => {
      await closureHover(editor);
      await picture(editor.page, "hover-light");
    });
    await editor.page.close();
  });

  await t.test("while one types", async (typing) => {
    const editor = await open(opened, DARK, RECORDER, "typed.cella");
    const { page } = editor;
    await typing.test("the hover is right behind fast typing", async () => {
      await editor.end();
      const functions = Array.from(
        { length: 8 },
        (_, n) => `def f${n}(a${n}): return lambda: a${n}`,
      );
      await page.keyboard.type(functions.join("\n"));
      const popup = await editor.hover("def f7(", "a7", "closed over by");
      assert.match(await popup.innerText(), /cell variable a7, parameter of f7, bound at line 8/);
    });
    await page.close();
  });

  await t.test("the views", async (views) => {
    const editor = await open(opened, DARK);
    const { page } = editor;
    // The view is there once the extension is.
    await editor.line(/closes.over/).waitFor();
    await views.test(
      "the tree shows scopes, cells and closures, and follows the cursor",
      async () => {
        await editor.run("Explorer: Focus on Closures View");
        const rows = page.locator("[id='workbench.view.explorer'] .monaco-list-row");
        await rows
          .filter({ hasText: "raise_to_exp" })
          .filter({ hasText: "closes over exp" })
          .waitFor();
        await rows.filter({ hasText: "reads it" }).waitFor();
        await editor.click("return pow", "pow");
        await rows.and(page.locator(".selected")).filter({ hasText: "closes over exp" }).waitFor();
      },
    );
    await views.test("the map is drawn beside the code, and follows the typing", async () => {
      await editor.run("Cella: Show Closure Map");
      const map = await frameWith(page, "#map");
      await map.locator(".wire").first().waitFor({ state: "attached" });
      await map.locator(".scope.current text", { hasText: "raise_to_exp" }).first().waitFor();
      await picture(page, "closure-map");
    });
    await views.test("a click in the map leads to the code", async () => {
      const map = await frameWith(page, "#map");
      await map.locator(".title", { hasText: "raise_to_exp" }).click();
      await editor.cursorAt(2, 9);
    });
    await views.test("the language status says the version and the state", async () => {
      await page.locator("#status\\.languageStatus").hover();
      const popup = page.locator(".monaco-hover").filter({ hasText: /Cella \d+\.\d+\.\d+/ });
      await popup.filter({ hasText: "running" }).waitFor();
    });
    await views.test("the explanation stays beside the code", async () => {
      await editor.click("return pow", "exp");
      await editor.run("Cella: Explain Closure at Cursor");
      const preview = await frameWith(page, ".markdown-body");
      await preview.getByText("closed over by").waitFor();
    });
    await views.test("the walkthrough has its five steps", async () => {
      await editor.run("Welcome: Open Walkthrough...");
      await page.keyboard.type("One closure");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "One closure" }).click();
      const steps = page.locator(".gettingStartedContainer .step-title");
      await steps.filter({ hasText: "Hover a variable" }).waitFor();
      assert.equal(await steps.count(), 5);
      await picture(page, "walkthrough");
    });
    await page.close();
  });

  await t.test("without a server", async (missing) => {
    const editor = await open(opened, DARK, "/nowhere/cella");
    await missing.test("the user is told, and has a way out", async () => {
      // Under the tests' driver nothing pops up by itself.
      await editor.run("Notifications: Show Notifications");
      const told = editor.page.locator(".notifications-center .notification-list-item", {
        hasText: "There is no Cella server at /nowhere/cella.",
      });
      await told.waitFor();
      await told.getByRole("button", { name: "Open Settings" }).waitFor();
      await told.getByRole("button", { name: "Use Bundled Server" }).click();
      await editor.line(/closes.over/).waitFor();
    });
    await editor.page.close();
  });
}

/** The seed's program in a page of its own, the cursor out of the way. */
async function open(
  opened: Opened,
  user: Settings,
  path = RECORDER,
  name = "raise_to.cella",
): Promise<Editor> {
  const { workbench, browser, folder } = opened;
  workbench.configure({ ...LOOK, ...user }, { "cella.server.path": path });
  const page = await browser.newPage({ viewport: { width: 1000, height: 480 } });
  const editor = new Editor(page);
  const file = workbench.uri(`${folder}/${name}`);
  await page.goto(workbench.address(folder, [["openFile", file]]));
  await page.locator(".tab", { hasText: name }).waitFor();
  await editor.end();
  return editor;
}

/** The frame of a webview's page that has `selector`. */
async function frameWith(page: Page, selector: string): Promise<Frame> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (
        (await frame
          .locator(selector)
          .count()
          .catch(() => 0)) > 0
      )
        return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`no frame has ${selector}`);
}

/** The hover of the variable, from its use, with nothing of it clipped. */
async function closureHover(editor: Editor): Promise<Locator> {
  await editor.hideSideBar();
  const popup = await editor.hover("return pow", "exp", "so the cell outlives");
  assert.match(await popup.innerText(), /raise_to_exp is returned at line 4/);
  const box = await popup.boundingBox();
  const { width, height } = editor.page.viewportSize() ?? { width: 0, height: 0 };
  assert.ok(box, "the hover is drawn");
  assert.ok(box.x >= 0 && box.y >= 0, "the hover begins on the page");
  assert.ok(box.x + box.width <= width && box.y + box.height <= height, "and ends on it");
  return popup;
}

/** Waits until `exp`, captured, is drawn in another colour than `x`, a local of the same line. */
async function coloursDiffer(editor: Editor): Promise<void> {
  await editor.page.waitForFunction(() => {
    const lines = [...document.querySelectorAll(".view-line")];
    const line = lines.find(({ textContent }) => /return.pow/.test(textContent));
    const spans = [...(line?.querySelectorAll("span span") ?? [])];
    const [captured, local] = ["exp", "x"].map((word) =>
      spans.find(({ textContent }) => textContent === word),
    );
    if (captured === undefined || local === undefined) return false;
    return getComputedStyle(captured).color !== getComputedStyle(local).color;
  });
}
