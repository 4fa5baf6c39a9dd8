// Lines: their ends, their indentation, and the edges of chunks.
#ifndef TREE_SITTER_CELLA_LAYOUT_H
#define TREE_SITTER_CELLA_LAYOUT_H

#include "chunks.h"

// Skips to the next line that isn't blank; its indentation in columns. Tabs go to the next multiple of 8, a
// form feed to 0; where a backslash continues the indentation, the first line counts.
static unsigned skip_to_code(TSLexer *lexer) {
  unsigned column = 0;
  bool frozen = false;
  for (;;) {
    int32_t c = lexer->lookahead;
    if (is_line_end(c)) {
      column = 0;
      frozen = false;
    } else if (c == ' ') {
      column += !frozen;
    } else if (c == '\t') {
      if (!frozen) column = (column / 8 + 1) * 8;
    } else if (c == '\f') {
      if (!frozen) column = 0;
    } else if (c == '\\') {
      skip(lexer);
      if (!is_line_end(lexer->lookahead)) return column;
      if (lexer->lookahead == '\r') {
        skip(lexer);
        if (lexer->lookahead != '\n') continue;
      }
      frozen = true;
    } else if (c != 0xFEFF) {
      return at_end(lexer) ? 0 : column;
    }
    skip(lexer);
  }
}

// The indentation of the next line of code. `limit` is in lines of comments; past it, UINT_MAX.
static unsigned pass_comments(TSLexer *lexer, unsigned column, unsigned limit) {
  for (; lexer->lookahead == '#'; limit--) {
    if (limit == 0) return ~0u;
    pass_comment(lexer);
    column = skip_to_code(lexer);
  }
  return column;
}

static const char *const CLAUSE_WORDS[] = {"elif", "else", "except", "finally", NULL};

// The edge of a chunk before the line whose first word was just passed.
static bool scan_statement_edge(Scanner *self, TSLexer *lexer, const Word *first, const bool *valid) {
  if (!may_cut(valid) || is_one_of(first, CLAUSE_WORDS)) return false;
  uint32_t hash = FIRST_HASH;
  for (unsigned i = 0; i < first->length; i++) hash = hash_on(hash, first->text[i]);
  return scan_edge(self, lexer, levels_cut(hash_on_line(hash, lexer, HASHED)), valid);
}

// The edge of a chunk in brackets, before a comma that ends a line or comes last. The comma is the next character.
static bool scan_row_edge(Scanner *self, TSLexer *lexer, const bool *valid) {
  advance(lexer);
  while (is_blank(lexer->lookahead)) advance(lexer);
  if (lexer->lookahead == '#') pass_comment(lexer);
  bool new_line = is_line_end(lexer->lookahead);
  unsigned column = new_line ? pass_comments(lexer, skip_to_code(lexer), ~0u) : ~0u;
  int32_t c = lexer->lookahead;
  bool last = c == ')' || c == ']' || c == '}' || at_end(lexer);
  if (!new_line && !last) return false;
  Hashing row = hashing(lexer);
  Word first = take_word(&row.lexer, MAX_WORD);
  bool plain = innermost(self) != ROUND && column <= current_column(self);
  last = last || begins_statement(&row.lexer, &first, false, plain);
  enum Token end = chunk_end(valid);
  if (last) return end != NO_TOKEN && emit(self, lexer, end);
  while (row.passed < HASHED_ROW && !is_line_end(row.lexer.lookahead) && !at_end(&row.lexer)) advance(&row.lexer);
  return scan_edge(self, lexer, levels_cut(row.hash), valid);
}

static bool dedent(Scanner *self, TSLexer *lexer) {
  self->indents--;
  return emit(self, lexer, DEDENT);
}

// At a line end: whether a chunk can end there isn't known any more unless the next line begins with a bracket.
static void forget_edges(Scanner *self, TSLexer *lexer) {
  while (is_blank(lexer->lookahead) || is_line_end(lexer->lookahead)) advance(lexer);
  int32_t c = lexer->lookahead;
  if (c != '(' && c != '[' && c != '{') self->edges = 0;
}

enum Layout { TOLD, NONE, CODE };

// While the parser recovers, a line end is told once, and then the dedents behind it. (The parser drops empty
// tokens that leave the scanner's state as it was, hence `ended`.)
static enum Layout recover_layout(Scanner *self, TSLexer *lexer) {
  if (!self->ended) {
    emit(self, lexer, NEWLINE);
    self->ended = true;
    return TOLD;
  }
  unsigned column = skip_to_code(lexer);
  bool comment = lexer->lookahead == '#';
  column = pass_comments(lexer, column, MAX_COMMENTS);
  if (self->indents > 0 && column < current_column(self)) {
    dedent(self, lexer);
    self->ended = true;
    return TOLD;
  }
  return comment || at_end(lexer) ? NONE : CODE;
}

// Behind a decorator: whether what it decorates isn't there.
static enum Layout scan_decorated(Scanner *self, TSLexer *lexer) {
  unsigned column = skip_to_code(lexer);
  if (lexer->lookahead == '#') return NONE;
  if (!at_end(lexer) && column >= current_column(self)) {
    if (lexer->lookahead == '@') return NONE;
    Word word = take_word(lexer, MAX_WORD);
    if (is_one_of(&word, DEFINITION_WORDS)) return NONE;
  }
  emit(self, lexer, NO_DEFINITION);
  return TOLD;
}

// At the end of a line or of the text, outside brackets. CODE: no token stands before the next line's first.
static enum Layout scan_layout(Scanner *self, TSLexer *lexer, const bool *valid) {
  if (valid[RECOVERING]) return recover_layout(self, lexer);
  if (valid[NO_COLON]) return emit(self, lexer, NO_COLON), TOLD;
  if (valid[NO_DEFINITION]) return scan_decorated(self, lexer);
  if (valid[INDENT]) {
    unsigned column = pass_comments(lexer, skip_to_code(lexer), ~0u);
    bool deeper = column > current_column(self) && self->indents < MAX_INDENTS;
    if (deeper) self->columns[self->indents++] = (uint16_t)(column < UINT16_MAX ? column : UINT16_MAX);
    emit(self, lexer, deeper ? INDENT : NO_BLOCK);
    return TOLD;
  }
  bool between = valid[MATCH_KEYWORD] || valid[DEDENT] || may_cut(valid);
  if (valid[NEWLINE] || !between) {
    if (self->edges) forget_edges(self, lexer);
    emit(self, lexer, NEWLINE);
    self->ended = !valid[NEWLINE];
    return TOLD;
  }
  unsigned column = skip_to_code(lexer);
  bool comment = lexer->lookahead == '#';
  if (comment && column < current_column(self)) column = pass_comments(lexer, column, MAX_COMMENTS);
  bool leaves = at_end(lexer) || column < current_column(self);
  enum Token end = chunk_end(valid);
  if (leaves && end != NO_TOKEN) return emit(self, lexer, end), TOLD;
  if (leaves && valid[DEDENT] && self->indents > 0) return dedent(self, lexer), TOLD;
  if (comment || at_end(lexer)) return NONE;
  return CODE;
}

#endif
