#!/bin/bash
jq -r .file_path | xargs -r npx prettier --write >/dev/null
