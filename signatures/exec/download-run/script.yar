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

// What was fetched is made executable and started, in a few lines of Julia. Look-alikes: builds that unpack libraries, artifacts with digests.
rule download_run_julia {
  meta:
    id = "download-run-julia"
    severity = "high"
    confidence = "likely"
    description = "Julia downloads a file, makes it executable and starts it"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-12-01"
  strings:
    $get = /\b(\w{1,24})\s?=\s?(Downloads\.)?download\s?\(\s?"https?:/
    $mode = /\bchmod\s?\(\s?\w{1,24}\s?,\s?0o[0-7]{0,2}[157]\d{0,2}/
    $run = /\brun\s?\([^\n]{0,60}`\s?\$\(?\w{1,24}\)?[^\n`]{0,80}`/
    $sum = /\bsha(256|512|1)\b|SHA\./
  condition:
    filesize < 100KB and not $sum and for any i in (1..#get) : ( i < 8 and $mode in (@get[i]..@get[i]+400) and $run in (@get[i]..@get[i]+600) )
}
