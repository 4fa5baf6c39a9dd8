# Sourced by what runs Neovim: where things are, and a home of its own, so that nothing of the
# user's Neovim is read or written. Everything is removed at the end.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
export CELLA_BIN=${CELLA_BIN:-$root/target/debug/cella}
export NVIM=${NVIM:-nvim}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for name in CONFIG DATA STATE CACHE; do
  export "XDG_${name}_HOME=$scratch/$name"
  mkdir -p "$scratch/$name"
done
export NVIM_LOG_FILE=$scratch/nvim.log
export CELLA_TEST_WORKSPACE=$scratch/workspace

fresh_workspace() {
  rm -rf "$CELLA_TEST_WORKSPACE"
  cp -r "$root/editors/neovim/test/workspace" "$CELLA_TEST_WORKSPACE"
  cp "$root/examples/raise_to.cella" "$CELLA_TEST_WORKSPACE"
}
