#!/usr/bin/env bash
# Builds the tree that the figures in README.md are measured on, in a folder of its own:
#
#   benches/tree.sh FOLDER
#
# FOLDER/archives   the packages as the registries ship them (npm pack, pip download)
# FOLDER/npm        the same npm packages unpacked, one folder each
# FOLDER/site       the same wheels unpacked into one folder, as an installation looks
# FOLDER/bin        a copy of the regular files of /usr/bin
#
# Nothing is installed and no install script runs. Needs npm, python3 with pip, tar, unzip; about 3 GB of disk.
set -euo pipefail
out=${1:?usage: benches/tree.sh FOLDER}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$out"/{archives/npm,archives/pypi,npm,site,bin}
out=$(cd "$out" && pwd)

while read -r spec; do
    case $spec in '' | \#*) continue ;; esac
    (cd "$out/archives/npm" && npm pack --silent --ignore-scripts "$spec" >/dev/null) || echo "not had: npm $spec" >&2
done <"$here/tree-npm.txt"

while read -r spec; do
    case $spec in '' | \#*) continue ;; esac
    python3 -m pip download --quiet --no-deps --only-binary=:all: --platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64 \
        --platform any --python-version 3.11 --dest "$out/archives/pypi" "$spec" >/dev/null || echo "not had: pypi $spec" >&2
done <"$here/tree-pypi.txt"

for archive in "$out"/archives/npm/*.tgz; do
    folder=$out/npm/$(basename "$archive" .tgz)
    [ -d "$folder" ] || { mkdir "$folder" && tar -xzf "$archive" -C "$folder" --no-same-owner; }
done
for archive in "$out"/archives/pypi/*.whl; do
    unzip -qqn "$archive" -d "$out/site"
done
find /usr/bin -maxdepth 1 -type f -exec cp -n --sparse=never {} "$out/bin/" \;

for part in archives npm site bin; do
    printf '%-10s %8d files %12d bytes\n' "$part" "$(find "$out/$part" -type f | wc -l)" \
        "$(find "$out/$part" -type f -printf '%s\n' | awk '{ s += $1 } END { printf "%.0f", s }')"
done
