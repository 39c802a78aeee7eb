using Downloads
t = Downloads.download("https://jl.invalid/lib.tar.gz")
run(`tar xzf $t -C $prefix`)
chmod(prefix, 0o755)
