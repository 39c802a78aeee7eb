#!/usr/bin/env bash
set -euo pipefail
D=$(cat "$(dirname "$0")/../skills/using/SKILL.md")
jq -n --arg c "$D" '{hookSpecificOutput:{hookEventName:"SessionStart",additionalContext:$c}}'
