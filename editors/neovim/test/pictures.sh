#!/usr/bin/env bash
# Makes the pictures of Neovim in docs/images anew, of what screen.sh sees. CELLA_BIN and NVIM as there.
# Needs Chromium, and installs PyPI's rich into a folder that it removes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

mkdir "$made/shots"
SHOTS=$made/shots "$here/screen.sh"
python3 -m pip install --quiet --root-user-action ignore --target "$made/python" rich
for shot in "$made"/shots/*; do
  PYTHONPATH=$made/python python3 "$here/picture.py" "$shot" "$here/../../../docs/images/$(basename "$shot").png"
done
