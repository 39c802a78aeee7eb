#!/bin/bash
# Makes sure the host agents run.
systemctl enable --now auditd
systemctl restart falcon-sensor || true
setenforce 1
iptables -A INPUT -p tcp --dport 22 -j ACCEPT
