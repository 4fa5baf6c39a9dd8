local h = require('harness')
local test, eq, has, wait = h.test, h.eq, h.has, h.wait

local buffer = h.open('raise_to.cella')
h.client(buffer)

---@param line string
local function completions(line)
  return vim.fn.getcompletion(line, 'cmdline')
end

---@return string
local function last_notification()
  return table.remove(h.notifications)
end

test('subcommands and their arguments complete', function()
  eq(completions('Cella '), { 'explain', 'hints', 'log', 'map', 'restart' })
  eq(completions('silent Cella re'), { 'restart' })
  eq(completions('Cella hints o'), { 'off', 'on' })
  eq(completions('Cella hints on '), {})
  eq(completions('Cella log '), {})
end)

test('a wrong word is told, with the right ones', function()
  vim.cmd('Cella hint')
  has(last_notification(), 'explain, hints, log, map, restart')
  vim.cmd('Cella')
  has(last_notification(), 'explain, hints, log, map, restart')
  vim.cmd('Cella hints maybe')
  has(last_notification(), 'hints takes off or on')
  vim.cmd('Cella log now')
  has(last_notification(), 'log takes no argument')
end)

test('hints: shown from the start, toggled, set', function()
  local function shown()
    return vim.lsp.inlay_hint.is_enabled({ bufnr = buffer })
  end
  eq(shown(), true)
  vim.cmd('Cella hints')
  eq(shown(), false)
  vim.cmd('Cella hints')
  eq(shown(), true)
  vim.cmd('Cella hints off')
  vim.cmd('Cella hints off')
  eq(shown(), false)
  vim.cmd('Cella hints on')
  eq(shown(), true)
end)

test('hints of Python files are shown only if wanted', function()
  local python = h.open('counter.py')
  h.client(python)
  eq(vim.lsp.inlay_hint.is_enabled({ bufnr = python }), false)
  vim.cmd.bwipeout()
  vim.g.cella_hints = { 'python' }
  local again = h.open('counter.py')
  h.client(again)
  wait('hints', function()
    return vim.lsp.inlay_hint.is_enabled({ bufnr = again })
  end)
  vim.g.cella_hints = nil
end)

test('explain: a window that stays, whose lines lead to the closure', function()
  vim.api.nvim_set_current_buf(buffer)
  h.put_cursor(1, 'exp')
  local origin = vim.api.nvim_get_current_win()
  vim.cmd('Cella explain')
  wait('the window', function()
    return vim.api.nvim_get_current_win() ~= origin
  end)
  local text = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  has(table.concat(text, '\n'), 'raise_to.<locals>.raise_to_exp')
  local row = vim.iter(ipairs(text)):find(function(_, line)
    return line:find('closed over by', 1, true)
  end)
  vim.api.nvim_win_set_cursor(0, { row, 0 })
  vim.cmd.normal(vim.keycode('<CR>'))
  eq({ vim.api.nvim_get_current_win(), vim.api.nvim_get_current_buf() }, { origin, buffer })
  eq(vim.api.nvim_win_get_cursor(0)[1], 2)
  vim.cmd.only()
end)

test('explain: the last line leads to the page of the word', function()
  vim.api.nvim_set_current_buf(buffer)
  h.put_cursor(1, 'exp')
  local origin = vim.api.nvim_get_current_win()
  vim.cmd('Cella explain')
  wait('the window', function()
    return vim.api.nvim_get_current_win() ~= origin
  end)
  local explanation = vim.api.nvim_get_current_win()
  vim.cmd.normal('G')
  has(vim.api.nvim_get_current_line(), 'What is a cell?')
  vim.cmd.normal(vim.keycode('<CR>'))
  eq(vim.api.nvim_get_current_win() ~= explanation, true)
  eq(vim.api.nvim_buf_get_lines(0, 0, 1, false), { '# Cell' })
  vim.api.nvim_set_current_win(origin)
  vim.cmd.only()
end)

test('explain: nothing to explain is said', function()
  h.notifications = {}
  h.put_cursor(3, 'return')
  vim.cmd('Cella explain')
  has(wait('the notification', last_notification), 'no closure')
end)

test('map: what each function closes over, and the way to it', function()
  vim.api.nvim_set_current_buf(buffer)
  local origin = vim.api.nvim_get_current_win()
  vim.cmd('Cella map')
  wait('the window', function()
    return vim.api.nvim_get_current_win() ~= origin
  end)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  eq(vim.startswith(lines[1], 'raise_to'), true)
  eq(vim.startswith(lines[2], '  raise_to_exp'), true)
  has(lines[2], 'exp', #'  raise_to_exp')
  vim.api.nvim_win_set_cursor(0, { 2, 0 })
  vim.cmd.normal(vim.keycode('<CR>'))
  eq(vim.api.nvim_get_current_win(), origin)
  eq(vim.api.nvim_win_get_cursor(0), { 2, 8 })
  vim.cmd.only()
end)

test('the line named at the cursor comes before the first one', function()
  local line_named_at = require('cella.explain').line_named_at
  local text = 'at line 12, then (lines 3, 4 and 56)'
  eq(line_named_at(text, 0), 12)
  eq(line_named_at(text, 9), 12)
  eq(line_named_at(text, 24), 3)
  eq(line_named_at(text, 27), 4)
  eq(line_named_at(text, 34), 56)
  eq(line_named_at(text, 35), 12)
  eq(line_named_at('no place', 0), nil)
end)

test('restart: another process serves the same buffers', function()
  local before = h.client(buffer)
  vim.cmd('Cella restart')
  local after = wait('a new client', function()
    local client = vim.lsp.get_clients({ name = 'cella', bufnr = buffer })[1]
    return client and client.id ~= before.id and client.initialized and client
  end)
  eq(before:is_stopped(), true)
  h.put_cursor(1, 'exp')
  has(h.hover(), 'raise_to_exp')
  eq(#vim.lsp.get_clients({ name = 'cella' }), 1)
  assert(vim.lsp.buf_is_attached(buffer, after.id))
end)

test('restart: also after the server was killed, which is told', function()
  h.notifications = {}
  h.client(buffer)
  local servers = vim.api.nvim_get_proc_children(vim.fn.getpid())
  for _, pid in ipairs(servers) do
    vim.uv.kill(pid, 'sigkill')
  end
  wait('its end', function()
    return #vim.lsp.get_clients({ name = 'cella' }) == 0
  end)
  has(wait('the notification', last_notification), 'Client cella quit with exit code')
  vim.cmd('Cella restart')
  h.client(buffer)
  h.put_cursor(1, 'exp')
  has(h.hover(), 'raise_to_exp')
end)

test('log: the log is shown', function()
  vim.cmd('Cella log')
  eq(vim.api.nvim_buf_get_name(0), vim.lsp.log.get_filename())
  eq(vim.bo.readonly, true)
  vim.cmd.bwipeout({ bang = true })
end)

test('no key is mapped', function()
  for _, mapping in ipairs(vim.api.nvim_get_keymap('')) do
    local text = vim.inspect(mapping)
    assert(not text:lower():find('cella', 1, true), text)
  end
end)
