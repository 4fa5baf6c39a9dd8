-- Beside another Python server: here one inside this process, that knows one place and one symbol.

local h = require('harness')
local test, eq, has, wait = h.test, h.eq, h.has, h.wait

local ORIGIN = { line = 0, character = 0 }
local RANGE = { start = ORIGIN, ['end'] = ORIGIN }

local answers = {
  initialize = {
    capabilities = {
      definitionProvider = true,
      documentSymbolProvider = true,
      hoverProvider = true,
    },
  },
  ['textDocument/hover'] = { contents = 'what the other one says' },
  ['textDocument/documentSymbol'] = {
    { name = 'counter', kind = 12, range = RANGE, selectionRange = RANGE },
  },
}

local function other_server()
  return {
    request = function(method, params, callback)
      local answer = answers[method]
      if method == 'textDocument/definition' then
        answer = { uri = params.textDocument.uri, range = RANGE }
      end
      vim.schedule(function()
        callback(nil, answer)
      end)
      return true, 1
    end,
    notify = function()
      return true
    end,
    is_closing = function()
      return false
    end,
    terminate = function() end,
  }
end

---@param name string
---@return integer buffer
local function open_with_both(name)
  local buffer = h.open(name)
  h.client(buffer)
  vim.lsp.start({ name = 'other', cmd = other_server }, { bufnr = buffer })
  wait('both servers', function()
    return #vim.lsp.get_clients({ bufnr = buffer }) == 2
  end)
  return buffer
end

---@param buffer integer
---@return string[] names of the servers that are asked for `method`
local function asked(method, buffer)
  local names = vim.tbl_map(function(client)
    return client.name
  end, vim.lsp.get_clients({ bufnr = buffer, method = method }))
  table.sort(names)
  return names
end

local python = open_with_both('counter.py')

test('in Python, what the other one does is left to it', function()
  eq(asked('textDocument/definition', python), { 'other' })
  eq(asked('textDocument/documentSymbol', python), { 'other' })
end)

test('in Python, what the other one cannot do is asked of Cella', function()
  eq(asked('textDocument/references', python), { 'cella' })
  eq(asked('textDocument/inlayHint', python), { 'cella' })
end)

test('a definition is one place, and not a list', function()
  h.put_cursor(7, 'count')
  vim.lsp.buf.definition()
  wait('the jump', function()
    return vim.deep_equal(vim.api.nvim_win_get_cursor(0), { 1, 0 })
  end)
  eq(vim.fn.getqflist(), {})
end)

test('both are heard in a hover', function()
  h.put_cursor(2, 'count')
  local text = h.hover()
  has(text, 'counter.<locals>.increment')
  has(text, 'what the other one says')
end)

test('both are asked if so wanted', function()
  vim.g.cella_stand_back = false
  eq(asked('textDocument/definition', python), { 'cella', 'other' })
  vim.g.cella_stand_back = nil
end)

test('in its own files, Cella stands back from nothing', function()
  eq(asked('textDocument/definition', open_with_both('raise_to.cella')), { 'cella', 'other' })
end)
