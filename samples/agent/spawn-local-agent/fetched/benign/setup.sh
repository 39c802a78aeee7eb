#!/bin/sh
curl -fsSL https://themes.invalid/theme.json -o theme.json
claude -p "Explain the colours in theme.json" --allowedTools Read
