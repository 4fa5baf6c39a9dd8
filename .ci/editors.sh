#!/usr/bin/env bash
# Emacs, Vim and Kakoune with the settings of docs/editors.md. CELLA_BIN is the server.
# What is missing comes from Debian's packages and from crates.io.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${CELLA_CI_CACHE:-$HOME/.cache/cella-ci}
export CELLA_BIN=${CELLA_BIN:-$PWD/target/release/cella} PATH="$cache/bin:$PATH"

packages=(emacs-nox elpa-eglot elpa-lsp-mode vim vim-ale kakoune tmux)
dpkg --status "${packages[@]}" >/dev/null 2>&1 || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

kakoune_client() {
  local version=22.0.0
  kak-lsp --version 2>/dev/null | grep -qF "$version" && return
  CARGO_TARGET_DIR="$cache/kak-lsp-target" cargo install kak-lsp --version "$version" --locked \
    --debug --quiet --root "$cache"
  rm -rf "$cache/kak-lsp-target"
}

kakoune_client
CELLA_SESSIONS=$(mktemp -d)
trap 'rm -rf "$CELLA_SESSIONS"' EXIT
export CELLA_SESSIONS CELLA_SERVER=$CELLA_BIN CELLA_BIN=$PWD/tests/editors/record.sh
tests/editors/run.sh
.ci/validate.sh "$CELLA_SESSIONS"
