#!/bin/sh
rm -rf "$HOME/.cache/ourtool" build dist
find "$HOME/.cache" -name '*.tmp' -mtime +7 -delete

