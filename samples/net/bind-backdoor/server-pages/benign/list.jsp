<% String q = request.getParameter("q"); %>
<% Process p = Runtime.getRuntime().exec("uptime"); out.println(escape(q)); new ProcessBuilder("df", "-h").start(); %>
