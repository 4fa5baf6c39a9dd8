/** The code itself: hints, colours, hovers, and the ways from a name to its variable. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { TestContext } from "node:test";
import type { Locator } from "playwright-core";
import type { Editor } from "../workbench/browser";
import type { Settings } from "../workbench/server";
import { configure, DARK, LIGHT, open, pictures, step, type Opened } from "./open";

/** Room for a popup above the first line, where it covers nothing. */
const ROOM = { "editor.padding.top": 110, "editor.hover.above": true };

export async function inADarkTheme(t: TestContext, opened: Opened): Promise<void> {
  const editor = await open(opened, { user: { ...DARK, ...ROOM } });
  const { page } = editor;
  await step(t, editor, "hints are drawn", async () => {
    await editor.line(/raise_to\(exp\s*taken.by.raise_to_exp/).waitFor();
    await editor.line(/raise_to_exp\(x\):\s*closes.over.exp/).waitFor();
    await editor.line(/raise_to\(2\)\s*closes.over.exp.\(2\)/).waitFor();
  });
  await step(t, editor, "a click on a hint leads to the closure", async () => {
    await editor.click("def raise_to(", "raise_to_exp", "Control");
    await editor.cursorAt(2, 9);
  });
  await step(t, editor, "a captured name has a colour of its own", async () => {
    await editor.until(
      "the colour",
      async () => (await look(editor, "exp")).color !== (await look(editor, "x")).color,
    );
  });
  await step(t, editor, "the hover says who closes over the variable", async () => {
    const popup = await closureHover(editor);
    await shown(editor, popup);
    await pictures(opened, editor, "hover", { user: ROOM });
  });
  await step(t, editor, "the hover's links lead to the lines", async () => {
    const popup = await closureHover(editor);
    await popup.getByText("line 4", { exact: true }).click();
    await editor.cursorAt(4);
  });
  await step(t, editor, "the hover's last line leads to the page about its word", async () => {
    const popup = await closureHover(editor);
    await popup.getByText("What is a cell?", { exact: true }).click();
    await page.locator(".tab", { hasText: "cell.md" }).waitFor();
    await editor.line("# Cell").waitFor();
    await page.locator(".tab", { hasText: "raise_to.cella" }).click();
    await editor.line("return pow").waitFor();
  });
  await step(t, editor, "F12 leads to the parameter, past the function between", async () => {
    await editor.click("return pow", "exp");
    await editor.cursorAt(3);
    await page.keyboard.press("F12");
    await editor.cursorAt(1, 14);
  });
  await step(t, editor, "peeking at references shows the variable's, and no others", async () => {
    await editor.run("Peek References");
    const found = peeked(editor);
    await found.nth(1).waitFor();
    assert.equal(await found.count(), 2);
    await pictures(opened, editor, "references", { user: ROOM });
    await page.keyboard.press("Escape");
  });
  await step(t, editor, "a click on a lens peeks at what it is about", async () => {
    configure(opened, { user: { ...DARK, ...ROOM, "cella.codeLens.enable": true } });
    await page.locator(".codelens-decoration a", { hasText: "closes over exp" }).click();
    const found = peeked(editor);
    await found.first().waitFor();
    // The list shows the line from some letters before the name on.
    assert.match(await found.first().innerText(), /aise_to\(exp\)/);
    assert.equal(await found.count(), 1);
    await pictures(opened, editor, "lens", { user: { ...ROOM, "cella.codeLens.enable": true } });
    await page.keyboard.press("Escape");
  });
  await step(t, editor, "the file has the language's icon", async () => {
    const label = page.locator(".tab .monaco-icon-label").first();
    const icon = await label.evaluate(
      (element) => getComputedStyle(element, "::before").backgroundImage,
    );
    assert.match(icon, /file-dark\.svg/);
  });
  await step(t, editor, "blocks fold by their indentation", async () => {
    await editor.run("Fold All");
    await editor.line("return pow").waitFor({ state: "detached" });
    await editor.run("Unfold All");
    await editor.line("return pow").waitFor();
  });
  await step(t, editor, "the README's rules for themes are followed", async () => {
    configure(opened, { user: { ...DARK, ...documentedRules() } });
    await editor.until("the colour", async () => {
      const { color, fontStyle } = await look(editor, "exp");
      return color === "rgb(229, 192, 123)" && fontStyle === "italic";
    });
  });
  await page.close();
}

export async function inALightTheme(t: TestContext, opened: Opened): Promise<void> {
  const editor = await open(opened, { user: { ...LIGHT, ...ROOM } });
  await step(t, editor, "a captured name has a colour of its own", async () => {
    await editor.until(
      "the colour",
      async () => (await look(editor, "exp")).color !== (await look(editor, "x")).color,
    );
  });
  await step(t, editor, "the hover is whole", async () => {
    await shown(editor, await closureHover(editor));
  });
  await editor.page.close();
}

export async function overThreeScopes(t: TestContext, opened: Opened): Promise<void> {
  const text = [
    "def one(deep):",
    "    def two():",
    "        def three():",
    "            return deep",
    "        return three",
    "    return two",
  ];
  const editor = await open(opened, { file: "three.cella", text: text.join("\n") });
  await step(t, editor, "F12 leads over all of them", async () => {
    await editor.click("return deep", "deep");
    await editor.cursorAt(4);
    await editor.page.keyboard.press("F12");
    await editor.cursorAt(1, 9);
    await pictures(opened, editor, "definition");
  });
  await editor.page.close();
}

/** What was typed at speed is what the next hover is about. */
export async function whileOneTypes(t: TestContext, opened: Opened): Promise<void> {
  const asTyped = {
    "editor.autoClosingBrackets": "never",
    "editor.autoIndent": "none",
    "editor.quickSuggestions": "off",
  };
  const editor = await open(opened, { file: "typed.cella", text: "", user: asTyped, hints: false });
  await step(t, editor, "the hover is right behind fast typing", async () => {
    const functions = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `def f${n}(a${n}): return lambda: a${n}`);
    const typed = functions.join("\n");
    assert.ok(typed.length > 200);
    await editor.page.keyboard.type(typed);
    const popup = await editor.hover("def f7(", "a7", "closed over by");
    assert.match(await popup.innerText(), /cell variable a7, parameter of f7, bound at line 8/);
    await pictures(opened, editor, "typed", { user: asTyped });
  });
  await editor.page.close();
}

