-- `:Cella restart`: ends the server, or what is left of it, and starts it for the same buffers.

local M = {}

local POLL_MS = 20
--- A server that takes longer to end is killed.
local PATIENCE_MS = 2000

---@param clients vim.lsp.Client[]
---@return boolean
local function all_stopped(clients)
  return vim.iter(clients):all(function(client)
    return client:is_stopped()
  end)
end

--- Calls `done` once they have all ended, without holding up the editor.
---@param clients vim.lsp.Client[]
---@param done fun()
local function when_stopped(clients, done)
  local left = PATIENCE_MS / POLL_MS
  local function poll()
    if all_stopped(clients) then
      return done()
    end
    left = left - 1
    if left == 0 then
      for _, client in ipairs(clients) do
        client:stop(true)
      end
    end
    vim.defer_fn(poll, POLL_MS)
  end
  poll()
end

function M.run()
  local clients = vim.lsp.get_clients({ name = 'cella' })
  local attached = vim.tbl_map(function(client)
    return { config = client.config, buffers = vim.tbl_keys(client.attached_buffers) }
  end, clients)
  for _, client in ipairs(clients) do
    client:stop()
  end
  when_stopped(clients, function()
    -- The first releases of 0.11 cannot be asked.
    if vim.lsp.is_enabled and vim.lsp.is_enabled('cella') then
      return vim.lsp.enable('cella')
    end
    for _, former in ipairs(attached) do
      for _, buffer in ipairs(former.buffers) do
        vim.lsp.start(former.config, { bufnr = buffer })
      end
    end
  end)
end

return M
