n = "ssecorpbus"[::-1]
