std = 'luajit'
read_globals = { 'vim' }
-- Options and buffer-local variables are set through these tables.
globals = { 'vim.b', 'vim.bo', 'vim.g', 'vim.o', 'vim.opt', 'vim.opt_local', 'vim.wo', 'vim.notify', 'vim.lsp' }
-- Tests stand in for parts of the editor.
files['test'] = { globals = { 'vim' } }