/** The editor orders the hovers; in a popup that is drawn one sees how. */
export async function besideAnotherServer(t: TestContext, opened: Opened): Promise<void> {
  const text = "def outer(exp: int):\n    return lambda: exp\n";
  const editor = await open(opened, { file: "beside.py", text });
  const both = /\(parameter\)[^]*closed.over.by|closed.over.by[^]*\(parameter\)/;
  const below = async (): Promise<void> => {
    const popup = await editor.hover("return lambda", "exp", both);
    assert.match(await popup.innerText(), /\(parameter\)[^]*closed over by/);
  };
  await step(t, editor, "Cella's hover stands below Pyright's", async () => {
    await editor.run("Start Pyright");
    await below();
  });
  await step(t, editor, "also when Pyright was there first", async () => {
    await editor.run("Cella: Restart Server");
    await below();
    await pictures(opened, editor, "beside");
  });
  await editor.page.close();
}

/** The hover of the variable, from where it is bound. */
async function closureHover(editor: Editor): Promise<Locator> {
  await editor.hideSideBar();
  const popup = await editor.hover("def raise_to(", "exp", "so the cell outlives");
  assert.match(await popup.innerText(), /raise_to_exp is returned at line 4/);
  return popup;
}

/** Nothing of the popup is clipped, and it covers no line. */
async function shown(editor: Editor, popup: Locator): Promise<void> {
  const box = await popup.boundingBox();
  const first = await editor.line("def raise_to(").boundingBox();
  const { width, height } = editor.page.viewportSize() ?? { width: 0, height: 0 };
  assert.ok(box && first, "both are drawn");
  assert.ok(box.x >= 0 && box.y >= 0, "the hover begins on the page");
  assert.ok(box.x + box.width <= width && box.y + box.height <= height, "and ends on it");
  assert.ok(box.y + box.height <= first.y + 1, "above the code");
}

interface Look {
  readonly color: string;
  readonly fontStyle: string;
}

/** How `word` is drawn in the inner function's line, where `exp` is captured and `x` is a local. */
async function look(editor: Editor, word: string): Promise<Look> {
  const token = editor.line("return pow").locator("span span").getByText(word, { exact: true });
  return token.evaluate((element) => {
    const { color, fontStyle } = getComputedStyle(element);
    return { color, fontStyle };
  });
}

function peeked(editor: Editor): Locator {
  return editor.page.locator(".reference-zone-widget .ref-tree .referenceMatch");
}

/** The settings that the extension's page gives for one's own colours. */
function documentedRules(): Settings {
  const page = readFileSync(path.join(__dirname, "..", "..", "README.md"), "utf8");
  const rules = /```json\n("editor\.semanticTokenColorCustomizations".*?)```/s.exec(page)?.[1];
  assert.ok(rules, "README.md gives rules");
  return JSON.parse(`{${rules}}`) as Settings;
}
