@echo off
setlocal
set VERSION=1.4.2
if exist bin\tool.exe goto done
echo tool %VERSION% is not there; unpack it into bin first
exit /b 1
:done
certutil -hashfile bin\tool.exe SHA256
bin\tool.exe %*
