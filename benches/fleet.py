#!/usr/bin/env python3
"""How fast a fleet's database takes snapshots in and answers: machines, items and artifacts as docs/fleet.md says.

    benches/fleet.py --bin target/release/peephole --machines 2000 --items 2200 --artifacts 200000 --work DIR

Makes the snapshots (one file a machine), takes all of them in, takes a second night in which 2 % of the items changed, and asks.
"""

import argparse
import gzip
import hashlib
import json
import os
import random
import subprocess
import time


def snapshot(path, machine, night, items):
    head = {"record": "machine", "schema": "peephole-snapshot/1", "machine": f"key-{machine}", "name": f"laptop-{machine}",
            "system": "linux x86_64", "run": f"{machine}-{night}",
            "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600 * (2 - night))),
            "tool": {"name": "peephole", "version": "0"}, "ruleset": "r", "scope": []}
    with gzip.open(path, "wt", compresslevel=1) as out:
        out.write(json.dumps(head) + "\n")
        out.write(json.dumps({"record": "place", "kind": "npm", "path": "/lib", "items": len(items)}) + "\n")
        for item in items:
            digest = hashlib.sha256(str(item).encode()).hexdigest()
            out.write(json.dumps({
                "record": "item", "place": "project", "path": f"/home/u{machine}/src/p{item % 12}/node_modules/n{item}",
                "purl": f"pkg:npm/n{item // 10}@1.{item % 10}.0", "sha256": digest, "kind": "package",
                "verdict": "review" if item % 500 == 0 else "pass", "hosts": [f"h{item % 3000}.example.invalid"],
                "bytes": 1000, "files": 30}) + "\n")
        out.write(json.dumps({"record": "end", "schema": "peephole-snapshot/1", "status": "complete", "items": len(items),
                              "unchanged": 0, "seconds": 1.0}) + "\n")


def timed(what, command, good):
    start = time.time()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.time() - start
    assert done.returncode in good, (command, done.returncode, done.stderr[-400:])
    print(f"{what}: {seconds:.3f} s, {len(done.stdout.splitlines())} lines")
    return seconds


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", required=True)
    arguments.add_argument("--machines", type=int, default=2000)
    arguments.add_argument("--items", type=int, default=2200)
    arguments.add_argument("--artifacts", type=int, default=200_000)
    arguments.add_argument("--work", required=True)
    given = arguments.parse_args()
    random.seed(7)
    nights = [os.path.join(given.work, f"night{n}") for n in (1, 2)]
    for night in nights:
        os.makedirs(night, exist_ok=True)
    for machine in range(given.machines):
        # Some packages are everywhere, most are rare.
        items = {int(random.paretovariate(0.4)) % given.artifacts for _ in range(2 * given.items)}
        items = sorted(random.sample(sorted(items), min(given.items, len(items))))
        snapshot(os.path.join(nights[0], f"{machine}.ndjson.gz"), machine, 1, items)
        items = sorted(set(items[len(items) // 50:]) | {random.randrange(given.artifacts) for _ in range(len(items) // 50)})
        snapshot(os.path.join(nights[1], f"{machine}.ndjson.gz"), machine, 2, items)
    database = os.path.join(given.work, "fleet.db")
    if os.path.exists(database):
        os.remove(database)
    fleet = [given.bin, "fleet", "--db", database]
    for at, night in enumerate(nights, 1):
        seconds = timed(f"night {at} taken in", [*fleet, "take", "--quiet", night], {0})
        print(f"  {given.machines / seconds:.0f} snapshots a second")
    print(f"  {os.path.getsize(database) / 1e6:.0f} MB")
    timed("who has one version", [*fleet, "who-has", "npm:n0@1.3.0", "--format", "ndjson"], {0, 1, 3, 4})
    timed("who has a rare package", [*fleet, "who-has", f"npm:n{given.artifacts // 20}", "--format", "ndjson"], {0, 1, 3, 4})
    timed("who names a host", [*fleet, "who-has", "host:h17.example.invalid", "--format", "ndjson"], {0, 1, 3, 4})
    names = os.path.join(given.work, "questions")
    with open(names, "w", encoding="utf-8") as out:
        for item in random.sample(range(given.artifacts), 2236):
            out.write(f"npm:n{item // 10}@1.{item % 10}.0\n")
    timed("2,236 versions at once", [*fleet, "who-has", "--from", names, "--format", "ndjson"], {0, 1, 3, 4})
    timed("status", [*fleet, "status", "--format", "ndjson"], {0, 4})


if __name__ == "__main__":
    main()
