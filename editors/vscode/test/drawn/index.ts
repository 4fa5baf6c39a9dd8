/** Everything that is tested on the drawn page, as a person sees it. */
import type { TestContext } from "node:test";
import {
  besideAnotherServer,
  inADarkTheme,
  inALightTheme,
  overThreeScopes,
  whileOneTypes,
} from "./code";
import type { Opened } from "./open";
import { renaming } from "./rename";
import { withoutAServer } from "./server";
import { theViews, theWalkthrough } from "./views";
import { inAnUntrustedWorkspace, inAVirtualWorkspace } from "./workspaces";

const GROUPS: Record<string, (t: TestContext, opened: Opened) => Promise<void>> = {
  "in a dark theme": inADarkTheme,
  "in a light theme": inALightTheme,
  "over three scopes": overThreeScopes,
  "while one types": whileOneTypes,
  "beside another server": besideAnotherServer,
  renaming,
  "the views": theViews,
  "the walkthrough": theWalkthrough,
  "without a server": withoutAServer,
  "in an untrusted workspace": inAnUntrustedWorkspace,
  "in a virtual workspace": inAVirtualWorkspace,
};

/** All of them, or those that `only` names. */
export async function drive(t: TestContext, opened: Opened, only: RegExp): Promise<void> {
  for (const [name, group] of Object.entries(GROUPS)) {
    if (only.test(name)) await t.test(name, (part) => group(part, opened));
  }
}
