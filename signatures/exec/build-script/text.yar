// execute_process, MSBuild Exec, Gradle or Make lines with curl | sh, encoded PowerShell or base64. Look-alikes: dependency fetch with a declared archive.
rule build_script_cmake_shell {
  meta:
    id = "build-script-cmake-shell"
    severity = "high"
    confidence = "likely"
    description = "A build description runs a shell command that downloads or decodes"
    reference = "https://attack.mitre.org/techniques/T1127/"
    date = "2026-11-23"
  strings:
    $cm = /execute_process ?\( ?COMMAND[^)]{0,200}((curl|wget)[^)]{0,120}\| ?(ba)?sh|base64 (-d|--decode)|-enc(odedcommand)? |Invoke-Expression|\biex\b)/i
    $ms = /<Exec [^>]{0,60}Command="[^"]{0,200}(powershell[^"]{0,80}(-enc|-e |iex|iwr|DownloadString|DownloadFile|hidden)|curl[^"]{0,120}\| ?(ba)?sh|certutil|mshta|bitsadmin)/i
    $ut = /<UsingTask[^>]{0,200}(Roslyn)?CodeTaskFactory/
    $ut2 = /Process\.Start|WebClient|HttpClient|Assembly\.Load|VirtualAlloc/
    $mk = /\$\(shell [^)\n]{0,60}(curl|wget) [^)\n]{0,160}\| ?(ba)?sh\b|\n\t@?-?(curl|wget) [^\n]{0,60}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}[^\n]{0,80}\| ?(ba)?sh\b|\n\t@?echo [A-Za-z0-9+\/=]{24,600} ?\| ?base64 -d ?\| ?(ba)?sh/
  condition:
    ($cm or $ms or $mk or ($ut and $ut2)) and filesize < 200KB
}

// MSBuild: an inline task that a package brings fetches an assembly and runs it while something is built. Look-alikes: tasks that edit files or
// fetch a tool to disk by its name.
rule build_script_msbuild_loads {
  meta:
    id = "build-script-msbuild-loads"
    severity = "high"
    confidence = "likely"
    description = "An inline build task fetches an assembly and calls it"
    reference = "https://attack.mitre.org/techniques/T1127.001/"
    date = "2026-11-29"
  strings:
    $t = /(Roslyn)?CodeTaskFactory/
    $d = /HttpClient\b|WebClient\b|WebRequest\b|DownloadData|GetByteArrayAsync|TcpClient\b/
    $l = /Assembly\.(Load|LoadFrom|UnsafeLoadFrom)\s?\(|AppDomain\.CurrentDomain\.Load\(|Marshal\.GetDelegateForFunctionPointer/
    $i = /\.Invoke\s?\(|CreateInstance\s?\(/
  condition:
    filesize < 200KB and $t and $d and $l and $i
}

// CMake: what is fetched while a build is set up is made executable and started, or the address is spelled in numbers of letters.
// Look-alikes: modules that are fetched and included, archives that are unpacked.
rule build_script_cmake_program {
  meta:
    id = "build-script-cmake-program"
    severity = "high"
    confidence = "likely"
    description = "A CMake script fetches a program and starts it while the build is set up"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-29"
  strings:
    $d = /\bfile\s{0,4}\(\s{0,8}DOWNLOAD\b/i
    $m = /\bfile\s{0,4}\(\s{0,8}CHMOD\b[^)]{0,200}EXECUTE/i
    $x = /\bexecute_process\s{0,4}\(\s{0,8}COMMAND\s{1,8}"?\$\{/i
    $n = /\bstring\s{0,4}\(\s{0,8}ASCII\s{1,8}104\s{1,4}116\s{1,4}116\s{1,4}112\b/i
    $made = /\bstring\s{0,4}\(\s{0,8}ASCII\s{1,8}\$\{/i
    $unseen = /\bfile\s{0,4}\(\s{0,8}DOWNLOAD\s{1,8}"?\$\{/i
    $run = /\bexecute_process\s{0,4}\(\s{0,8}COMMAND[^)]{0,120}\b(sh|bash|python3?|powershell|perl)\b/i
  condition:
    filesize < 200KB and $d and ($n or ($m and $x) or ($made and $unseen and $run))
}

// Make: what is worked out while the file is read takes credentials or who the user is and sends them. Look-alikes: versions out of git.
rule build_script_make_collects {
  meta:
    id = "build-script-make-collects"
    severity = "high"
    confidence = "likely"
    description = "A makefile sends credentials or the user's identity while it is read"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-29"
  strings:
    $c = /\$\(shell\s[^\n]{0,200}(\.netrc|\.git-credentials|\.ssh\/|\.aws\/|\.npmrc|\.pypirc|\.docker\/config)[^\n]{0,300}\b(curl|wget|nc|ncat)\b/
    $i = /\$\(shell\s[^\n]{0,60}\b(hostname|whoami|id|env|printenv)\b[^\n]{0,200}\|[^\n]{0,160}\b(curl|wget)\b[^\n]{0,200}https?:/
  condition:
    filesize < 200KB and any of them
}

// The distribution that a wrapper of Gradle fetches and starts lies at a host that begins like Gradle's and is another. Look-alikes: mirrors of
// companies, whose names are their own.
rule build_script_gradle_wrapper_alike {
  meta:
    id = "build-script-gradle-wrapper-alike"
    severity = "high"
    confidence = "certain"
    description = "A wrapper of Gradle fetches its distribution from a host that only begins like Gradle's"
    reference = "https://docs.gradle.org/current/userguide/gradle_wrapper.html"
    date = "2026-12-01"
  strings:
    $a = /distributionUrl\s{0,3}=\s{0,3}https?\\?:\/\/((services|downloads|www)\.)?gradle\.org[.@-]/
    $b = /distributionUrl\s{0,3}=\s{0,3}https?\\?:\/\/(services|downloads)[.-]gradle[.-](com|net|io|dev|co|org-)/
  condition:
    filesize < 20KB and any of them
}
