local h = require('harness')
local test, eq = h.test, h.eq

--- The last capture at a place (both one-based), which is the one that colours it.
---@param buffer integer
---@param line integer
---@param column integer
local function capture_at(buffer, line, column)
  vim.treesitter.get_parser(buffer):parse()
  local captures = vim.treesitter.get_captures_at_pos(buffer, line - 1, column - 1)
  return captures[#captures].capture
end

test('the parser is used for .cella files', function()
  local buffer = h.open('raise_to.cella')
  local root = vim.treesitter.get_parser(buffer):parse()[1]:root()
  eq(root:has_error(), false)
  assert(vim.treesitter.highlighter.active[buffer], 'no highlighter')
  eq(vim.treesitter.language.get_lang('cella'), 'cella')
end)

test('names are coloured by what they are', function()
  local buffer = h.open('raise_to.cella')
  eq(capture_at(buffer, 1, 1), 'keyword.function')
  eq(capture_at(buffer, 1, 5), 'function')
  eq(capture_at(buffer, 1, 14), 'variable.parameter')
  eq(capture_at(buffer, 3, 16), 'function.builtin')
  eq(capture_at(buffer, 6, 19), 'number')
end)

test('signs with two meanings have the right one', function()
  local python = h.open('counter.py')
  vim.bo[python].filetype = 'cella'
  eq(capture_at(python, 10, 21), 'punctuation.special')
  eq(capture_at(python, 2, 11), 'operator')
  vim.cmd.bwipeout()
end)

test('colours follow an edit', function()
  local buffer = h.open('raise_to.cella')
  vim.api.nvim_buf_set_lines(buffer, 5, 6, false, { "square = 'text'" })
  eq(capture_at(buffer, 6, 11), 'string')
  vim.cmd.edit({ bang = true })
end)

test('every query fits the parser, and finds something', function()
  local buffer = h.open('folded.cella')
  local root = vim.treesitter.get_parser(buffer):parse()[1]:root()
  for _, name in ipairs({ 'highlights', 'folds', 'indents', 'locals', 'tags', 'injections' }) do
    local query = assert(vim.treesitter.query.get('cella', name), name)
    assert(query:iter_captures(root, buffer)(), name)
  end
end)

test('bodies, brackets, runs of imports and of comments fold', function()
  h.open('folded.cella')
  vim.wo.foldmethod = 'expr'
  vim.wo.foldexpr = 'v:lua.vim.treesitter.foldexpr()'
  vim.wo.foldlevel = 0
  h.wait('folds', function()
    return vim.fn.foldclosed(2) == 2
  end)
  local folds = {}
  local line = 1
  while line <= vim.fn.line('$') do
    local last = vim.fn.foldclosedend(line)
    if last > 0 then
      table.insert(folds, { line, last })
    end
    line = math.max(line, last) + 1
  end
  eq(folds, { { 2, 3 }, { 5, 6 }, { 9, 18 }, { 21, 24 } })
  vim.wo.foldlevel = 1
  eq({ vim.fn.foldclosed(10), vim.fn.foldclosedend(10) }, { 9, 12 })
end)
