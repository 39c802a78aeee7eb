@exit /b
rundll32 though.crt, Start
