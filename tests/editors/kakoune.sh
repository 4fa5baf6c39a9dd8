#!/usr/bin/env bash
# A session in Kakoune with kakoune-lsp, in a terminal, driven by keys and read by what it draws.
# XDG_CONFIG_HOME has the kakrc that docs/editors.md gives; CELLA_TEST_WORKSPACE the files.
set -euo pipefail
. "$(dirname "$0")/screen.sh"
trap 'tmux kill-server 2>/dev/null || true' EXIT

export LC_ALL=C.UTF-8
tmux -u new-session -d -x 92 -y 24 -c "$CELLA_TEST_WORKSPACE" 'kak raise_to.cella'

until_screen 'def raise_to_exp\(x\):.*closes over exp'  # a hint
tmux send-keys '1gf(l' ':lsp-hover' Enter
until_screen 'cell variable exp'
tmux send-keys '3gf,ll' ':lsp-definition' Enter
until_screen ' 1:14 '
tmux send-keys ':lsp-rename power' Enter
until_screen 'pow\(x, power\)'
tmux send-keys ':lsp-rename x' Enter
until_screen 'would be'                                 # why not
tmux send-keys ':q!' Enter
until_ended
