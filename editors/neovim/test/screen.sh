#!/usr/bin/env bash
# Neovim in a terminal (tmux, on a socket of its own), driven by keys and read by what it draws.
#   CELLA_BIN, NVIM  as for run.sh
#   SHOTS            a folder for screens with their colours, which pictures.sh makes pictures of
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/environment.sh"
fresh_workspace

. "$root/tests/editors/screen.sh"
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$scratch"' EXIT

shot() { [ -z "${SHOTS:-}" ] || tmux capture-pane -e -p > "$SHOTS/$1"; }

export LC_ALL=C.UTF-8 COLORTERM=truecolor
tmux -u new-session -d -x 92 -y 18 -c "$CELLA_TEST_WORKSPACE" \
  "$NVIM -u '$here/init.lua' --cmd 'set termguicolors number winborder=rounded' raise_to.cella"
tmux set -g default-terminal tmux-256color
tmux set -ga terminal-overrides ',*:Tc'

until_screen 'def raise_to_exp\(x\): closes over exp'  # a hint at the end of a line
tmux send-keys '1G0f(l' K
until_screen 'raise_to\.<locals>\.raise_to_exp'        # the hover
tmux send-keys Escape '3G0f,w' K
until_screen 'free variable exp'                       # and from the closure's side
shot neovim
tmux send-keys hl ':set background=light | echo' Enter K
until_screen 'free variable exp'
shot neovim-light
tmux send-keys hl ':set background=dark' Enter 'C-]' ':echo "at" line(".") col(".")' Enter
until_screen 'at 1 14'                                 # definition, past a scope
tmux send-keys '3G0f,w' grr
until_screen 'raise_to\.cella\|1 col 14'                # references, in a list
until_screen 'raise_to\.cella\|3 col 23'
shot neovim-references
tmux send-keys ':cclose' Enter '3G0f,w' grn
until_screen 'New Name: exp'                           # what is renamed is offered
tmux send-keys C-u power Enter
until_screen 'raise_to\(power taken by raise_to_exp'    # and is, in both places; the hints follow
until_screen 'pow\(x, power\)'
shot neovim-rename
tmux send-keys u ':Cella hints off' Enter
until_screen 'def raise_to_exp\(x\): *$'
tmux send-keys ':Cella exp' Tab Enter
until_screen '\[Scratch\].*1,1'                        # the window of :Cella explain
tmux send-keys ':quit' Enter ':Cella map' Enter
until_screen 'raise_to_exp +closes over exp'
shot neovim-map
tmux send-keys ':qa!' Enter
until_ended
