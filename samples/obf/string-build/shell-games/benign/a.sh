#!/bin/sh
echo "$1" | rev | cut -d. -f1 | rev
printf "\033[1mDone\033[0m\n"
