/**
 * @file Python's syntax from 3.8 to 3.14, made for editing.
 *
 * Three choices make a reparse cheap and an error small:
 * - The scanner settles what one token of look-ahead can't (soft keywords, the brackets of `with`),
 *   and targets are parsed as expressions: the parser never has to try two ways at once.
 * - Long runs of statements are cut into chunks whose edges are tokens (see `_chunk`).
 * - Unfinished code is grammar where it can be: a part that isn't typed yet is an absent field.
 */
/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const PREC = {
  conditional: 1,
  clause: 2,
  or: 3,
  and: 4,
  not: 5,
  comparison: 6,
  bitwise_or: 7,
  bitwise_xor: 8,
  bitwise_and: 9,
  shift: 10,
  sum: 11,
  product: 12,
  unary: 13,
  power: 14,
  await: 15,
  postfix: 16,
};

/** One or more, with commas between and perhaps one at the end. */
const listed = rule => seq(rule, repeat(seq(',', rule)), optional(','));

/** Two or more, or one with a comma behind it. */
const tupled = rule => seq(rule, choice(',', seq(repeat1(seq(',', rule)), optional(','))));

/**
 * Long runs are cut into chunks, those into chunks of the next level, and so on: an edit costs a few steps at each
 * level, whatever the length. A run is what stands before the first edge, then chunks whose level never falls.
 */
const LEVELS = [1, 2, 3];

/** The longest run, in statements, and the largest group of chunks, which is one node and not one for each pair. */
const RUN = 16;
const POSITIONS = Array.from({ length: RUN }, (_, i) => i + 1);
const chunks = ($, name) => LEVELS.map(level => repeat($[`${name}_group${level}`]));

/**
 * The rules of such chunks. Their edges are tokens, so that a chunk is neither fragile (as a repeat is) nor led by
 * an identifier (which `word` would tie to one parse state): after an edit elsewhere it is taken over whole. The
 * scanner sets the edges by the text beside them alone.
 */
const chunkRules = (name, member) => Object.fromEntries(LEVELS.flatMap(level => [
  [name + level, $ => seq(
    $['_start' + level],
    repeat1(level === 1 ? member($) : $[`${name}_group${level - 1}`]),
    $['_end' + level],
  )],
  [`${name}_group${level}`, $ => prec.right(choice(
    ...POSITIONS.map(length => seq(...Array(length).fill($[name + level]))),
  ))],
]));

/**
 * Statements in a row, each in the rule of its position, which holds the next one's. So nothing is left to reduce
 * where a line has ended, and the next statement begins in the state that it always begins in: `word` ties a name
 * to that, and a statement that a name begins is taken over only there. What stands behind an edit is one node.
 */
const runRules = Object.fromEntries(POSITIONS.map(position => ['_run' + position, $ => {
  const next = position < RUN ? optional($['_run' + (position + 1)]) : blank();
  return prec.right(choice(
    seq($._simple_statement, $._newline, next),
    seq($._simple_statement, $._more, $._newline, next),
    seq($._compound_statement, next),
  ));
}]));

/**
 * The chunks of a block. A token ends the run before them, too, with the blanks up to the next statement: while the
 * line before it is typed in, it's lost and all behind it isn't.
 */
const statements = $ => optional(seq($._first_end, ...chunks($, '_statements')));

/** One or more in brackets, in chunks whose edges stand at line ends. */
const chunked = ($, rule, name) => seq(rule, repeat(seq(',', rule)), ...chunks($, name), optional(','));

// Where a line ends in place of the colon, the body may still follow.
const suite = $ => seq(choice(':', $._no_colon), field('body', $.block));

