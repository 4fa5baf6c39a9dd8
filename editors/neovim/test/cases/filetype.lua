local h = require('harness')
local test, eq = h.test, h.eq

test('a .cella file has its type, comments and indentation', function()
  local buffer = h.open('raise_to.cella')
  eq(vim.bo[buffer].filetype, 'cella')
  eq(vim.bo[buffer].commentstring, '# %s')
  eq({ vim.bo[buffer].expandtab, vim.bo[buffer].shiftwidth }, { true, 4 })
  eq(vim.bo[buffer].indentexpr, 'python#GetIndent(v:lnum)')
end)

test('a line below a header is indented', function()
  local buffer = vim.api.nvim_create_buf(true, true)
  vim.api.nvim_set_current_buf(buffer)
  vim.bo[buffer].filetype = 'cella'
  vim.cmd.normal({ 'idef f():\rreturn 1', bang = true })
  eq(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), { 'def f():', '    return 1' })
  vim.cmd.bwipeout({ bang = true })
end)

test('gcc comments a line', function()
  local buffer = h.open('raise_to.cella')
  vim.api.nvim_win_set_cursor(0, { 2, 0 })
  vim.cmd.normal('gcc')
  eq(vim.api.nvim_buf_get_lines(buffer, 1, 2, false), { '    # def raise_to_exp(x):' })
  vim.cmd.edit({ bang = true })
end)

test('a change of type undoes what was set', function()
  local buffer = h.open('raise_to.cella')
  vim.bo[buffer].filetype = 'text'
  eq({ vim.bo[buffer].commentstring, vim.bo[buffer].shiftwidth }, { '', 8 })
  vim.bo[buffer].filetype = 'cella'
end)

test('Python files stay Python files', function()
  eq(vim.bo[h.open('counter.py')].filetype, 'python')
end)
