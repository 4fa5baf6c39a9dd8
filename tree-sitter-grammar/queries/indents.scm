; Indentation, in the captures of nvim-treesitter.

; The line after a header, or after an opening bracket, goes one step in.

[
  (function_definition)
  (class_definition)
  (if_statement)
  (while_statement)
  (for_statement)
  (try_statement)
  (with_statement)
  (match_statement)
  (case_clause)
  (parameters)
  (argument_list)
  (type_parameters)
  (parenthesized_expression)
  (tuple)
  (list)
  (set)
  (dictionary)
  (list_comprehension)
  (set_comprehension)
  (dictionary_comprehension)
  (generator_expression)
  (subscript)
  (group_pattern)
  (sequence_pattern)
  (mapping_pattern)
  (class_pattern)
] @indent.begin

; A clause stands where its statement does.

[
  (elif_clause)
  (else_clause)
  (except_clause)
  (finally_clause)
] @indent.branch

; So does a closing bracket that begins a line; after it, the step is undone.

[
  ")"
  "]"
  "}"
] @indent.branch @indent.end

; After these, nothing more can follow in their block.

[
  (return_statement)
  (raise_statement)
  (pass_statement)
  (break_statement)
  (continue_statement)
] @indent.dedent

; Inside a string, the writer's own indentation stays.

(string) @indent.auto

(ERROR
  [
    "("
    "["
    "{"
  ]) @indent.begin
