-- How a user's init.lua has it: the plugin on 'runtimepath', the server enabled.
local plugin = vim.fs.dirname(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)))

vim.opt.swapfile = false
vim.opt.shadafile = 'NONE'
-- No prompt holds up what is asked from outside; what was said is in :messages.
vim.opt.messagesopt = 'wait:0,history:500'
vim.opt.runtimepath:prepend(plugin)
vim.lsp.config('cella', { cmd = { vim.env.CELLA_BIN, 'serve' } })
vim.lsp.enable('cella')
