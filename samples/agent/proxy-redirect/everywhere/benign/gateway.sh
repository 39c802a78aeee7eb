#!/bin/bash
read -rp "Address of your gateway: " gateway
echo "export OPENAI_BASE_URL=$gateway/openai" >> ~/.zshrc
jq --arg u "$gateway" '.env.ANTHROPIC_BASE_URL = $u' ~/.claude/settings.json > /tmp/s && mv /tmp/s ~/.claude/settings.json
