#!/usr/bin/env bash
# Checks every session in a folder against the protocol's model: validate.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
version=2025.0.0
home=${CELLA_CI_CACHE:-$HOME/.cache/cella-ci}/lsprotocol-$version
[ -d "$home" ] || python3 -m pip install --quiet --root-user-action ignore --target "$home" "lsprotocol==$version"
PYTHONPATH=$home python3 tests/python/validate.py "$1"/*
