/** The real VS Code workbench: a code-server of its own profile on a free port of loopback. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type Settings = Record<string, unknown>;

export interface Workbench {
  readonly port: number;
  /** The address that opens `folder`; `payload` is what the workbench calls by that name. */
  address(folder: string, payload?: [string, string][]): string;
  /** A file of this machine, as the workbench names it. */
  uri(file: string): string;
  /** Replaces the user's and the machine's settings. */
  configure(user: Settings, machine?: Settings): void;
  log(): string;
  stop(): Promise<void>;
}

/** Nothing that draws attention or reaches for the network. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.enabled": false,
  "chat.disableAIFeatures": true,
  "files.simpleDialog.enable": true,
  "window.confirmBeforeClose": "never",
  // What opens late takes the focus, and the palette would close before it is typed into.
  "workbench.quickOpen.closeOnFocusLost": false,
  "editor.hover.delay": 50,
};

/**
 * @param vsix the extensions to install, packaged
 * @param env is added to the environment of the extension host
 */
export async function startWorkbench(
  vsix: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Workbench> {
  const node = required("CODE_SERVER_NODE");
  const entry = required("CODE_SERVER_ENTRY");
  const home = mkdtempSync(path.join(tmpdir(), "cella-workbench-"));
  const write = (folder: string, settings: Settings): void => {
    mkdirSync(path.join(home, "data", folder), { recursive: true });
    writeFileSync(path.join(home, "data", folder, "settings.json"), JSON.stringify(settings));
  };
  const configure = (user: Settings, machine: Settings = {}): void => {
    // Open pages see only the machine's change.
    write("User", { ...QUIET, ...user });
    write("Machine", { ...user, ...machine });
  };
  configure({});
  writeFileSync(path.join(home, "config.yaml"), "auth: none\n");
  const profile = ["--config", path.join(home, "config.yaml")];
  profile.push("--user-data-dir", path.join(home, "data"));
  profile.push("--extensions-dir", path.join(home, "extensions"));
  const environment = { ...process.env, ...env };

  for (const extension of vsix) {
    const install = [entry, ...profile, "--install-extension", extension, "--force"];
    const { status, stdout, stderr } = spawnSync(node, install, {
      encoding: "utf8",
      env: environment,
    });
    if (status !== 0) throw new Error(`${extension} was not installed:\n${stdout}${stderr}`);
  }

  const port = await freePort();
  const serve = [entry, ...profile, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`];
  serve.push("--disable-telemetry", "--disable-update-check");
  serve.push("--disable-getting-started-override");
  // A closed page comes back never: its extension host shall not wait for it, in seconds.
  serve.push("--reconnection-grace-time", "5");
  // Without it a released workbench takes no tests to run in its extension host.
  serve.push("--vscode-option", "enable-smoke-test-driver");
  const server = spawn(node, serve, { env: environment, detached: true });
  let output = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const origin = `http://127.0.0.1:${port}`;
  await answers(`${origin}/healthz`, server, () => output);

  return {
    port,
    address: (folder, payload = []) =>
      `${origin}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    uri: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
    configure,
    log: () => output,
    stop: async () => {
      await end(server);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function required(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set; .ci/vscode.sh sets it`);
  return value;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

async function answers(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const reply = await fetch(url).catch(() => undefined);
    if (reply?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`code-server did not come up:\n${log()}`);
}

/** Ends the process and all that it started: it leads a group of its own. */
async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  process.kill(-server.pid, "SIGTERM");
  await Promise.race([gone, sleep(4000, undefined, { ref: false })]);
  try {
    process.kill(-server.pid, "SIGKILL");
  } catch {
    // The group is gone.
  }
}
