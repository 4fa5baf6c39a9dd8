// The tokens that a regular expression can't decide: line ends and indentation, brackets (counted, so that a
// line end inside them is a space), strings with what is interpolated in them, soft keywords, and the edges
// of chunks. Python's lexical analysis, chapter 2 of its language reference; limits as in CPython's tokenizer.
//
// The column is counted here from the line's start: the lexer's own may be off, since a host may parse a
// text without knowing the columns.
#include "scanner/layout.h"
#include "scanner/strings.h"

// `column`: that of the word, in brackets, if it's the first of its line.
static bool scan_word(Scanner *self, TSLexer *lexer, const bool *valid, bool in_brackets, bool new_line,
                      unsigned column) {
  bool keyword = new_line || valid[MATCH_KEYWORD] || valid[TYPE_KEYWORD];
  Word word = take_word(lexer, keyword ? MAX_WORD : MAX_PREFIX);
  if (is_quote(lexer->lookahead) && (valid[STRING_START] || in_brackets)) {
    uint8_t flags = string_flags(&word);
    if (flags) return scan_string_start(self, lexer, flags);
  }
  if (in_brackets) {
    if (!new_line) return false;
    bool plain = assigns_plainly(self, column, valid);
    bool begins = begins_statement(lexer, &word, is_field(innermost(self)), plain) ||
                  (column <= current_column(self) &&
                   (is_no_list_of_names(lexer, &word, valid) || follows_operand(&word, valid)));
    return begins && leave_unfinished(self, lexer, valid);
  }
  if (valid[RECOVERING]) return false;
  bool match = valid[MATCH_KEYWORD] && strcmp(word.text, "match") == 0;
  bool type = valid[TYPE_KEYWORD] && strcmp(word.text, "type") == 0;
  if ((match || type) && !is_word(lexer->lookahead)) {
    lexer->mark_end(lexer);
    if (match && is_match_statement(lexer)) return emit(self, lexer, MATCH_KEYWORD);
    return type && is_type_statement(lexer) && emit(self, lexer, TYPE_KEYWORD);
  }
  return new_line && scan_statement_edge(self, lexer, &word, valid);
}

bool tree_sitter_cella_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  Scanner *self = payload;
  lexer->mark_end(lexer);
  if (innermost(self) & STRING || innermost(self) == SPECIFIER) return scan_string_text(self, lexer);

  bool in_brackets = self->opened > 0, new_line = false;
  bool free = in_brackets && !in_line_field(self);
  unsigned column = 0;
  while (is_blank(lexer->lookahead) || (free && is_line_end(lexer->lookahead))) {
    new_line |= is_line_end(lexer->lookahead);
    column = is_line_end(lexer->lookahead) ? 0 : lexer->lookahead == '\t' ? (column / 8 + 1) * 8 : column + 1;
    skip(lexer);
  }
  if (is_line_end(lexer->lookahead) || at_end(lexer)) {
    if (in_brackets) return leave_unfinished(self, lexer, valid);
    enum Layout layout = scan_layout(self, lexer, valid);
    if (layout != CODE) return layout == TOLD;
    new_line = true;
    // The end of a chunk takes the blanks before the next one (see `_first_end` in grammar.js).
    lexer->mark_end(lexer);
  }
  // Behind the end of a chunk only another edge can stand.
  new_line |= !in_brackets && may_cut(valid) && !valid[MATCH_KEYWORD];

  int32_t c = lexer->lookahead;
  switch (c) {
    case '(': return scan_opening(self, lexer, ROUND, valid, !in_brackets && new_line);
    case '[': return scan_opening(self, lexer, SQUARE, valid, !in_brackets && new_line);
    case '{': return scan_opening(self, lexer, CURLY, valid, !in_brackets && new_line);
    case ')': return scan_closing(self, lexer, ROUND, valid);
    case ']': return scan_closing(self, lexer, SQUARE, valid);
    case '}': return scan_closing(self, lexer, CURLY, valid);
    case '"': case '\'':
      if (ends_enclosing_string(self, c, valid)) return leave_unfinished(self, lexer, valid);
      return scan_string_start(self, lexer, STRING);
    case ',': return in_brackets && may_cut(valid) && scan_row_edge(self, lexer, valid);
    case ':':
      if (!is_field(innermost(self))) return false;
      advance(lexer);
      lexer->mark_end(lexer);
      return push(self, SPECIFIER) && emit(self, lexer, FORMAT_COLON);
    case '@': {
      Word none = {.length = 0};
      if (!new_line) return false;
      if (!in_brackets) return scan_statement_edge(self, lexer, &none, valid);
      return column <= current_column(self) && is_decorator(lexer) && leave_unfinished(self, lexer, valid);
    }
  }
  bool prefix = c < 128 && c > 0 && strchr("rRbBuUfFtT", c) && valid[STRING_START];
  bool keyword = (c == 'm' && valid[MATCH_KEYWORD]) || (c == 't' && valid[TYPE_KEYWORD]);
  if (!is_letter(c) || !(prefix || keyword || new_line)) return false;
  return scan_word(self, lexer, valid, in_brackets, new_line, column);
}
