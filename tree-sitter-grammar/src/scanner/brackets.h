// Brackets: counted, matched, and closed where they were left open.
#ifndef TREE_SITTER_CELLA_BRACKETS_H
#define TREE_SITTER_CELLA_BRACKETS_H

#include "chunks.h"

// Closes what is innermost without a character for it, where the token was marked to end.
static bool close_unfinished(Scanner *self, TSLexer *lexer) {
  uint8_t entry = innermost(self);
  self->excess = 0;
  self->opened -= entry == SPECIFIER ? 2 : 1;
  if (entry & STRING) return emit(self, lexer, STRING_END);
  return emit(self, lexer, is_field(entry) || entry == SPECIFIER ? INTERPOLATION_CLOSE : CLOSE);
}

// The same in an expression. Chunks of rows that are open there end first.
static bool leave_unfinished(Scanner *self, TSLexer *lexer, const bool *valid) {
  enum Token edge = self->opened > 0 ? chunk_end(valid) : NO_TOKEN;
  return edge == NO_TOKEN ? close_unfinished(self, lexer) : emit(self, lexer, edge);
}

// `new_line`: outside brackets, first of its line. Its length is settled before the line can be read, so that an
// edge of a chunk before it stands where the line before it says, if that began with a bracket as well.
static bool scan_opening(Scanner *self, TSLexer *lexer, uint8_t entry, const bool *valid, bool new_line) {
  if (new_line && may_cut(valid) && scan_edge(self, lexer, self->edges, valid)) return true;
  bool begins = !self->opened && valid[MATCH_KEYWORD] && !valid[RECOVERING];
  advance(lexer);
  lexer->mark_end(lexer);
  if (begins) self->edges = (uint8_t)levels_cut(hash_on_line(FIRST_HASH, lexer, HASHED_ROW));
  if (!push(self, entry)) self->excess++;
  if (entry == SQUARE) return emit(self, lexer, SQUARE_OPEN);
  if (entry == CURLY) return emit(self, lexer, CURLY_OPEN);
  bool with = valid[WITH_OPEN] && !valid[RECOVERING] && holds_with_items(lexer);
  return emit(self, lexer, with ? WITH_OPEN : ROUND_OPEN);
}

// A closing bracket also closes those that were left open inside its own. One that closes nothing is no token.
static bool scan_closing(Scanner *self, TSLexer *lexer, uint8_t entry, const bool *valid) {
  uint8_t found = self->excess > 0 ? entry : innermost(self);
  if (self->excess > 0) {
    self->excess--;
  } else if (found == entry || (is_field(found) && entry == CURLY)) {
    enum Token edge = chunk_end(valid);
    if (edge != NO_TOKEN) return emit(self, lexer, edge);
    self->opened--;
  } else {
    for (unsigned i = self->opened; i > 0 && !(self->open[i - 1] & STRING); i--) {
      uint8_t outer = self->open[i - 1];
      if (outer == entry || (is_field(outer) && entry == CURLY)) return leave_unfinished(self, lexer, valid);
    }
    return false;
  }
  advance(lexer);
  lexer->mark_end(lexer);
  return emit(self, lexer, is_field(found) ? INTERPOLATION_CLOSE : CLOSE);
}

#endif
