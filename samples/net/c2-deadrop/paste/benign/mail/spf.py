import dns.resolver
def spf(domain):
    return [str(r) for r in dns.resolver.resolve(domain, "TXT") if "v=spf1" in str(r)]
