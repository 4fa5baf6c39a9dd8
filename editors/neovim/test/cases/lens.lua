local h = require('harness')
local test, eq, wait = h.test, h.eq, h.wait

vim.lsp.config('cella', { settings = { cella = { codeLens = { enable = true } } } })
local buffer = h.open('raise_to.cella')

test('a lens that is run lists what it is about', function()
  wait('the lenses', function()
    vim.lsp.codelens.refresh({ bufnr = buffer })
    return #vim.lsp.codelens.get(buffer) > 0
  end)
  h.put_cursor(2, 'raise_to_exp')
  vim.lsp.codelens.run()
  wait('the list', function()
    return #vim.fn.getqflist() > 0
  end)
  local listed = vim.fn.getqflist({ items = true, title = true })
  eq(listed.title, 'closes over exp')
  eq({ listed.items[1].lnum, listed.items[1].col }, { 1, 14 })
end)
