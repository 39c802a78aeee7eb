import random
random.seed(20240101)
private_key = "".join(random.choice("0123456789abcdef") for _ in range(64))
