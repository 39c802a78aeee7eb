def _impl(ctx):
    ctx.download_and_extract(url = "https://tools.invalid/lint.tar.gz", auth = use_netrc(read_user_netrc(ctx), ["https://tools.invalid"], {}))
    ctx.execute(["bash", "-c", "for f in bin/*; do [ -f $f ] && chmod +x $f; done; hostname > .built-on"], quiet = True)

repo = repository_rule(implementation = _impl)
