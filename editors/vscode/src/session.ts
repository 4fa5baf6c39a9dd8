/** The server's life: found, started, restarted when it dies, given up when it dies too often. */
import * as vscode from "vscode";
import { State, type LanguageClient } from "vscode-languageclient/node";
import { createClient } from "./client";
import { findServer, type Problem, type Server } from "./find";
import type { TraceChannel } from "./trace";

export type Status =
  | { readonly state: "starting" }
  | { readonly state: "running"; readonly server: Server }
  | { readonly state: "stopped" }
  | { readonly state: "unusable"; readonly problem: Problem }
  | { readonly state: "failed"; readonly server: Server; readonly reason: string };

/** So many deaths within so many milliseconds are too often. */
const DEATHS = 5;
const WITHIN = 180_000;

export class Session implements vscode.Disposable {
  #status: Status = { state: "stopped" };
  #client: LanguageClient | undefined;
  #deaths: number[] = [];
  /** Starts and stops take their turn, so that two never overlap. */
  #turn: Promise<void> = Promise.resolve();
  readonly #changed = new vscode.EventEmitter<Status>();

  readonly onDidChangeStatus = this.#changed.event;

  constructor(
    private readonly extensionPath: string,
    readonly log: vscode.LogOutputChannel,
    private readonly traces: TraceChannel,
  ) {}

  get status(): Status {
    return this.#status;
  }

  /** The client of the server that runs, if one does. */
  get client(): LanguageClient | undefined {
    return this.#client?.isRunning() === true ? this.#client : undefined;
  }

  start(): Promise<void> {
    return this.#enqueue(() => this.#start());
  }

  /** Looks for the server anew and starts it; earlier deaths are forgotten. */
  restart(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#stop();
      this.#deaths = [];
      await this.#start();
    });
  }

  stop(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  dispose(): void {
    void this.stop();
    this.#changed.dispose();
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(step, step);
    return this.#turn;
  }

  async #start(): Promise<void> {
    this.#become({ state: "starting" });
    const setting = vscode.workspace.getConfiguration("cella").get("server.path", "");
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
    const found = await findServer(setting, this.extensionPath, folder?.uri.fsPath);
    if ("problem" in found) {
      this.log.error(found.problem.message);
      this.#become({ state: "unusable", problem: found.problem });
      return;
    }
    const { server } = found;
    this.log.info(`Starting ${server.path} ${server.version} (${server.origin})`);
    const died = (): void => {
      this.#died(client, server);
    };
    const client = createClient(server, this.log, this.traces, died);
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      if (client === this.#client) this.#follow(newState, server);
    });
    try {
      await client.start();
    } catch {
      // The client has written why to the log. Its server may live on, unable to speak.
      died();
      await client.dispose().catch(() => undefined);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    try {
      await client.dispose();
    } catch (error) {
      this.log.warn(`The server did not stop in order: ${String(error)}`);
    }
    this.#become({ state: "stopped" });
  }

  #follow(state: State, server: Server): void {
    if (state === State.Running) this.#become({ state: "running", server });
    else if (state === State.Starting) this.#become({ state: "starting" });
    else if (this.#status.state === "running") this.#become({ state: "stopped" });
  }

  /** Gives the server another life, with a client of its own. */
  #died(client: LanguageClient, server: Server): void {
    // Stopped on purpose, or told already.
    if (client !== this.#client) return;
    this.#client = undefined;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((death) => now - death < WITHIN), now];
    if (this.#deaths.length < DEATHS) {
      this.log.warn("The server has died; starting it again");
      void this.start();
      return;
    }
    const reason = `it ended ${DEATHS} times within ${WITHIN / 60_000} minutes`;
    this.log.error(`The server has died: ${reason}`);
    this.#become({ state: "failed", server, reason });
  }

  #become(status: Status): void {
    this.#status = status;
    this.#changed.fire(status);
  }
}
