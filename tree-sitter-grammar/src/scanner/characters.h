// Characters and words, and passing over what stands for nothing: blanks, comments, strings.
#ifndef TREE_SITTER_CELLA_CHARACTERS_H
#define TREE_SITTER_CELLA_CHARACTERS_H

#include "state.h"

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }
static void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static bool emit(Scanner *self, TSLexer *lexer, enum Token token) {
  self->ended = false;
  lexer->result_symbol = token;
  return true;
}

// At the end of a text the lexer's character is 0, but so is a NUL in the text.
static bool at_end(TSLexer *lexer) { return lexer->lookahead == 0 && lexer->eof(lexer); }

static bool is_line_end(int32_t c) { return c == '\n' || c == '\r'; }
static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\f' || c == 0xFEFF; }
static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }
static bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127; }
static bool is_word(int32_t c) { return is_letter(c) || is_digit(c); }
static bool is_quote(int32_t c) { return c == '"' || c == '\''; }
static bool is_hex(int32_t c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

static void take_line_end(TSLexer *lexer) {
  bool carriage_return = lexer->lookahead == '\r';
  advance(lexer);
  if (carriage_return && lexer->lookahead == '\n') advance(lexer);
}

typedef struct {
  char text[MAX_WORD + 1]; // cut where it is longer; '?' for what isn't ASCII
  unsigned length;
} Word;

// Reads a word, up to the length that matters.
static Word take_word(TSLexer *lexer, unsigned limit) {
  Word word = {.length = 0};
  while (is_word(lexer->lookahead) && word.length < limit) {
    word.text[word.length++] = lexer->lookahead < 128 ? (char)lexer->lookahead : '?';
    advance(lexer);
  }
  word.text[word.length] = 0;
  return word;
}

static bool is_one_of(const Word *word, const char *const *list) {
  for (; *list; list++) {
    if (strcmp(word->text, *list) == 0) return true;
  }
  return false;
}

// Passes the text of a string up to its end, or to the end of its line if it has one quote. Interpolations count
// as text. Returns the number of characters; `closed` is whether the end was found within the limit.
static unsigned pass_text(TSLexer *lexer, int32_t quote, unsigned quotes, unsigned limit, bool *closed) {
  unsigned count = 0, run = 0;
  for (; run < quotes && !at_end(lexer) && count < limit; count++) {
    if (quotes == 1 && is_line_end(lexer->lookahead)) break;
    run = lexer->lookahead == quote ? run + 1 : 0;
    if (lexer->lookahead == '\\') advance(lexer);
    if (!at_end(lexer)) advance(lexer);
  }
  *closed = run == quotes;
  return count;
}

// Passes a string, its start quote being the next character.
static unsigned pass_string(TSLexer *lexer) {
  int32_t quote = lexer->lookahead;
  unsigned quotes = 0;
  bool closed;
  for (; lexer->lookahead == quote && quotes < 3; quotes++) advance(lexer);
  return quotes == 2 ? quotes : quotes + pass_text(lexer, quote, quotes, MAX_LOOKAHEAD, &closed);
}

static unsigned pass_comment(TSLexer *lexer) {
  unsigned count = 0;
  for (; !is_line_end(lexer->lookahead) && !at_end(lexer); count++) advance(lexer);
  return count;
}

// Passes blanks and line continuations.
static void pass_blanks(TSLexer *lexer) {
  for (;;) {
    if (is_blank(lexer->lookahead)) {
      advance(lexer);
    } else if (lexer->lookahead == '\\') {
      advance(lexer);
      if (!is_line_end(lexer->lookahead)) return;
      take_line_end(lexer);
    } else {
      return;
    }
  }
}

// Keywords that no bracket can contain.
static const char *const STATEMENT_WORDS[] = {
  "assert", "break", "class", "continue", "def", "del", "elif", "except", "finally", "global", "import",
  "nonlocal", "pass", "raise", "return", "try", "while", "with", NULL,
};

// Passes a line end in brackets and the indentation behind it. False if what follows can't stand in brackets.
static bool pass_line_end(TSLexer *lexer) {
  take_line_end(lexer);
  while (is_blank(lexer->lookahead)) advance(lexer);
  if (lexer->lookahead < 'a' || lexer->lookahead > 'z') return true;
  Word word = take_word(lexer, MAX_WORD);
  return is_word(lexer->lookahead) || !is_one_of(&word, STATEMENT_WORDS);
}

#endif
