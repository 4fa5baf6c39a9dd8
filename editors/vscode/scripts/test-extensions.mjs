// Bundles and packages the extensions that the tests install beside Cella: each folder of test/ that has
// a package.json, into dist/test/NAME.vsix.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { buildSync } from "esbuild";

const root = path.join(import.meta.dirname, "..");
const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];

for (const name of readdirSync(path.join(root, "test"))) {
  const source = path.join(root, "test", name);
  const manifest = path.join(source, "package.json");
  if (!existsSync(manifest) || !existsSync(path.join(source, "extension.ts"))) continue;
  const target = path.join(root, "dist", "test", name);
  buildSync({
    entryPoints: [path.join(source, "extension.ts")],
    outfile: path.join(target, "extension.js"),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    external: ["vscode"],
  });
  copyFileSync(manifest, path.join(target, "package.json"));
  execFileSync(process.execPath, [vsce, "package", ...flags, "--out", `${target}.vsix`], {
    cwd: target,
    stdio: "inherit",
  });
}
