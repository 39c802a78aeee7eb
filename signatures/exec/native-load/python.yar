// VirtualAlloc + copy + CreateThread (or mmap PROT_EXEC + cast to a function) from Python: a shellcode runner. Debuggers and JITs do not
// start a thread on a byte literal in a file of this size. Readers of the processor's identity execute a few bytes and decode
// text for something else, far from there.
rule native_load_py_shellcode {
  meta:
    id = "native-load-py-shellcode"
    severity = "high"
    confidence = "certain"
    description = "Memory is allocated executable, filled and started through ctypes"
    reference = "https://attack.mitre.org/techniques/T1055/"
    date = "2026-11-23"
  strings:
    $a = /VirtualAlloc(Ex)?\b/
    $b = /RtlMoveMemory|memmove|WriteProcessMemory|RtlCopyMemory/
    $c = /CreateThread|CreateRemoteThread|CFUNCTYPE|EnumSystemLocales|QueueUserAPC/
    $d = /\\x(90\\x90|fc\\x48|fc\\xe8|48\\x31|31\\xc0|eb\\x)|0xfc, ?0x48|0x90, ?0x90|0xfc, ?0xe8/
    $e = /b64decode|[fF]romhex|requests\.get|urlopen/
    $w = /0x40\b|PAGE_EXECUTE_READWRITE|0x3000\b|ctypes/
  condition:
    $a and $b and $c and $w and filesize < 100KB and ($d or for any of ($e) : ( $ and for any i in (1..16) : ( $b in (@[i]-6000..@[i]+6000) )))
}

// mmap with PROT_EXEC and CFUNCTYPE in one small file. Look-alikes: assembler playgrounds and cpuid helpers, which embed a few bytes.
rule native_load_py_mmap_exec {
  meta:
    id = "native-load-py-mmap-exec"
    severity = "high"
    confidence = "likely"
    description = "Anonymous executable memory is cast to a function"
    reference = "https://attack.mitre.org/techniques/T1055/"
    date = "2026-11-23"
  strings:
    $a = "PROT_EXEC"
    $b = "CFUNCTYPE"
    $c = /mmap\.mmap ?\(|\bmmap ?\(/
    $d = /b64decode|[fF]romhex|req[uU]ests\.|urlopen|recv \(|recv\(/
  condition:
    all of them and filesize < 60KB
}

// The same, of bytes that come from elsewhere: from a file beside it, or out of a decoder. Helpers that ask the processor who it is
// hold their few bytes themselves.
rule native_load_py_mmap_data {
  meta:
    id = "native-load-py-mmap-data"
    severity = "medium"
    confidence = "likely"
    description = "Executable memory is filled with bytes that do not stand in the file, and is called as a function"
    reference = "https://attack.mitre.org/techniques/T1055/"
    date = "2026-11-28"
  strings:
    $a = "PROT_EXEC"
    $b = "CFUNCTYPE"
    $c = /mmap\.mmap ?\(|\bmmap ?\(/
    $d = /addressof|from_buffer/
    $code = /\\x[0-9a-f]{2}\\x|0x[0-9a-fA-F]{2}, ?0x/
  condition:
    $a and $b and $c and $d and not $code and filesize < 60KB
}

// CDLL on .png/.txt/.dat/.tmp, or on a file that was decoded a moment ago.
rule native_load_py_disguised {
  meta:
    id = "native-load-py-disguised"
    severity = "high"
    confidence = "likely"
    description = "A library is loaded from a file with a data suffix or a temporary file"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /(CDLL|WinDLL|LoadLibrary|PyDLL|OleDLL|windll\.LoadLibrary) ?\([^\n]{0,80}\.(png|jpe?g|gif|txt|dat|tmp|ico|css|md|log|json|wav|mp3|ttf|woff2?)['"]/
    $b = /(CDLL|WinDLL|LoadLibrary|PyDLL)( \(|\()[^\n]{0,20}(tempfile|gettem[pP]dir|NamedTemporaryFile|tmp_path|temp_path|tmp\.name)/
  condition:
    any of them
}

// memfd_create followed by exec of /proc/self/fd: a file that never touches the disk. Look-alikes: container runtimes,
// not Python packages; keys that shall not touch the disk are handed to a library by such a path, and nothing starts it.
rule native_load_py_memfd {
  meta:
    id = "native-load-py-memfd"
    severity = "high"
    confidence = "likely"
    description = "A program is placed in an anonymous memory file and started"
    reference = "https://attack.mitre.org/techniques/T1620/"
    date = "2026-11-23"
  strings:
    $a = /memfd_create|syscall\( ?319\b/
    $b = /\/proc\/(self|\{?\w{0,12}\}?|%d)\/fd\//
    $c = /fexecve|(os\.(exec\w{1,3}|posix_spawnp?|spawn\w{1,4}|system)|subprocess\.\w{3,12}|\bPopen)\(\s{0,9}[\[(]?\s{0,9}(f?["']\/proc\/|(fd|memfd|mem_fd|path|exe|exe_path|fd_path|mem_path|memfd_path|proc_path|proc|target|p|binary|filename|file|name|args|argv|cmd)\b)/
  condition:
    all of them and filesize < 200KB
}

// Capability.
rule native_load_py_capability {
  meta:
    id = "native-load-py-capability"
    severity = "info"
    confidence = "hint"
    description = "Code loads a native library"
    reference = "https://attack.mitre.org/techniques/T1129/"
    date = "2026-11-23"
  strings:
    $a = /ctype\Bs\.(CDLL|cdll|windll|WinDLL|PyDLL)\b/
    $b = "ffi.dlopen("
  condition:
    any of them
}
