import random, string
def fake_domain(rng=random.Random(7)):
    """Test data only."""
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(8)) + rng.choice([".com", ".net"])
