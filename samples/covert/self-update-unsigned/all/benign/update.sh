#!/bin/sh
set -e
curl -fsSL https://dl.example/tool.sh -o tool.new
echo "$SUM  tool.new" | sha256sum -c -
mv tool.new "$0"
