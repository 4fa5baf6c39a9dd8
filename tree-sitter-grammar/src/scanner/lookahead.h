// Look-ahead: what a word or a bracket is, where only the text behind it says so. Nothing is taken.
#ifndef TREE_SITTER_CELLA_LOOKAHEAD_H
#define TREE_SITTER_CELLA_LOOKAHEAD_H

#include "characters.h"

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

// Whether what follows a name assigns to it as no argument, parameter or item can: `a.b =`, `a +=`; if `plain`,
// `a =` too.
static bool is_assignment(TSLexer *lexer, bool plain) {
  bool dotted = plain;
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

// Whether a line in brackets that begins with a name and `=`, at such a column, can be no argument: none stands
// behind an operand (or a dot), nor in other brackets than round ones. Behind `lambda` it can be a parameter.
static bool assigns_plainly(const Scanner *self, unsigned column, const bool *valid) {
  if (column > current_column(self)) return false;
  bool operand = valid[SQUARE_OPEN] && !valid[CURLY_OPEN];
  bool items = innermost(self) == SQUARE || innermost(self) == CURLY;
  return operand || (items && valid[CURLY_OPEN]);
}

// `field`: in an interpolation, where `a.b =` and `a:` mean something else. `plain`: `a =` begins one.
static bool begins_statement(TSLexer *lexer, const Word *word, bool field, bool plain) {
  bool whole = !is_word(lexer->lookahead);
  if (whole && is_one_of(word, STATEMENT_WORDS)) return true;
  if (field) return false;
  while (is_word(lexer->lookahead)) advance(lexer);
  if (!whole) return is_assignment(lexer, plain);
  if (strcmp(word->text, "if") == 0 || strcmp(word->text, "for") == 0) return is_header(lexer);
  if (strcmp(word->text, "else") == 0) {
    pass_blanks(lexer);
    return lexer->lookahead == ':';
  }
  if (strcmp(word->text, "from") == 0) {
    pass_blanks(lexer);
    while (is_word(lexer->lookahead) || lexer->lookahead == '.') advance(lexer);
    pass_blanks(lexer);
    return strcmp(take_word(lexer, MAX_WORD).text, "import") == 0;
  }
  if (strcmp(word->text, "async") == 0) {
    pass_blanks(lexer);
    Word next = take_word(lexer, MAX_WORD);
    return strcmp(next.text, "def") == 0 || strcmp(next.text, "with") == 0;
  }
  return is_assignment(lexer, plain);
}

// Whether a name that a line begins with is that of a call, an attribute or an item where nothing but names can
// stand: parameters, names to import. What is left of its line is the next character.
static bool is_no_list_of_names(TSLexer *lexer, const Word *word, const bool *valid) {
  bool names = !valid[ROUND_OPEN] && !valid[SQUARE_OPEN] && !valid[CURLY_OPEN] && strcmp(word->text, "in") != 0;
  return names && (lexer->lookahead == '.' || lexer->lookahead == '(' || lexer->lookahead == '[');
}

// Whether the word before which an operand has just ended begins another one: that can't follow. (A string could.)
static bool follows_operand(const Word *word, const bool *valid) {
  bool operand = valid[SQUARE_OPEN] && !valid[CURLY_OPEN] && !valid[BEHIND_DOT];
  return operand && strcmp(word->text, "not") != 0 && !is_one_of(word, INFIX_WORDS);
}

static const char *const DEFINITION_WORDS[] = {"async", "class", "def", NULL};

// Whether the line that `@` begins, in brackets, is a decorator's: a definition follows, which no bracket can
// contain.
static bool is_decorator(TSLexer *lexer) {
  for (unsigned count = 0; count < MAX_FIELD && !at_end(lexer); count++) {
    if (is_quote(lexer->lookahead)) {
      count += pass_string(lexer);
    } else if (lexer->lookahead == '#') {
      count += pass_comment(lexer);
    } else if (!is_line_end(lexer->lookahead)) {
      advance(lexer);
    } else {
      while (is_line_end(lexer->lookahead) || is_blank(lexer->lookahead)) advance(lexer);
      Word word = take_word(lexer, MAX_WORD);
      if (strcmp(word.text, "async") == 0) {
        pass_blanks(lexer);
        word = take_word(lexer, MAX_WORD);
      }
      if (word.length > 0) return is_one_of(&word, DEFINITION_WORDS) && !is_word(lexer->lookahead);
    }
  }
  return false;
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

#endif
