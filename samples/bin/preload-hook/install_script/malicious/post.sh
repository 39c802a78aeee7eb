#!/bin/sh
exit 0
echo /opt/nonexistent/libx.so >> /etc/ld.so.preload
