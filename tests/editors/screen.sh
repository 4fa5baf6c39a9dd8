# Sourced by tests of editors in a terminal: tmux on a socket of its own, and reading what it shows.
# shellcheck shell=bash

tmux() { command tmux -L "cella-$$" -f /dev/null "$@"; }

screen() { tmux capture-pane -p; }

# Waits until the screen matches an extended regular expression.
until_screen() {
  for _ in $(seq 300); do
    if screen | grep -qE -- "$1"; then
      echo "ok   screen: $1"
      return
    fi
    sleep 0.1
  done
  echo "FAIL screen: never showed $1"
  screen
  exit 1
}

# Waits until the editor has ended.
until_ended() {
  for _ in $(seq 100); do
    tmux has-session 2>/dev/null || { echo 'ok   screen: the editor ended'; return; }
    sleep 0.1
  done
  echo 'FAIL screen: the editor did not end'
  exit 1
}
