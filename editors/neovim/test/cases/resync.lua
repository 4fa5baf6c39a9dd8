-- When the server asks for the text again, it gets all of it.

local h = require('harness')
local test, eq, has = h.test, h.eq, h.has

local buffer = h.open('raise_to.cella')
local client = h.client(buffer)

---@param uri string
local function ask_again(uri)
  client.handlers['cella/outOfStep'](nil, { uri = uri }, { client_id = client.id })
end

test('the server hears that it may ask', function()
  eq(client.capabilities.experimental.cella.outOfStep, true)
end)

test('the text is sent again, with what was not sent yet', function()
  vim.api.nvim_buf_set_lines(buffer, 7, 7, false, { 'def late(name):', '    return lambda: name' })
  vim.cmd('Cella hints off')
  ask_again(vim.uri_from_bufnr(buffer))
  h.put_cursor(8, 'name')
  has(h.hover(), 'late.<locals>.<lambda>')
  eq(vim.lsp.buf_is_attached(buffer, client.id), true)
  eq(vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }), false)
end)

test('a document that is not open changes nothing', function()
  ask_again('file:///nowhere.cella')
  eq(vim.lsp.buf_is_attached(buffer, client.id), true)
end)
