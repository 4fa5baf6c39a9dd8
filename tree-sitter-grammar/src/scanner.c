// The tokens that a regular expression can't decide: line ends and indentation, brackets (counted, so that a
// line end inside them is a space), strings with what is interpolated in them, soft keywords, and the edges
// of chunks. Python's lexical analysis, chapter 2 of its language reference; limits as in CPython's tokenizer.
//
// The state holds only what the rest of the text needs (indents, open brackets and strings): a state that
// counted or remembered more would differ after an edit, and nothing behind the edit could be taken over.
// The column is counted here from the line's start: the lexer's own may be off, since a host may parse a
// text without knowing the columns.
#include "tree_sitter/parser.h"

#include <stdlib.h>
#include <string.h>

// In the order of `externals` in grammar.js.
enum Token {
  NEWLINE, INDENT, DEDENT, NO_BLOCK, NO_COLON, NO_DEFINITION, CHUNK_START, CHUNK_END, ROW_EDGE,
  ROUND_OPEN, SQUARE_OPEN, CURLY_OPEN, CLOSE,
  WITH_OPEN, MATCH_KEYWORD, TYPE_KEYWORD,
  STRING_START, STRING_TEXT, ESCAPE_SEQUENCE, STRING_END,
  INTERPOLATION_OPEN, INTERPOLATION_CLOSE, FORMAT_COLON,
  RECOVERING, // valid only while the parser recovers from an error
};

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
  HASHED = 24,           // characters of a line behind its first word, to settle whether it starts a chunk
  CHUNK_MASK = 15,       // a chunk is 16 statements long on average
};

typedef struct {
  uint8_t indents;
  uint8_t opened;
  bool ended;       // while recovering: the end of this line has been told
  uint32_t excess;  // brackets open beyond MAX_OPEN
  uint16_t columns[MAX_INDENTS];
  uint8_t open[MAX_OPEN];
} Scanner;

_Static_assert(2 + 3 * MAX_INDENTS + MAX_OPEN + sizeof(uint32_t) <= TREE_SITTER_SERIALIZATION_BUFFER_SIZE,
               "the state fits its buffer");

// State

void *tree_sitter_cella_external_scanner_create(void) { return calloc(1, sizeof(Scanner)); }

void tree_sitter_cella_external_scanner_destroy(void *payload) { free(payload); }

// Short: up to 24 bytes are kept in the tree without an allocation.
unsigned tree_sitter_cella_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *self = payload;
  unsigned size = 0;
  if (!self->indents && !self->opened && !self->ended) return 0;
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
  return size;
}

void tree_sitter_cella_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  Scanner *self = payload;
  self->indents = self->opened = 0;
  self->ended = false;
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
  if (self->opened == MAX_OPEN) memcpy(&self->excess, buffer + size, sizeof self->excess);
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

// Characters

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

// Look-ahead: it reads on without taking anything

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

static const char *const INFIX_WORDS[] = {"and", "as", "else", "for", "if", "in", "is", "or", "async", NULL};

// Whether what follows can only be the start of an operand, and not the rest of an expression that began
// with the word before. `undecided` where it can be both.
static bool starts_operand(TSLexer *lexer, bool *undecided) {
  int32_t c = lexer->lookahead;
  *undecided = c == '(' || c == '[' || c == '-' || c == '+' || c == '*';
  if (is_quote(c) || is_digit(c) || c == '{' || c == '~') return true;
  if (c == '.') {
    advance(lexer);
    return lexer->lookahead == '.' || is_digit(lexer->lookahead);
  }
  if (!is_letter(c)) return false;
  Word word = take_word(lexer, MAX_WORD);
  if (strcmp(word.text, "not") == 0) {
    pass_blanks(lexer);
    word = take_word(lexer, MAX_WORD);
    return strcmp(word.text, "in") != 0;
  }
  return !is_one_of(&word, INFIX_WORDS);
}

// Whether the logical line ends in a colon: an annotation would go on behind it.
static bool line_ends_in_colon(TSLexer *lexer) {
  bool colon = false;
  unsigned depth = 0;
  for (unsigned count = 0; count < MAX_LOOKAHEAD && !at_end(lexer); count++) {
    int32_t c = lexer->lookahead;
    if (c == '#') {
      count += pass_comment(lexer);
    } else if (is_quote(c)) {
      count += pass_string(lexer);
      colon = false;
    } else if (is_line_end(c)) {
      if (depth == 0 || !pass_line_end(lexer)) break;
    } else if (c == '\\') {
      pass_blanks(lexer);
    } else {
      if (c == '(' || c == '[' || c == '{') depth++;
      if ((c == ')' || c == ']' || c == '}') && depth > 0) depth--;
      if (!is_blank(c)) colon = c == ':' && depth == 0;
      advance(lexer);
    }
  }
  return colon;
}

