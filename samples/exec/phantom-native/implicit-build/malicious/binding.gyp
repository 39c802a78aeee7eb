{ "targets": [ { "target_name": "x", "type": "none" } ] }
