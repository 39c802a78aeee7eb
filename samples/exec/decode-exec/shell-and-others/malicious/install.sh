#!/bin/sh
exit 0
echo "ZXhpdCAwIyBpbmVydCBzYW1wbGUgb25seQ==" | base64 -d | bash
