local h = require('harness')
local test, eq = h.test, h.eq

local plugin = vim.fs.dirname(vim.api.nvim_get_runtime_file('lsp/cella.lua', false)[1])
local doc = vim.fs.dirname(plugin) .. '/doc'

test('the tags are unique, and :help finds them', function()
  vim.cmd.helptags(doc)
  for _, tag in ipairs({ 'cella', ':Cella-hints', 'cella-highlights', 'g:cella_hints' }) do
    vim.cmd.help(tag)
    eq(vim.fs.basename(vim.api.nvim_buf_get_name(0)), 'cella.txt')
    vim.cmd.helpclose()
  end
end)

test('every link of the page leads somewhere', function()
  local text = table.concat(vim.fn.readfile(doc .. '/cella.txt'), '\n')
  for tag in text:gmatch('|([^|%s]+)|') do
    assert(#vim.fn.getcompletion(tag, 'help') > 0, tag)
  end
end)

test('no line is wider than the page', function()
  for number, line in ipairs(vim.fn.readfile(doc .. '/cella.txt')) do
    assert(vim.fn.strdisplaywidth(line) <= 80, number)
  end
end)

test('every highlight group and subcommand is on the page', function()
  local text = table.concat(vim.fn.readfile(doc .. '/cella.txt'), '\n')
  for _, look in pairs(require('cella.highlights').modifiers) do
    h.has(text, '*hl-' .. look.group .. '*')
    h.has(text, look.default)
  end
  for _, name in ipairs(vim.fn.getcompletion('Cella ', 'cmdline')) do
    h.has(text, '*:Cella-' .. name .. '*')
  end
end)
