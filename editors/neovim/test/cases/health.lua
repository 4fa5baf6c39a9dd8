local h = require('harness')
local test, has = h.test, h.has

---@return string
local function report()
  vim.cmd.checkhealth('cella')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd.bwipeout({ bang = true })
  return text
end

test('all is well', function()
  h.client(h.open('raise_to.cella'))
  local text = report()
  has(text, vim.env.CELLA_BIN)
  has(text, 'enabled for cella, python')
  has(text, 'parser found, ABI')
  has(text, 'query highlights')
  assert(not text:find('ERROR', 1, true) and not text:find('WARNING', 1, true), text)
end)

test('a missing server is told, with what to do', function()
  local cmd = vim.lsp.config.cella.cmd
  vim.lsp.config('cella', { cmd = { 'no-such-cella' } })
  local text = report()
  vim.lsp.config('cella', { cmd = cmd })
  has(text, 'no-such-cella is not executable')
  has(text, 'cargo install --path /path/to/cella')
end)

test('a server that does not run is told', function()
  local cmd = vim.lsp.config.cella.cmd
  vim.lsp.config('cella', { cmd = { 'false' } })
  local text = report()
  vim.lsp.config('cella', { cmd = cmd })
  has(text, 'does not tell its version')
end)
