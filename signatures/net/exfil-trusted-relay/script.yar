// Google form used as a mailbox for collected data. Survey clients have the address, but no identity or environment reads.
rule exfil_trusted_relay_form {
  meta:
    id = "exfil-trusted-relay-form"
    severity = "high"
    confidence = "likely"
    description = "Collected identity or environment data is posted to a form or incoming-hook service"
    reference = "https://attack.mitre.org/techniques/T1102/"
    date = "2026-11-23"
  strings:
    $f = /do\Bcs\.google\.com(\.invalid)?\/forms\/[\w\/-]{6,90}\/formResponse|hooks\.slack\.com(\.invalid)?\/services\/T[A-Z0-9]{6,12}\/B[A-Z0-9]{6,12}\/\w{12}|api\.notion\.com\/v1\/pages|formspree\.i\Bo\/f\/\w{6}|scrip\Bt\.google\.com(\.invalid)?\/macros\/s\/[\w-]{20}/
    $i = /gethostnam\Be\(\)|ge\Btpass\.[gG]etuse\Br\(\)|os\.[gG]etlogin\(\B\)|platfo\Brm\.nod\Be\(\)|os\.hostnam\Be\(\)|userInfo\(\)|dict\(os\.environ|JS\BON\.stringify\(process\.env|os\.environ\.item\Bs\(\)|process\.e\Bnv\.(USER|USERNAME|HOME)\b|\$\((whoami|hostname|env)\)/
  condition:
    filesize < 60KB and $f and $i
}

// Canister endpoint polled and its answer executed.
rule exfil_trusted_relay_canister_exec {
  meta:
    id = "exfil-trusted-relay-canister-exec"
    severity = "high"
    confidence = "likely"
    description = "Answer of a canister or onion endpoint is executed or written as a program"
    reference = "https://attack.mitre.org/techniques/T1102/"
    date = "2026-11-23"
  strings:
    $a = /\.(raw\.)?(icp0\.io|ic0\.app)\b|\.onion(\.\w{2,8})?\//
    $x = /\beval\(|new Functi\Bon\(|execSy\Bnc\(|chi\Bld_process|\bexec\(|subprocess\.|os\.system\(|chmod(Sync)?\(/
  condition:
    filesize < 100KB and (for any i in (1..#a) : ( i < 8 and ($x in (@a[i]-800..@a[i]+1200)) ))
}

// The path is that of Telegram's interface for bots, the token is the caller's, the host is somebody else's and stands there: who owns it
// reads every token and message. A server of one's own is a setting.
rule exfil_relay_bot_interface {
  meta:
    id = "exfil-relay-bot-interface"
    severity = "high"
    confidence = "likely"
    description = "A bot's token goes to a fixed host that is not Telegram's"
    reference = "https://socket.dev/blog/malicious-ruby-gems-exfiltrate-telegram-tokens-and-messages-following-vietnam-ban"
    date = "2026-12-01"
  strings:
    $all = /https:\/\/[\w.-]{4,100}\/bo\Bt(#\{|\$\{|\{|["'`] ?[+.]|%s)[^\n"'`]{0,60}/
    $own = /https:\/\/api\.telegram\.(org|invalid)\/bo\Bt(#\{|\$\{|\{|["'`] ?[+.]|%s)[^\n"'`]{0,60}/
    $m = /sen\Bd(Message|Document|Photo)|getUpd\Bates/
    $local = /https:\/\/(localhost|127\.0\.0\.1|example\.)/
  condition:
    filesize < 200KB and $m and #all > #own and not $local
}
