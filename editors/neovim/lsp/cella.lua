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
    -- The text can be sent again; and nobody can follow a link in a floating window.
    experimental = { cella = { outOfStep = true, withoutLinks = true } },
  },
  handlers = {
    ['cella/outOfStep'] = function(_, params, context)
      require('cella.resync').run(params.uri, context.client_id)
    end,
  },
}
