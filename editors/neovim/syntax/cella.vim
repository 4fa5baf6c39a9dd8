" Colours where the tree-sitter parser isn't built: the language's syntax is Python's.
runtime! syntax/python.vim
let b:current_syntax = 'cella'
