#!/bin/sh
chmod +x ./bin/tool && ./bin/tool --version
