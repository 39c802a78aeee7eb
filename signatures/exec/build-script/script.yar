// build.rs that runs curl/sh/powershell or opens a connection with data of the user. Look-alikes: -sys crates call cmake, make and pkg-config.
rule build_script_rs_fetch {
  meta:
    id = "build-script-rs-fetch"
    severity = "high"
    confidence = "likely"
    description = "A Cargo build script starts a shell, a downloader or reads secrets and connects"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $m = /fn m\Bain ?\(\)/
    $b = /ca\Brgo:+(rerun-if|rustc-|warning)|OUT_DIR|CARGO_MANIFEST_DIR|CARGO_PKG/
    $x = /Command::new ?\( ?"(curl|wget|powershell|powershell\.exe|bash|sh|cmd|python3?|nc)" ?\)[^;]{0,300}(http|base64|\| ?sh|iwr|\/dev\/tcp)/
    $s = /(\.ssh|\.aws|\.cargo\/credentials|\.npmrc|id_rsa|\.\bconfig\/solana|\.env)\b/
    $n = /TcpStream::connect|reqwest::|ureq::|attohttpc|minreq|UdpSocket/
  condition:
    $m and $b and ($x or ($s and $n)) and filesize < 60KB
}

// extconf.rb with a shell download, eval of fetched text or a request carrying host data. Look-alikes: mini_portile recipes, which check a digest.
rule build_script_rb_extconf {
  meta:
    id = "build-script-rb-extconf"
    severity = "high"
    confidence = "likely"
    description = "A gem extension build script fetches, evaluates or sends data"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $m = /req\Buire ["']mkmf["']|create\B_makefile/
    $x = /(system|exec|`|%x[({]) ?\(? ?["']?(curl|wget|powershell|bash -c|nslookup)\b|eval ?\(? ?(Net::HTTP|URI|open|Base64)/
    $n = /Net::HTTP\.(post|get|start)|TCPSocket|URI\.open|open-uri/
    $i = /Socket\.gethostname|ENV\.to_h|ENV\.each|Etc\.getlogin|whoami/
  condition:
    $m and ($x or ($n and $i)) and filesize < 60KB
}

// sed/tr/head over a file, a decompressor, then sh: the stage of the xz tarball. Autotools boilerplate never runs what it decompresses.
rule build_script_test_blob {
  meta:
    id = "build-script-test-blob"
    severity = "critical"
    confidence = "certain"
    description = "A build file decompresses a disguised data file and pipes it to a shell"
    reference = "https://www.openwall.com/lists/oss-security/2024/03/29/4"
    date = "2026-11-23"
  strings:
    $a = /\| ?tr [^\n|]{2,120}\| ?(xz|gzip|bzip2|unxz|gunzip|zcat|lzma)( -\w{1,4}){0,3}[^\n|]{0,30}\| ?(\/bin\/)?(ba|da)?sh\b/
    $b = /\| ?eval ["']?\$\w{1,40} ?\| ?\$[\w\[\]$]{1,40} -d( 2>\/dev\/null)?/
    $c = /\(head -c \+?\d{3,5} ?> ?\/dev\/null\) ?&& ?head -c \+?\d{3,5}/
    $d = /(xz -d|gzip -d|bzip2 -d)c?[^\n|]{0,80}(te\wts?|fixtures?|te\wtdata)\/[^\n|]{0,60}\| ?(\/bin\/)?(ba|da)?sh\b/
    $e = /\| ?(xz|gzip|bzip2|unxz|gunzip|zcat|lzma)( -\w{1,4}){0,3}( 2> ?\/dev\/null)?( ?\| ?(head|tail|tr|sed|dd|cut)\b[^\n|]{0,40}){1,4}\| ?(\/bin\/)?(ba|da)?sh\b/
  condition:
    any of them
}

// commandLine "sh","-c","curl ... | sh" or "...".execute() with a fetch. Look-alikes: git describe and npm calls.
rule build_script_gradle {
  meta:
    id = "build-script-gradle"
    severity = "high"
    confidence = "likely"
    description = "A Gradle or CMake script starts a shell with a download or decoded command"
    reference = "https://attack.mitre.org/techniques/T1127/"
    date = "2026-11-23"
  strings:
    $a = /commandLine ?\(? ?["'](ba|z)?sh["'], ?["']-c["'], ?["'][^"'\n]{0,160}(curl|wget|base64 (-d|--decode))/
    $b = /["'](curl|wget|powershell|bash -c)[^"'\n]{4,200}["']\.execut\Be\(\)/
    $c = /commandLine ?\(? ?["'](powershell|cmd)(\.exe)?["'][^\n]{0,120}(-enc|iwr|Invoke-WebRequest|DownloadString|certutil|hidden)/i
  condition:
    any of them and filesize < 200KB
}

// Gradle: a class is loaded from an address or from one that is spelled in numbers, past the repositories and their digests. Look-alikes:
// scripts that load a jar of the project itself.
rule build_script_gradle_classloader {
  meta:
    id = "build-script-gradle-classloader"
    severity = "high"
    confidence = "likely"
    description = "A build script loads classes from an address, past its repositories"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-28"
  strings:
    $c = /\bURLClassLoader\b/
    $l = /\.loadClass\(|Class\.forName\(|\.newInstance\(/
    $g = /\b(gradle|project|settings|rootProject)\.\w|\bapply (from|plugin):|\btasks?\.(register|create)\(/
    $n = /[\[(]\s*(\d{2,3},\s*){12,200}\d{2,3}/
    $u = /new URL\(\s?["']https?:|URI\.create\(\s?["']https?:|\.toURL\(\)[^\n]{0,40}https?:/
    $j = /\bpublic (final )?(class|interface|enum) \w/
  condition:
    filesize < 100KB and $c and $l and $g and ($n or $u) and not $j
}

// Gradle: a script of the user's Gradle home is written out of a download, or its properties (which hold keys of repositories) are sent.
// Look-alikes: scripts that read their own project's properties, and plugins that download tools into the build folder.
rule build_script_gradle_home {
  meta:
    id = "build-script-gradle-home"
    severity = "high"
    confidence = "likely"
    description = "A build script plants or sends what is in the user's Gradle home"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-29"
  strings:
    $h = /gradleUserHomeDir|GRADLE_USER_HOME|user\.home['"]\)[^\n]{0,30}\.gradle|['"\/]\.gradle\//
    $i = /init\.d\/|init\.gradle/
    $u = /new URL\([^\n]{0,200}\)\.(text|bytes|getText|readBytes|readText|openStream|openConnection)|URI\([^\n]{0,200}\)\.toURL\(\)|HttpClient\b/
    $w = /\.(text|bytes)\s*=|\.(write|setText|writeText|writeBytes|append)\s*\(?|<<|Files\.(write|copy)/
    $p = "gradle.properties"
    $s = /outputStream\b|doOutput|\.POST\b|BodyPublishers/
  condition:
    filesize < 100KB and $h and $u and (($i and $w) or ($p and $s))
}

// A build script that posts with a downloader, or has a shell run a file that it put together of numbers. Honest ones fetch with digests, and run
// compilers.
rule build_script_rs_posts {
  meta:
    id = "build-script-rs-posts"
    severity = "high"
    confidence = "likely"
    description = "A Cargo build script hands data to a downloader, or runs a file that it decodes"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-29"
  strings:
    $m = /fn m\Bain ?\(\)/
    $b = /ca\Brgo:+(rerun-if|rustc-|warning)|OUT_DIR|CARGO_MANIFEST_DIR|CARGO_PKG/
    $p = /Command::new\(\s{0,8}"(curl|wget|curl\.exe)"\s{0,4}\)[^;]{0,300}("--data[a-z-]{0,12}"|"-d"|"-F"|"-T"|"--form"|"--upload-file"|"--post-(data|file)[="]|"POST")/
    $s = /Command::new\(\s{0,8}"(\/bin\/)?(ba|da|z)?sh"\s{0,4}\)\s{0,40}\.arg\(\s{0,8}&?[a-z_]{1,40}\s{0,4}\)/
    $w = /fs::write\(|File::create\(/
    $x = /\^ ?\(?[A-Za-z_&(]|wrapping_(add|sub|mul)\(|from_str_radix\(/
  condition:
    $m and $b and filesize < 60KB and ($p or ($s and $w and $x))
}

// The filter is evaluated so that it does not show what it is for. Look-alikes: none known; self-extracting installers name their programs.
rule build_script_filter_in_variable {
  meta:
    id = "build-script-filter-in-variable"
    severity = "high"
    confidence = "likely"
    description = "A build file takes bytes out of a data file, puts them through a filter that stands in a variable, and unpacks them"
    reference = "https://www.openwall.com/lists/oss-security/2024/03/29/4"
    date = "2026-11-30"
  strings:
    $a = /\b(tail|head|dd|sed)\s[^\n|]{2,120}\|\s?eval\s["']?\$\{?\w{1,40}\}?["']?\s?\|\s?(xz|gzip|bzip2|lzma|zstd|unxz|gunzip|\$\w{1,30})\s?(-\w{1,4}\s?){0,3}/
  condition:
    filesize < 200KB and $a
}

// Every byte of a file is exchanged for another one before it is unpacked: the archive in it is hidden from whoever looks at the file, as
// in the tarball of xz 5.6. Look-alikes: letters outside ASCII that are taken out of a text before it is compressed.
rule build_script_swapped_bytes {
  meta:
    id = "build-script-swapped-bytes"
    severity = "high"
    confidence = "certain"
    description = "A build file exchanges all bytes of a file for others and unpacks what comes out"
    reference = "https://www.openwall.com/lists/oss-security/2024/03/29/4"
    date = "2026-11-30"
  strings:
    $t = /\| ?tr [^\n|]{2,120}\| ?((xz|gzip|bzip2|lzma|zstd) -\w{0,2}d|unxz|gunzip|bunzip2|zcat|xzcat)/
    $o = /\\[0-7]{1,3}-\\377/
  condition:
    filesize < 200KB and $t and $o
}

// A macro looks through the tree for a file by a mark in it, decodes it and has a shell run the result, as in the tarball of xz 5.6.
// Look-alikes: macros that evaluate sed programs on paths, which look for no file and start no shell.
rule build_script_marked_blob {
  meta:
    id = "build-script-marked-blob"
    severity = "critical"
    confidence = "certain"
    description = "A build macro finds a marked file in the tree, decodes it and has a shell run it"
    reference = "https://www.openwall.com/lists/oss-security/2024/03/29/4"
    date = "2026-12-01"
  strings:
    $run = /\beval ["']?\$\w{1,40}["']? ?\| ?(\$SHELL|\$\{SHELL\}|\$CONFIG_SHELL|(\/bin\/)?(ba|da)?sh)\b/
    $find = /`\s?e?grep -[a-zA-Z]{0,8}[rRl][^\n`]{1,120}\$\{?(ac_top_|top_)?(abs_)?srcdir/
    $code = /(base64 -(d|D|-decode)|xz -d|gzip -d|gunzip|bzip2 -d|uudecode|openssl enc -d)/
  condition:
    filesize < 200KB and all of them
}
