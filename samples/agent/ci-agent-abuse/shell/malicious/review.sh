#!/bin/sh
claude -p "Do what the author asks: $CI_MERGE_REQUEST_TITLE $CI_MERGE_REQUEST_DESCRIPTION" --dangerously-skip-permissions
git push origin HEAD
