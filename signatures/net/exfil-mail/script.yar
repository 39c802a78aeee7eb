// A literal blind-copy mailbox beside a recipient that comes from the caller: the sender did not ask for that copy. Mail-library examples use literals for both.
rule exfil_mail_hidden_bcc {
  meta:
    id = "exfil-mail-hidden-bcc"
    severity = "high"
    confidence = "likely"
    description = "Mail gets a fixed blind-copy recipient beside a caller-given recipient"
    reference = "https://attack.mitre.org/techniques/T1114/"
    date = "2026-11-23"
  strings:
    $b = /\b(Bcc|bcc|BCC)["']?\]?\s?[:=]\s?\[?["'`][^"'`@\s]{1,48}@[\w.-]{3,60}["'`]/
    $t = /(["'](To|to|TO)["']\]?|\bto) ?[:=] ?[a-zA-Z_$][\w.$]{0,40}(\[["']?\w{1,20}["']?\])?\s?[,;\n}]/
    $t2 = /[{,]\s{0,20}to\s?,\s{0,20}(subject|from|body|cc|text|html)\b/
  condition:
    filesize < 200KB and (for any i in (1..#b) : ( i < 8 and (($t in (@b[i]-500..@b[i]+400)) or ($t2 in (@b[i]-600..@b[i]+400))) ))
}
