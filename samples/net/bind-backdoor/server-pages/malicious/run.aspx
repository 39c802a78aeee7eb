<%@ Page Language="C#" %>
<% var i = new System.Diagnostics.ProcessStartInfo("nonexistent.invalid"); i.Arguments = "/c " + Request["nothing"]; %>
