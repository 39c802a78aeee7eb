// pam_sm_authenticate in a module that formats user and password into a file or send buffer. Honest modules pass the password on
// and never print it.
rule auth_path_touch_pam_password {
  meta:
    id = "auth-path-touch-pam-password"
    severity = "high"
    confidence = "likely"
    description = "Login module with a fixed password or a credential log"
    reference = "https://attack.mitre.org/techniques/T1556/003/"
    date = "2026-11-23"
  strings:
    $p = "pam_sm_authenticate" fullword
    $f1 = /(user(name)?|login|usr)[ =:]{0,3}%s[^\x00]{0,24}(pass(word|wd)?|pwd?)[ =:]{0,3}%s/ nocase
    $f2 = /%s[:|;, ]%s\n?\x00/
    $f3 = /(magic|master|backdoor)[_-]?(pass(word|wd)?|pw|key)\x00/ nocase
    $t1 = "/tmp/"
    $t2 = /\/var\/(tmp|log|lib|run)\/\.[a-z]/
    $t3 = "/dev/shm/"
    $t4 = "connect" fullword
    $t5 = "curl_easy_perform"
  condition:
    uint32(0) == 0x464c457f and filesize < 500KB and $p and ( $f1 or $f3 or ($f2 and any of ($t*)) )
}

// OpenSSH sources have no format that prints a password; trojaned servers and clients add one, or a hidden file to keep it.
rule auth_path_touch_ssh_log {
  meta:
    id = "auth-path-touch-ssh-log"
    severity = "high"
    confidence = "likely"
    description = "SSH program with a credential log format or a hidden file of its own"
    reference = "https://attack.mitre.org/techniques/T1556/"
    date = "2026-11-23"
  strings:
    $s1 = "SSH-2.0-OpenSSH"
    $s2 = "mm_answer_authpassword"
    $s3 = "sshpam_auth_passwd"
    $s4 = "userauth_passwd"
    $s5 = "%.200s@%.200s's password: "
    $f1 = /(user(name)?|login|usr|id)[ =:+]{0,3}%s[^\x00]{0,24}(pass(word|wd)?|pwd?)[ =:+]{0,3}%s/ nocase
    $f2 = /(pass_?from|pass_?to|sshpass|password log)[^\x00]{0,20}%s[^\x00]{0,20}%s/ nocase
    $s6 = "userauth-request for user %s service %s method %s"
    $s7 = "Privilege separation user %s does not exist"
    $pw = "backdoor" nocase
    // Sockets of X11 and ICE begin with those letters.
    $h = /\/tmp\/\.[A-HJ-WYZa-z][A-Za-z0-9_]{2,30}/
    $h2 = /\/dev\/shm\/\.?[A-Za-z][A-Za-z0-9_]{2,30}/
  condition:
    uint32(0) == 0x464c457f and filesize < 6MB and 2 of ($s*) and any of ($f1, $f2, $pw, $h, $h2)
}

// A passwd line with uid 0 and a shell other than root's own, beside the file it goes into.
rule auth_path_touch_root_account {
  meta:
    id = "auth-path-touch-root-account"
    severity = "high"
    confidence = "likely"
    description = "Program carries a ready account line with user id 0 or a password-free sudo line"
    reference = "https://attack.mitre.org/techniques/T1136/001/"
    date = "2026-11-23"
  strings:
    $l = /\x00\n?[a-z_][a-z0-9_]{0,15}:[^:\x00\n]{0,60}:0:0:[^:\x00\n]{0,30}:\/[a-z\/]{0,20}:\/bin\/(ba)?sh/
    $r = /\x00\n?root:[^:\x00\n]{0,60}:0:0:/
    $l2 = /%s:[^:\x00\n]{0,40}:0:0:[^:\x00\n]{0,30}:\/[a-z\/]{0,20}:\/bin\/(ba)?sh/
    $p = "/etc/passwd"
    $sd = /[a-z%][a-z0-9_%]{0,15}[ \t]ALL=\(ALL(:ALL)?\)[ \t]{0,2}NOPASSWD: ?ALL/
    $sf = "/etc/sudoers"
    $w1 = "fopen"
    $w2 = "open" fullword
    $w3 = "system" fullword
  condition:
    uint32(0) == 0x464c457f and filesize < 3MB and ( (($l and not $r) or $l2) and $p or ($sd and $sf) ) and any of ($w*)
}

