-- Inlay hints: on from the start where the user wants them, and toggled by `:Cella hints`.

local M = {}

--- File types whose hints are shown from the start: `vim.g.cella_hints`, a list.
--- Neovim shows the hints of all servers of a buffer or of none; so in Python it is left to the user.
---@return string[]
local function shown_from_start()
  return vim.g.cella_hints or { 'cella' }
end

---@param buffer integer
---@param client vim.lsp.Client
function M.on_attach(buffer, client)
  local wanted = vim.list_contains(shown_from_start(), vim.bo[buffer].filetype)
  if wanted and client:supports_method('textDocument/inlayHint', buffer) then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
end

---@param wanted? 'on'|'off' the other state, if absent
function M.run(wanted)
  local here = { bufnr = vim.api.nvim_get_current_buf() }
  local on = not vim.lsp.inlay_hint.is_enabled(here)
  if wanted then
    on = wanted == 'on'
  end
  vim.lsp.inlay_hint.enable(on, here)
end

return M
