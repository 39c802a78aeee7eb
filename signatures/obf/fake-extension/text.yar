// Command in a manifest or editor task that runs a font, picture or text file.
rule fake_extension_manifest {
  meta:
    id = "fake-extension-manifest"
    severity = "high"
    confidence = "likely"
    description = "Manifest or task runs a file with a picture, text or font suffix as a program"
    reference = "https://attack.mitre.org/techniques/T1036/008/"
    date = "2026-11-23"
  strings:
    $a = /"([^"\n]{0,60}[ ;&|(])?(node|python3?|bash|sh|bun|deno run) (\.\/|\.\\\\)?[\w.\/\\${}-]{1,80}\.(png|jpe?g|gif|ico|woff2?|ttf|wav|svg|css|log)[ "]/
    $b = /"rundll32(\.exe)? [^"\n]{0,80}\.(txt|png|jpe?g|crt|dat|tmp|log|ico)\b/
  condition:
    filesize < 200KB and any of them
}
