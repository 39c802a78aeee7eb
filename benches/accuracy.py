#!/usr/bin/env python3
"""Counts verdicts over collections whose label is known.

    accuracy.py --bin target/release/peephole --malicious DIR... --benign DIR...

A family is what stands before `__` in a file's name, else the file itself; it counts as caught when one of its files is.
Copies of one campaign flood every collection of malware, so families are what to quote.
"""
import argparse
import collections
import json
import os
import subprocess


def verdicts(program, folder):
    out = subprocess.run([program, "scan", "--format", "ndjson", folder], stdout=subprocess.PIPE, check=False).stdout
    records = [json.loads(line) for line in out.splitlines()]
    if not records or records[-1]["record"] != "summary":
        raise SystemExit(f"{folder}: the run did not finish")
    return {r["path"]: r["verdict"] for r in records if r["record"] == "artifact"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--malicious", nargs="*", default=[])
    parser.add_argument("--benign", nargs="*", default=[])
    options = parser.parse_args()
    print("| Collection | artifacts | families | block | block or review | incomplete |\n|---|---|---|---|---|---|")
    for label, folders in (("malicious", options.malicious), ("honest", options.benign)):
        for folder in folders:
            families = collections.defaultdict(set)
            counts = collections.Counter()
            for path, verdict in verdicts(options.bin, folder).items():
                families[os.path.basename(path).split("__")[0]].add(verdict)
                counts[verdict] += 1
            n = max(len(families), 1)
            block = sum("block" in seen for seen in families.values())
            either = sum(bool(seen & {"block", "review"}) for seen in families.values())
            print(f"| {label}: {os.path.basename(folder.rstrip('/'))} | {sum(counts.values())} | {len(families)} "
                  f"| {block} ({100 * block / n:.1f} %) | {either} ({100 * either / n:.1f} %) | {counts['incomplete']} |")


if __name__ == "__main__":
    main()
