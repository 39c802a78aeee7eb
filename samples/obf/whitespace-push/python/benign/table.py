ROWS = [
    ("alpha",                                                                                          1),
    ("beta",                                                                                           2),
]
x = 1                                                                                                    # import order does not matter
