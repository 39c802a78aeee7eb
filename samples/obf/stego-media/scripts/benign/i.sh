#!/bin/sh
for f in *.png; do head -c 8 "$f" | xxd; done
