local M = {}

function M.sync()
  local p = io.popen('git rev-parse --abbrev-ref HEAD')
  vim.g.branch = p:read('*l')
end

return M
