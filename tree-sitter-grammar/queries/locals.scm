; Scopes, definitions and references, as far as a query can tell them: what `global`, `nonlocal` and
; class scopes change is for the scope analysis to say.

; Scopes

[
  (module)
  (function_definition)
  (lambda)
  (class_definition)
  (list_comprehension)
  (set_comprehension)
  (dictionary_comprehension)
  (generator_expression)
] @local.scope

; Definitions

(parameter
  name: (identifier) @local.definition)

(star_parameter
  name: (identifier) @local.definition)

(double_star_parameter
  name: (identifier) @local.definition)

(function_definition
  name: (identifier) @local.definition
  (#set! definition.scope "parent"))

(class_definition
  name: (identifier) @local.definition
  (#set! definition.scope "parent"))

(_
  target: (identifier) @local.definition)

(_
  target: (starred
    value: (identifier) @local.definition))

(_
  target: [
    (tuple
      (identifier) @local.definition)
    (list
      (identifier) @local.definition)
    (tuple
      (starred
        value: (identifier) @local.definition))
    (list
      (starred
        value: (identifier) @local.definition))
    (parenthesized_expression
      (identifier) @local.definition)
  ])

; Targets nested one deeper: for i, (key, value) in …

(_
  target: [
    (tuple
      [
        (tuple
          (identifier) @local.definition)
        (list
          (identifier) @local.definition)
      ])
    (list
      [
        (tuple
          (identifier) @local.definition)
        (list
          (identifier) @local.definition)
      ])
  ])

(except_clause
  name: (identifier) @local.definition)

(aliased_import
  alias: (identifier) @local.definition)

(import_statement
  name: (dotted_name
    .
    (identifier) @local.definition))

(import_from_statement
  name: (dotted_name
    (identifier) @local.definition))

(capture_pattern
  (identifier) @local.definition)

(as_pattern
  alias: (identifier) @local.definition)

(star_pattern
  name: (identifier) @local.definition)

(double_star_pattern
  name: (identifier) @local.definition)

(type_alias_statement
  name: (identifier) @local.definition)

(type_variable
  name: (identifier) @local.definition)

(type_variable_tuple
  name: (identifier) @local.definition)

(parameter_specification
  name: (identifier) @local.definition)

; References

(identifier) @local.reference
