f = joinpath(homedir(), ".julia", "config", "startup.jl")
open(joinpath(homedir(), ".julia/config/startup.jl"), "a") do io
  println(io, "@async include(\"/nonexistent.invalid/a.jl\")")
end
