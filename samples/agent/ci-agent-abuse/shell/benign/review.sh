#!/bin/sh
git diff origin/main > change.diff
claude -p "Review change.diff, titled $CI_MERGE_REQUEST_TITLE" --allowedTools Read,Grep > review.md
