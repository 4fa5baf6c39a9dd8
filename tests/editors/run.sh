#!/usr/bin/env bash
# Cella in Emacs (eglot, lsp-mode), in Vim (ALE) and in Kakoune, with the very settings that docs/editors.md gives;
# the other settings there are at least well formed. CELLA_BIN is the server.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -m 700 "$scratch/bin" "$scratch/home" "$scratch/run"
ln -s "${CELLA_BIN:-$root/target/release/cella}" "$scratch/bin/cella"
export PATH="$scratch/bin:$PATH" HOME="$scratch/home" CELLA_TEST_WORKSPACE="$scratch/workspace"

fresh_workspace() {
  rm -rf "$CELLA_TEST_WORKSPACE"
  cp -r "$root/editors/neovim/test/workspace" "$CELLA_TEST_WORKSPACE"
  cp "$root/examples/raise_to.cella" "$CELLA_TEST_WORKSPACE"
}

# The first fenced piece under a heading of docs/editors.md.
settings_of() {
  awk -v heading="## $1" '
    /^## /                    { here = ($0 == heading) }
    here && /^```/            { if (inside) exit; inside = 1; next }
    here && inside            { print }
  ' "$root/docs/editors.md"
}

emacs_with() {
  fresh_workspace
  settings_of "Emacs with $1" > "$scratch/settings.el"
  [ -s "$scratch/settings.el" ]
  timeout 120 emacs --batch --no-site-file -l "$scratch/settings.el" -l "$here/$1.el" 2> "$scratch/said" \
    || { cat "$scratch/said"; echo "FAIL Emacs with $1"; return 1; }
  grep -E '^ +passed' "$scratch/said"
  echo "ok   Emacs with $1"
}

vim_with_ale() {
  fresh_workspace
  { echo 'set nocompatible noswapfile nomore | packadd ale'; settings_of 'Vim with ALE'; } > "$scratch/settings.vim"
  timeout 120 vim -Es -u "$scratch/settings.vim" -S "$here/ale.vim" < /dev/null || true
  [ -f "$CELLA_TEST_WORKSPACE/errors.txt" ] && [ ! -s "$CELLA_TEST_WORKSPACE/errors.txt" ] \
    || { cat "$CELLA_TEST_WORKSPACE/errors.txt"; echo 'FAIL Vim with ALE'; return 1; }
  echo 'ok   Vim with ALE'
}

kakoune() {
  fresh_workspace
  mkdir -p "$scratch/config/kak"
  settings_of Kakoune > "$scratch/config/kak/kakrc"
  XDG_CONFIG_HOME=$scratch/config XDG_RUNTIME_DIR=$scratch/run "$here/kakoune.sh" \
    || { echo 'FAIL Kakoune'; return 1; }
  echo 'ok   Kakoune'
}

well_formed() {
  settings_of "$1" | python3 -c "import sys, $2; $2.loads(sys.stdin.read())['$3']"
  echo "ok   $1: well formed"
}

emacs_with eglot
emacs_with lsp-mode
vim_with_ale
kakoune
well_formed 'Helix' tomllib language
well_formed 'Vim with coc.nvim' json languageserver
well_formed 'Sublime Text' json clients
well_formed 'Zed' json lsp
