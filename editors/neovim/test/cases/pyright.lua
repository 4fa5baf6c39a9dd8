-- Beside a real Python server: what both could say is said once, and what only Cella knows is said.

local h = require('harness')
local test, eq, has, wait = h.test, h.eq, h.has, h.wait

local PYRIGHT = vim.fn.exepath('pyright-langserver')
if PYRIGHT == '' then
  io.stdout:write('left out: pyright-langserver is not on PATH\n')
  return
end

vim.lsp.config('pyright', {
  cmd = { PYRIGHT, '--stdio' },
  filetypes = { 'python' },
  root_dir = vim.env.CELLA_TEST_WORKSPACE,
  settings = {
    python = { analysis = { autoSearchPaths = false, diagnosticMode = 'openFilesOnly' } },
  },
})
vim.lsp.enable('pyright')

local buffer = h.open('counter.py')
h.client(buffer)
wait('Pyright', function()
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'pyright' })[1]
  return client and client.initialized
end)

--- What `ask` lists.
---@param ask fun(options: table)
---@return string[] places
local function listed(ask)
  local found
  ask({
    on_list = function(list)
      found = list.items
    end,
  })
  wait('the list', function()
    return found
  end)
  local places = vim.tbl_map(function(item)
    return ('%d:%d %s'):format(item.lnum, item.col, vim.trim(item.text))
  end, found)
  table.sort(places)
  return places
end

test('no symbol is listed twice', function()
  local symbols = listed(vim.lsp.buf.document_symbol)
  eq(#symbols, #vim.fn.uniq(vim.deepcopy(symbols)))
  has(table.concat(symbols, '\n'), '[Function] increment')
end)

test('no reference is listed twice', function()
  h.put_cursor(2, 'count')
  local references = listed(function(options)
    vim.lsp.buf.references(nil, options)
  end)
  eq(references, {
    '10:22 return f"at {count}"',
    '2:5 count = start',
    '5:18 nonlocal count',
    '6:9 count += step',
    '7:16 return count',
  })
end)

test('no definition is listed twice', function()
  h.put_cursor(7, 'count')
  eq(listed(vim.lsp.buf.definition), { '2:5 count = start', '6:9 count += step' })
end)

test('a rename is made once', function()
  h.put_cursor(2, 'count')
  vim.lsp.buf.rename('number')
  wait('the rename', function()
    return vim.api.nvim_buf_get_lines(buffer, 1, 2, true)[1]:find('number')
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), '\n')
  eq(text:find('count ', 1, true), nil)
  eq(text:find('numbernumber', 1, true), nil)
  vim.cmd('silent undo')
end)

test('in a hover both are heard', function()
  h.put_cursor(2, 'count')
  local text = h.hover()
  has(text, 'counter.<locals>.increment')
  has(text, '(variable) count')
end)

test("a name error is told in CPython's words beside Pyright's", function()
  vim.api.nvim_buf_set_lines(buffer, 1, 2, true, { '    number = 0' })
  local told = wait('both', function()
    local sources = {}
    for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
      sources[diagnostic.source] = diagnostic.message
    end
    return sources.cella and sources.Pyright and sources
  end)
  eq(told.cella, "no binding for nonlocal 'count' found")
end)
