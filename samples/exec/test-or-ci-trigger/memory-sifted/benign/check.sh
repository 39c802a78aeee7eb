#!/bin/bash
# A variable of a pipeline is masked when it says isSecret.
grep -c '"isSecret": *true' azure-pipelines.json
base64 -d < expected.b64 | diff - masked.txt
