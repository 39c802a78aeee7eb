@echo off
set VSDIR=%ProgramFiles%\Microsoft Visual Studio\2022
set EDITION=Community
set OUT=build -c
call "%VSDIR%\%EDITION%\VC\vcvarsall.bat" %1
cmake %OUT% Release
