#!/bin/sh
exit 0
unzip -P inert123 tool.zip
chmod +x tool && ./tool