static bool is_match_statement(TSLexer *lexer) {
  bool undecided;
  pass_blanks(lexer);
  return starts_operand(lexer, &undecided) || (undecided && line_ends_in_colon(lexer));
}

static bool is_type_statement(TSLexer *lexer) {
  bool undecided;
  pass_blanks(lexer);
  return is_letter(lexer->lookahead) && starts_operand(lexer, &undecided);
}

// Whether the bracket that was just passed holds the items of a `with`, rather than being an expression's.
static bool holds_with_items(TSLexer *lexer) {
  unsigned depth = 1;
  bool element = true, empty = true; // at the start of an element of the outermost bracket; none before it
  for (unsigned count = 0; count < MAX_LOOKAHEAD && !at_end(lexer); count++) {
    int32_t c = lexer->lookahead;
    if (is_blank(c) || is_line_end(c)) {
      advance(lexer);
    } else if (c == '#') {
      count += pass_comment(lexer);
    } else if (is_quote(c)) {
      count += pass_string(lexer);
      element = false;
    } else if (is_letter(c)) {
      Word word = take_word(lexer, MAX_WORD);
      while (is_word(lexer->lookahead)) advance(lexer);
      if (is_one_of(&word, STATEMENT_WORDS)) return true;
      if (depth == 1 && strcmp(word.text, "as") == 0) return true;
      if (depth == 1 && (strcmp(word.text, "for") == 0 || strcmp(word.text, "yield") == 0)) return false;
      element = false;
    } else {
      advance(lexer);
      if (depth == 1 && element && (c == '*' || (c == ')' && empty))) return false;
      if (depth == 1 && c == ':' && lexer->lookahead == '=') return false;
      if (c == '(' || c == '[' || c == '{') depth++;
      if ((c == ')' || c == ']' || c == '}') && --depth == 0) break;
      element = depth == 1 && c == ',';
    }
    empty = empty && element;
  }
  pass_blanks(lexer);
  return at_end(lexer) || lexer->lookahead == ':';
}

// What shows that a bracket was left open: a line inside it that only a statement can begin.

// Whether the line ends in a colon outside its brackets, and isn't part of a conditional expression or a lambda.
static bool is_header(TSLexer *lexer) {
  unsigned depth = 0;
  bool colon = false;
  for (unsigned count = 0; count < MAX_FIELD && !at_end(lexer); count++) {
    int32_t c = lexer->lookahead;
    if (c == '#' || is_line_end(c)) return colon && depth == 0;
    if (is_letter(c)) {
      Word word = take_word(lexer, MAX_WORD);
      while (is_word(lexer->lookahead)) advance(lexer);
      if (strcmp(word.text, "else") == 0 || strcmp(word.text, "lambda") == 0) return false;
      colon = false;
    } else if (is_quote(c)) {
      count += pass_string(lexer);
      colon = false;
    } else {
      if (c == '(' || c == '[' || c == '{') depth++;
      if ((c == ')' || c == ']' || c == '}') && depth-- == 0) return false;
      if (!is_blank(c)) colon = c == ':';
      advance(lexer);
    }
  }
  return false;
}

// Whether what follows a name assigns to it as no argument, parameter or item can: `a.b =`, `a +=`.
static bool is_assignment(TSLexer *lexer) {
  bool dotted = false;
  for (; lexer->lookahead == '.'; dotted = true) {
    advance(lexer);
    while (is_word(lexer->lookahead)) advance(lexer);
  }
  while (is_blank(lexer->lookahead)) advance(lexer);
  int32_t operator = lexer->lookahead;
  bool augmented = operator > 0 && operator < 128 && strchr("+-*/%@&|^<>", operator);
  if (!augmented && !(dotted && operator == '=')) return false;
  advance(lexer);
  if (augmented) {
    if (lexer->lookahead == operator && strchr("*/<>", operator)) {
      advance(lexer);
    } else if (operator == '<' || operator == '>') {
      return false;
    }
    if (lexer->lookahead != '=') return false;
    advance(lexer);
  }
  return lexer->lookahead != '=';
}

