-- A second Neovim in a terminal of its own (a pty), where keys are typed as by a hand and the
-- screen is really drawn. Questions are put to it over its socket.

---@class Terminal
---@field job integer
---@field channel integer
local Terminal = {}
Terminal.__index = Terminal

local h = require('harness')
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))

---@param file string a file of the workspace
---@return Terminal
function Terminal.start(file)
  local socket = vim.fn.tempname()
  local command = { vim.v.progpath, '-u', here .. '/init.lua', '--listen', socket, file }
  local job = vim.fn.jobstart(command, {
    pty = true,
    width = 100,
    height = 30,
    cwd = vim.env.CELLA_TEST_WORKSPACE,
    env = { TERM = 'xterm-256color' },
  })
  h.wait('the socket', function()
    return vim.uv.fs_stat(socket)
  end)
  local channel = vim.fn.sockconnect('pipe', socket, { rpc = true })
  return setmetatable({ job = job, channel = channel }, Terminal)
end

--- What `code` returns there; `...` are its arguments.
---@param code string
---@return any
function Terminal:lua(code, ...)
  return vim.rpcrequest(self.channel, 'nvim_exec_lua', code, { ... })
end

---@param keys string in Vim's notation
function Terminal:type(keys)
  vim.fn.chansend(self.job, vim.keycode(keys))
end

--- What its screen shows.
---@return string
function Terminal:screen()
  return self:lua([[
    local rows = {}
    for row = 1, vim.o.lines do
      local cells = {}
      for column = 1, vim.o.columns do
        table.insert(cells, vim.fn.screenstring(row, column))
      end
      table.insert(rows, table.concat(cells))
    end
    return table.concat(rows, '\n')
  ]])
end

---@param text string
function Terminal:wait_for(text)
  local seen = ''
  local ok = pcall(h.wait, text, function()
    seen = self:screen()
    return seen:find(text, 1, true)
  end)
  if not ok then
    error(('%q never came to the screen:\n%s'):format(text, seen), 2)
  end
end

---@return string[]
function Terminal:lines()
  return self:lua('return vim.api.nvim_buf_get_lines(0, 0, -1, false)')
end

--- Every message it has shown, and its last error.
---@return string
function Terminal:messages()
  return self:lua([[
    return vim.api.nvim_exec2('messages', { output = true }).output .. vim.v.errmsg
  ]])
end

--- Leaves it; the code it exits with.
---@return integer
function Terminal:quit()
  self:type('<Esc>:qall!<CR>')
  return vim.fn.jobwait({ self.job }, 10000)[1]
end

return Terminal
