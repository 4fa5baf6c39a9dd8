/** Renaming in the editor's own way: the box, the preview of every place, and the text afterwards. */
import * as assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { open, pictures, step, type Opened } from "./open";

const PROGRAM = [
  "def counter(count):",
  "    def step():",
  "        nonlocal count",
  "        count += 1",
  "    return step",
  "",
  'count = "another variable"',
];

export async function renaming(t: TestContext, opened: Opened): Promise<void> {
  const editor = await open(opened, {
    file: "counter.cella",
    text: PROGRAM.join("\n"),
    height: 600,
  });
  const { page } = editor;
  await editor.hideSideBar();
  const box = page.locator(".rename-box input");
  const preview = page.locator("[id='workbench.parts.panel'] .monaco-list-row");
  await step(t, editor, "a preview shows every place of the variable, and no others", async () => {
    await editor.click("count += 1", "count");
    await page.keyboard.press("F2");
    await box.fill("total");
    await page.keyboard.press("Control+Enter");
    const places = preview.filter({ hasText: "total" });
    await places.nth(2).waitFor();
    await pictures(opened, editor, "rename");
    assert.equal(await places.count(), 3);
  });
  await step(t, editor, "what was shown is what happens", async () => {
    await page.getByRole("button", { name: "Apply" }).click();
    for (const line of ["def counter(total", "nonlocal total", "total += 1"]) {
      await editor.line(line).waitFor();
    }
    await editor.line('count = "another variable"').waitFor();
  });
  await step(
    t,
    editor,
    "a name that would mean something else is refused, with the reason",
    async () => {
      await editor.click("total += 1", "total");
      await page.keyboard.press("F2");
      await box.fill("step");
      await page.keyboard.press("Enter");
      await editor.notification("line 2");
    },
  );
  await page.close();
}
