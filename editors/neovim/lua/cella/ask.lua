-- One question to the server about the current buffer; what goes wrong is told to the user.

---@param message string
---@param level? integer
local function tell(message, level)
  vim.notify('cella: ' .. message, level)
end

--- Calls `show` with an answer that isn't empty; `nothing` is said in its place.
---@param method string
---@param position boolean whether it is asked of the cursor
---@param nothing string
---@param show fun(result: any, client: vim.lsp.Client, uri: string)
return function(method, position, nothing, show)
  local client = vim.lsp.get_clients({ name = 'cella', bufnr = 0 })[1]
  if not client then
    return tell('no server for this buffer; see :checkhealth cella', vim.log.levels.WARN)
  end
  local params = position and vim.lsp.util.make_position_params(0, client.offset_encoding)
    or { textDocument = vim.lsp.util.make_text_document_params(0) }
  client:request(method, params, function(err, result)
    if err then
      tell(err.message, vim.log.levels.ERROR)
    elseif not result or vim.tbl_isempty(result) then
      tell(nothing)
    else
      show(result, client, params.textDocument.uri)
    end
  end, 0)
end
