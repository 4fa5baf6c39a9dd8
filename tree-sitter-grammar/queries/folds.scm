; What can be folded away: statements with a body, their clauses, and everything in brackets.

[
  (function_definition)
  (class_definition)
  (if_statement)
  (while_statement)
  (for_statement)
  (try_statement)
  (with_statement)
  (match_statement)
  (elif_clause)
  (else_clause)
  (except_clause)
  (finally_clause)
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
  (string)
  (concatenated_string)
] @fold

[
  (import_statement)
  (import_from_statement)
]+ @fold

(comment)+ @fold
