local h = require('harness')
local test, eq, has, wait = h.test, h.eq, h.has, h.wait

local CLOSURE = 'raise_to.<locals>.raise_to_exp'
local buffer = h.open('raise_to.cella')

--- Where the cursor goes when `jump` is called on the `exp` that `pow` is given.
---@param jump fun()
local function jump_from_use(jump)
  h.put_cursor(3, 'exp')
  jump()
  wait('the jump', function()
    return vim.deep_equal(vim.api.nvim_win_get_cursor(0), { 1, 13 })
  end)
end

test('the server attaches', function()
  eq(h.client(buffer).server_info.name, 'cella')
end)

test('hover tells who closes over a parameter, and how it escapes', function()
  h.put_cursor(1, 'exp')
  local text = h.hover()
  has(text, 'parameter of `raise_to`')
  has(text, 'closed over by `' .. CLOSURE)
  has(text, 'is returned at')
  eq(text:find('file:', 1, true), nil)
end)

test('hover on a use tells the owner', function()
  h.put_cursor(3, 'exp')
  has(h.hover(), 'parameter of `raise_to`')
end)

test('hover on a function tells its __closure__', function()
  h.put_cursor(2, 'raise_to_exp')
  has(h.hover(), '`__closure__[0]` is `exp`')
end)

test('hover on what a factory made tells what its cells hold', function()
  h.put_cursor(6, 'square')
  has(h.hover(), '`exp`, is `2`')
end)

test('hover on nothing is no error', function()
  h.notifications = {}
  h.put_cursor(3, 'return')
  vim.lsp.buf.hover()
  wait('the answer', function()
    return h.notifications[1]
  end)
  eq(h.notifications, { 'No information available' })
  h.notifications = {}
end)

