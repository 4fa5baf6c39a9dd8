/**
 * Finds the server: the one that the setting names, else the one that came with the extension, else
 * the first on PATH. Each candidate is asked for its version, so that what can't run is told before
 * a client waits for it.
 */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

/** The oldest server that this extension speaks with. */
export const OLDEST = "0.1.0";

/** Who named the server. */
export type Origin = "setting" | "bundled" | "PATH";

export interface Server {
  readonly path: string;
  readonly origin: Origin;
  /** `major.minor.patch`, as `cella --version` prints it. */
  readonly version: string;
}

/** Why there is no server to start. */
export interface Problem {
  readonly kind: "missing" | "broken" | "old";
  readonly origin: Origin;
  /** One sentence for the user. */
  readonly message: string;
}

export type Search = { readonly server: Server } | { readonly problem: Problem };

const run = promisify(execFile);

const EXECUTABLE = process.platform === "win32" ? "cella.exe" : "cella";

/** How long a server may take to print its version, in milliseconds. */
const PATIENCE = 10_000;

/**
 * @param setting the value of `cella.server.path`; it stands alone where it isn't empty
 * @param folder what `${workspaceFolder}` and a relative path mean
 */
export async function findServer(
  setting: string,
  extensionPath: string,
  folder: string | undefined,
): Promise<Search> {
  if (setting.trim() !== "") return probe(expand(setting.trim(), folder), "setting");
  const bundled = path.join(extensionPath, "bin", EXECUTABLE);
  const first = await probe(bundled, "bundled");
  if ("server" in first) return first;
  const onPath = await searchPath();
  if (onPath !== undefined) return probe(onPath, "PATH");
  if (first.problem.kind !== "missing") return first;
  return {
    problem: {
      kind: "missing",
      origin: "PATH",
      message: "The Cella server is not in this extension, and there is no `cella` on PATH.",
    },
  };
}

function expand(setting: string, folder: string | undefined): string {
  const home = setting.replace(/^~(?=$|[\\/])/, homedir());
  if (folder === undefined) return home;
  return path.resolve(folder, home.replaceAll("${workspaceFolder}", folder));
}

/** By hand, since Windows would look in the workspace's folder first. */
async function searchPath(): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    const candidate = path.join(folder, EXECUTABLE);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

async function probe(command: string, origin: Origin): Promise<Search> {
  const problem = (kind: Problem["kind"], message: string): Search => ({
    problem: { kind, origin, message },
  });
  let output: string;
  try {
    ({ stdout: output } = await run(command, ["--version"], { timeout: PATIENCE }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return problem("missing", `There is no Cella server at ${command}.`);
    return problem("broken", `The Cella server at ${command} does not run: ${firstLine(message)}`);
  }
  const version = /^cella (\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version === undefined) return problem("broken", `${command} is not a Cella server.`);
  if (compare(version, OLDEST) < 0) {
    const message = `The Cella server at ${command} is ${version}; this extension needs ${OLDEST} or newer.`;
    return problem("old", message);
  }
  return { server: { path: command, origin, version } };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** Negative where `a` is the older of two `major.minor.patch`. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
