-- Sends the whole text of a document again, when the server says that what it has cannot be right.
-- The protocol has no request for that; server and client have the notification `cella/outOfStep`.

local M = {}

---@param uri string
---@param client_id integer
function M.run(uri, client_id)
  for buffer in pairs(vim.lsp.get_client_by_id(client_id).attached_buffers) do
    if vim.uri_from_bufnr(buffer) == uri then
      -- Closed and opened again: that leaves no change behind that was still to be sent.
      local hints = vim.lsp.inlay_hint.is_enabled({ bufnr = buffer })
      vim.lsp.buf_detach_client(buffer, client_id)
      vim.lsp.buf_attach_client(buffer, client_id)
      vim.lsp.inlay_hint.enable(hints, { bufnr = buffer })
    end
  end
end

return M
