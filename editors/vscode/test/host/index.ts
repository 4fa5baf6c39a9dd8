/**
 * Run by VS Code inside its extension host, beside the installed extension. What came of each test
 * goes as JSON to the file that `CELLA_TEST_RESULTS` names.
 */
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

export interface Result {
  readonly title: string;
  /** The stack of what went wrong. */
  readonly error?: string;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: "base" });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("./answers");
  await import("./language");
  await import("./lifecycle");
  await import("./beside");
  const results: Result[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => results.push({ title: test.fullTitle() }));
    runner.on("fail", (test, error: Error) => {
      results.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
  });
  const file = process.env["CELLA_TEST_RESULTS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} failed`);
}
