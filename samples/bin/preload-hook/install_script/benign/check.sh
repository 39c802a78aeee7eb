#!/bin/sh
# warn when a preload list is present
if [ -s /etc/ld.so.preload ]; then
  echo "preload list present, results may differ" >&2
fi
LD_PRELOAD=/usr/lib/libjemalloc.so.2 exec "$@"