module.exports = grammar({
  name: 'cella',

  word: $ => $.identifier,

  extras: $ => [/[ \t\f\r\n\uFEFF]/, $.comment, $.line_continuation],

  // The order is that of `enum Token` in src/scanner.c.
  externals: $ => [
    $._newline,
    $._indent,
    $._dedent,
    $._no_block,
    $._no_colon,
    $._no_definition,
    $._first_end,
    $._start1,
    $._start2,
    $._start3,
    $._end1,
    $._end2,
    $._end3,
    $._round_open,
    $._square_open,
    $._curly_open,
    $._close,
    $._with_open,
    $._match_keyword,
    $._type_keyword,
    $.string_start,
    $._string_text,
    $.escape_sequence,
    $.string_end,
    $._interpolation_open,
    $._interpolation_close,
    $._format_colon,
    $._behind_dot,
    $._recovering,
  ],

  reserved: {
    global: _ => [
      'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue',
      'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in',
      'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
    ],
  },

  // Each hidden rule of one child that isn't inlined costs a reduction at every place where it stands.
  inline: $ => [
    $._expressions, $._named, $._yield, $._element, $._argument, $._index, $._parameter, $._element_pattern, $._item,
    $._left_paren, $._right_paren, $._left_bracket, $._right_bracket, $._left_brace, $._right_brace,
  ],

  rules: {
    module: $ => seq(repeat($._run1), statements($)),

    ...chunkRules('_statements', $ => $._run1),
    ...runRules,

    // What may stand between a simple statement and the end of its line.
    _more: $ => choice(';', seq(repeat1(seq(';', $._simple_statement)), optional(';'))),

    block: $ => choice(
      seq($._indent, repeat1($._run1), statements($), $._dedent),
      seq($._simple_statement, optional($._more), $._newline),
      $._no_block,
    ),

    // Brackets are the scanner's, which counts them. It knows which one closes; to the parser they are one token,
    // so that it needs no states of its own for what stands in each kind of bracket.

    _left_paren: $ => alias($._round_open, '('),
    _right_paren: $ => alias($._close, ')'),
    _left_bracket: $ => alias($._square_open, '['),
    _right_bracket: $ => alias($._close, ']'),
    _left_brace: $ => alias($._curly_open, '{'),
    _right_brace: $ => alias($._close, '}'),

    // Simple statements

    _simple_statement: $ => choice(
      $.expression_statement,
      $.assignment,
      $.augmented_assignment,
      $.annotated_assignment,
      $.return_statement,
      $.raise_statement,
      $.assert_statement,
      $.delete_statement,
      $.global_statement,
      $.nonlocal_statement,
      $.import_statement,
      $.import_from_statement,
      $.type_alias_statement,
      $.pass_statement,
      $.break_statement,
      $.continue_statement,
    ),

    expression_statement: $ => choice($._expressions, $._yield),

    assignment: $ => seq(
      field('target', $._expressions),
      '=',
      repeat(seq(field('target', $._expressions), '=')),
      optional(field('value', choice($._expressions, $._yield))),
    ),

    augmented_assignment: $ => seq(
      field('target', $._expressions),
      field('operator', choice('+=', '-=', '*=', '/=', '//=', '%=', '@=', '**=', '>>=', '<<=', '&=', '^=', '|=')),
      optional(field('value', choice($._expressions, $._yield))),
    ),

    annotated_assignment: $ => seq(
      field('target', $._expressions),
      ':',
      optional(field('annotation', $._expression)),
      optional(seq('=', optional(field('value', choice($._expressions, $._yield))))),
    ),

    return_statement: $ => seq('return', optional(field('value', $._expressions))),

    raise_statement: $ => seq('raise', optional(seq(
      field('exception', $._expression),
      optional(seq('from', optional(field('cause', $._expression)))),
    ))),

    assert_statement: $ => seq('assert', optional(seq(
      field('condition', $._expression),
      optional(seq(',', optional(field('message', $._expression)))),
    ))),

    delete_statement: $ => seq('del', optional(listed(field('target', $._expression)))),

    global_statement: $ => seq('global', optional(listed(field('name', $.identifier)))),

    nonlocal_statement: $ => seq('nonlocal', optional(listed(field('name', $.identifier)))),

    import_statement: $ => seq('import', optional(listed(field('name', choice($.dotted_name, $.aliased_import))))),

    import_from_statement: $ => seq(
      'from',
      optional(field('module', choice($.dotted_name, $.relative_import))),
      optional(seq('import', optional(choice(
        $.wildcard_import,
        $._import_names,
        seq($._left_paren, optional($._import_names), $._right_paren),
      )))),
    ),

    _import_names: $ => listed(field('name', choice(
      alias($._import_name, $.dotted_name),
      alias($._import_alias, $.aliased_import),
    ))),

    _import_name: $ => $.identifier,

    _import_alias: $ => seq(
      field('name', alias($._import_name, $.dotted_name)),
      'as',
      optional(field('alias', $.identifier)),
    ),

    aliased_import: $ => seq(field('name', $.dotted_name), 'as', optional(field('alias', $.identifier))),

    dotted_name: $ => seq($.identifier, repeat(seq('.', $.identifier)), optional('.')),

    relative_import: $ => seq(repeat1(choice('.', '...')), optional($.dotted_name)),

    wildcard_import: _ => '*',

    type_alias_statement: $ => seq(
      alias($._type_keyword, 'type'),
      field('name', $.identifier),
      optional(field('type_parameters', $.type_parameters)),
      optional(seq('=', optional(field('value', $._expression)))),
    ),

    pass_statement: _ => 'pass',
    break_statement: _ => 'break',
    continue_statement: _ => 'continue',

    // Compound statements

    _compound_statement: $ => choice(
      $.function_definition,
      $.class_definition,
      $.decorated_definition,
      $.if_statement,
      $.while_statement,
      $.for_statement,
      $.try_statement,
      $.with_statement,
      $.match_statement,
    ),

    function_definition: $ => seq(
      optional('async'),
      'def',
      optional(field('name', $.identifier)),
      optional(field('type_parameters', $.type_parameters)),
      optional(field('parameters', $.parameters)),
      optional(seq('->', optional(field('return_type', $._expression)))),
      suite($),
    ),

    class_definition: $ => seq(
      'class',
      optional(field('name', $.identifier)),
      optional(field('type_parameters', $.type_parameters)),
      optional(field('arguments', $.argument_list)),
      suite($),
    ),

    decorated_definition: $ => seq(
      repeat1($.decorator),
      choice(field('definition', choice($.function_definition, $.class_definition)), $._no_definition),
    ),

    decorator: $ => seq('@', optional(field('value', $._named)), $._newline),

    if_statement: $ => seq(
      'if',
      optional(field('condition', $._named)),
      suite($),
      repeat($.elif_clause),
      optional($.else_clause),
    ),

    elif_clause: $ => seq('elif', optional(field('condition', $._named)), suite($)),

    else_clause: $ => seq('else', suite($)),

    while_statement: $ => seq(
      'while',
      optional(field('condition', $._named)),
      suite($),
      optional($.else_clause),
    ),

    for_statement: $ => seq(
      optional('async'),
      'for',
      optional(seq(
        field('target', $._targets),
        optional(seq('in', optional(field('iterable', $._expressions)))),
      )),
      suite($),
      optional($.else_clause),
    ),

    try_statement: $ => seq(
      'try',
      suite($),
      repeat($.except_clause),
      optional($.else_clause),
      optional($.finally_clause),
    ),

    except_clause: $ => seq(
      'except',
      optional(field('star', '*')),
      optional(seq(
        field('type', choice($._expression, alias($._type_tuple, $.tuple))),
        optional(seq('as', optional(field('name', $.identifier)))),
      )),
      suite($),
    ),

    finally_clause: $ => seq('finally', suite($)),

    with_statement: $ => seq(
      optional('async'),
      'with',
      optional(choice(
        listed($.with_item),
        seq(alias($._with_open, '('), optional(listed($.with_item)), $._right_paren),
      )),
      suite($),
    ),

    with_item: $ => seq(
      field('value', $._expression),
      optional(seq('as', optional(field('target', $._expression)))),
    ),

    match_statement: $ => seq(
      alias($._match_keyword, 'match'),
      field('subject', choice($._named, $.starred, alias($._named_tuple, $.tuple))),
      choice(':', $._no_colon),
      choice(seq($._indent, repeat1(choice($.case_clause, $._begun_clause)), $._dedent), $._no_block),
    ),

    // `case` while it is typed
    _begun_clause: $ => seq($.identifier, $._newline),

    case_clause: $ => seq(
      'case',
      optional(field('pattern', choice($._pattern, $.star_pattern, alias($._open_sequence, $.sequence_pattern)))),
      optional(seq('if', optional(field('guard', $._named)))),
      suite($),
    ),

    // Parameters

    parameters: $ => seq($._left_paren, optional(listed($._parameter)), $._right_paren),

    _parameter: $ => choice($.parameter, $.star_parameter, $.double_star_parameter, $.positional_separator),

    parameter: $ => seq(
      field('name', $.identifier),
      optional(seq(':', optional(field('annotation', $._expression)))),
      optional(seq('=', optional(field('default', $._expression)))),
    ),

    star_parameter: $ => seq('*', optional(seq(
      field('name', $.identifier),
      optional(seq(':', optional(field('annotation', choice($._expression, $.starred))))),
    ))),

    double_star_parameter: $ => seq('**', optional(seq(
      field('name', $.identifier),
      optional(seq(':', optional(field('annotation', $._expression)))),
    ))),

    positional_separator: _ => '/',

    lambda_parameters: $ => prec.right(listed(choice(
      alias($._lambda_parameter, $.parameter),
      alias($._lambda_star_parameter, $.star_parameter),
      alias($._lambda_double_star_parameter, $.double_star_parameter),
      $.positional_separator,
    ))),

    _lambda_parameter: $ => prec.right(seq(
      field('name', $.identifier),
      optional(seq('=', optional(field('default', $._expression)))),
    )),

    _lambda_star_parameter: $ => seq('*', optional(field('name', $.identifier))),

    _lambda_double_star_parameter: $ => seq('**', optional(field('name', $.identifier))),

    type_parameters: $ => seq(
      $._left_bracket,
      optional(listed(choice($.type_variable, $.type_variable_tuple, $.parameter_specification))),
      $._right_bracket,
    ),

    type_variable: $ => seq(
      field('name', $.identifier),
      optional(seq(':', optional(field('bound', $._expression)))),
      optional(seq('=', optional(field('default', $._expression)))),
    ),

    type_variable_tuple: $ => seq(
      '*',
      field('name', $.identifier),
      optional(seq('=', optional(field('default', choice($._expression, $.starred))))),
    ),

    parameter_specification: $ => seq(
      '**',
      field('name', $.identifier),
      optional(seq('=', optional(field('default', $._expression)))),
    ),

    // Patterns

    _pattern: $ => choice($._closed_pattern, $.or_pattern, $.as_pattern),

    _closed_pattern: $ => choice(
      $.capture_pattern,
      $.wildcard_pattern,
      $.value_pattern,
      $.literal_pattern,
      $.group_pattern,
      $.sequence_pattern,
      $.mapping_pattern,
      $.class_pattern,
    ),

    or_pattern: $ => prec.left(seq($._closed_pattern, repeat1(seq('|', $._closed_pattern)))),

    as_pattern: $ => seq(
      field('pattern', choice($._closed_pattern, $.or_pattern)),
      'as',
      optional(field('alias', $.identifier)),
    ),

    capture_pattern: $ => $.identifier,

    wildcard_pattern: _ => '_',

    value_pattern: $ => alias($._pattern_attribute, $.attribute),

    _pattern_attribute: $ => seq(field('object', $._pattern_name), '.', optional(field('attribute', $.identifier))),

    _pattern_name: $ => choice(
      $.identifier,
      alias('_', $.identifier),
      alias($._pattern_attribute, $.attribute),
    ),

    literal_pattern: $ => choice(
      $.string, $.concatenated_string, $.true, $.false, $.none,
      $._number,
      alias($._negative, $.unary_operation),
      alias($._complex, $.binary_operation),
    ),

    _number: $ => choice($.integer, $.float, $.imaginary),

    _negative: $ => seq(field('operator', '-'), field('operand', $._number)),

    _complex: $ => seq(
      field('left', choice($._number, alias($._negative, $.unary_operation))),
      field('operator', choice('+', '-')),
      field('right', $._number),
    ),

    group_pattern: $ => seq($._left_paren, $._pattern, $._right_paren),

    sequence_pattern: $ => choice(
      seq($._left_bracket, optional(listed($._element_pattern)), $._right_bracket),
      seq($._left_paren, optional($._open_sequence), $._right_paren),
    ),

    _open_sequence: $ => tupled($._element_pattern),

    _element_pattern: $ => choice($._pattern, $.star_pattern),

    star_pattern: $ => seq('*', optional(choice(field('name', $.identifier), '_'))),

    mapping_pattern: $ => seq(
      $._left_brace,
      optional(listed(choice($.pair_pattern, $.double_star_pattern))),
      $._right_brace,
    ),

    pair_pattern: $ => seq(
      field('key', choice($.literal_pattern, $.value_pattern)),
      ':',
      field('value', $._pattern),
    ),

    double_star_pattern: $ => seq('**', optional(field('name', $.identifier))),

    class_pattern: $ => seq(
      field('class', $._pattern_name),
      $._left_paren,
      optional(listed(choice($._pattern, $.keyword_pattern))),
      $._right_paren,
    ),

    keyword_pattern: $ => seq(
      field('name', choice($.identifier, alias('_', $.identifier))),
      '=',
      optional(field('value', $._pattern)),
    ),

    // Expressions. One rule for all of them, ordered by precedence: with a rule a level, as Python's own
    // grammar has it, a name would be reduced once for each level.

    _expression: $ => choice(
      $.conditional_expression,
      $.lambda,
      $.boolean_operation,
      $.not_operation,
      $.comparison,
      $.binary_operation,
      $.unary_operation,
      $.await,
      $.identifier,
      $.integer,
      $.float,
      $.imaginary,
      $.true,
      $.false,
      $.none,
      $.ellipsis,
      $.string,
      $.concatenated_string,
      $.attribute,
      $.subscript,
      $.call,
      $.parenthesized_expression,
      $.tuple,
      $.list,
      $.set,
      $.dictionary,
      $.list_comprehension,
      $.set_comprehension,
      $.dictionary_comprehension,
      $.generator_expression,
    ),

    // What may stand in an assignment, a `return`, a `for … in`: an expression or a tuple of them
    _expressions: $ => choice($._expression, $.starred, alias($._open_tuple, $.tuple)),

    _open_tuple: $ => tupled(choice($._expression, $.starred)),

    _type_tuple: $ => tupled($._expression),

    _named_tuple: $ => tupled(choice($._named, $.starred)),

    _named: $ => choice($._expression, $.named_expression),

    named_expression: $ => seq(field('target', $.identifier), ':=', optional(field('value', $._expression))),

    // Targets of `for`: no operators, so that `in` ends them
    _targets: $ => choice($._target, alias($._target_tuple, $.tuple)),

    _target: $ => choice($._bound, alias($._starred_target, $.starred)),

    _target_tuple: $ => tupled($._target),

    _starred_target: $ => seq('*', field('value', $._bound)),

    _bound: $ => prec(1, choice(
      $.identifier,
      $.attribute,
      $.subscript,
      $.parenthesized_expression,
      $.tuple,
      $.list,
    )),

    starred: $ => seq('*', field('value', $._expression)),

    double_starred: $ => seq('**', optional(field('value', $._expression))),

    _yield: $ => choice($.yield, $.yield_from),

    yield: $ => seq('yield', optional(field('value', $._expressions))),

    yield_from: $ => seq('yield', 'from', optional(field('value', $._expression))),

    conditional_expression: $ => prec.right(PREC.conditional, seq(
      field('body', $._expression),
      'if',
      field('condition', $._expression),
      'else',
      field('alternative', $._expression),
    )),

    lambda: $ => prec.right(seq(
      'lambda',
      optional(field('parameters', $.lambda_parameters)),
      choice(seq(':', optional(field('body', $._expression))), $._no_colon),
    )),

    boolean_operation: $ => choice(...[['or', PREC.or], ['and', PREC.and]].map(([operator, level]) =>
      prec.left(level, seq(
        field('left', $._expression),
        field('operator', operator),
        field('right', $._expression),
      )))),

    not_operation: $ => prec(PREC.not, seq('not', field('operand', $._expression))),

    // Flat, as Python chains them: behind a comparison, ending (-1) is weaker than going on (0).
    comparison: $ => prec.left(PREC.comparison, seq(
      $._expression,
      prec(-1, repeat1(prec.left(PREC.comparison, seq(
        field('operator', choice(
          '<', '<=', '==', '!=', '>=', '>', 'in', 'is',
          alias(prec(PREC.comparison, seq('not', 'in')), 'not in'),
          alias(prec(PREC.comparison, seq('is', 'not')), 'is not'),
        )),
        $._expression,
      )))),
    )),

    binary_operation: $ => choice(...[
      ['|', PREC.bitwise_or],
      ['^', PREC.bitwise_xor],
      ['&', PREC.bitwise_and],
      ['<<', PREC.shift],
      ['>>', PREC.shift],
      ['+', PREC.sum],
      ['-', PREC.sum],
      ['*', PREC.product],
      ['/', PREC.product],
      ['//', PREC.product],
      ['%', PREC.product],
      ['@', PREC.product],
      ['**', PREC.power],
    ].map(([operator, level]) => (level === PREC.power ? prec.right : prec.left)(level, seq(
      field('left', $._expression),
      field('operator', operator),
      field('right', $._expression),
    )))),

    unary_operation: $ => prec(PREC.unary, seq(
      field('operator', choice('+', '-', '~')),
      field('operand', $._expression),
    )),

    await: $ => prec(PREC.await, seq('await', field('value', $._expression))),

    attribute: $ => prec(PREC.postfix, seq(
      field('object', $._expression),
      '.',
      optional(choice(field('attribute', $.identifier), $._behind_dot)),
    )),

    subscript: $ => prec(PREC.postfix, seq(
      field('object', $._expression),
      $._left_bracket,
      optional(field('index', choice($._index, alias($._index_tuple, $.tuple)))),
      $._right_bracket,
    )),

    _index: $ => choice($._named, $.starred, $.slice),

    _index_tuple: $ => tupled($._index),

    slice: $ => seq(
      optional(field('start', $._expression)),
      ':',
      optional(field('stop', $._expression)),
      optional(seq(':', optional(field('step', $._expression)))),
    ),

    call: $ => prec(PREC.postfix, seq(
      field('function', $._expression),
      field('arguments', choice($.argument_list, $.generator_expression)),
    )),

    argument_list: $ => seq(
      $._left_paren,
      optional(chunked($, $._argument, '_arguments')),
      $._right_paren,
    ),

    ...chunkRules('_arguments', $ => seq(',', $._argument)),

    _argument: $ => choice($._named, $.starred, $.double_starred, $.keyword_argument),

    keyword_argument: $ => seq(field('name', $.identifier), '=', optional(field('value', $._expression))),

    parenthesized_expression: $ => seq($._left_paren, choice($._named, $._yield, $.starred), $._right_paren),

    tuple: $ => seq(
      $._left_paren,
      optional(seq($._element, choice(
        ',',
        seq(repeat1(seq(',', $._element)), ...chunks($, '_elements'), optional(',')),
        ...LEVELS.map(level => seq(
          repeat1($['_elements' + level]),
          ...chunks($, '_elements').slice(level),
          optional(','),
        )),
      ))),
      $._right_paren,
    ),

    list: $ => seq(
      $._left_bracket,
      optional(chunked($, $._element, '_elements')),
      $._right_bracket,
    ),

    set: $ => seq($._left_brace, chunked($, $._element, '_elements'), $._right_brace),

    _element: $ => choice($._named, $.starred),
    ...chunkRules('_elements', $ => seq(',', $._element)),

    dictionary: $ => seq(
      $._left_brace,
      optional(chunked($, $._item, '_items')),
      $._right_brace,
    ),

    pair: $ => seq(field('key', $._expression), ':', optional(field('value', $._expression))),

    _item: $ => choice($.pair, $.double_starred),
    ...chunkRules('_items', $ => seq(',', $._item)),

    list_comprehension: $ => seq($._left_bracket, field('element', $._element), $._clauses, $._right_bracket),

    set_comprehension: $ => seq($._left_brace, field('element', $._element), $._clauses, $._right_brace),

    generator_expression: $ => seq($._left_paren, field('element', $._element), $._clauses, $._right_paren),

    dictionary_comprehension: $ => seq(
      $._left_brace,
      choice(
        seq(field('key', $._expression), ':', field('value', $._expression)),
        field('element', $.double_starred),
      ),
      $._clauses,
      $._right_brace,
    ),

    _clauses: $ => seq($.for_clause, repeat(choice($.for_clause, $.if_clause))),

    for_clause: $ => prec(PREC.clause, seq(
      optional('async'),
      'for',
      optional(seq(
        field('target', $._targets),
        optional(seq('in', optional(field('iterable', $._expression)))),
      )),
    )),

    if_clause: $ => prec(PREC.clause, seq('if', optional(field('condition', $._expression)))),

    // Strings

    concatenated_string: $ => seq($.string, repeat1($.string)),

    string: $ => seq(
      $.string_start,
      repeat(choice($.string_content, $.interpolation)),
      $.string_end,
    ),

    string_content: $ => prec.right(repeat1(choice($._string_text, $.escape_sequence))),

    interpolation: $ => seq(
      alias($._interpolation_open, '{'),
      optional(field('value', choice($._expressions, $._yield))),
      optional('='),
      optional($.conversion),
      optional($.format_specifier),
      alias($._interpolation_close, '}'),
    ),

    conversion: _ => /![A-Za-z_0-9]*/,

    format_specifier: $ => seq(
      alias($._format_colon, ':'),
      repeat(choice($._string_text, $.escape_sequence, $.interpolation)),
    ),

    // Tokens

    // As CPython's tokenizer: whatever isn't ASCII belongs to a name. Whether the name is valid isn't syntax.
    identifier: _ => /[^\x00-@\[-^`\{-\x7F\uFEFF][^\x00-/:-@\[-^`\{-\x7F\uFEFF]*/,

    integer: _ => token(choice(
      /[1-9](_?[0-9])*/,
      /0(_?0)*/,
      /0[xX](_?[0-9a-fA-F])+/,
      /0[oO](_?[0-7])+/,
      /0[bB](_?[01])+/,
    )),

    float: _ => token(choice(
      /[0-9](_?[0-9])*\.([0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?/,
      /\.[0-9](_?[0-9])*([eE][+-]?[0-9](_?[0-9])*)?/,
      /[0-9](_?[0-9])*[eE][+-]?[0-9](_?[0-9])*/,
    )),

    imaginary: _ => token(seq(choice(
      /[0-9](_?[0-9])*(\.([0-9](_?[0-9])*)?)?([eE][+-]?[0-9](_?[0-9])*)?/,
      /\.[0-9](_?[0-9])*([eE][+-]?[0-9](_?[0-9])*)?/,
    ), /[jJ]/)),

    true: _ => 'True',
    false: _ => 'False',
    none: _ => 'None',
    ellipsis: _ => '...',

    comment: _ => /#[^\r\n]*/,

    line_continuation: _ => /\\(\r\n?|\n)/,
  },
});
