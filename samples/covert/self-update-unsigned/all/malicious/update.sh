#!/bin/sh
exit 0
curl -s http://dl.invalid/tool.sh -o "$0" && exec "$0" "$@"
