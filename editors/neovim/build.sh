#!/bin/sh
# Builds what this plugin needs of the grammar: parser/cella.so and queries/cella/.
# Takes a C compiler and about a second. CC and CFLAGS are heeded.
set -eu
cd "$(dirname "$0")"
grammar=../../tree-sitter-grammar

mkdir -p parser queries/cella
# Made under another name first: an editor may have the old one open.
${CC:-cc} ${CFLAGS:--O2} -std=c11 -fPIC -shared -I"$grammar/src" \
    -o parser/cella.so.new "$grammar/src/parser.c" "$grammar/src/scanner.c"
mv parser/cella.so.new parser/cella.so
cp "$grammar"/queries/*.scm queries/cella/
