-- `:Cella map`: the functions and classes of the file, nested as they are, each with what it closes
-- over. <CR> on a line goes there.

local M = {}

local STEP = '  '

--- One line for each symbol, and where it leads.
---@param symbols lsp.DocumentSymbol[]
---@param indent string
---@param lines string[]
---@param starts lsp.Position[]
local function draw(symbols, indent, lines, starts)
  for _, symbol in ipairs(symbols) do
    local detail = symbol.detail or ''
    table.insert(lines, indent .. symbol.name .. (detail ~= '' and '  ' .. detail or ''))
    table.insert(starts, symbol.selectionRange.start)
    draw(symbol.children or {}, indent .. STEP, lines, starts)
  end
end

function M.run()
  local nothing = 'no function in this file'
  require('cella.ask')('textDocument/documentSymbol', false, nothing, function(symbols, client, uri)
    local lines, starts = {}, {}
    draw(symbols, '', lines, starts)
    require('cella.window').show(lines, 'cella-map', function(row)
      local start = starts[row]
      return {
        uri = uri,
        line = start.line,
        character = start.character,
        encoding = client.offset_encoding,
      }
    end)
  end)
end

return M
