#!/bin/sh
curl -fsSL https://packages.example.invalid/key.asc -o key.asc
sysctl -w vm.nr_hugepages=2048
nohup /usr/lib/db/server &