test('inlay hints come, none of them past the end of its line', function()
  wait('hints', function()
    return #vim.lsp.inlay_hint.get({ bufnr = buffer }) > 0
  end)
  -- Neovim has moved those to where they fit; so the server is asked again.
  local client = h.client(buffer)
  local params = vim.lsp.util.make_given_range_params({ 1, 0 }, { 8, 0 }, buffer, 'utf-8')
  local reply = client:request_sync('textDocument/inlayHint', params, 5000, buffer)
  local labels = {}
  for _, hint in ipairs(reply.result) do
    local parts = vim.iter(hint.label):map(function(part)
      return part.value
    end)
    table.insert(labels, parts:join(''))
    local at = hint.position
    local line = vim.api.nvim_buf_get_lines(buffer, at.line, at.line + 1, true)[1]
    assert(at.character <= #line, vim.inspect(hint))
  end
  eq(labels, { 'taken by raise_to_exp', 'closes over exp', 'closes over exp (2)' })
end)

test('definition goes past the scopes between', function()
  jump_from_use(vim.lsp.buf.definition)
end)

test('definition goes past three functions and a class, whose own name is skipped', function()
  h.client(h.open('deep.cella'))
  h.put_cursor(7, 'value')
  vim.lsp.buf.definition()
  wait('the jump', function()
    return vim.deep_equal(vim.api.nvim_win_get_cursor(0), { 1, 10 })
  end)
  vim.cmd.bwipeout()
end)

test('CTRL-] does, too', function()
  jump_from_use(function()
    vim.cmd.normal({ vim.keycode('<C-]>'), bang = true })
  end)
end)

test('references are all of the variable and nothing else', function()
  local found
  h.put_cursor(1, 'exp')
  vim.lsp.buf.references(nil, {
    on_list = function(list)
      found = list.items
    end,
  })
  wait('references', function()
    return found
  end)
  local places = vim.tbl_map(function(item)
    return { item.lnum, item.col }
  end, found)
  table.sort(places, function(a, b)
    return a[1] < b[1]
  end)
  eq(places, { { 1, 14 }, { 3, 23 } })
end)

--- The lines of the buffer, when `line` is as it should be.
---@param line integer
---@param text string
local function renamed(line, text)
  wait('the rename', function()
    return vim.api.nvim_buf_get_lines(buffer, line - 1, line, true)[1] == text
  end)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
end

test('rename goes through the closure, and is undone in one step', function()
  h.put_cursor(3, 'exp')
  local offered
  local input = vim.ui.input
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.ui.input = function(options, done)
    offered = options.default
    done('power')
  end
  vim.lsp.buf.rename()
  local lines = renamed(3, '        return pow(x, power)')
  vim.ui.input = input
  eq(offered, 'exp')
  eq(lines[1], 'def raise_to(power):')
  vim.cmd('silent undo')
  eq(renamed(3, '        return pow(x, exp)')[1], 'def raise_to(exp):')
end)

test('a rename that would change what a name means is refused, with the reason', function()
  h.notifications = {}
  h.put_cursor(3, 'exp')
  vim.lsp.buf.rename('x')
  local told = wait('the reason', function()
    return h.notifications[1]
  end)
  has(told, 'line 3: here `exp` would be hidden by `x`')
  eq(vim.bo[buffer].modified, false)
  h.notifications = {}
end)

test('symbols are nested as the functions are', function()
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  local client = h.client(buffer)
  local reply = client:request_sync('textDocument/documentSymbol', params, 5000, buffer)
  local outer = vim.iter(reply.result):find(function(symbol)
    return symbol.name == 'raise_to'
  end)
  eq(outer.children[1].name, 'raise_to_exp')
end)

test('a captured name has its highlight groups', function()
  local token = wait('tokens', function()
    local tokens = vim.lsp.semantic_tokens.get_at_pos(buffer, 2, 22)
    return tokens and tokens[1]
  end)
  assert(token.modifiers.captured, vim.inspect(token))
  local groups = vim.tbl_map(function(mark)
    return mark.opts.hl_group
  end, vim.inspect_pos(buffer, 2, 22).semantic_tokens)
  for _, name in ipairs({ 'mod', 'typemod.' .. token.type }) do
    assert(vim.list_contains(groups, ('@lsp.%s.captured.cella'):format(name)), vim.inspect(groups))
  end
end)

test("name errors are told in CPython's words, and gone when mended", function()
  local wrong = h.open('wrong.cella')
  local told = wait('diagnostics', function()
    return vim.diagnostic.get(wrong)[1]
  end)
  eq({ told.message, told.lnum }, { "no binding for nonlocal 'missing' found", 2 })
  vim.api.nvim_buf_set_lines(wrong, 1, 1, false, { '    missing = 1' })
  wait('no diagnostics', function()
    return #vim.diagnostic.get(wrong) == 0
  end)
  vim.cmd.bwipeout({ bang = true })
end)

test('a Python file is served, too', function()
  local python = h.open('counter.py')
  h.client(python)
  h.put_cursor(2, 'count')
  has(h.hover(), 'counter.<locals>.increment')
end)

test('in Python, only names that a closure has to do with are marked', function()
  local python = h.open('counter.py')
  h.client(python)
  --- The modifiers of the token at a place (both one-based), in the order of their names.
  local function marks(line, column)
    local token = (vim.lsp.semantic_tokens.get_at_pos(python, line - 1, column - 1) or {})[1]
    local names = token and vim.tbl_keys(token.modifiers) or {}
    table.sort(names)
    return names
  end
  wait('tokens', function()
    return #marks(2, 5) > 0
  end)
  eq(marks(2, 5), { 'cell', 'definition', 'rebound' })
  eq(marks(2, 13), {})
  eq(marks(6, 9), { 'captured', 'definition', 'nonlocal', 'rebound' })
  eq(marks(10, 23), { 'captured', 'rebound' })
end)

test('a buffer without a file is served', function()
  vim.cmd.enew()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'def f(a):', '    return lambda: a' })
  vim.bo.filetype = 'cella'
  h.client(0)
  h.put_cursor(1, 'a)')
  has(h.hover(), 'f.<locals>.<lambda>')
  vim.cmd.bwipeout({ bang = true })
end)

test('nothing was notified', function()
  eq(h.notifications, {})
end)
