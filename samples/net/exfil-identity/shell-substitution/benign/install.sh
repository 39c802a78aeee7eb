#!/bin/sh
ver=$(uname -s)-$(uname -m)
curl -fsSL "https://dl.example.com/tool-$ver.tar.gz" | tar xz
echo "installed on $(hostname)"
