@echo off
copy readme.txt notes.txt
