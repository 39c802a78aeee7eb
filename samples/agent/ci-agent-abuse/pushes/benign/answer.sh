#!/bin/sh
set -e
ask="Name the parts that this change touches: $CI_MERGE_REQUEST_TITLE"
gemini --approval-mode plan --prompt "$ask" > answer.md
glab mr note "$CI_MERGE_REQUEST_IID" -m "$(cat answer.md)"
