// Strings, and what is interpolated in them (PEP 701, PEP 750).
#ifndef TREE_SITTER_CELLA_STRINGS_H
#define TREE_SITTER_CELLA_STRINGS_H

#include "brackets.h"

// The flags of the string that starts with this prefix, or 0 if none does.
static uint8_t string_flags(const Word *prefix) {
  uint8_t flags = STRING;
  for (unsigned i = 0; i < prefix->length; i++) {
    uint8_t flag;
    switch (prefix->text[i] | 0x20) {
      case 'r': flag = RAW; break;
      case 'b': flag = BYTES; break;
      case 'f': case 't': flag = FORMAT; break;
      case 'u': if (prefix->length == 1) return flags; return 0;
      default: return 0;
    }
    if (flags & flag) return 0;
    flags |= flag;
  }
  return prefix->length > MAX_PREFIX || (flags & BYTES && flags & FORMAT) ? 0 : flags;
}

static bool scan_string_start(Scanner *self, TSLexer *lexer, uint8_t flags) {
  int32_t quote = lexer->lookahead;
  if (quote == '"') flags |= DOUBLE_QUOTE;
  advance(lexer);
  lexer->mark_end(lexer);
  if (lexer->lookahead == quote) {
    advance(lexer);
    if (lexer->lookahead == quote) {
      advance(lexer);
      lexer->mark_end(lexer);
      // One that is never closed ends at its line, as the others do: the rest of the text is code.
      bool closed;
      pass_text(lexer, quote, 3, ~0u, &closed);
      if (closed) flags |= TRIPLE;
    }
  }
  return push(self, flags) && emit(self, lexer, STRING_START);
}

static bool take_hex(TSLexer *lexer, unsigned digits) {
  for (; digits > 0 && is_hex(lexer->lookahead); digits--) advance(lexer);
  return digits == 0;
}

static bool take_unicode_name(TSLexer *lexer) {
  if (lexer->lookahead != '{') return false;
  advance(lexer);
  while (is_word(lexer->lookahead) || lexer->lookahead == ' ' || lexer->lookahead == '-') advance(lexer);
  if (lexer->lookahead != '}') return false;
  advance(lexer);
  return true;
}

// Takes what follows a backslash; false if that escapes nothing.
static bool take_escape(TSLexer *lexer, uint8_t flags) {
  int32_t c = lexer->lookahead;
  if (at_end(lexer)) return false;
  if (is_line_end(c)) return take_line_end(lexer), true;
  if (c >= '0' && c <= '7') {
    for (unsigned i = 0; i < 3 && lexer->lookahead >= '0' && lexer->lookahead <= '7'; i++) advance(lexer);
    return true;
  }
  if (c > 127 || c == 0 || !strchr("\\'\"abfnrtvxuUN", c)) return false;
  if (flags & BYTES && (c == 'u' || c == 'U' || c == 'N')) return false;
  advance(lexer);
  if (c == 'x') return take_hex(lexer, 2);
  if (c == 'u') return take_hex(lexer, 4);
  if (c == 'U') return take_hex(lexer, 8);
  if (c == 'N') return take_unicode_name(lexer);
  return true;
}

// Takes a backslash in a raw string, and what it keeps from ending the string.
static void take_raw_backslash(TSLexer *lexer, uint8_t flags) {
  advance(lexer);
  int32_t c = lexer->lookahead;
  if (is_line_end(c)) {
    take_line_end(lexer);
  } else if (!at_end(lexer) && !(flags & FORMAT && (c == '{' || c == '}'))) {
    advance(lexer);
  }
}

static bool take_quotes(TSLexer *lexer, int32_t quote, unsigned wanted) {
  for (; wanted > 0 && lexer->lookahead == quote; wanted--) advance(lexer);
  return wanted == 0;
}

// A brace in the text of a string with interpolations; false if it is text.
static bool scan_brace(Scanner *self, TSLexer *lexer, uint8_t flags) {
  int32_t brace = lexer->lookahead;
  bool specifier = innermost(self) == SPECIFIER;
  advance(lexer);
  if (lexer->lookahead == brace && !specifier) {
    advance(lexer);
    lexer->mark_end(lexer);
    return emit(self, lexer, ESCAPE_SEQUENCE);
  }
  lexer->mark_end(lexer);
  if (brace == '{' && self->opened < MAX_OPEN) {
    bool free = flags & TRIPLE || field_goes_on(lexer, flags & DOUBLE_QUOTE ? '"' : '\'');
    return push(self, free ? FIELD : FIELD | LINE) && emit(self, lexer, INTERPOLATION_OPEN);
  }
  if (brace == '{' || !specifier) return false;
  self->opened -= 2;
  return emit(self, lexer, INTERPOLATION_CLOSE);
}

// In a string's text: the text up to the next escape sequence, interpolation or end, or one of these.
static bool scan_string_text(Scanner *self, TSLexer *lexer) {
  uint8_t flags = enclosing_string(self);
  int32_t quote = flags & DOUBLE_QUOTE ? '"' : '\'';
  for (bool text = false;; text = true) {
    int32_t c = lexer->lookahead;
    if (c > '\\' && c != '{' && c != '}') {
      advance(lexer);
      continue;
    }
    lexer->mark_end(lexer);
    if ((c == 0 && at_end(lexer)) || (is_line_end(c) && !(flags & TRIPLE))) {
      return text ? emit(self, lexer, STRING_TEXT) : close_unfinished(self, lexer);
    } else if (c == quote) {
      bool end = take_quotes(lexer, quote, flags & TRIPLE ? 3 : 1);
      if (end && text) return emit(self, lexer, STRING_TEXT);
      if (end && innermost(self) == SPECIFIER) return close_unfinished(self, lexer);
      if (end) {
        lexer->mark_end(lexer);
        self->opened--;
        return emit(self, lexer, STRING_END);
      }
    } else if (c == '\\' && flags & RAW) {
      take_raw_backslash(lexer, flags);
    } else if (c == '\\') {
      if (text) return emit(self, lexer, STRING_TEXT);
      advance(lexer);
      if (take_escape(lexer, flags)) {
        lexer->mark_end(lexer);
        return emit(self, lexer, ESCAPE_SEQUENCE);
      }
    } else if (flags & FORMAT && (c == '{' || c == '}')) {
      if (text) return emit(self, lexer, STRING_TEXT);
      if (scan_brace(self, lexer, flags)) return true;
    } else {
      advance(lexer);
    }
  }
}

// A quote in an interpolation that can't start a string there ends the string around it.
static bool ends_enclosing_string(const Scanner *self, int32_t quote, const bool *valid) {
  uint8_t flags = enclosing_string(self);
  return flags && !valid[STRING_START] && quote == (flags & DOUBLE_QUOTE ? '"' : '\'');
}

#endif