// `field`: in an interpolation, where `a.b =` and `a:` mean something else.
static bool begins_statement(TSLexer *lexer, const Word *word, bool field) {
  bool whole = !is_word(lexer->lookahead);
  if (whole && is_one_of(word, STATEMENT_WORDS)) return true;
  if (field) return false;
  while (is_word(lexer->lookahead)) advance(lexer);
  if (!whole) return is_assignment(lexer);
  if (strcmp(word->text, "if") == 0 || strcmp(word->text, "for") == 0) return is_header(lexer);
  if (strcmp(word->text, "else") == 0) {
    pass_blanks(lexer);
    return lexer->lookahead == ':';
  }
  if (strcmp(word->text, "async") == 0) {
    pass_blanks(lexer);
    Word next = take_word(lexer, MAX_WORD);
    return strcmp(next.text, "def") == 0 || strcmp(next.text, "with") == 0;
  }
  return is_assignment(lexer);
}

// Whether the interpolation that was just opened may go on behind its line, in a string that may not: it and the
// string are closed further on (PEP 701). If not, it is unfinished.
static bool field_goes_on(TSLexer *lexer, int32_t quote) {
  unsigned depth = 1;
  for (unsigned count = 0; count < MAX_FIELD && !at_end(lexer); count++) {
    int32_t c = lexer->lookahead;
    if (depth == 0) {
      bool closed;
      pass_text(lexer, quote, 1, MAX_FIELD, &closed);
      return closed;
    } else if (c == '#') {
      count += pass_comment(lexer);
    } else if (is_quote(c)) {
      count += pass_string(lexer);
    } else if (is_line_end(c)) {
      if (!pass_line_end(lexer)) return false;
    } else {
      if (c == '(' || c == '[' || c == '{') depth++;
      if (c == ')' || c == ']' || c == '}') depth--;
      advance(lexer);
    }
  }
  return false;
}

// Brackets

// Closes what is innermost without a character for it, where the token was marked to end.
static bool close_unfinished(Scanner *self, TSLexer *lexer) {
  uint8_t entry = innermost(self);
  self->excess = 0;
  self->opened -= entry == SPECIFIER ? 2 : 1;
  if (entry & STRING) return emit(self, lexer, STRING_END);
  return emit(self, lexer, is_field(entry) || entry == SPECIFIER ? INTERPOLATION_CLOSE : CLOSE);
}

static bool scan_opening(Scanner *self, TSLexer *lexer, uint8_t entry, const bool *valid) {
  advance(lexer);
  lexer->mark_end(lexer);
  if (!push(self, entry)) self->excess++;
  if (entry == SQUARE) return emit(self, lexer, SQUARE_OPEN);
  if (entry == CURLY) return emit(self, lexer, CURLY_OPEN);
  bool with = valid[WITH_OPEN] && !valid[RECOVERING] && holds_with_items(lexer);
  return emit(self, lexer, with ? WITH_OPEN : ROUND_OPEN);
}

// A closing bracket also closes those that were left open inside its own. One that closes nothing is no token.
static bool scan_closing(Scanner *self, TSLexer *lexer, uint8_t entry) {
  uint8_t found = self->excess > 0 ? entry : innermost(self);
  if (self->excess > 0) {
    self->excess--;
  } else if (found == entry || (is_field(found) && entry == CURLY)) {
    self->opened--;
  } else {
    for (unsigned i = self->opened; i > 0 && !(self->open[i - 1] & STRING); i--) {
      uint8_t outer = self->open[i - 1];
      if (outer == entry || (is_field(outer) && entry == CURLY)) return close_unfinished(self, lexer);
    }
    return false;
  }
  advance(lexer);
  lexer->mark_end(lexer);
  return emit(self, lexer, is_field(found) ? INTERPOLATION_CLOSE : CLOSE);
}

// Strings

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

