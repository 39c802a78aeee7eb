#!/bin/sh
# self-extracting archive
n=$(grep -n "^__DATA__" "$0" | cut -d: -f1)
tail -n +$((n+1)) "$0" | tar xz -C "$1"
exit 0
__DATA__
