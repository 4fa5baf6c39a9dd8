-- What a code lens does when it is run: the places that it is about become the quickfix list.

local M = {}

---@param command lsp.Command the server's, with a URI, a position and the locations
---@param client vim.lsp.Client
function M.show(command, client)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd.copen()
end

return M
