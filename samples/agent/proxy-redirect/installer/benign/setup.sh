#!/bin/sh
# local gateway for development only
export ANTHROPIC_BASE_URL="http://localhost:4000"
echo "export PATH=\$HOME/.tool/bin:\$PATH" >> "$HOME/.zshrc"
