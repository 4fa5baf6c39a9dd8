-- What every case needs: tests that are counted, waiting for an answer, a fresh buffer.

local M = {}

local PATIENCE_MS = 20000
local passed, failed = 0, 0
local current_case = ''

--- Everything that Neovim would have shown as a notification.
---@type string[]
M.notifications = {}
vim.notify = function(message)
  table.insert(M.notifications, message)
end
vim.lsp.handlers['window/showMessage'] = function(_, params)
  table.insert(M.notifications, params.message)
end

---@param line string
local function say(line)
  io.stdout:write(line .. '\n')
end

---@param name string
---@param body fun()
function M.test(name, body)
  local started = vim.uv.hrtime()
  local ok, err = xpcall(body, debug.traceback)
  local ms = (vim.uv.hrtime() - started) / 1e6
  if ok then
    passed = passed + 1
    say(('ok   %s: %s (%.0f ms)'):format(current_case, name, ms))
  else
    failed = failed + 1
    say(('FAIL %s: %s: %s'):format(current_case, name, err))
  end
end

--- Runs the tests of a file, and says how it went.
---@param case string
---@param file string
---@return integer exit_code
function M.run_case(case, file)
  current_case = case
  M.test('the file runs to its end', function()
    dofile(file)
  end)
  say(('%s: %d passed, %d failed'):format(case, passed, failed))
  return failed == 0 and 0 or 1
end

---@param actual any
---@param expected any
function M.eq(actual, expected)
  if not vim.deep_equal(actual, expected) then
    local text = 'expected %s, got %s'
    error(text:format(vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

---@param text string
---@param part string
---@param after? integer bytes of `text` that don't count
function M.has(text, part, after)
  if not text:find(part, (after or 0) + 1, true) then
    error(('no %q in:\n%s'):format(part, text), 2)
  end
end

--- Waits until `answer` returns something true, and returns that.
---@generic T
---@param what string
---@param answer fun(): T?
---@return T
function M.wait(what, answer)
  local value
  local came = vim.wait(PATIENCE_MS, function()
    value = answer()
    return value and true or false
  end, 5)
  if not came then
    error('never came: ' .. what, 2)
  end
  return value
end

--- Opens a file of the test's workspace.
---@param name string
---@return integer buffer
function M.open(name)
  vim.cmd.edit(vim.env.CELLA_TEST_WORKSPACE .. '/' .. name)
  return vim.api.nvim_get_current_buf()
end

--- The server of a buffer, once it is there.
---@param buffer integer
---@return vim.lsp.Client
function M.client(buffer)
  return M.wait('the server', function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = 'cella' })[1]
    return client and client.initialized and client
  end)
end

--- Puts the cursor on the start of the `nth` `word` of a line (all one-based).
---@param line integer
---@param word string
---@param nth? integer
function M.put_cursor(line, word, nth)
  local text = vim.api.nvim_buf_get_lines(0, line - 1, line, true)[1]
  local at = 0
  for _ = 1, nth or 1 do
    at = assert(text:find(word, at + 1, true), word .. ' is not in line ' .. line)
  end
  vim.api.nvim_win_set_cursor(0, { line, at - 1 })
end

--- The text of the floating window, and the window.
---@return string? text
---@return integer? window
function M.float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local buffer = vim.api.nvim_win_get_buf(window)
      return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'), window
    end
  end
end

--- The text of a hover at the cursor.
---@return string
function M.hover()
  vim.lsp.buf.hover()
  local text = M.wait('the hover', function()
    return (M.float())
  end)
  vim.api.nvim_win_close(select(2, M.float()), true)
  return text
end

return M
