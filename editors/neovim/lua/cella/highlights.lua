-- Highlight groups for what a name is to the closures around it.
--
-- The server sends it as modifiers of semantic tokens. Neovim looks for `@lsp.mod.MODIFIER.FILETYPE`
-- and `@lsp.typemod.TYPE.MODIFIER.FILETYPE`; both lead to one group, which a user or a colour scheme
-- may set. Only our own file types are named, for other servers have modifiers of the same names.

local M = {}

--- From our group to the standard one it looks like until somebody says otherwise.
---@type table<string, { group: string, default: string }>
M.modifiers = {
  captured = { group = 'CellaCaptured', default = '@markup.italic' },
  cell = { group = 'CellaCell', default = '@markup.strong' },
  rebound = { group = 'CellaRebound', default = '@markup.underline' },
  nonlocal = { group = 'CellaNonlocal', default = 'Special' },
  global = { group = 'CellaGlobal', default = 'Constant' },
}

local token_types = {
  'class',
  'function',
  'method',
  'namespace',
  'parameter',
  'typeParameter',
  'variable',
}
local filetypes = { 'cella', 'python' }

---@param name string
---@param target string
local function link(name, target)
  vim.api.nvim_set_hl(0, name, { link = target, default = true })
end

--- Sets every group, unless it is set already.
function M.define()
  for modifier, look in pairs(M.modifiers) do
    link(look.group, look.default)
    for _, filetype in ipairs(filetypes) do
      link(('@lsp.mod.%s.%s'):format(modifier, filetype), look.group)
      for _, token_type in ipairs(token_types) do
        link(('@lsp.typemod.%s.%s.%s'):format(token_type, modifier, filetype), look.group)
      end
    end
  end
end

return M