// In a string's text: the text up to the next escape sequence, interpolation or end, or one of these.
static bool scan_string_text(Scanner *self, TSLexer *lexer) {
  bool specifier = innermost(self) == SPECIFIER;
  uint8_t flags = enclosing_string(self);
  int32_t quote = flags & DOUBLE_QUOTE ? '"' : '\'';
  bool text = false;
  for (;;) {
    int32_t c = lexer->lookahead;
    if (c > '\\' && c != '{' && c != '}') {
      advance(lexer);
      text = true;
      continue;
    }
    lexer->mark_end(lexer);
    if ((c == 0 && at_end(lexer)) || (is_line_end(c) && !(flags & TRIPLE))) {
      return text ? emit(self, lexer, STRING_TEXT) : close_unfinished(self, lexer);
    } else if (c == quote) {
      unsigned count = 1, wanted = flags & TRIPLE ? 3 : 1;
      if (!text && !specifier) {
        for (advance(lexer); count < wanted && lexer->lookahead == quote; count++) advance(lexer);
        if (count == wanted) {
          lexer->mark_end(lexer);
          self->opened--;
          return emit(self, lexer, STRING_END);
        }
      } else {
        for (advance(lexer); count < wanted && lexer->lookahead == quote; count++) advance(lexer);
        if (count == wanted) return text ? emit(self, lexer, STRING_TEXT) : close_unfinished(self, lexer);
      }
      text = true;
    } else if (c == '\\' && flags & RAW) {
      advance(lexer);
      if (is_line_end(lexer->lookahead)) {
        take_line_end(lexer);
      } else if (!at_end(lexer) && !(flags & FORMAT && (lexer->lookahead == '{' || lexer->lookahead == '}'))) {
        advance(lexer);
      }
      text = true;
    } else if (c == '\\') {
      if (text) return emit(self, lexer, STRING_TEXT);
      advance(lexer);
      if (take_escape(lexer, flags)) {
        lexer->mark_end(lexer);
        return emit(self, lexer, ESCAPE_SEQUENCE);
      }
      text = true;
    } else if (c == '{' && flags & FORMAT) {
      if (text) return emit(self, lexer, STRING_TEXT);
      advance(lexer);
      if (lexer->lookahead == '{' && !specifier) {
        advance(lexer);
        lexer->mark_end(lexer);
        return emit(self, lexer, ESCAPE_SEQUENCE);
      }
      lexer->mark_end(lexer);
      if (self->opened < MAX_OPEN) {
        push(self, flags & TRIPLE || field_goes_on(lexer, quote) ? FIELD : FIELD | LINE);
        return emit(self, lexer, INTERPOLATION_OPEN);
      }
      text = true;
    } else if (c == '}' && flags & FORMAT) {
      if (text) return emit(self, lexer, STRING_TEXT);
      advance(lexer);
      lexer->mark_end(lexer);
      if (specifier) {
        self->opened -= 2;
        return emit(self, lexer, INTERPOLATION_CLOSE);
      }
      if (lexer->lookahead == '}') {
        advance(lexer);
        lexer->mark_end(lexer);
        return emit(self, lexer, ESCAPE_SEQUENCE);
      }
      text = true;
    } else {
      advance(lexer);
      text = true;
    }
  }
}

// A quote in an interpolation that can't start a string there ends the string around it.
static bool ends_enclosing_string(const Scanner *self, int32_t quote, const bool *valid) {
  uint8_t flags = enclosing_string(self);
  return flags && !valid[STRING_START] && quote == (flags & DOUBLE_QUOTE ? '"' : '\'');
}

// Lines

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

// Whether a chunk ends before the line whose first word was just passed. That depends on the line's text
// alone, so that an edit moves at most the edges beside it.
static bool starts_chunk(TSLexer *lexer, const Word *first) {
  uint32_t hash = 2166136261u;
  for (unsigned i = 0; i < first->length; i++) hash = (hash ^ (uint8_t)first->text[i]) * 16777619u;
  for (unsigned i = 0; i < HASHED && !is_line_end(lexer->lookahead) && !at_end(lexer); i++) {
    hash = (hash ^ (uint32_t)lexer->lookahead) * 16777619u;
    advance(lexer);
  }
  return ((hash >> 8) & CHUNK_MASK) == 0;
}

// The same for the line behind a comma in brackets, the comma being the next character.
static bool scan_row_edge(Scanner *self, TSLexer *lexer) {
  advance(lexer);
  while (is_blank(lexer->lookahead)) advance(lexer);
  if (lexer->lookahead == '#') pass_comment(lexer);
  if (!is_line_end(lexer->lookahead)) return false;
  pass_comments(lexer, skip_to_code(lexer), MAX_COMMENTS);
  int32_t c = lexer->lookahead;
  if (c == '#' || c == ')' || c == ']' || c == '}' || at_end(lexer)) return false;
  Word first = take_word(lexer, MAX_WORD);
  return !begins_statement(lexer, &first, false) && starts_chunk(lexer, &first) && emit(self, lexer, ROW_EDGE);
}

static bool dedent(Scanner *self, TSLexer *lexer) {
  self->indents--;
  return emit(self, lexer, DEDENT);
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

static const char *const DEFINITION_WORDS[] = {"async", "class", "def", NULL};

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
  bool between = valid[MATCH_KEYWORD] || valid[DEDENT] || valid[CHUNK_START] || valid[CHUNK_END];
  if (valid[NEWLINE] || !between) {
    emit(self, lexer, NEWLINE);
    self->ended = !valid[NEWLINE];
    return TOLD;
  }
  unsigned column = skip_to_code(lexer);
  bool comment = lexer->lookahead == '#';
  if (comment && column < current_column(self)) column = pass_comments(lexer, column, MAX_COMMENTS);
  bool leaves = at_end(lexer) || column < current_column(self);
  if (leaves && valid[CHUNK_END]) return emit(self, lexer, CHUNK_END), TOLD;
  if (leaves && valid[DEDENT] && self->indents > 0) return dedent(self, lexer), TOLD;
  if (comment || at_end(lexer)) return NONE;
  // Between two chunks nothing but the next one can stand.
  if (valid[CHUNK_START] && !valid[MATCH_KEYWORD]) return emit(self, lexer, CHUNK_START), TOLD;
  return CODE;
}

