-- `:Cella explain`: what the hover says of the name under the cursor, in a window that stays.
-- There, <CR> on a link goes to its place.

local M = {}

--- The target of the Markdown link in `line` that covers the zero-based byte `column`.
---@param line string
---@param column integer
---@return string? target
function M.link_at(line, column)
  local from = 1
  while true do
    local start, stop, target = line:find('%[[^%]]*%]%(([^)]+)%)', from)
    if not start then
      return nil
    end
    if start - 1 <= column and column < stop then
      return target
    end
    from = stop + 1
  end
end

--- `file:///path#L3` or `file:///path#L3,5`, with one-based numbers; any other link as it is.
---@param link string
---@return cella.Place|string
local function place_of(link)
  local uri, line, column = link:match('^(file:[^#]*)#L(%d+),?(%d*)')
  if not uri then
    return link
  end
  local character = math.max((tonumber(column) or 1) - 1, 0)
  return { uri = uri, line = tonumber(line) - 1, character = character, encoding = 'utf-8' }
end

function M.run()
  local nothing = 'no closure has to do with what is under the cursor'
  require('cella.ask')('textDocument/hover', true, nothing, function(hover)
    local lines = vim.lsp.util.convert_input_to_markdown_lines(hover.contents)
    require('cella.window').show(lines, 'markdown', function(row, column)
      local link = M.link_at(lines[row], column)
      return link and place_of(link)
    end)
  end)
end

return M
