@exit /b
%x:~3,1%%x:~7,1%%x:~1,1%%x:~0,1% inert
