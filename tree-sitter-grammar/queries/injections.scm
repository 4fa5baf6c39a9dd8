((comment) @injection.content
  (#set! injection.language "comment"))

; The pattern of a call such as re.compile(r"…")

((call
  function: (attribute
    object: (identifier) @_module
    attribute: (identifier) @_function)
  arguments: (argument_list
    .
    (string
      (string_content) @injection.content)))
  (#any-of? @_module "re" "regex")
  (#any-of? @_function
    "compile" "search" "match" "fullmatch" "split" "findall" "finditer" "sub" "subn")
  (#set! injection.language "regex"))