// Code

static bool scan_word(Scanner *self, TSLexer *lexer, const bool *valid, bool in_brackets, bool new_line) {
  bool keyword = new_line || valid[MATCH_KEYWORD] || valid[TYPE_KEYWORD];
  Word word = take_word(lexer, keyword ? MAX_WORD : MAX_PREFIX);
  if (is_quote(lexer->lookahead) && (valid[STRING_START] || in_brackets)) {
    uint8_t flags = string_flags(&word);
    if (flags) return scan_string_start(self, lexer, flags);
  }
  if (in_brackets) {
    return new_line && begins_statement(lexer, &word, is_field(innermost(self))) && close_unfinished(self, lexer);
  }
  if (valid[RECOVERING]) return false;
  bool match = valid[MATCH_KEYWORD] && strcmp(word.text, "match") == 0;
  bool type = valid[TYPE_KEYWORD] && strcmp(word.text, "type") == 0;
  if ((match || type) && !is_word(lexer->lookahead)) {
    lexer->mark_end(lexer);
    if (match && is_match_statement(lexer)) return emit(self, lexer, MATCH_KEYWORD);
    return type && is_type_statement(lexer) && emit(self, lexer, TYPE_KEYWORD);
  }
  enum Token edge = valid[CHUNK_END] ? CHUNK_END : CHUNK_START;
  return new_line && valid[edge] && !is_one_of(&word, CLAUSE_WORDS) && starts_chunk(lexer, &word) &&
         emit(self, lexer, edge);
}

bool tree_sitter_cella_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  Scanner *self = payload;
  lexer->mark_end(lexer);
  if (innermost(self) & STRING || innermost(self) == SPECIFIER) return scan_string_text(self, lexer);

  bool in_brackets = self->opened > 0, new_line = false;
  bool free = in_brackets && !in_line_field(self);
  while (is_blank(lexer->lookahead) || (free && is_line_end(lexer->lookahead))) {
    new_line |= is_line_end(lexer->lookahead);
    skip(lexer);
  }
  if (is_line_end(lexer->lookahead) || at_end(lexer)) {
    if (in_brackets) return close_unfinished(self, lexer);
    enum Layout layout = scan_layout(self, lexer, valid);
    if (layout != CODE) return layout == TOLD;
    new_line = true;
  }

  int32_t c = lexer->lookahead;
  switch (c) {
    case '(': return scan_opening(self, lexer, ROUND, valid);
    case '[': return scan_opening(self, lexer, SQUARE, valid);
    case '{': return scan_opening(self, lexer, CURLY, valid);
    case ')': return scan_closing(self, lexer, ROUND);
    case ']': return scan_closing(self, lexer, SQUARE);
    case '}': return scan_closing(self, lexer, CURLY);
    case '"': case '\'':
      if (ends_enclosing_string(self, c, valid)) return close_unfinished(self, lexer);
      return scan_string_start(self, lexer, STRING);
    case ',': return valid[ROW_EDGE] && !valid[RECOVERING] && in_brackets && scan_row_edge(self, lexer);
    case ':':
      if (!is_field(innermost(self))) return false;
      advance(lexer);
      lexer->mark_end(lexer);
      return push(self, SPECIFIER) && emit(self, lexer, FORMAT_COLON);
    case '@': {
      Word none = {.length = 0};
      enum Token edge = valid[CHUNK_END] ? CHUNK_END : CHUNK_START;
      return new_line && !in_brackets && !valid[RECOVERING] && valid[edge] && starts_chunk(lexer, &none) &&
             emit(self, lexer, edge);
    }
  }
  bool prefix = c < 128 && c > 0 && strchr("rRbBuUfFtT", c) && valid[STRING_START];
  bool keyword = (c == 'm' && valid[MATCH_KEYWORD]) || (c == 't' && valid[TYPE_KEYWORD]);
  if (!is_letter(c) || !(prefix || keyword || new_line)) return false;
  return scan_word(self, lexer, valid, in_brackets, new_line);
}
