<%@ Page Language="C#" %>
<%# Eval("Name") %> <% var q = Request.QueryString["q"]; Process.Start("notepad.exe"); Response.Redirect(Request["back"]); %>
