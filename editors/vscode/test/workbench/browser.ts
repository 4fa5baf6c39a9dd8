/** Headless Chromium, and what the tests look for on the workbench's page. */
import * as path from "node:path";
import { chromium, type Browser, type Frame, type Locator, type Page } from "playwright-core";

/** In milliseconds. Generous: on a busy machine the workbench alone takes half a minute. */
export const PATIENCE = 60_000;

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A page of the workbench, with one file open in it. */
export class Editor {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE);
  }

  /** The line that has `text`; hints count, blanks are ordinary ones. */
  line(text: string | RegExp): Locator {
    const pattern = typeof text === "string" ? literal(text) : text;
    return this.page.locator(".monaco-editor .view-line").filter({ hasText: pattern }).first();
  }

  /** The centre of `word` in the line that has `text`, in the page's pixels. */
  async place(text: string | RegExp, word: string): Promise<Place> {
    const line = this.line(text);
    await line.waitFor();
    // Right after an edit a word may be drawn in pieces.
    return this.until(`${word} in ${String(text)}`, () => line.evaluate(centre, word));
  }

  async click(text: string | RegExp, word: string, modifier?: "Control"): Promise<void> {
    const { x, y } = await this.place(text, word);
    if (modifier !== undefined) await this.page.keyboard.down(modifier);
    await this.page.mouse.click(x, y);
    if (modifier !== undefined) await this.page.keyboard.up(modifier);
  }

  /** Moves the mouse onto `word` and returns the popup that answers with `expected`. */
  async hover(text: string | RegExp, word: string, expected: string | RegExp): Promise<Locator> {
    const shown = this.page.locator(".monaco-hover:not(.hidden)");
    const popup = shown.filter({ hasText: expected });
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      // A popup that is still there keeps its text: the editor asks anew only when it was gone.
      await this.page.mouse.move(1, 1);
      await shown.first().waitFor({ state: "hidden" });
      const { x, y } = await this.place(text, word);
      await this.page.mouse.move(x, y, { steps: 3 });
      try {
        await popup.first().waitFor({ timeout: 3000 });
        return popup.first();
      } catch (error) {
        // An early hover meets a server that has not answered yet.
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Waits until the status bar says that the cursor is there; both are one-based. */
  async cursorAt(line: number, column?: number): Promise<void> {
    const status = this.page.locator("#status\\.editor\\.selection");
    const wanted = column === undefined ? `Ln ${line}, ` : `Ln ${line}, Col ${column}`;
    await status.filter({ hasText: wanted }).waitFor();
  }

  /** Puts the cursor behind the text. */
  async end(): Promise<void> {
    await this.page.locator(".monaco-editor .view-line").first().click();
    await this.page.keyboard.press("Control+End");
  }

  /** Room for what is beside the code. */
  async hideSideBar(): Promise<void> {
    const sideBar = this.page.locator("[id='workbench.parts.sidebar']");
    if (await sideBar.isVisible()) await this.page.keyboard.press("Control+b");
    await sideBar.waitFor({ state: "hidden" });
  }

  /** Runs a command of the palette. */
  async run(command: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input.input");
    // What has just closed may still have the keys.
    await this.until("the palette", async () => {
      await this.page.keyboard.press("F1");
      return appears(input);
    });
    await this.pick(command, ">");
  }

  /** Picks an item of the list that is shown, or is about to be. */
  async pick(item: string, prefix = ""): Promise<void> {
    const input = this.page.locator(".quick-input-widget input.input");
    await input.waitFor();
    await input.fill(prefix + item);
    // Enter takes the item in focus, which is another one as long as the list is being filtered.
    const rows = this.page.locator(".quick-input-list .monaco-list-row.focused");
    await rows.filter({ hasText: item }).waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** The frame of a webview's page that has `selector`. */
  frame(selector: string): Promise<Frame> {
    return this.until(`a frame with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        // A frame may go while it is asked.
        const count = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (count > 0) return frame;
      }
      return undefined;
    });
  }

  /** Asks until the answer is neither nothing nor false. */
  async until<T>(what: string, ask: () => Promise<T>): Promise<NonNullable<T>> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** Waits for a line of the output that is shown; `part` of it brings it into view. */
  async logged(part: string, line: RegExp): Promise<void> {
    const panel = this.page.locator("[id='workbench.parts.panel']");
    const filter = panel.getByPlaceholder("Filter");
    const found = panel.locator(".view-line").filter({ hasText: line }).first();
    // The panel draws only what has room, and what matters may be followed by much. What has just
    // opened may take the keys.
    await this.until(`${part} in the output`, async () => {
      await filter.fill(part);
      return appears(found);
    });
    await this.until("an empty filter", async () => {
      await filter.fill("");
      return (await filter.inputValue()) === "";
    });
  }

  /** Under the tests' driver nothing pops up by itself: the notification is looked up. */
  async notification(text: string): Promise<Locator> {
    await this.run("Notifications: Show Notifications");
    const told = this.page.locator(".notifications-center .notification-list-item", {
      hasText: text,
    });
    await told.first().waitFor();
    return told.first();
  }
}

/** Whether the element is there soon. */
function appears(element: Locator): Promise<boolean> {
  return element.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
}

/** Where `word` is drawn in the line: in one piece of its text, since hints follow without a blank. */
function centre(line: Element, word: string): Place | undefined {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const content = (node.textContent ?? "").replaceAll("\u00a0", " ");
    const start = content.search(new RegExp(`\\b${word}\\b`));
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + word.length);
    const box = range.getBoundingClientRect();
    // A line that is being drawn anew has no place while it is off the page.
    if (box.width === 0) return undefined;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return undefined;
}

/** Matches `text` whichever blanks the editor draws. */
function literal(text: string): RegExp {
  const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(escaped.replaceAll(" ", "[ \\u00a0]"));
}

export function picturesWanted(): boolean {
  return (process.env["SHOTS"] ?? "") !== "";
}

/** Small pictures for the documents, where `SHOTS` names a folder for them. */
export async function picture(
  page: Page,
  name: string,
  clip?: { x: number; y: number; width: number; height: number },
): Promise<void> {
  const folder = process.env["SHOTS"];
  if (folder === undefined || !picturesWanted()) return;
  const options = { path: path.join(folder, `${name}.png`), animations: "disabled" as const };
  await page.screenshot(clip === undefined ? options : { ...options, clip });
}
