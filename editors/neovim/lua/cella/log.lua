-- `:Cella log`: Neovim's log of language servers, at its end, where the newest lines are.

local M = {}

function M.run()
  vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd.normal({ 'G', bang = true })
  vim.bo.readonly = true
end

return M
