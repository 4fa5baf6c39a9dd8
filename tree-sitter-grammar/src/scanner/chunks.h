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
  for (unsigned edge = FIRST_END; edge <= END_3; edge++) found |= valid[edge];
  return found && !valid[RECOVERING];
}

static uint32_t hash_on(uint32_t hash, int32_t c) { return (hash ^ (uint32_t)c) * 16777619u; }

// The number of levels that are cut before a line with this hash.
static unsigned levels_cut(uint32_t hash) {
  // Mixed, for in a product the lower bits know nothing of the upper ones: lines that differ little would be alike.
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
  hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
  hash >>= 8;
  unsigned levels = 0;
  for (; levels < LEVELS && hash % CHUNK_SIZE == 0; hash /= CHUNK_SIZE) levels++;
  return levels;
}

// A hash with the rest of the line, or so many characters of it.
static uint32_t hash_on_line(uint32_t hash, TSLexer *lexer, unsigned limit) {
  for (; limit > 0 && !is_line_end(lexer->lookahead) && !at_end(lexer); limit--) {
    hash = hash_on(hash, lexer->lookahead);
    advance(lexer);
  }
  return hash;
}

// A lexer that hashes what it passes, for lines that are read for another reason too.
typedef struct {
  TSLexer lexer;
  TSLexer *inner;
  uint32_t hash;
  unsigned passed;
} Hashing;

static void hashing_advance(TSLexer *lexer, bool skip) {
  Hashing *self = (Hashing *)lexer;
  self->hash = hash_on(self->hash, lexer->lookahead);
  self->passed++;
  self->inner->advance(self->inner, skip);
  lexer->lookahead = self->inner->lookahead;
}

static bool hashing_eof(const TSLexer *lexer) {
  const TSLexer *inner = ((const Hashing *)lexer)->inner;
  return inner->eof(inner);
}

static Hashing hashing(TSLexer *inner) {
  Hashing self = {.lexer = *inner, .inner = inner, .hash = FIRST_HASH};
  self.lexer.advance = hashing_advance;
  self.lexer.eof = hashing_eof;
  return self;
}

// What stands where so many levels are cut: chunks end, the inner ones first, and then one starts, of the outermost
// level that the parser can take.
static bool scan_edge(Scanner *self, TSLexer *lexer, unsigned levels, const bool *valid) {
  for (unsigned level = 0; level < levels; level++) {
    if (valid[END_1 + level]) return emit(self, lexer, END_1 + level);
  }
  if (levels > 0 && valid[FIRST_END]) return emit(self, lexer, FIRST_END);
  while (levels-- > 0) {
    if (valid[START_1 + levels]) return emit(self, lexer, START_1 + levels);
  }
  return false;
}

#endif
