#!/bin/sh
set -eu
VERSION=${1:-v1.2.0}
OS=$(uname -s | tr A-Z a-z)
URL=https://github.com/acme/x/releases/download/$VERSION/x-$OS.tar.gz
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
curl -fsSL "$URL" -o "$TMP/x.tgz"
curl -fsSL "$URL.sha256" -o "$TMP/x.sha"
(cd "$TMP" && sha256sum -c x.sha)
tar -xzf "$TMP/x.tgz" -C "$TMP"
install -m 755 "$TMP/x" /usr/local/bin/x
echo installed
