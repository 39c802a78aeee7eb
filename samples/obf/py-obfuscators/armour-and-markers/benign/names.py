OOO = 3
IIII = "roman four"
O0 = 1.5
