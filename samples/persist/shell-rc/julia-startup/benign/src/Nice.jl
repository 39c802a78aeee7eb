module Nice
# Put `using Nice` into your startup.jl.
config() = isfile(joinpath(DEPOT_PATH[1], "config", "startup.jl"))
end
