-- Beside another server. Neovim asks every server of a buffer and adds up what they say, so that two
-- which both know where a name is bound make a list of one place twice. In Python files Cella therefore
-- stands back from what another server does as well; hover, hints, colours and diagnostics are its own.

local M = {}

--- What is only asked of Cella where nobody else can be asked.
local left_to_others = {
  ['textDocument/completion'] = true,
  ['textDocument/declaration'] = true,
  ['textDocument/definition'] = true,
  ['textDocument/documentSymbol'] = true,
  ['textDocument/prepareRename'] = true,
  ['textDocument/references'] = true,
  ['textDocument/rename'] = true,
  ['workspace/symbol'] = true,
}

--- Whether another server of a Python buffer supports `method`.
---@param method string
---@param buffer integer
---@return boolean
local function another_supports(method, buffer)
  if not vim.api.nvim_buf_is_valid(buffer) or vim.bo[buffer].filetype ~= 'python' then
    return false
  end
  return vim.iter(vim.lsp.get_clients({ bufnr = buffer })):any(function(other)
    return other.name ~= 'cella' and other:supports_method(method, buffer)
  end)
end

---@type table<vim.lsp.Client, true>
local seen = setmetatable({}, { __mode = 'k' })

--- Makes `client` stand back; Neovim goes by what a client says that it supports.
---@param client vim.lsp.Client
function M.on_attach(client)
  if seen[client] then
    return
  end
  seen[client] = true
  local supports = client.supports_method
  client.supports_method = function(self, method, where)
    local buffer = type(where) == 'table' and where.bufnr or where
    if buffer and left_to_others[method] and vim.g.cella_stand_back ~= false then
      return not another_supports(method, buffer) and supports(self, method, where)
    end
    return supports(self, method, where)
  end
end

return M
