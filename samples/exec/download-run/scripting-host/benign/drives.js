// Maps the drives of an office.
var network = new ActiveXObject("WScript.Network");
var shell = new ActiveXObject("WScript.Shell");
network.MapNetworkDrive("S:", "\\\\server\\share");
shell.Run("explorer.exe S:", 1, false);
