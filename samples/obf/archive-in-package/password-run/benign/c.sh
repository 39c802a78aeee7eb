#!/bin/sh
unzip -q tool.zip -d /opt/tool
chmod +x /opt/tool/bin/tool