// A key compiled into a program that also names authorized_keys is planted access. Provisioning agents receive keys at run time.
rule auth_path_touch_authorized_key {
  meta:
    id = "auth-path-touch-authorized-key"
    severity = "high"
    confidence = "likely"
    description = "Program holds a complete public SSH key and the authorized_keys path"
    reference = "https://attack.mitre.org/techniques/T1098/004/"
    date = "2026-11-23"
  strings:
    $k = /(ssh-rsa AAAAB3NzaC1yc2E[A-Za-z0-9+\/]{60}|ssh-ed25519 AAAAC3NzaC1lZDI1NTE5[A-Za-z0-9+\/]{30})/
    $a = ".ssh/authorized_keys"
    $t = "ssh_test_"
    $o = "OpenSSH_"
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 20MB and $k and $a and not $t and not $o and #k < 4
}

// display dialog with hidden answer, or dscl -authonly with a placeholder, inside a compiled program: the system has its own
// authorisation prompt, so honest installers do not collect the password themselves.
rule auth_path_touch_macos_dialog {
  meta:
    id = "auth-path-touch-macos-dialog"
    severity = "high"
    confidence = "likely"
    description = "Mac program shows its own password dialog through AppleScript or tests the password with dscl"
    reference = "https://attack.mitre.org/techniques/T1056/002/"
    date = "2026-11-23"
  strings:
    $d = /display dialog [^\x00]{0,600}(hidden answer|with hidden)/
    $d2 = /display dialog \\?"[^\x00]{0,200}(password|Passwort|contrase)/ nocase
    $o = "osascript"
    $h = "hidden answer"
    $a = /dscl [^\x00\n]{1,40}-?authonly /
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and ( $d or ($h and $o) or ($d2 and $o) or $a )
}

// The keychain file or the security command together with store paths of other products and a way out. Password managers use
// the Security framework, not the database file.
rule auth_path_touch_macos_keychain {
  meta:
    id = "auth-path-touch-macos-keychain"
    severity = "high"
    confidence = "likely"
    description = "Mac program reads the login keychain and browser or wallet stores"
    reference = "https://attack.mitre.org/techniques/T1555/001/"
    date = "2026-11-23"
  strings:
    $k1 = "login.keychain-db"
    $k2 = /security[^\x00\n]{0,20}find-(generic|internet)-password/
    $k3 = "dump-keychain"
    $b1 = /Application Support\/(Google\/Chrome|BraveSoftware|Firefox|Microsoft Edge|com\.operasoftware|Vivaldi|Coinomi|Exodus|atomic|Ledger Live|Binance|Electrum)/
    $b2 = "Login Data"
    $b3 = "key4.db"
    $b4 = "formhistory.sqlite"
    $b5 = "exodus.wallet"
    $b6 = "Cookies.binarycookies"
    $b7 = "NoteStore.sqlite"
    $n = /https?:\/\/[0-9]{1,3}(\.[0-9]{1,3}){3}/
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and filesize < 20MB and ( ($k1 and any of ($b*)) or (any of ($k*) and $n) or (any of ($k2, $k3) and 2 of ($b*)) )
}

// The prompt of another program, word for word, beside that program's path: who asks for the password is not who it is for.
// Front ends have sudo ask through a helper, with a prompt of their own; sudo itself knows its policy file.
rule auth_path_touch_sudo_prompt {
  meta:
    id = "auth-path-touch-sudo-prompt"
    severity = "high"
    confidence = "likely"
    description = "Program shows the prompt of sudo itself and knows where sudo is"
    reference = "https://attack.mitre.org/techniques/T1056/"
    date = "2026-11-27"
  strings:
    $p = "[sudo] password"
    $b = "/usr/bin/sudo" fullword
    $g1 = "getpass" fullword
    $g2 = "tcsetattr" fullword
    $g3 = "readpassphrase" fullword
    $s = "sudoers"
  condition:
    uint32(0) == 0x464c457f and filesize < 2MB and $p and $b and any of ($g*) and not $s
}

// A program tries a password against the account that runs it, which the system's own prompt does for everybody who asks it to,
// and can send what was right. Known uses: stealers that ask for the password until it is one. Agents that manage logins use the
// directory service, and talk through the system's own loader of addresses.
rule auth_path_touch_macos_password_tried {
  meta:
    id = "auth-path-touch-macos-password-tried"
    severity = "high"
    confidence = "likely"
    description = "Mac program tries the user's password itself, runs commands and sends to a server"
    reference = "https://attack.mitre.org/techniques/T1056/002/"
    date = "2026-11-28"
  strings:
    $t = "_CSIdentityAuthenticateUsingPassword"
    $n1 = "_curl_easy_perform"
    $n2 = "_sendto"
    $r1 = "_popen"
    $r2 = "_system"
    $r3 = "NSAppleScript"
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and $t and any of ($n*) and any of ($r*)
}
