// Writes the server's settings into package.json: `node scripts/settings.mjs SERVER [--check]`.
// The server's schema is their only source; what belongs to the extension alone is listed here.
import { execFileSync } from "node:child_process";
import console from "node:console";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import prettier from "prettier";

const manifest = path.join(import.meta.dirname, "..", "package.json");

const BEFORE = {
  "cella.server.path": {
    type: "string",
    default: "",
    scope: "machine-overridable",
    markdownDescription:
      "Path of the `cella` server. Empty: the one that came with this extension, else the first on `PATH`.",
  },
};
const AFTER = {
  "cella.trace.server": {
    type: "string",
    enum: ["off", "messages", "verbose"],
    default: "off",
    scope: "window",
    markdownDescription:
      "Write the messages between editor and server to the output channel _Cella Trace_.",
  },
};

/** Each setting of `schema`, by its dotted name; what nests becomes names, not objects. */
function* flatten(schema, definitions, name) {
  const { $ref, ...outer } = schema;
  const inner = $ref === undefined ? schema : definitions[$ref.replace("#/$defs/", "")];
  if (inner.type === "object") {
    for (const [key, property] of Object.entries(inner.properties)) {
      yield* flatten(property, definitions, `${name}.${key}`);
    }
    return;
  }
  const choices = inner.oneOf && {
    type: "string",
    enum: inner.oneOf.map((choice) => choice.const),
    markdownEnumDescriptions: inner.oneOf.map((choice) => choice.description),
  };
  yield [
    name,
    {
      type: inner.type,
      enum: inner.enum,
      ...choices,
      minimum: inner.minimum,
      default: outer.default,
      scope: "window",
      markdownDescription: outer.description ?? inner.description,
    },
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: "boolean", default: false } },
});
const [server] = positionals;
if (server === undefined) {
  console.error("usage: node scripts/settings.mjs SERVER [--check]");
  process.exit(2);
}
const schema = JSON.parse(execFileSync(server, ["schema"], { encoding: "utf8" }));
const own = Object.fromEntries(flatten(schema, schema.$defs, "cella"));
const properties = Object.entries({ ...BEFORE, ...own, ...AFTER }).map(
  ([name, property], order) => [name, { ...property, order }],
);
const before = readFileSync(manifest, "utf8");
const contents = JSON.parse(before);
contents.contributes.configuration.properties = Object.fromEntries(properties);
const options = await prettier.resolveConfig(manifest);
const after = await prettier.format(JSON.stringify(contents), { ...options, filepath: manifest });
if (!values.check) {
  writeFileSync(manifest, after);
} else if (after !== before) {
  console.error("package.json's settings are not the server's: run `npm run settings`.");
  process.exit(1);
}
