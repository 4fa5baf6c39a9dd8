-- What plugin managers do that can't be had here, as their manuals say it; so that the pieces that
-- :help cella gives for them are run, and not only read.

local M = {}

--- vim.pack, for a Neovim older than 0.12. It clones what isn't there yet into site/pack/core/opt,
--- tells of that by PackChanged, and hands each plugin to `load`.
function M.pack()
  if vim.pack then
    return
  end
  local listeners = {}
  local create_autocmd = vim.api.nvim_create_autocmd
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.api.nvim_create_autocmd = function(event, options)
    if event == 'PackChanged' then
      table.insert(listeners, options.callback)
      return 0
    end
    return create_autocmd(event, options)
  end
  local function install(spec, path)
    local outcome = vim.system({ 'git', 'clone', '--quiet', spec.src, path }):wait()
    assert(outcome.code == 0, outcome.stderr)
    for _, callback in ipairs(listeners) do
      callback({ data = { active = false, kind = 'install', spec = spec, path = path } })
    end
  end
  ---@diagnostic disable-next-line: inject-field
  vim.pack = {
    add = function(specs, options)
      for _, spec in ipairs(specs) do
        local path = vim.fs.joinpath(vim.fn.stdpath('data'), 'site/pack/core/opt', spec.name)
        if not vim.uv.fs_stat(path) then
          install(spec, path)
        end
        options.load({ spec = spec, path = path })
      end
    end,
  }
end

--- lazy.nvim, for one plugin that is loaded at start. It takes the loading of plugins over from Neovim:
--- builds the plugin once, puts it behind the configuration on 'runtimepath', sources what Neovim would
--- have, and calls `config`; then comes the rest.
---@param spec table
function M.lazy(spec)
  assert(spec.lazy == false)
  vim.go.loadplugins = false
  local built = vim.fs.joinpath(vim.fn.stdpath('state'), spec.name .. '.built')
  if not vim.uv.fs_stat(built) then
    local outcome = vim.system({ vim.o.shell, '-c', spec.build }, { cwd = spec.dir }):wait()
    assert(outcome.code == 0, outcome.stderr)
    vim.fn.mkdir(vim.fs.dirname(built), 'p')
    vim.fn.writefile({}, built)
  end
  local paths = vim.opt.runtimepath:get()
  table.insert(paths, 2, spec.dir)
  vim.opt.runtimepath = paths
  vim.cmd.augroup('filetypedetect')
  vim.cmd('silent! runtime! ftdetect/*.lua')
  vim.cmd.augroup('END')
  for _, directory in ipairs({ spec.dir, spec.dir .. '/after', vim.env.VIMRUNTIME }) do
    if directory == vim.env.VIMRUNTIME then
      spec.config()
    end
    for _, file in ipairs(vim.fn.glob(directory .. '/plugin/**/*.{lua,vim}', false, true)) do
      vim.cmd.source(vim.fn.fnameescape(file))
    end
  end
end

return M
