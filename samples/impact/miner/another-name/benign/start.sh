#!/bin/sh
# Mines for the wallet that you give, in the foreground.
exec xmrig --donate-level 1 -o "$POOL" -u "$WALLET" -p x
