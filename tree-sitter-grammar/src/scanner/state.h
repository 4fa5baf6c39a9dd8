// What the scanner keeps from token to token, and how it is written into the tree.
//
// It holds only what the rest of the text needs (indents, open brackets and strings): a state that counted or
// remembered more would differ after an edit, and nothing behind the edit could be taken over.
#ifndef TREE_SITTER_CELLA_STATE_H
#define TREE_SITTER_CELLA_STATE_H

#include "tree_sitter/parser.h"

#include <stdlib.h>
#include <string.h>

// In the order of `externals` in grammar.js.
enum Token {
  NEWLINE, INDENT, DEDENT, NO_BLOCK, NO_COLON, NO_DEFINITION,
  FIRST_END, START_1, START_2, START_3, END_1, END_2, END_3, // of what stands before chunks, of a chunk, and so on
  ROUND_OPEN, SQUARE_OPEN, CURLY_OPEN, CLOSE,
  WITH_OPEN, MATCH_KEYWORD, TYPE_KEYWORD,
  STRING_START, STRING_TEXT, ESCAPE_SEQUENCE, STRING_END,
  INTERPOLATION_OPEN, INTERPOLATION_CLOSE, FORMAT_COLON,
  BEHIND_DOT, // never told: valid where only a name can go on, or nothing
  RECOVERING, // valid only while the parser recovers from an error
  NO_TOKEN,
};

enum { LEVELS = END_1 - START_1 }; // of chunks, counted from 0

// What can be open: a bracket, the field of an interpolation (with LINE if it ends at its line, being unfinished),
// its format specifier, or a string (STRING and flags).
enum Open {
  ROUND = 1, SQUARE, CURLY, FIELD, SPECIFIER, LINE = 0x20,
  STRING = 0x80, DOUBLE_QUOTE = 1, TRIPLE = 2, RAW = 4, FORMAT = 8, BYTES = 16,
};

enum {
  MAX_INDENTS = 100,     // CPython: MAXINDENT
  MAX_OPEN = 250,        // CPython: 200 brackets (MAXLEVEL)
  MAX_PREFIX = 2,        // of a string
  MAX_WORD = 10,         // longer than every word that is looked for
  MAX_LOOKAHEAD = 16384, // characters, to settle a soft keyword or the bracket of a `with`
  MAX_FIELD = 1024,      // characters, to settle whether an interpolation or a bracket goes on behind a line end
  MAX_COMMENTS = 100,    // lines, to settle whether comments stand behind a block
  HASHED = 24,           // characters of a line behind its first word, to settle whether it starts a chunk,
  HASHED_ROW = 100,      // and of a row, of which many can begin alike
  FIRST_HASH = 0x11C9DC, // of no characters
  CHUNK_SIZE = 8,        // statements or rows in a chunk, and chunks in one of the next level, on average
};

typedef struct {
  uint8_t indents;
  uint8_t opened;
  bool ended;       // while recovering: the end of this line has been told
  uint8_t edges;    // levels that are cut behind this line, which begins with a bracket, if the next one does
  uint32_t excess;  // brackets open beyond MAX_OPEN
  uint16_t columns[MAX_INDENTS];
  uint8_t open[MAX_OPEN];
} Scanner;

_Static_assert(3 + 3 * MAX_INDENTS + MAX_OPEN + sizeof(uint32_t) <= TREE_SITTER_SERIALIZATION_BUFFER_SIZE,
               "the state fits its buffer");

void *tree_sitter_cella_external_scanner_create(void) { return calloc(1, sizeof(Scanner)); }

void tree_sitter_cella_external_scanner_destroy(void *payload) { free(payload); }

// Short: up to 24 bytes are kept in the tree without an allocation.
unsigned tree_sitter_cella_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *self = payload;
  unsigned size = 0;
  if (!self->indents && !self->opened && !self->ended && !self->edges) return 0;
  buffer[size++] = (char)(self->indents | (self->ended ? 0x80 : 0));
  buffer[size++] = (char)self->opened;
  for (unsigned i = 0; i < self->indents; i++) {
    uint16_t column = self->columns[i];
    buffer[size++] = (char)(column < 255 ? column : 255);
    if (column < 255) continue;
    memcpy(buffer + size, &column, sizeof column);
    size += sizeof column;
  }
  memcpy(buffer + size, self->open, self->opened);
  size += self->opened;
  if (self->opened == MAX_OPEN) {
    memcpy(buffer + size, &self->excess, sizeof self->excess);
    size += sizeof self->excess;
  }
  if (self->edges) buffer[size++] = (char)self->edges;
  return size;
}

void tree_sitter_cella_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  Scanner *self = payload;
  self->indents = self->opened = 0;
  self->ended = false;
  self->edges = 0;
  self->excess = 0;
  if (length < 2) return;
  unsigned size = 0;
  self->indents = (uint8_t)buffer[size] & 0x7F;
  self->ended = (uint8_t)buffer[size++] & 0x80;
  self->opened = (uint8_t)buffer[size++];
  for (unsigned i = 0; i < self->indents; i++) {
    self->columns[i] = (uint8_t)buffer[size++];
    if (self->columns[i] < 255) continue;
    memcpy(&self->columns[i], buffer + size, sizeof self->columns[i]);
    size += sizeof self->columns[i];
  }
  memcpy(self->open, buffer + size, self->opened);
  size += self->opened;
  if (self->opened == MAX_OPEN) {
    memcpy(&self->excess, buffer + size, sizeof self->excess);
    size += sizeof self->excess;
  }
  if (size < length) self->edges = (uint8_t)buffer[size];
}

static uint16_t current_column(const Scanner *self) {
  return self->indents ? self->columns[self->indents - 1] : 0;
}

static uint8_t innermost(const Scanner *self) { return self->opened ? self->open[self->opened - 1] : 0; }

// The string in whose interpolation we are, or 0.
static uint8_t enclosing_string(const Scanner *self) {
  for (unsigned i = self->opened; i > 0; i--) {
    if (self->open[i - 1] & STRING) return self->open[i - 1];
  }
  return 0;
}

static bool is_field(uint8_t entry) { return (entry & ~LINE) == FIELD; }

// Whether we are in an interpolation that ends at its line.
static bool in_line_field(const Scanner *self) {
  for (unsigned i = self->opened; i > 0 && !(self->open[i - 1] & STRING); i--) {
    if (self->open[i - 1] & LINE) return true;
  }
  return false;
}

static bool push(Scanner *self, uint8_t entry) {
  if (self->opened == MAX_OPEN) return false;
  self->open[self->opened++] = entry;
  return true;
}

#endif
