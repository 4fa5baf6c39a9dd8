#!/usr/bin/env bash
# Emacs and Vim with the settings of docs/editors.md. CELLA_BIN is the server.
# What is missing comes from Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
export CELLA_BIN=${CELLA_BIN:-$PWD/target/release/cella}

packages=(emacs-nox elpa-eglot elpa-lsp-mode vim vim-ale)
dpkg --status "${packages[@]}" >/dev/null 2>&1 || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

CELLA_SESSIONS=$(mktemp -d)
trap 'rm -rf "$CELLA_SESSIONS"' EXIT
export CELLA_SESSIONS CELLA_SERVER=$CELLA_BIN CELLA_BIN=$PWD/tests/editors/record.sh
tests/editors/run.sh
.ci/validate.sh "$CELLA_SESSIONS"
