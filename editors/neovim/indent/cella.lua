-- The language's layout is Python's.
vim.cmd.runtime('indent/python.vim')
