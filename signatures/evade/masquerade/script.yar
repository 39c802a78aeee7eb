// evade/masquerade: script files

// exec -a or title setting with a kernel thread name. setproctitle users name their own program.
rule masquerade_kernel_thread {
  meta:
    id = "masquerade-kernel-thread"
    severity = "high"
    confidence = "likely"
    description = "Process or file takes the name of a kernel thread or system service"
    reference = "https://attack.mitre.org/techniques/T1036/004/"
    date = "2026-11-23"
  strings:
    $a = /exec\s{1,2}-a\s{1,2}["']?\[?(kworker|kthreadd|ksoftirqd|migration|systemd|sshd|rcu_sched|kswapd)/
    $b = /setproctitle\(\s?["']\[?(kworker|kthreadd|ksoftirqd|systemd|sshd|rcu_sched|kswapd|cron|svchost|apache2|\/usr\/sbin\/)/
    $c = /process\.title\s?=\s?["'`]\[?(kworker|kthreadd|systemd|sshd|svchost|explorer|chrome|cron|launchd|kswapd)["'`\]\/:]/
    $d = /prctl\(\s?(15|PR_SET_NAME)\s?,\s?b?["']\[?(kworker|kthreadd|ksoftirqd|systemd|sshd|rcu_sched)/
    $e = /argv0\s?:\s?["'`]\[?(kworker|kthreadd|systemd|sshd|svchost)/
  condition:
    any of them
}

// Dot file in temp, shm or X11 lock folder plus chmod. Browsers use /dev/shm as plain memory, never to run programs.
rule masquerade_hidden_run {
  meta:
    id = "masquerade-hidden-run"
    severity = "high"
    confidence = "likely"
    description = "A file is dropped under a hidden or memory path, made executable and started"
    reference = "https://attack.mitre.org/techniques/T1564/001/"
    date = "2026-11-23"
  strings:
    $a = /chmod\s[^\n]{0,12}(\+x|7[0-7]{2})\s[^\n]{0,20}(\/de[vV]\/shm\/|\/tmp\/\.|\/va\Br\/tm\Bp\/\.|\/\brun\/user\/\d+\/\.)[\w.\/-]{1,60}/
    $b = /(chmod(Sync)?)\([^\n]{0,10}["'`](\/dev\/shm\/|\/tmp\/\.|\/var\/tmp\/\.)[\w.\/-]{1,60}["'`]\s?,\s?(0o?)?[75]/
    $c = /["'`](\/dev\/shm\/\.?|\/tmp\/\.|\/var\/tmp\/\.)[\w.\/-]{1,60}["'`]/
    $d = /chmod(Sync)?\(\s?\w{1,30}\s?,\s?["'`]?(0o?7|0o?5|493|511|stat\.S_I)/
    $e = /\b(spawn|execFile|Popen|subprocess\.(run|call)|os\.system|exec)(Sync)?\(/
  condition:
    filesize < 80KB and (any of ($a,$b) or ($c and $d and $e))
}

// A script that does nothing but send a page to a fixed address, with the mail address of somebody behind it: who follows the link
// in a mail is to find the log-in filled in. Look-alikes: pages that have moved go to their new place, and name nobody.
rule page_redirects_with_mail {
  meta:
    id = "page-redirects-with-mail"
    severity = "high"
    confidence = "likely"
    description = "A script only sends a page to a fixed address, with somebody's mail address in it"
    reference = "https://socket.dev/blog/175-malicious-npm-packages-host-phishing-infrastructure"
    date = "2026-12-01"
  strings:
    $e = /mail\s{0,2}[=:]\s{0,2}["'`][\w.+-]{1,64}@[\w.-]{3,80}["'`]/
    $u = /["'`]https?:\/\/[^"'`\s]{6,200}[#?&=]["'`]/
    $l = /location(\.href)?\s{0,2}=\s{0,2}[\w"'`]|location\.(replace|assign)\(/
  condition:
    filesize < 3KB and all of them
}
