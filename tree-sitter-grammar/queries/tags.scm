; Definitions and calls, for code navigation by name. Where two patterns match, the first one counts.

(class_definition
  name: (identifier) @name) @definition.class

(class_definition
  body: (block
    [
      (function_definition
        name: (identifier) @name) @definition.method
      (decorated_definition
        definition: (function_definition
          name: (identifier) @name) @definition.method)
    ]))

(function_definition
  name: (identifier) @name) @definition.function

(assignment
  target: (identifier) @name
  value: (lambda)) @definition.function

(module
  (assignment
    target: (identifier) @name) @definition.constant
  (#match? @name "^_*[A-Z][A-Z0-9_]*$"))

(type_alias_statement
  name: (identifier) @name) @definition.type

(call
  function: [
    (identifier) @name
    (attribute
      attribute: (identifier) @name)
  ]) @reference.call
