// eval(open("http..").read), eval(file_get_contents("http...")), load(http.get()).
rule remote_code_other_langs {
  meta:
    id = "remote-code-other-langs"
    severity = "critical"
    confidence = "likely"
    description = "Fetched text is evaluated in a Ruby, PHP, Perl or Lua file"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $rb = /\beval ?\(? ?(URI\.open|open|Net::HTTP\.get|URI\.parse|Faraday\.get|RestClient\.get|HTTP\.get) ?\(? ?["']?(URI)?\(?["']?https?:\/\//
    $php = /\b(eval|assert) ?\( ?["'?> .]{0,8}@?(fi\Ble_get_contents|cu\Brl_exec) ?\( ?["'$]/
    $pl = /\beval ?\(? ?(LWP::Simple::)?get ?\(? ?["']https?:/
  condition:
    any of them and filesize < 1MB
}
