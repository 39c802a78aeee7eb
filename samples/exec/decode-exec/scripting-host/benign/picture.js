// Writes a small picture beside a report.
var dom = new ActiveXObject("Microsoft.XMLDOM");
var el = dom.createElement("tmp");
el.dataType = "bin.base64";
el.text = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
var stream = new ActiveXObject("ADODB.Stream");
stream.Type = 1;
stream.Open();
stream.Write(el.nodeTypedValue);
stream.SaveToFile("dot.gif", 2);
