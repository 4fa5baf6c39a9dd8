-- Typing at speed, with hints on the screen, in an editor that really draws. Neovim puts hints at
-- columns that an answer named; were one for an older text, it would complain of a column out of range.

local h = require('harness')
local test, eq, has = h.test, h.eq, h.has
local Terminal = require('terminal')

local terminal = Terminal.start('raise_to.cella')

--- The first sign of something that went wrong, in what was said or is on the screen.
---@return string?
local function complaint()
  local text = terminal:messages() .. terminal:screen()
  return vim.iter({ 'out of range', 'Error', 'E5', 'stack traceback' }):find(function(sign)
    return text:find(sign, 1, true)
  end)
end

---@return string
local function hover()
  terminal:type('<Esc>K')
  return h.wait('the hover', function()
    return terminal:lua([[
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          local buffer = vim.api.nvim_win_get_buf(window)
          local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
          vim.api.nvim_win_close(window, true)
          return table.concat(lines, '\n')
        end
      end
      return false
    ]])
  end)
end

test('hints are drawn', function()
  terminal:wait_for('closes over exp')
end)

test('a captured name is drawn otherwise than a local one', function()
  -- `        return pow(x, exp)`
  h.wait('another look', function()
    return terminal:lua('return vim.fn.screenattr(3, 20) ~= vim.fn.screenattr(3, 23)')
  end)
  eq(terminal:lua('return vim.fn.screenstring(3, 20) .. vim.fn.screenstring(3, 23)'), 'xe')
end)

test('200 characters at speed, and the hover right afterwards is of the new text', function()
  terminal:type('Godef scale(by):<CR>def apply(value):<CR>')
  terminal:type('def again(more):<CR>return more * value * by<CR>')
  terminal:type('return again(value)<CR>return apply<CR><CR>')
  terminal:type('double, treble = scale(2), scale(3)<CR>print(double(4), treble(5))')
  terminal:type('<Esc>?scale(by)<CR>fb')
  has(hover(), 'scale.<locals>.apply')
  eq(vim.list_slice(terminal:lines(), 8, 15), {
    'def scale(by):',
    '    def apply(value):',
    '        def again(more):',
    '            return more * value * by',
    '        return again(value)',
    '    return apply',
    '',
    'double, treble = scale(2), scale(3)',
  })
end)

test('lines that have hints are cut, joined, deleted and brought back', function()
  for _ = 1, 10 do
    terminal:type('gg3x3x$Duuu')
    terminal:type('jJJdduuu')
    terminal:type('0Du<C-r>u')
    terminal:type('ggdGuggVGJu')
  end
  terminal:type('gg/exp<CR>')
  has(hover(), 'raise_to.<locals>.raise_to_exp')
end)

test('in a file of 20,000 lines, too', function()
  local lines = {}
  for number = 1, 5000 do
    vim.list_extend(lines, {
      ('def outer%d(value):'):format(number),
      '    def inner():',
      '        return value',
      '    return inner',
    })
  end
  vim.fn.writefile(lines, vim.env.CELLA_TEST_WORKSPACE .. '/long.cella')
  terminal:type('<Esc>:edit! long.cella<CR>10000GO')
  terminal:type('def middle(captured):<CR>return lambda: captured<Esc>')
  terminal:type('?captured)<CR>')
  has(hover(), 'middle.<locals>.<lambda>')
end)

test('no hint was for a column that is not there, and nothing else went wrong', function()
  eq(complaint(), nil)
end)

test('such a hint would have been noticed', function()
  terminal:lua([[
    local namespace = vim.api.nvim_create_namespace('')
    vim.schedule(function() vim.api.nvim_buf_set_extmark(0, namespace, 0, 9999, {}) end)
  ]])
  eq(h.wait('the complaint', complaint), 'out of range')
end)

test('the server ends with the editor', function()
  local pids = terminal:lua([[
    local children = {}
    for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
      table.insert(children, pid)
    end
    return children
  ]])
  assert(#pids > 0, 'no server process')
  eq(terminal:quit(), 0)
  h.wait('the end of the server', function()
    return vim.iter(pids):all(function(pid)
      return vim.uv.kill(pid, 0) ~= 0
    end)
  end)
end)
