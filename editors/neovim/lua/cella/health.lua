-- `:checkhealth cella`: what is missing for the server and for the colours, and what to do about it.

local M = {}

local health = vim.health
local HIGHLIGHTS_WITHOUT_PARSER = 'Colours come from the regular expressions of syntax/python.vim'
local QUERIES = { 'highlights', 'folds', 'indents', 'locals', 'injections' }

---@return boolean
local function check_neovim()
  health.start('Neovim')
  if vim.fn.has('nvim-0.11') == 0 then
    health.error('0.11 or later is needed', 'Get it from https://neovim.io')
    return false
  end
  health.ok(tostring(vim.version()))
  return true
end

--- The first line that `executable --version` prints.
---@param executable string
---@return string?
local function version_of(executable)
  local called, process = pcall(
    vim.system,
    { executable, '--version' },
    { text = true, timeout = 5000 }
  )
  local outcome = called and process:wait()
  if outcome and outcome.code == 0 then
    return vim.split(outcome.stdout, '\n')[1]
  end
end

--- The program that `cmd` names, if it is not there.
---@return string?
local function missing_server()
  local cmd = vim.lsp.config.cella.cmd
  if type(cmd) == 'table' and vim.fn.executable(cmd[1]) == 0 then
    return cmd[1]
  end
end

--- Says that the server is missing. Neovim itself only writes that into its log.
function M.tell_if_missing()
  local missing = missing_server()
  local enabled = not vim.lsp.is_enabled or vim.lsp.is_enabled('cella')
  if missing and enabled then
    local text = 'cella: %s is not executable; see :checkhealth cella'
    vim.notify(text:format(missing), vim.log.levels.WARN)
  end
end

local function check_server()
  health.start('Server')
  local config = vim.lsp.config.cella
  local missing = missing_server()
  if type(config.cmd) == 'function' then
    health.ok('cmd is a function, started by the configuration')
  elseif missing then
    health.error(('%s is not executable'):format(missing), {
      'Install it: cargo install --path /path/to/cella',
      "Or say where it is: vim.lsp.config('cella', { cmd = { '/path/to/cella', 'serve' } })",
    })
  else
    local version = version_of(config.cmd[1])
    local report = version and health.ok or health.error
    report(('%s: %s'):format(vim.fn.exepath(config.cmd[1]), version or 'does not tell its version'))
  end
  if not vim.lsp.is_enabled then
    health.info('this Neovim cannot tell whether it is enabled')
  elseif vim.lsp.is_enabled('cella') then
    health.ok('enabled for ' .. table.concat(config.filetypes, ', '))
  else
    health.warn('not enabled', "Put vim.lsp.enable('cella') into your init.lua")
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'cella' })
  if #clients == 0 then
    health.info('not running: no buffer has needed it yet')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    health.ok(('client %d: %d buffers, %s'):format(client.id, buffers, client.offset_encoding))
  end
end

local function check_parser()
  health.start('Tree-sitter')
  if not vim.treesitter.language.add('cella') then
    health.warn('no parser: ' .. HIGHLIGHTS_WITHOUT_PARSER, 'Build it: see :help cella-parser')
    return
  end
  health.ok(('parser found, ABI %d'):format(vim.treesitter.language.inspect('cella').abi_version))
  for _, name in ipairs(QUERIES) do
    local valid, query = pcall(vim.treesitter.query.get, 'cella', name)
    if not valid then
      health.error(('query %s does not fit the parser: %s'):format(name, query), 'Build both anew')
    elseif not query then
      health.warn(('query %s is missing'):format(name), 'Build both anew: see :help cella-parser')
    else
      health.ok(('query %s'):format(name))
    end
  end
end

function M.check()
  if check_neovim() then
    check_server()
    check_clients()
    check_parser()
  end
end

return M
