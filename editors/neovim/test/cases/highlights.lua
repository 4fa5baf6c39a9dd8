local h = require('harness')
local test, eq = h.test, h.eq

---@param name string
local function target(name)
  return vim.api.nvim_get_hl(0, { name = name }).link
end

local function assert_defaults()
  for modifier, look in pairs(require('cella.highlights').modifiers) do
    eq(target(look.group), look.default)
    for _, filetype in ipairs({ 'cella', 'python' }) do
      eq(target(('@lsp.mod.%s.%s'):format(modifier, filetype)), look.group)
      eq(target(('@lsp.typemod.variable.%s.%s'):format(modifier, filetype)), look.group)
    end
  end
end

test('every modifier has a group, linked to a standard one', assert_defaults)

test('the standard groups exist', function()
  for _, look in pairs(require('cella.highlights').modifiers) do
    assert(vim.fn.hlID(look.default) > 0, look.default)
    assert(next(vim.api.nvim_get_hl(0, { name = look.default, link = false })), look.default)
  end
end)

test('they are still there under another colour scheme', function()
  vim.cmd.colorscheme('habamax')
  assert_defaults()
  vim.cmd.colorscheme('default')
end)

test('what the user has set stays', function()
  vim.api.nvim_set_hl(0, 'CellaCell', { link = 'Todo' })
  require('cella.highlights').define()
  eq(target('CellaCell'), 'Todo')
  vim.cmd.colorscheme('default')
end)

test('no group of other file types is touched', function()
  eq(vim.api.nvim_get_hl(0, { name = '@lsp.mod.global', create = false }), {})
end)
