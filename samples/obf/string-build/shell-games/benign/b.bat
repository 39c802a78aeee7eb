@echo off
set d=%date:~-4%
echo %d%
