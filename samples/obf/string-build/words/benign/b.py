PRIMES = [95, 97, 101, 103, 107, 109, 113]
print(sum(PRIMES))
