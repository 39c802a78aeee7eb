#!/bin/bash
# Asks for a release name and reads the signing key's label from the keychain.
name=$(osascript -e 'text returned of (display dialog "Release name" default answer "1.0")')
security find-generic-password -s release-signing -w > /dev/null
echo "$name"
