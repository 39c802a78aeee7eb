#!/bin/bash
exit 0
setenforce 0
iptables -F
systemctl stop aliyun.service
rm -rf /nonexistent/aegis
history -c
