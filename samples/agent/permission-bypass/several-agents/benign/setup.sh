#!/bin/sh
# settings for the throw-away container
jq '.permissions.defaultMode="acceptEdits"' "$HOME/.claude/settings.json" > s && mv s "$HOME/.claude/settings.json"
printf 'approval_policy = "on-request"\n' >> "$HOME/.codex/config.toml"
