// cred/pam-ssh-backdoor: script files

// Literal key plus append in program code. cloud-init and ansible take the key as data.
rule ssh_key_plant {
  meta:
    id = "ssh-key-plant"
    severity = "high"
    confidence = "certain"
    description = "Appends a fixed public key to authorized_keys"
    reference = "https://attack.mitre.org/techniques/T1098/004/"
    date = "2026-11-23"
  strings:
    $a = "authorized_keys"
    $k = /(ssh-(rsa|ed25519|dss)|ecdsa-sha2-nistp256)\s{1,2}AAAA[A-Za-z0-9+\/]{12}/
    $w = /["']a\+?b?["']|appendFile|O_APPEND|>> ["'~$\/]|>>~|>>\$|\.write\(|writeFile|write_text|Add-Content|flag:\s?["']a/
  condition:
    filesize < 150KB and #a < 40 and #w > 0 and for any i in (1..#a) : ( $k in (@a[i]-1200..@a[i]+1200) )
}

// uid 0 for a new name has hardly an honest use.
rule root_account_plant {
  meta:
    id = "root-account-plant"
    severity = "high"
    confidence = "likely"
    description = "Adds a second account with root's user id"
    reference = "https://attack.mitre.org/techniques/T1136/001/"
    date = "2026-11-23"
  strings:
    $a = /us\Beradd\b[^\n]{0,80}(-o\s{1,2}[^\n]{0,30}-u\s{0,2}0\b|-u\s{0,2}0\s{1,2}[^\n]{0,30}-o\b|-ou\s?0\b)/
    $b = /:0:0:[^\n"']{0,40}:\/(root|bin|tmp|home)?[^\n"']{0,30}["']?\s?>>\s?\/etc\/passwd/
    $c = /open\(["']\/etc\/(passwd|shadow)["']\s?,\s?["']a/
    $d = /appendFile(Sync)?\(["'`]\/etc\/(passwd|shadow|sudoers)/
  condition:
    any of them
}

// Machine set-up scripts and SSH provisioning tools do this with the user's own key.
rule ssh_key_append {
  meta:
    id = "ssh-key-append"
    severity = "medium"
    confidence = "likely"
    description = "Opens authorized_keys for appending or appends a fetched key"
    reference = "https://attack.mitre.org/techniques/T1098/004/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget)\b[^\n]{0,160}>>\s?["']?[^\n]{0,40}authoriz\Bed_keys/
    $b = /open\([^\n]{0,80}authorized_keys[^\n]{0,20}["']a/
    $c = /appendFile(Sync\(|\()[^\n]{0,80}authorized_keys/
  condition:
    any of them
}

// pam_exec handing passwords to a script, a permit line written to pam.d, or strace on login programs.
rule login_password_capture {
  meta:
    id = "login-password-capture"
    severity = "high"
    confidence = "likely"
    description = "Authentication is changed or traced to record passwords"
    reference = "https://attack.mitre.org/techniques/T1556/003/"
    date = "2026-11-23"
  strings:
    $a = /pam_exec\.so[^\n]{0,60}expose_authtok/
    $b = /(sufficient|required)\s{1,8}pam_permit\.so[^\n]{0,60}(>|\/etc\/pam\.d|["'])/
    $w = /pam\.d\//
    $c = /st\Brace\b[^\n]{0,100}(sshd|\bssh\b|pgrep -?x? ?sshd)[^\n]{0,100}(-o|read|write)/
    $d = /alias\s{1,3}(ssh|su|sudo)=["'\\]{0,3}[^\n]{0,20}strace/
  condition:
    filesize < 100KB and (($w and any of ($a,$b)) or $c or $d)
}

// A module that returns PAM_IGNORE checks nothing. Look-alikes: modules that mount a home or unlock a key ring keep the password for their session,
// and do not ask where the user is from; those that ask a server (RADIUS, LDAP) return what it says.
rule pam_module_tells_password {
  meta:
    id = "pam-module-tells-password"
    severity = "high"
    confidence = "likely"
    description = "A PAM module asks for the password, hands it on with the user and where they are from, and has no opinion of it"
    reference = "https://attack.mitre.org/techniques/T1556/003/"
    date = "2026-11-30"
  strings:
    $a = /\bpam_sm_authenticate\s?\(/
    $p = /\bpam_get_authtok(_noverify)?\s?\(|PAM_AUTHTOK\b/
    $h = "PAM_RHOST"
    $i = "return PAM_IGNORE"
    $c = /\b(crypt(_r)?|strcmp|memcmp|pam_set_data|timingsafe_bcmp|ldap_\w{2,20}|rc_auth|PAM_AUTH_ERR|verify\w{0,20})\s?[(;]/
  condition:
    filesize < 60KB and $a and $p and $h and $i and not $c
}

// A line for the stack of a log-in that a command inserts. Look-alikes: distributions have pam-auth-update and authselect for it, and
// documentation tells its reader to.
rule pam_module_put_first {
  meta:
    id = "pam-module-put-first"
    severity = "high"
    confidence = "likely"
    description = "A build or installation puts a module of its own in front of the log-in"
    reference = "https://attack.mitre.org/techniques/T1556/003/"
    date = "2026-11-30"
  strings:
    $a = /\bsed\s{1,3}(-[a-zE.]{1,6}\s{1,3}){0,3}-i[a-z.]{0,6}\s{1,3}["']\d{0,3}[ia]\\?\s{0,3}(auth|session|account)\s{1,3}(optional|sufficient|required)\s{1,3}[\w\/.$(){}-]{1,60}\.so/
    $b = /(auth|session)\s{1,3}(optional|sufficient)\s{1,3}[\w\/.$(){}-]{1,60}\.so[^\n]{0,40}(>>|tee -a)\s?["']?[^\n]{0,40}\/pam\.d\//
    $d = /pam\.d\//
  condition:
    filesize < 100KB and $d and ($a or $b)
}

// Log-ins that are tried at addresses that are made up, and what opens goes to somebody: no fleet is drawn by chance.
rule ssh_guesses_told {
  meta:
    id = "ssh-guesses-told"
    severity = "high"
    confidence = "certain"
    description = "Passwords are tried by SSH at random addresses, and what works is sent to somebody"
    reference = "https://socket.dev/blog/malicious-go-module-disguised-as-ssh-brute-forcer"
    date = "2026-12-01"
  strings:
    $d = /ssh\.Di\Bal\(|SSHCl\Bient\(|asyncs\Bsh\.connect\(|Net::S\BSH\.start|ss\Bh2\.Client|sshp\Bass -p/
    $r = /rand(om)?\.(Intn|Int63n|Int31n|randint|randrange|IntN)\([^)\n]{0,12}2(23|24|54|55|56)\)|Math\.random\(\) ?\* ?25[456]|rand\(25[456]\)|\$\(\(RANDOM ?% ?25[456]/
    $s = /api\.telegram\.org\/bot|discord(app)?\.com\/api\/webhooks|http\.Post\(|requests\.post\(|http\.Get\("http/
    $p = /\bpass(wd|words?|list)?s?\b/ nocase
  condition:
    filesize < 60KB and all of them
}
