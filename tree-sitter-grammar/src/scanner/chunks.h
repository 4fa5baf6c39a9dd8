// The edges of chunks. Where one stands, and of which level, depends on the line behind it alone: an edit moves at
// most the edges beside it.
#ifndef TREE_SITTER_CELLA_CHUNKS_H
#define TREE_SITTER_CELLA_CHUNKS_H

#include "lookahead.h"

// The end of a chunk that can stand here, or NO_TOKEN. There is never more than one: inner chunks end first.
static enum Token chunk_end(const bool *valid) {
  for (unsigned level = 0; level < LEVELS && !valid[RECOVERING]; level++) {
    if (valid[END_1 + level]) return END_1 + level;
  }
  return NO_TOKEN;
}

// Whether a chunk can end or start here.
static bool may_cut(const bool *valid) {
  bool found = false;
  for (unsigned edge = START_1; edge <= END_3; edge++) found |= valid[edge];
  return found && !valid[RECOVERING];
}

// The number of levels that are cut before the line whose first word was just passed.
static unsigned edge_levels(TSLexer *lexer, const Word *first) {
  uint32_t hash = 2166136261u;
  for (unsigned i = 0; i < first->length; i++) hash = (hash ^ (uint8_t)first->text[i]) * 16777619u;
  for (unsigned i = 0; i < HASHED && !is_line_end(lexer->lookahead) && !at_end(lexer); i++) {
    hash = (hash ^ (uint32_t)lexer->lookahead) * 16777619u;
    advance(lexer);
  }
  // Mixed, for in a product the lower bits know nothing of the upper ones: rows that differ little would all be alike.
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
  hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
  unsigned levels = 0;
  for (; levels < LEVELS && hash % CHUNK_SIZE == 0; hash /= CHUNK_SIZE) levels++;
  return levels;
}

// What stands where so many levels are cut: chunks end, the inner ones first, and then one starts, of the outermost
// level that the parser can take.
static bool scan_edge(Scanner *self, TSLexer *lexer, unsigned levels, const bool *valid) {
  for (unsigned level = 0; level < levels; level++) {
    if (valid[END_1 + level]) return emit(self, lexer, END_1 + level);
  }
  while (levels-- > 0) {
    if (valid[START_1 + levels]) return emit(self, lexer, START_1 + levels);
  }
  return false;
}

#endif
