-- `:Cella SUBCOMMAND`: each subcommand is a module with `run`, loaded when it is first called.

local M = {}

---@type table<string, { module: string, arguments: string[] }>
local subcommands = {
  explain = { module = 'cella.explain', arguments = {} },
  hints = { module = 'cella.hints', arguments = { 'off', 'on' } },
  log = { module = 'cella.log', arguments = {} },
  map = { module = 'cella.map', arguments = {} },
  restart = { module = 'cella.restart', arguments = {} },
}

---@return string[]
local function names()
  local all = vim.tbl_keys(subcommands)
  table.sort(all)
  return all
end

---@param message string
local function complain(message)
  vim.notify('cella: ' .. message, vim.log.levels.ERROR)
end

---@param words string[] the subcommand and at most one argument
function M.run(words)
  local name, argument = words[1], words[2]
  local subcommand = subcommands[name]
  if not subcommand then
    return complain('say one of: ' .. table.concat(names(), ', '))
  end
  local takes = vim.list_contains(subcommand.arguments, argument)
  if (argument and not takes) or #words > 2 then
    local choice = #subcommand.arguments > 0 and table.concat(subcommand.arguments, ' or ')
    return complain(('%s takes %s'):format(name, choice or 'no argument'))
  end
  require(subcommand.module).run(argument)
end

--- What can stand at the end of `line`, a command line up to the cursor.
---@param line string
---@return string[]
function M.complete(line)
  local words = vim.split(line:match('Cella%s+(.*)$') or '', '%s+')
  local choices = {}
  if #words == 1 then
    choices = names()
  elseif #words == 2 and subcommands[words[1]] then
    choices = subcommands[words[1]].arguments
  end
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, words[#words])
  end, choices)
end

return M
