#!/bin/sh
# Says whether the module is loaded.
lsmod | grep -q '^wireguard ' && echo loaded || echo "run: modprobe wireguard"
