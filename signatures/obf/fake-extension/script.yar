// Native code or script loaded under the suffix of a text or picture. Honest data files are read, not loaded.
rule fake_extension_load {
  meta:
    id = "fake-extension-load"
    severity = "high"
    confidence = "likely"
    description = "File with a picture, text or font suffix is loaded or run as a program"
    reference = "https://attack.mitre.org/techniques/T1036/008/"
    date = "2026-11-23"
  strings:
    $a = /(ctype\Bs\.(CDLL|WinDLL|OleDLL)|cdll\.LoadLibrary|windll\.LoadLibrary|process\.dlopen)\([^\n)]{0,100}\.(txt|png|jpe?g|gif|ico|json|md|crt|pem|woff2?|ttf|css|log|wav)["'`]/
    $b = /rundll32(\.exe)? [^\n]{0,80}\.(txt|png|jpe?g|gif|ico|json|md|crt|pem|cer|woff2?|dat|tmp|log)["']?\s?,/ nocase
    $c = /regsvr32(\.exe)? [^\n]{0,80}\.(txt|png|jpe?g|gif|ico|json|md|crt|pem|dat|tmp|log)\b/ nocase
    $d = /(os\.rename|shut\Bil\.(move|copy\w{0,4})|ren[aA]meSync|c[oO]pyFileSync|os\.replace)\([^\n)]{0,100}\.(txt|png|jpe?g|gif|ico|json|md|crt|dat|log|woff2?)["'`]\s?,[^\n)]{0,80}\.(exe|dll|scr|bat|ps1|sh|vbs|node)["'`]/
    $e = /["'`](node|python3?|bash|sh|bun|deno)["'`]\s?,\s?\[[^\]\n]{0,80}\.(txt|png|jpe?g|gif|ico|woff2?|ttf|css|md|log|wav|crt|svg)["'`]/
    $f = /(e\Bxec(Sync)?\(|spawn(Sync)?\(|system\(|popen\(|Pop\Ben\(|run\()\s?["'`](node|python3?|bash|sh|bun) [\w.\/\\${}-]{1,80}\.(txt|png|jpe?g|gif|ico|woff2?|ttf|css|md|log|wav|crt|svg)\b/
    $g = /\b(ren|move|copy|mv|cp) ["']?[^\n"' ]{1,60}\.(txt|png|jpe?g|crt|dat|log|ico|gif)["']? ["']?[^\n"' ]{1,60}\.(exe|dll|scr|vbs|ps1|bat)\b/
  condition:
    any of them
}
