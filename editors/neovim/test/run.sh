#!/usr/bin/env bash
# The plugin in a real Neovim, without a screen: each of cases/ in an editor of its own.
#   CELLA_BIN  the server (default: the one that cargo built in this repository)
#   NVIM       Neovim 0.11 or later (default: nvim on PATH)
# Arguments: the cases to run (default: all).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/environment.sh"

failed=0
[ $# -gt 0 ] || set -- "$here"/cases/*.lua
for case in "$@"; do
  case=$(basename "$case" .lua)
  fresh_workspace
  timeout 120 "$NVIM" --headless -u "$here/init.lua" -l "$here/run.lua" "$case" || failed=1
done
exit $failed
