module example.invalid/x
