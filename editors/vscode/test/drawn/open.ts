/** A page of the workbench with one file open, as every test of what is drawn begins. */
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { TestContext } from "node:test";
import type { Browser } from "playwright-core";
import { Editor, picture, picturesWanted } from "../workbench/browser";
import type { Settings, Workbench } from "../workbench/server";

export interface Opened {
  readonly workbench: Workbench;
  readonly browser: Browser;
  /** A copy of the examples. */
  readonly folder: string;
}

export const DARK = { "workbench.colorTheme": "Default Dark Modern" };
export const LIGHT = { "workbench.colorTheme": "Default Light Modern" };

/** A server that keeps what is said, see `.ci/vscode.sh`; the bundled one where there is none. */
const RECORDER = process.env["CELLA_RECORDER"] ?? "";

/** Room for the code. */
const LOOK = {
  "workbench.activityBar.location": "hidden",
  "editor.minimap.enabled": false,
  "breadcrumbs.enabled": false,
};

export interface Wanted {
  /** The file's name, and its text if it isn't one of the examples. */
  readonly file?: string;
  readonly text?: string;
  readonly user?: Settings;
  /** The value of `cella.server.path`. */
  readonly server?: string;
  /** Whether to wait for a hint, after which nothing moves any more; true where nothing is said. */
  readonly hints?: boolean;
  readonly width?: number;
  readonly height?: number;
}

export async function open(opened: Opened, wanted: Wanted = {}): Promise<Editor> {
  const { file = "raise_to.cella", text } = wanted;
  const { workbench, folder } = opened;
  if (text !== undefined) writeFileSync(path.join(folder, file), text);
  return openAt(opened, folder, workbench.uri(path.join(folder, file)), wanted);
}

/** Opens the folder and the file of that URI, which needn't be on a disk; a folder that isn't is a URI. */
export async function openAt(
  opened: Opened,
  folder: string,
  uri: string,
  wanted: Wanted = {},
): Promise<Editor> {
  const { hints = true, width = 1000, height = 480 } = wanted;
  const { workbench, browser } = opened;
  configure(opened, wanted);
  const page = await browser.newPage({ viewport: { width, height } });
  const editor = new Editor(page);
  await page.goto(workbench.address(folder, [["openFile", uri]]));
  await page.locator(".tab", { hasText: path.posix.basename(uri) }).waitFor();
  await editor.end();
  if (hints) await editor.line(/taken.by|closes.over/).waitFor();
  return editor;
}

/** One test on the page; what it looked like when it failed is kept beside the pictures. */
export async function step(
  t: TestContext,
  editor: Editor,
  name: string,
  run: () => Promise<void>,
): Promise<void> {
  await t.test(name, async () => {
    try {
      await run();
    } catch (error) {
      await picture(editor.page, `failed: ${name}`);
      throw error;
    }
  });
}

/** Pictures of a dark page in both themes, `name-light` and `name-dark`; it is dark again after them. */
export async function pictures(
  opened: Opened,
  editor: Editor,
  name: string,
  wanted: Wanted = {},
): Promise<void> {
  if (!picturesWanted()) return;
  const themes = [
    { title: "light", theme: LIGHT, drawn: ".monaco-workbench.vs" },
    { title: "dark", theme: DARK, drawn: ".monaco-workbench.vs-dark" },
  ];
  for (const { title, theme, drawn } of themes) {
    configure(opened, { ...wanted, user: { ...wanted.user, ...theme } });
    await editor.page.locator(drawn).first().waitFor();
    // The words get their colours a moment after the page.
    await editor.page.waitForTimeout(1000);
    await picture(editor.page, `${name}-${title}`);
  }
  configure(opened, wanted);
}

/** Gives an open page other settings, too. */
export function configure({ workbench }: Opened, { user = {}, server = RECORDER }: Wanted): void {
  workbench.configure({ ...LOOK, ...DARK, ...user }, { "cella.server.path": server });
}
