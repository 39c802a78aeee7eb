// Mailbox login with literal account and password, plus collection of local data. Alert scripts take both from settings.
rule exfil_mail_smtp_literal {
  meta:
    id = "exfil-mail-smtp-literal"
    severity = "high"
    confidence = "likely"
    description = "Collected data is mailed through an account whose login is fixed in the code"
    reference = "https://attack.mitre.org/techniques/T1048/"
    date = "2026-11-23"
  strings:
    $s = /smtpl\Bib\.SMTP(_SSL)?\(/
    $l = /\.\blogin\(\s?(user\s?=\s?)?["'][\w.+-]{2,40}@[\w.-]{3,40}["']\s?,\s?(password\s?=\s?)?["'][^"'\n]{4,40}["']\s?\)/
    $c = /gethostna\Bme\(|getpass\.\bgetus\Ber\(|os\.getlogin\(|os\.environ\b|pynput|Ima\BgeGrab|os\.walk\(|Login Data|id_rsa|\.ssh\b|keyboard\.|chec\Bk_output\(|api\.ipify|platfo\Brm\.(node|uname|system)\(/
    $c2 = /(EMAIL|email|user\w{0,10}|sender)\s?=\s?["'][\w.+-]{2,40}@[\w.-]{3,40}["']/
    $c3 = /(PASS\w{0,10}|password|pwd)\s?=\s?["'][^"'\n]{6,40}["']/
  condition:
    filesize < 60KB and $s and $c and ($l or ($c2 and $c3))
}
