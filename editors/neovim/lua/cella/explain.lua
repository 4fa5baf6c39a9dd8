-- `:Cella explain`: what the hover says of the name under the cursor, in a window that stays.
-- There, <CR> on a link goes to its place.

local M = {}

local WINDOW_HEIGHT = 15

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

--- Goes to `file:///path#L3` or `#L3,5` in the window that the explanation was asked from.
---@param target string
---@param window integer
local function go_to(target, window)
  if not vim.startswith(target, 'file:') then
    return vim.ui.open(target)
  end
  local uri, fragment = target:match('^([^#]*)#?(.*)$')
  local line, column = fragment:match('L(%d+)[,:]?C?(%d*)')
  if vim.api.nvim_win_is_valid(window) then
    vim.api.nvim_set_current_win(window)
  end
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_buf(0, vim.uri_to_bufnr(uri))
  if line then
    local last = vim.api.nvim_buf_line_count(0)
    local row = math.min(tonumber(line) or 1, last)
    vim.api.nvim_win_set_cursor(0, { row, math.max((tonumber(column) or 1) - 1, 0) })
  end
end

---@param lines string[]
---@param origin integer the window that the explanation was asked from
local function show(lines, origin)
  vim.cmd(('botright %dnew'):format(math.min(#lines + 1, WINDOW_HEIGHT)))
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].bufhidden = 'wipe'
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = 'markdown'
  vim.keymap.set('n', '<CR>', function()
    local column = vim.api.nvim_win_get_cursor(0)[2]
    local target = M.link_at(vim.api.nvim_get_current_line(), column)
    if target then
      go_to(target, origin)
    end
  end, { buffer = buffer, desc = 'Go to the place that the link names' })
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = 'Close the explanation' })
end

function M.run()
  local origin = vim.api.nvim_get_current_win()
  local client = vim.lsp.get_clients({ name = 'cella', bufnr = 0 })[1]
  if not client then
    return vim.notify(
      'cella: no server for this buffer; see :checkhealth cella',
      vim.log.levels.WARN
    )
  end
  local params = vim.lsp.util.make_position_params(origin, client.offset_encoding)
  client:request('textDocument/hover', params, function(err, result)
    if err then
      return vim.notify('cella: ' .. err.message, vim.log.levels.ERROR)
    end
    if not result then
      return vim.notify('cella: no closure has to do with what is under the cursor')
    end
    show(vim.lsp.util.convert_input_to_markdown_lines(result.contents), origin)
  end, 0)
end

return M
