@echo off
del /q build\*.obj
ping -n 2 127.0.0.1 > nul
