---@brief
---
--- Cella, a language server for closures: hover a variable and see what closes over it.
---
--- `cella` must be on `PATH`; for another place:
---
--- ```lua
--- vim.lsp.config('cella', { cmd = { '/path/to/cella', 'serve' } })
--- vim.lsp.enable('cella')
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'cella', 'serve' },
  filetypes = { 'cella', 'python' },
  -- Only settings are looked for there: a file without any of these is served just as well.
  root_markers = { 'cella.toml', 'pyproject.toml', 'setup.py', 'setup.cfg', '.git' },
  capabilities = {
    -- The text can be sent again; a lens can show places; nobody can follow a link in a floating window.
    experimental = { cella = { outOfStep = true, showReferences = true, withoutLinks = true } },
  },
  commands = {
    ['cella.showReferences'] = function(command, context)
      local client = assert(vim.lsp.get_client_by_id(context.client_id))
      require('cella.references').show(command, client)
    end,
  },
  handlers = {
    ['cella/outOfStep'] = function(_, params, context)
      require('cella.resync').run(params.uri, context.client_id)
    end,
  },
}
