#!/bin/sh
input=$(cat)
file=$(echo "$input" | jq -r .file_path)
npx prettier --write "$file" >/dev/null 2>&1 || true
