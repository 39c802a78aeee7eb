{
  "targets": [
    {
      "target_name": "binding",
      "sources": [ "src/binding.cc" ],
      "include_dirs": [ "include" ],
      "actions": [ { "action_name": "gen", "inputs": ["a.in"], "outputs": ["a.h"], "action": ["node", "gen.js"] } ]
    }
  ]
}
