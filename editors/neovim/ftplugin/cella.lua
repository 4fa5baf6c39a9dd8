-- What Neovim sets for Python, for the part of it that is the language's: comments and indentation.

if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.commentstring = '# %s'
vim.bo.comments = 'b:#,fb:-'
vim.bo.suffixesadd = '.cella,.py'
vim.bo.expandtab = true
vim.bo.shiftwidth = 4
vim.bo.softtabstop = 4
vim.bo.tabstop = 8
vim.b.undo_ftplugin =
  'setlocal commentstring< comments< suffixesadd< expandtab< shiftwidth< softtabstop< tabstop<'

-- Without the parser (see build.sh), syntax/cella.vim colours the buffer.
if vim.treesitter.language.add('cella') then
  vim.treesitter.start()
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua pcall(vim.treesitter.stop)'
end
