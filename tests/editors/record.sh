#!/bin/sh
# Stands in for the server in an editor's settings: CELLA_SERVER, with each session kept in a file of its
# own in CELLA_SESSIONS.
[ "${1:-}" = serve ] || exec "$CELLA_SERVER" "$@"
exec "$CELLA_SERVER" "$@" --record "$(mktemp "$CELLA_SESSIONS/XXXXXX.jsonl")"
