// Packages the extension with the server's binary inside: `npm run package -- [SERVER] [--target linux-x64]`.
// SERVER is a cella executable, by default the one that `cargo build --release` makes.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import console from "node:console";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

const root = path.join(import.meta.dirname, "..");
const repository = path.join(root, "..", "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: "string", default: `${process.platform}-${process.arch}` },
    out: { type: "string" },
  },
});
const executable = values.target.startsWith("win32") ? "cella.exe" : "cella";
const server = positionals[0] ?? path.join(repository, "target", "release", executable);
if (!existsSync(server)) {
  console.error(`There is no server at ${server}: run \`cargo build --release\` first.`);
  process.exit(2);
}

rmSync(path.join(root, "bin"), { recursive: true, force: true });
mkdirSync(path.join(root, "bin"));
const bundled = path.join(root, "bin", executable);
copyFileSync(server, bundled);
chmodSync(bundled, 0o755);
strip(bundled);
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  const source = path.join(repository, licence);
  if (existsSync(source)) copyFileSync(source, path.join(root, licence));
}

const example = "raise_to.cella";
copyFileSync(path.join(repository, "examples", example), path.join(root, "walkthrough", example));

const vsix = values.out ?? path.join(root, `cella-${values.target}.vsix`);
const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
execFileSync(
  process.execPath,
  [
    vsce,
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--target",
    values.target,
    "--out",
    vsix,
  ],
  { cwd: root, stdio: "inherit" },
);

/**
 * Takes out what only a debugger reads, which is four fifths of the file; the names of functions stay,
 * for backtraces, and so do the lines that panics name. On Windows all of it is in a file of its own.
 */
function strip(file) {
  if (values.target.startsWith("win32")) return;
  execFileSync("strip", ["-S", file], { stdio: "inherit" });
}
