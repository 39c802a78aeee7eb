import random
random.seed(42)
sample = [random.random() for _ in range(10)]
