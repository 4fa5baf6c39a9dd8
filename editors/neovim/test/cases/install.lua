-- The ways to install it, each in a Neovim of its own that knows nothing but its init.lua.

local h = require('harness')
local test, eq = h.test, h.eq

local plugin =
  vim.fs.dirname(vim.fs.dirname(vim.api.nvim_get_runtime_file('lsp/cella.lua', false)[1]))
local example = vim.env.CELLA_TEST_WORKSPACE .. '/raise_to.cella'
local ENABLE = ("vim.lsp.config('cella', { cmd = { %q, 'serve' } }) vim.lsp.enable('cella')"):format(
  vim.env.CELLA_BIN
)
--- Whether the server, the command and the type are there, and what colours the text.
local REPORT = [[
  local function client() return vim.lsp.get_clients({ bufnr = 0, name = 'cella' })[1] end
  local attached = vim.wait(20000, function() return client() and client().initialized end, 10)
  local highlighter = vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()]
  local colours = highlighter and 'tree-sitter' or vim.b.current_syntax
  io.stdout:write(vim.json.encode({ attached, vim.fn.exists(':Cella'), vim.bo.filetype, colours }))
]]

--- Starts Neovim as its user would, with this init.lua.
---@param lines string[]
---@return any report
local function start_with(lines)
  local directory = vim.fn.tempname()
  vim.fn.mkdir(directory, 'p')
  vim.fn.writefile(vim.split(table.concat(lines, '\n'), '\n'), directory .. '/init.lua')
  vim.fn.writefile(vim.split(REPORT, '\n'), directory .. '/report.lua')
  local outcome = vim
    .system({
      vim.v.progpath,
      '--headless',
      '-u',
      directory .. '/init.lua',
      example,
      '+luafile ' .. directory .. '/report.lua',
      '+qall!',
    }, { text = true })
    :wait(120000)
  return vim.json.decode(outcome.stdout)
end

local WORKS = { true, 2, 'cella', 'tree-sitter' }

test("on 'runtimepath'", function()
  local line = ('vim.opt.runtimepath:append(%q)'):format(plugin)
  eq(start_with({ line, ENABLE }), WORKS)
end)

test('as a package', function()
  local start = vim.fn.stdpath('data') .. '/site/pack/cella/start'
  vim.fn.mkdir(start, 'p')
  assert(vim.uv.fs_symlink(plugin, start .. '/cella'))
  eq(start_with({ ENABLE }), WORKS)
  vim.fn.delete(start .. '/cella')
end)

--- The piece of :help cella below a tag.
---@param tag string
---@return string
local function piece_of_help(tag)
  local help = table.concat(vim.fn.readfile(plugin .. '/doc/cella.txt'), '\n')
  local _, at = help:find('*' .. tag .. '*', 1, true)
  return assert(help:match('>lua\n(.-)\n<', at), tag)
end

--- A git repository with what Cella's has for Neovim, as somebody would clone it: nothing is built.
---@return string directory
local function repository()
  local directory = vim.fn.tempname()
  local root = vim.fs.dirname(vim.fs.dirname(plugin))
  local script = [[
    set -e
    mkdir -p "$1/editors" && cd "$1"
    cp -r "$2/editors/neovim" editors && cp -r "$2/tree-sitter-grammar" .
    rm -rf editors/neovim/parser editors/neovim/queries
    git init --quiet && git add --all
    git -c user.name=test -c user.email=test@example.org commit --quiet --message all
  ]]
  local outcome = vim.system({ 'sh', '-c', script, 'sh', directory, root }):wait()
  assert(outcome.code == 0, outcome.stderr)
  return directory
end

local MANAGERS = ("package.path = %q .. '/?.lua;' .. package.path"):format(plugin .. '/test')
local COMMAND = ("vim.lsp.config('cella', { cmd = { %q, 'serve' } })"):format(vim.env.CELLA_BIN)

test('by vim.pack, which fetches it, and when it is there already', function()
  local source = 'file://' .. repository()
  local install = piece_of_help('cella-vim.pack'):gsub('URL of the repository', source)
  for _ = 1, 2 do
    eq(start_with({ MANAGERS, "require('managers').pack()", COMMAND, install }), WORKS)
  end
  vim.fn.delete(vim.fn.stdpath('data') .. '/site/pack/core', 'rf')
end)

test('by lazy.nvim, which builds it, and when it is built already', function()
  local clone = repository() .. '/editors/neovim'
  local spec = piece_of_help('cella-lazy'):gsub('/path/to/cella/editors/neovim', clone)
  for _ = 1, 2 do
    local load = ("require('managers').lazy(%s)"):format(spec)
    eq(start_with({ MANAGERS, COMMAND, load }), WORKS)
  end
end)

test('without the parser, until it is built', function()
  local bare = vim.fn.tempname()
  vim.fn.mkdir(bare)
  for name in vim.fs.dir(plugin) do
    if name ~= 'parser' and name ~= 'queries' then
      assert(vim.uv.fs_symlink(plugin .. '/' .. name, bare .. '/' .. name))
    end
  end
  local line = ('vim.opt.runtimepath:append(%q)'):format(bare)
  eq(start_with({ line, ENABLE }), { true, 2, 'cella', 'cella' })
end)

test('a missing server is told, and the editor goes on', function()
  local line = ('vim.opt.runtimepath:append(%q)'):format(plugin)
  local missing = "vim.lsp.config('cella', { cmd = { 'no-such-cella' } }) vim.lsp.enable('cella')"
  local said = vim.env.CELLA_TEST_WORKSPACE .. '/said'
  local listen = "vim.notify = function(text) vim.fn.writefile({ text }, %q, 'a') end"
  local directory = vim.fn.tempname()
  vim.fn.mkdir(directory, 'p')
  vim.fn.writefile({ listen:format(said), line, missing }, directory .. '/init.lua')
  local init = directory .. '/init.lua'
  local command = { vim.v.progpath, '--headless', '-u', init, example, '+sleep 100m', '+qall!' }
  eq(vim.system(command):wait(20000).code, 0)
  eq(vim.fn.readfile(said), { 'cella: no-such-cella is not executable; see :checkhealth cella' })
end)
