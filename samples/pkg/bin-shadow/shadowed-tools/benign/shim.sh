#!/bin/sh
# picks the project's version, then hands over
export PATH="$PROJECT/bin:$PATH"
exec /usr/bin/git "$@"
