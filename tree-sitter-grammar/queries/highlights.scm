; Capture names are those of Neovim and of `tree-sitter highlight`. Where two patterns match a node,
; the later one counts; so the general ones stand first.

; Names

(identifier) @variable

((identifier) @constant
  (#match? @constant "^_*[A-Z][A-Z0-9_]*$"))

((identifier) @variable.builtin
  (#any-of? @variable.builtin "self" "cls"))

((identifier) @constant.builtin
  (#any-of? @constant.builtin "NotImplemented" "__debug__" "__name__" "__file__" "__doc__"))

(attribute
  attribute: (identifier) @variable.member)

; Modules

(import_statement
  name: (dotted_name
    (identifier) @module))

(import_statement
  name: (aliased_import
    name: (dotted_name
      (identifier) @module)
    alias: (identifier)? @module))

(import_from_statement
  module: (dotted_name
    (identifier) @module))

(relative_import
  (dotted_name
    (identifier) @module))

; Parameters and arguments

(parameter
  name: (identifier) @variable.parameter)

(parameter
  name: (identifier) @variable.builtin
  (#any-of? @variable.builtin "self" "cls"))

(star_parameter
  name: (identifier) @variable.parameter)

(double_star_parameter
  name: (identifier) @variable.parameter)

(keyword_argument
  name: (identifier) @variable.parameter)

; Functions

(call
  function: (identifier) @function.call)

(call
  function: (attribute
    attribute: (identifier) @function.method.call))

((call
  function: (identifier) @constructor)
  (#match? @constructor "^_*[A-Z][A-Z0-9]*[a-z]"))

((call
  function: (identifier) @function.builtin)
  (#any-of? @function.builtin
    "abs" "aiter" "all" "anext" "any" "ascii" "bin" "breakpoint" "callable" "chr" "classmethod"
    "compile" "delattr" "dir" "divmod" "enumerate" "eval" "exec" "filter" "format" "getattr"
    "globals" "hasattr" "hash" "help" "hex" "id" "input" "isinstance" "issubclass" "iter" "len"
    "locals" "map" "max" "min" "next" "oct" "open" "ord" "pow" "print" "property" "range" "repr"
    "reversed" "round" "setattr" "sorted" "staticmethod" "sum" "super" "vars" "zip" "__import__"))

((call
  function: (identifier) @type.builtin)
  (#any-of? @type.builtin
    "bool" "bytearray" "bytes" "complex" "dict" "float" "frozenset" "int" "list" "memoryview"
    "object" "set" "slice" "str" "tuple" "type"))

(function_definition
  name: (identifier) @function)

(class_definition
  body: (block
    (function_definition
      name: (identifier) @function.method)))

(class_definition
  body: (block
    (decorated_definition
      definition: (function_definition
        name: (identifier) @function.method))))

((class_definition
  body: (block
    (function_definition
      name: (identifier) @constructor)))
  (#any-of? @constructor "__init__" "__new__"))

(assignment
  target: (identifier) @function
  value: (lambda))

; Decorators

(decorator
  value: (identifier) @attribute)

(decorator
  value: (attribute
    attribute: (identifier) @attribute))

(decorator
  value: (call
    function: (identifier) @attribute))

(decorator
  value: (call
    function: (attribute
      attribute: (identifier) @attribute)))

; Types

(class_definition
  name: (identifier) @type.definition)

(type_alias_statement
  name: (identifier) @type.definition)

(type_variable
  name: (identifier) @type.definition)

(type_variable_tuple
  name: (identifier) @type.definition)

(parameter_specification
  name: (identifier) @type.definition)

(_
  annotation: (identifier) @type)

(_
  annotation: (subscript
    object: (identifier) @type))

(function_definition
  return_type: (identifier) @type)

(function_definition
  return_type: (subscript
    object: (identifier) @type))

(type_variable
  bound: (identifier) @type)

(except_clause
  type: (identifier) @type)

(except_clause
  type: (tuple
    (identifier) @type))

; Patterns

(capture_pattern
  (identifier) @variable)

(wildcard_pattern) @character.special

(class_pattern
  class: (identifier) @type)

(class_pattern
  class: (attribute
    attribute: (identifier) @type))

(keyword_pattern
  name: (identifier) @variable.member)

; Literals

[
  (integer)
  (imaginary)
] @number

(float) @number.float

[
  (true)
  (false)
] @boolean

[
  (none)
  (ellipsis)
] @constant.builtin

(string) @string

(escape_sequence) @string.escape

(interpolation) @none

(conversion) @string.special

(format_specifier) @string.special

; A string that is the first statement documents what it stands in.

(module
  .
  (expression_statement
    (string) @string.documentation))

(function_definition
  body: (block
    .
    (expression_statement
      (string) @string.documentation)))

(class_definition
  body: (block
    .
    (expression_statement
      (string) @string.documentation)))

(comment) @spell

(comment) @comment

((module
  .
  (comment) @keyword.directive)
  (#match? @keyword.directive "^#!"))

(line_continuation) @punctuation.special

; Keywords

[
  "as"
  "assert"
  "del"
  "global"
  "nonlocal"
  "with"
  (pass_statement)
] @keyword

[
  "def"
  "lambda"
] @keyword.function

[
  "class"
  "type"
] @keyword.type

[
  "async"
  "await"
] @keyword.coroutine

[
  "return"
  "yield"
] @keyword.return

(yield_from
  "from" @keyword.return)

[
  "if"
  "elif"
  "else"
  "match"
  "case"
] @keyword.conditional

(conditional_expression
  [
    "if"
    "else"
  ] @keyword.conditional.ternary)

[
  "for"
  "while"
  (break_statement)
  (continue_statement)
] @keyword.repeat

(for_statement
  "in" @keyword.repeat)

(for_clause
  "in" @keyword.repeat)

[
  "try"
  "except"
  "finally"
  "raise"
] @keyword.exception

(raise_statement
  "from" @keyword.exception)

(try_statement
  (else_clause
    "else" @keyword.exception))

"import" @keyword.import

(import_from_statement
  "from" @keyword.import)

(aliased_import
  "as" @keyword.import)

[
  "and"
  "or"
  "not"
] @keyword.operator

(comparison
  operator: [
    "in"
    "is"
    "not in"
    "is not"
  ] @keyword.operator)

; Punctuation

[
  "="
  ":="
  "->"
  "+"
  "-"
  "*"
  "/"
  "//"
  "%"
  "@"
  "**"
  "&"
  "|"
  "^"
  "~"
  "<<"
  ">>"
  "<"
  "<="
  "=="
  "!="
  ">="
  ">"
  "+="
  "-="
  "*="
  "/="
  "//="
  "%="
  "@="
  "**="
  ">>="
  "<<="
  "&="
  "^="
  "|="
] @operator

[
  "("
  ")"
  "["
  "]"
  "{"
  "}"
] @punctuation.bracket

[
  ","
  ":"
  ";"
  "."
] @punctuation.delimiter

; Signs that mean something else where they stand

(interpolation
  [
    "{"
    "}"
    "="
  ] @punctuation.special)

(wildcard_import
  "*" @character.special)

(decorator
  "@" @attribute)
