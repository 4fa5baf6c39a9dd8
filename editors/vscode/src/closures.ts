/** The closures of a document, as the server's request `cella/closures` says them. */
import type * as vscode from "vscode";
import { RequestType, type Range, type TextDocumentIdentifier } from "vscode-languageclient/node";
import type { Session } from "./session";

/** What a closure does with a variable of an enclosing function. */
export type Manner = "reads" | "rebinds" | "passesOn";

export interface Cell {
  readonly name: string;
  readonly selectionRange: Range;
  readonly takenBy: readonly { readonly scope: number; readonly how: Manner }[];
}

/** A scope that a closure is involved with. Scopes name each other by their index. */
export interface Scope {
  readonly name: string;
  readonly qualifiedName: string;
  readonly kind: string;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly parent?: number;
  readonly cells: readonly Cell[];
  /** In the order of `__closure__`. */
  readonly closesOver: readonly { readonly name: string; readonly owner: number }[];
}

/** Scopes in the text's order, an enclosing one before what is nested in it. */
export interface Closures {
  readonly scopes: readonly Scope[];
  readonly leftOut: number;
}

interface Params {
  readonly textDocument: TextDocumentIdentifier;
}

const REQUEST = new RequestType<Params, Closures | null, void>("cella/closures");

const NONE: Closures = { scopes: [], leftOut: 0 };

/** Nothing where no server runs, and for documents that it doesn't know. */
export async function closuresOf(
  session: Session,
  document: vscode.TextDocument,
): Promise<Closures> {
  const { client } = session;
  if (client === undefined) return NONE;
  const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
  return (await client.sendRequest(REQUEST, { textDocument })) ?? NONE;
}

/** What `closure` does with the variable `name` of `owner`. */
export function manner(
  scopes: readonly Scope[],
  closure: number,
  owner: number,
  name: string,
): Manner {
  const cell = scopes[owner]?.cells.find((found) => found.name === name);
  return cell?.takenBy.find(({ scope }) => scope === closure)?.how ?? "reads";
}

/** The index of the innermost scope around the position. */
export function scopeAt(scopes: readonly Scope[], at: vscode.Position): number | undefined {
  let innermost: number | undefined;
  for (const [index, { range }] of scopes.entries()) {
    if (isBefore(range.start, at) && isBefore(at, range.end)) innermost = index;
  }
  return innermost;
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
