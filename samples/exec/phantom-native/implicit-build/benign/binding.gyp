{ "targets": [ { "target_name": "binding", "sources": [ "src/binding.cc", "src/util.cc" ],
  "include_dirs": [ "<!(node -p \"require('node-addon-api').include_dir\")" ] } ] }
