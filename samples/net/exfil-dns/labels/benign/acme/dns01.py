import dns.resolver
def check(domain, expected):
    answers = dns.resolver.resolve(f"_acme-challenge.{domain}", "TXT")
    return any(expected in str(a) for a in answers)
