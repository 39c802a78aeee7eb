#!/bin/sh
# Shows which settings the job runs with and fetches the tool.
env | grep '^CI_' | sort
printenv PATH
curl -fsSL https://tools.vendor.invalid/cli.tar.gz -o cli.tar.gz
