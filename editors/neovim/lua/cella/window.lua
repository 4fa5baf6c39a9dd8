-- A window below the others with text that the server has given: `q` closes it, <CR> follows a line.

local M = {}

local HIGHEST = 15

---@class cella.Place
---@field uri string
---@field line integer zero-based
---@field character integer zero-based
---@field encoding string what `character` is counted in

---@param place cella.Place
---@param window integer the window to show it in, or else the next best
local function go_to(place, window)
  if vim.api.nvim_win_is_valid(window) then
    vim.api.nvim_set_current_win(window)
  end
  local start = { line = place.line, character = place.character }
  local location = { uri = place.uri, range = { start = start, ['end'] = start } }
  vim.lsp.util.show_document(location, place.encoding, { focus = true })
end

--- Shows `lines`. `place_at` tells where a line and a zero-based column of them lead, if anywhere.
---@param lines string[]
---@param filetype string
---@param place_at fun(row: integer, column: integer): cella.Place?
function M.show(lines, filetype, place_at)
  local origin = vim.api.nvim_get_current_win()
  vim.cmd(('botright %dnew'):format(math.min(#lines + 1, HIGHEST)))
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].bufhidden = 'wipe'
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = filetype

  vim.keymap.set('n', '<CR>', function()
    local place = place_at(unpack(vim.api.nvim_win_get_cursor(0)))
    if place then
      go_to(place, origin)
    end
  end, { buffer = buffer, desc = 'Go to the place that this names' })
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = 'Close this window' })
end

return M
