#!/bin/sh
exit 0
tail -n 1 "$0" | base64 -d | sh
Og==
