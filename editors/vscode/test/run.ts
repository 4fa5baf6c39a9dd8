/**
 * Tests of the packaged extension in the real VS Code: one workbench and one browser for all.
 * `VSIX` names the package; CODE_SERVER_NODE, CODE_SERVER_ENTRY and CHROMIUM the editor; ONLY, a
 * pattern, the groups to run.
 */
import * as assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import type { Browser } from "playwright-core";
import type { Result } from "./host";
import { drive } from "./drawn";
import type { Opened } from "./drawn/open";
import { startBrowser } from "./workbench/browser";
import { startWorkbench, type Workbench } from "./workbench/server";

/** Of all tests in the extension host together, in milliseconds. */
const PATIENCE = 240_000;

const extension = path.join(__dirname, "..", "..");
const examples = path.join(extension, "..", "..", "examples");

void test("the extension in VS Code", async (t) => {
  const vsix = process.env["VSIX"];
  assert.ok(vsix, "VSIX names the packaged extension");
  const home = mkdtempSync(path.join(tmpdir(), "cella-test-"));
  const folder = path.join(home, "examples");
  const results = path.join(home, "results.json");
  cpSync(path.join(examples, "raise_to.cella"), path.join(folder, "raise_to.cella"));
  let workbench: Workbench | undefined;
  let browser: Browser | undefined;
  try {
    const others = ["pyright", "memory"].map((name) =>
      path.join(extension, "dist", "test", `${name}.vsix`),
    );
    workbench = await startWorkbench([vsix, ...others], {
      CELLA_TEST_RESULTS: results,
      CELLA_PYRIGHT: path.join(extension, "node_modules", "pyright", "langserver.index.js"),
    });
    browser = await startBrowser();
    const opened = { workbench, browser, folder };
    const only = new RegExp(process.env["ONLY"] ?? "");
    await t.test("drawn", (drawn) => drive(drawn, opened, only));
    if (!only.test("in the extension host")) return;
    await t.test("in the extension host", async (host) => {
      await runHostTests(opened);
      const found = JSON.parse(readFileSync(results, "utf8")) as Result[];
      assert.ok(found.length > 0);
      for (const { title, error } of found) {
        await host.test(title, () => {
          if (error !== undefined) assert.fail(error);
        });
      }
    });
  } finally {
    await browser?.close();
    await workbench?.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

/** The workbench loads the tests as an extension under development, and tells the page the end. */
async function runHostTests({ workbench, browser, folder }: Opened): Promise<void> {
  workbench.configure({});
  const page = await browser.newPage();
  const log: string[] = [];
  let finish: () => void = () => undefined;
  const exit = new Promise<void>((resolve) => (finish = resolve));
  await page.exposeFunction("codeAutomationExit", () => {
    finish();
  });
  await page.exposeFunction("codeAutomationLog", (_: string, lines: unknown[]) =>
    log.push(lines.join(" ")),
  );
  const payload: [string, string][] = [
    ["extensionDevelopmentPath", workbench.uri(path.join(extension, "test", "host"))],
    ["extensionTestsPath", workbench.uri(path.join(extension, "dist", "test", "host", "index.js"))],
  ];
  await page.goto(workbench.address(folder, payload));
  const late = new Promise<never>((_, reject) => {
    const give_up = (): void => {
      reject(new Error(`no end of the tests:\n${log.join("\n")}\n${workbench.log()}`));
    };
    setTimeout(give_up, PATIENCE).unref();
  });
  await Promise.race([exit, late]);
  await page.close();
}
