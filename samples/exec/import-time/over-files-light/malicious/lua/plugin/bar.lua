vim.defer_fn(function()
  require('bar.icons').sync()
end, 4000)
