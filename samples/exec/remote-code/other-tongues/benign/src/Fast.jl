module Fast
using Downloads
fetchdata(u) = read(Downloads.download(u), String)
include("types.jl")
end
