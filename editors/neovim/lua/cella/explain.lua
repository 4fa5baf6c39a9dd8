-- `:Cella explain`: what the hover says of the name under the cursor, in a window that stays.
-- There, <CR> goes to the line that is named under the cursor, or to the page that explains a word.

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

--- Shows the page that explains a word of the hover's last line: `a cell`, `late binding`.
---@param word string
---@param client vim.lsp.Client whose server prints the page
function M.word(word, client)
  local cmd = client.config.cmd
  local server = type(cmd) == 'table' and cmd[1] or 'cella'
  local name = word:gsub('^an? ', ''):gsub('^the ', ''):gsub(' ', '-')
  local page = vim.system({ server, 'explain', '--word', name }, { text = true }):wait()
  if page.code == 0 then
    local lines = vim.split(vim.trim(page.stdout), '\n')
    require('cella.window').show(lines, 'markdown', function() end)
  end
end

function M.run()
  local nothing = 'no closure has to do with what is under the cursor'
  require('cella.ask')('textDocument/hover', true, nothing, function(hover, client, uri)
    local lines = vim.lsp.util.convert_input_to_markdown_lines(hover.contents)
    require('cella.window').show(lines, 'markdown', function(row, column)
      local word = lines[row]:match('^What is (.+)%?$')
      if word then
        return M.word(word, client)
      end
      local line = M.line_named_at(lines[row], column)
      return line
        and { uri = uri, line = line - 1, character = 0, encoding = client.offset_encoding }
    end)
  end)
end

return M
