#!/bin/sh
dig +short "$1" A
nslookup www.example.com
