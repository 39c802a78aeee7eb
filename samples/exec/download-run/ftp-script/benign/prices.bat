@echo off
rem fetches the price list of the night
echo open files.example.invalid> job.txt
echo user prices nothing>> job.txt
echo get prices.csv>> job.txt
echo bye>> job.txt
ftp -n -s:job.txt
import.exe prices.csv
