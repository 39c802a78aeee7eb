// The line form of a .pth payload: "import a, b; exec(base64...)" as first bytes of a small file. setuptools, coverage and nspkg lines
// set a path or import a finder; they neither decode nor open URLs.
rule pth_startup_code_line {
  meta:
    id = "pth-startup-code-line"
    severity = "critical"
    confidence = "certain"
    description = "A one-line start-up import executes decoded or fetched code"
    reference = "https://archon-eight.vercel.app/war-room/litellm-supply-chain-2026"
    date = "2026-11-23"
  strings:
    $a = /import [\w, .]{1,80}; ?[^\n]{0,200}(exec|eval|Popen|run|call|system|check_output)[^\n]{0,60}(b64decode ?\(|zlib\.decompress ?\(|marshal\.loads ?\(|urlopen ?\(|requests\.get ?\(|bytes\.fromhex ?\(|unhexlify ?\()/
  condition:
    uint32(0) == 0x6F706D69 and filesize < 64KB and $a at 0
}

// The weaker form: first bytes "import x; subprocess..." of a small file. Look-alikes: one-line test scripts.
rule pth_startup_spawn_line {
  meta:
    id = "pth-startup-spawn-line"
    severity = "high"
    confidence = "likely"
    description = "A one-line start-up import starts a process, opens a URL or loads a library"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /import [\w, .]{1,80}; ?[^\n]{0,200}(subprocess\.(Popen|run|call|check_output)|os\.system ?\(|os\.popen ?\(|urlopen ?\(|requests\.(get|post) ?\(|urlretrieve ?\(|b64decode ?\(|ctypes\.(CDLL|windll|cdll)|socket\.socket|runpy\.run_path|exec ?\( ?open)/
    $b = /[ \t\r]import [\w, .]{1,80}; ?exec\( ?__import\B__\(/
  condition:
    filesize < 64KB and ($a at 0 or $b at 0)
}

// First bytes "import x; exec(" in a small file. Look-alikes: pytest-cov and coverage start-up lines, namespace package lines.
rule pth_startup_exec_line {
  meta:
    id = "pth-startup-exec-line"
    severity = "medium"
    confidence = "likely"
    description = "A one-line start-up import executes text"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /import [\w, .]{1,80}; ?[^\n]{0,200}\b(exec|eval|__import__|compile) ?\(/
  condition:
    uint32(0) == 0x6F706D69 and filesize < 64KB and $a at 0
}

// The same where what is executed stands in a variable: it comes from elsewhere, and not out of the line. Look-alikes: none known; lines that start
// the measuring of coverage hold what they execute.
rule pth_startup_exec_variable {
  meta:
    id = "pth-startup-exec-variable"
    severity = "high"
    confidence = "likely"
    description = "A one-line start-up import executes what it has from elsewhere"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-12-01"
  strings:
    $a = /import [\w, .]{1,80}; ?[^\n]{0,600}\b(exec|eval) ?\( ?(compile ?\( ?)?[A-Za-z_]\w{0,30} ?[,)]/
  condition:
    uint32(0) == 0x6F706D69 and filesize < 64KB and $a at 0
}

// A .pth with an import line makes every interpreter start run it. Look-alikes: editable installers (setuptools, flit, uv) write paths, not import statements.
rule pth_startup_written {
  meta:
    id = "pth-startup-written"
    severity = "medium"
    confidence = "likely"
    description = "Code writes an executable line into a .pth file"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $p = /\.pth['"]/
    $w = /(write|write_text|writelines) ?\( ?f?[bru]{0,2}["']{1,3}import [\w, .]{1,60}(;|["'\\]|\n)/
    $s = /getsitepackages|getusersitepackages|site-packages|purelib|USER_SITE/
    $x = /exec\(|b64decode|subprocess|urlopen|os\.system|req[uU]ests\./
  condition:
    all of them and filesize < 60KB
}

// data_files or a build step placing a .pth at the root of site-packages. Look-alikes: coverage plug-ins and distutils-precedence, a handful of known projects.
rule pth_startup_data_file {
  meta:
    id = "pth-startup-data-file"
    severity = "high"
    confidence = "likely"
    description = "A setup script installs a .pth file to the interpreter root"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $s = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $d = /data_files ?= ?\[ ?\( ?['"]{2} ?, ?\[ ?['"][\w.\/-]{1,60}\.pth['"]|data_files[^\n]{0,80}(site-packages|purelib|get_path)[^\n]{0,80}\.pth['"]/
    $e = /(copy|copyfile|copy_file|move) ?\( ?[^\n]{0,80}\.pth['"][^\n]{0,80}(install_lib|install_purelib|site|purelib)/
  condition:
    $s and ($d or $e) and filesize < 60KB
}
