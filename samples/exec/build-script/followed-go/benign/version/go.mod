module example.invalid/x

go 1.22
