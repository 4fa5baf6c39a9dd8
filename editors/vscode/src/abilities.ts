/** Tells the server what this client can do that the protocol has no name for. */
import type { LanguageClient, StaticFeature } from "vscode-languageclient/node";

const ABILITIES = {
  /** Sends a document anew, see `resync.ts`. */
  outOfStep: true,
  /** Has the command of `references.ts`. */
  showReferences: true,
};

/** To be called before the client starts. */
export function announceAbilities(client: LanguageClient): void {
  const feature: StaticFeature = {
    fillClientCapabilities: (capabilities) => {
      const others = capabilities.experimental as object | undefined;
      capabilities.experimental = { ...others, cella: ABILITIES };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
  };
  client.registerFeature(feature);
}
