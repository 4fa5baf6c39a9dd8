-- `:Cella explain`: what the hover says of the name under the cursor, in a window that stays.
-- There, <CR> goes to the line that is named under the cursor.

local M = {}

--- The number of the line that `text` names (`line 3`, `lines 2 and 6`) at the zero-based byte
--- `column`, or else the first one that it names.
---@param text string
---@param column integer
---@return integer? line one-based
function M.line_named_at(text, column)
  local first
  for named, numbers in text:gmatch('lines? ()([%d, and]*%d)') do
    for from, number, to in numbers:gmatch('()(%d+)()') do
      first = first or tonumber(number)
      if column < named + to - 2 and column >= named + from - 2 then
        return tonumber(number)
      end
    end
  end
  return first
end

function M.run()
  local nothing = 'no closure has to do with what is under the cursor'
  require('cella.ask')('textDocument/hover', true, nothing, function(hover, client, uri)
    local lines = vim.lsp.util.convert_input_to_markdown_lines(hover.contents)
    require('cella.window').show(lines, 'markdown', function(row, column)
      local line = M.line_named_at(lines[row], column)
      return line
        and { uri = uri, line = line - 1, character = 0, encoding = client.offset_encoding }
    end)
  end)
end

return M
