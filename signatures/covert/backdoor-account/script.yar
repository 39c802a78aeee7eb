// A literal compared with a request header, cookie or parameter, then admin rights, next() or exec. Web-hook handlers compare with a
// configured secret.
rule backdoor_account_magic_header {
  meta:
    id = "backdoor-account-magic-header"
    severity = "high"
    confidence = "likely"
    description = "Fixed header or query value opens an authorised session or runs input"
    reference = "https://attack.mitre.org/techniques/T1556/"
    date = "2026-11-23"
  strings:
    $a = /(headers\[|heade\Brs\.get\(|cookies\[|cookies\.get\(|\.header\(|\.query\[|\.query\.get\(|\.\bparams\[|\.\bpara\Bms\.get\(|\.\bargs\[|\.\bargs\.get\()["'`][A-Za-z_-]{2,40}["'`](\]|\))\s{0,3}===?\s{0,3}["'`][^"'`\n]{2,60}[0-9A-Z!@#$%^&*][^"'`\n]{2,60}["'`]/
    $a2 = /(headers\.|coo\Bki\Bes\.|query\.|params\.)[A-Za-z_]{2,40}\s{0,3}===\s{0,3}["'`][^"'`\n]{2,60}[0-9A-Z!@#$%^&*][^"'`\n]{2,60}["'`]/
    $b = /["'] ?== ?reque\Bst\.(headers|args|cookies|form)/
    $r1 = "isAdmin = true"
    $r2 = "isAdmin: true"
    $r3 = "is_admin = True"
    $r4 = "is_admin=True"
    $r5 = "is_superuser"
    $r6 = "uthenticated = true"
    $r7 = "uthenticated = True"
    $r8 = "horized = true"
    $r9 = "role = \"admin\""
    $r10 = "role = 'admin'"
    $r11 = "role: \"admin\""
    $r12 = "role: 'admin'"
    $r13 = "execSync("
    $r14 = "os.system("
    $r15 = "subprocess."
    $r16 = "eval("
    $r17 = "eateSession"
    $r18 = "login_user("
    $r19 = "jwt.sign("
    $r20 = "session["
    $q1 = "return next()"
    $q2 = "urn True"
    $q3 = "urn true"
    $q4 = "next();"
    $q5 = "urn await next"
    $q6 = "call_next("
    $q7 = "return func("
    $q8 = "urn f("
    $k1 = "describe("
    $k2 = "pytest"
    $k3 = "unittest"
    $k4 = "ertest"
  condition:
    filesize < 200KB and not any of ($k*) and for any of ($a, $a2, $b) : ( $ and for any i in (1..8) : ( any of ($r*) in (@[i]..@[i]+250) or any of ($q*) in (@[i]..@[i]+150) ))
}

// An or-branch in a password check with a literal, or a digest of the password compared with a constant. Fixtures and samples define
// users in tables instead.
rule backdoor_account_master_password {
  meta:
    id = "backdoor-account-master-password"
    severity = "high"
    confidence = "likely"
    description = "Login check also accepts a built-in password or digest"
    reference = "https://attack.mitre.org/techniques/T1078/001/"
    date = "2026-11-23"
  strings:
    $a = /\|\| ?\(?(req\.body\.)?(password|passwd|pwd|pass|otp|pin) ?===? ?["'`][^"'`\n]{6,64}["'`]/
    $b = / or \(?(password|passwd|pwd|pass|otp|pin) ?== ?["'][^"'\n]{6,64}["']/
    $b2 = /(password|passwd|pwd|pass|\bpw) ?== ?["'][^"'\n]{8,64}["'] or \w/
    $b3 = /(password|passwd|pwd|pass|\bpw) ?===? ?["'`][^"'`\n]{8,64}["'`] ?\|\|/
    $c = /createHash\(["'`](md5|sha1|sha256|sha512)["'`]\)\.update\([^)\n]{0,24}([pP]assword|passwd|pwd|[tT]oken)[^)\n]{0,24}\)\.digest\(["'`](hex|base64)["'`]\)\s{0,2}===?\s{0,2}["'`][A-Za-z0-9+\/=]{24,128}["'`]/
    $d = /hashlib\.(md5|sha1|sha256|sha512)\([^)\n]{0,24}([pP]assword|passwd|pwd|token)[^)\n]{0,24}(\([^)]{0,10}\))?\)\.hexdigest\(\)\s{0,2}==\s{0,2}["'][0-9a-f]{32,128}["']/
    $e = /(MASTER|BACKDOOR|MAGIC|GOD|master|backdoor|magic|god)_?(PASSWORD|PASS|TOKEN|KEY|password|pass|token|Password|Token)\s{0,3}=\s{0,3}["'`][^"'`\n]{6,64}["'`]/
    $e2 = /(===?|==|compare\(|compare_digest\(|equals\() ?\w{0,12}[, ]{0,2}(MASTER|BACKDOOR|MAGIC|GOD|master|backdoor|magic|god)_?(PASSWORD|PASS|TOKEN|KEY|password|pass|token|Password|Token)\b/
    $l1 = "login"
    $l2 = "uthenticate"
    $l3 = "ignin"
    $l4 = "ign_in"
    $l5 = "erify"
    $l6 = "lidate"
    $l7 = "auth"
    $l8 = "check"
    $k1 = "describe("
    $k2 = "pytest"
    $k3 = "unittest"
    $k4 = "jest"
  condition:
    filesize < 200KB and any of ($l*) and not any of ($k*) and ( any of ($a, $b, $b2, $b3, $c, $d) or ($e and $e2) )
}

// Classic planted login of web scripts: compare, then eval, system or a session.
rule backdoor_account_php {
  meta:
    id = "backdoor-account-php"
    severity = "high"
    confidence = "likely"
    description = "Request parameter with a fixed value or digest leads to command or code execution"
    reference = "https://attack.mitre.org/techniques/T1505/003/"
    date = "2026-11-23"
  strings:
    $a = /\$_(GET|POST|REQUEST|COOKIE|SERVER)\[[^\]]{1,40}\]\s{0,2}\)?\s{0,2}===?\s{0,2}["'][^"'\n]{5,80}["']/
    $x1 = "eval("
    $x2 = "system("
    $x3 = "shell_exec("
    $x4 = "passthru("
    $x5 = "assert("
    $x6 = "proc_open("
    $x7 = "popen("
    $x8 = "base64_decode("
    $x9 = "te_function("
    $s = /\$_SESSION\[["'](admin|user|logged|auth|role|is_admin|login)[^\]]{0,16}\]\s{0,2}=/
  condition:
    filesize < 400KB and $a and for any i in (1..12) : ( any of ($x*) in (@a[i]..@a[i]+250) or $s in (@a[i]..@a[i]+200) )
}

// A name and a password that stand beside each other in one condition, and rights behind it. Demonstrations have words for passwords.
rule backdoor_account_fixed_login {
  meta:
    id = "backdoor-account-fixed-login"
    severity = "high"
    confidence = "likely"
    description = "A name and a password that stand in the code open a session with rights"
    reference = "https://attack.mitre.org/techniques/T1078/001/"
    date = "2026-11-29"
  strings:
    $a = /\b(user|username|name|login|email|account)\w{0,8} ?===? ?["'`][^"'`\n]{2,40}["'`] ?(&&|and) ?(password|passwd|pwd|pass|secret)\w{0,8} ?===? ?["'`][^"'`\n]{0,40}[0-9][^"'`\n]{0,40}[!@#$%^&*?_~][^"'`\n]{4,40}["'`]/
    $b = /\b(user|username|name|login|email|account)\w{0,8} ?===? ?["'`][^"'`\n]{2,40}["'`] ?(&&|and) ?(password|passwd|pwd|pass|secret)\w{0,8} ?===? ?["'`][^"'`\n]{0,40}[!@#$%^&*?_~][^"'`\n]{0,40}[0-9][^"'`\n]{4,40}["'`]/
    $r = /admin|root|superuser|isStaff|is_staff|owner|session|authenticated/
    $k1 = "describe("
    $k2 = "pytest"
    $k3 = "unittest"
    $k4 = "example.com"
  condition:
    filesize < 200KB and not any of ($k*) and for any of ($a, $b) : ( $ and for any i in (1..4) : ( $r in (@[i]..@[i]+260) ))
}

// The word stands in no file; who knows it is let in without an account. Look-alikes: tokens of an API are compared with what a data base or the
// settings say.
rule backdoor_account_digest_logs_in {
  meta:
    id = "backdoor-account-digest-logs-in"
    severity = "high"
    confidence = "likely"
    description = "A page logs a visitor in when the digest of something they sent is a constant"
    reference = "https://attack.mitre.org/techniques/T1136/"
    date = "2026-11-30"
  strings:
    $d = /(hash\(\s?["']sha(256|1|512)["']\s?,|\bmd5\(|\bsha1\()/
    $k = /["'][0-9a-f]{64}["']|["'][0-9a-f]{40}["']|["'][0-9a-f]{32}["']/
    $c = /hash_equals\(|===?\s?(self::|static::|\$this->|["'][0-9a-f]{32})|!==?\s?["'][0-9a-f]{32}/
    $r = /->header\(\s?["']|\$_(GET|POST|COOKIE|REQUEST)\[|\$_SERVER\[\s?["']HTTP_|->(input|cookie)\(\s?["']/
    $l = /Auth::(setUser|login|loginUsingId|onceUsingId)\(|wp_set_(auth_cookie|current_user)\(|\$_SESSION\[\s?["'](role|is_admin|admin|user(_id)?)["']\s?\]\s?=\s?(["']admin|1|true)|->setUser\(\s?new/
    $p = /password_verify\(|wp_check_password\(|Hash::check\(|->where\(|config\(\s?["']|getenv\(|env\(\s?["']/
  condition:
    filesize < 60KB and $d and $k and $c and $r and $l and (not $p or #k > 0 and for any i in (1..#l) : ( $c in (@l[i]-500..@l[i]) ))
}

// An administrator is made, and taken out of the list of users and of what is counted there. Plug-ins that make one show it; those that hide
// somebody from a list make nobody.
rule backdoor_account_hidden_admin {
  meta:
    id = "backdoor-account-hidden-admin"
    severity = "high"
    confidence = "certain"
    description = "An administrator is made and taken out of the list of users"
    reference = "https://attack.mitre.org/techniques/T1136/001/"
    date = "2026-12-01"
  strings:
    $m = /wp_cre\Bate_user ?\(|wp_ins\Bert_user ?\(/
    $r = /["']admin\Bistrator["']/
    $q = /pre_us\Ber_query|views_us\Bers|users_list_ta\Bble_query_args/
    $h = /\bID ?(<>|!=|NOT IN)|total_us\Bers["'] ?\] ?- ?1|['"]exclude['"] ?\]? ?=/
  condition:
    filesize < 200KB and all of them
}

// WordPress: code makes an administrator and takes accounts out of the list of users, or corrects its count. Look-alikes: hosters and plug-ins for
// memberships make accounts, others hide some from editors; nobody needs both but who is not to be seen.
rule backdoor_account_wordpress_hidden {
  meta:
    id = "backdoor-account-wordpress-hidden"
    severity = "critical"
    confidence = "likely"
    description = "A plug-in makes an administrator and hides accounts from the list of users"
    reference = "https://attack.mitre.org/techniques/T1136/"
    date = "2026-12-01"
  strings:
    $make = /\bwp_(create|insert)_user\s?\(/
    $role = /(set_role|add_role|'role'\s?=>|"role"\s?=>)\s?\(?\s?["']administrator["']/
    $hide = /["']pre_user_query["']|["']pre_get_users["']|["']users_list_table_query_args["']/
    $where = /user_login\s?(!=|<>|NOT )|'exclude'|"exclude"|login__not_in|query_where/
    $count = /["']views_users["']/
  condition:
    filesize < 200KB and $make and $role and (($hide and $where) or $count)
}
