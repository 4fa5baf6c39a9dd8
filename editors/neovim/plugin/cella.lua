-- Loaded once at start: the command, the highlight groups, and hints where they are wanted.
-- The server itself is enabled by its user: vim.lsp.enable('cella').

if vim.g.loaded_cella then
  return
end
vim.g.loaded_cella = true

require('cella.highlights').define()

vim.api.nvim_create_user_command('Cella', function(call)
  require('cella.command').run(call.fargs)
end, {
  nargs = '*',
  complete = function(_, line)
    return require('cella.command').complete(line)
  end,
  desc = 'Closures: explain, map, hints, restart, log',
})

local group = vim.api.nvim_create_augroup('cella', {})

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = 'cella',
  once = true,
  callback = vim.schedule_wrap(function()
    require('cella.health').tell_if_missing()
  end),
})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'cella' then
      require('cella.hints').on_attach(event.buf, client)
      require('cella.beside').on_attach(client)
    end
  end,
})
