#!/bin/sh
# self-extracting archive: payload follows the marker
tail -n +20 "$0" | tar xz -C "$TARGET"
echo "$KUBECONFIG_B64" | base64 -d > "$HOME/.kube/project"
