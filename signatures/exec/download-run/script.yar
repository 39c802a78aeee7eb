// GDScript: what a request brought is written to a file and started by the game. Look-alikes: launchers that fetch packs (`load_resource_pack`)
// and open pages in the browser.
rule download_run_gdscript {
  meta:
    id = "download-run-gdscript"
    severity = "high"
    confidence = "likely"
    description = "A game's script writes a download to a file and starts it"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-29"
  strings:
    $g = /\bextends (Node|EditorPlugin|RefCounted|Object|SceneTree)\b|@tool\b/
    $h = /HTTPRequest\.new\(|HTTPClient\.new\(|request_completed|download_file\b/
    $w = /store_buffer\(|download_file\b|store_string\(/
    $r = /OS\.(create_process|execute|execute_with_pipe|create_instance)\(\s?(path|file|f|exe|bin|target|dest|out|_?\w{0,16}(path|file|exe|bin))\b/
  condition:
    filesize < 100KB and all of them
}
