-- nvim --headless -u init.lua -l run.lua CASE: runs cases/CASE.lua, exits 1 if a test fails.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
package.path = here .. '/?.lua;' .. package.path

local case = _G.arg[1]
os.exit(require('harness').run_case(case, here .. '/cases/' .. case .. '.lua'))
