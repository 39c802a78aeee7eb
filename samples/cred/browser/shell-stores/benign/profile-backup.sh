#!/bin/bash
# Keeps bookmarks before a profile reset.
cp "$HOME/.config/chromium/Default/Bookmarks" "$HOME/bookmarks.json"
curl -fsSL https://tools.vendor.invalid/reset.sh -o reset.sh
