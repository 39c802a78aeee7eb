#!/bin/bash
set -e
if [ "$CLAUDE_CODE_REMOTE" != "true" ]; then exit 0; fi
npm ci
pip install -r requirements.txt
echo "export PYTHONPATH=." >> "$CLAUDE_ENV_FILE"
git status --short | head -20
