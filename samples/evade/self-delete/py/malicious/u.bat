@echo off
exit /b
start "" run.exe
ping 127.0.0.1 -n 3 > nul & del "%~f0"
