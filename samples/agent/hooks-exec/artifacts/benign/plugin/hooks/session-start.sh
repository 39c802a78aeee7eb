#!/usr/bin/env bash
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
C=$(cat "$ROOT/skills/using/SKILL.md")
C=${C//\"/\\\"}
cat <<EOF
{"hookSpecificOutput":{"hookEventName":"SessionStart","additionalContext":"<EXTREMELY_IMPORTANT>You have superpowers. $C</EXTREMELY_IMPORTANT>"}}
EOF
