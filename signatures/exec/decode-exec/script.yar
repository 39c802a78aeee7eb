// eval(base64_decode()), eval(Base64.decode64), eval unpack, loadstring(decode). Look-alikes: licence loaders of commercial PHP code.
rule decode_exec_other_langs {
  meta:
    id = "decode-exec-other-langs"
    severity = "high"
    confidence = "likely"
    description = "Decoded text is evaluated in a Ruby, PHP, Perl or Lua file"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $php = /(eval|assert|create_function) ?\( ?(@?(gzinflate|gzuncompress|gzdecode|str_rot13|strrev|rawurldecode|convert_uudecode|hex2bin) ?\( ?)*@?base64_decode ?\(/
    $php2 = /(\bev\wl|\bass\wrt) ?\( ?@?(gzinflate|gzuncompress|gzdecode|str_rot13|strrev|hex2bin|conve\Brt_uudecode) ?\(/
    $rb = /\b(eval|instance_eval|class_eval) ?\(? ?(Base64\.\w{6,20}decode64|Base64\.decode64|Zlib::(Inflate|GzipReader)|\[["'][^\]\n]{8,2000}\]\.pack|["'][A-Za-z0-9+\/=\\n]{40,4000}["']\.unpack)/
    $pl = /\beval ?\(? ?(unpack ?\(? ?["']?[uH]|decode_base64|MIME::Base64::decode|pack ?\(? ?["']H\*)/
    $lua = /(\bloadstring\(|[^.\w]load\() ?(\w{1,20}[.:])?(decode|b64decode|base64\.decode|decrypt|from_base64|dec) ?\(/
  condition:
    any of them and filesize < 1MB
}

// PHP: what a request holds is written to a temporary file, which is then included. Look-alikes: template engines, which include what they
// have made of a template of their own, and read no request there.
rule decode_exec_php_temporary_include {
  meta:
    id = "decode-exec-php-temporary-include"
    severity = "high"
    confidence = "certain"
    description = "A request's text is written to a temporary file and included as code"
    reference = "https://attack.mitre.org/techniques/T1505/003/"
    date = "2026-11-28"
  strings:
    $i = /\b(include|require)(_once)?[\s(]{1,3}(stream_get_meta_data\(|\$\w{1,20}\[["']uri["']\])/
    $t = /\btmpfile\(|\btempnam\(/
    $r = /\$_(COOKIE|POST|GET|REQUEST)\b|\$_SERVER\[["']HTTP_|php:\/\/input/
  condition:
    filesize < 200KB and all of them
}

// Lua: a library's function by a computed name, beside text that is made code. Look-alikes: sandboxes, which look up what a caller names.
rule decode_exec_lua_computed {
  meta:
    id = "decode-exec-lua-computed"
    severity = "high"
    confidence = "likely"
    description = "A function of io or os is called by a decoded name, and text is loaded as code"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-28"
  strings:
    $a = /\b(io|os|_G|_ENV|package)\[\s?[a-z_]\w{0,20}\s?\(/
    $b = /\bload(string)?\s?\(/
    $s = /string\.char\b|:char\(|\.byte\(/
  condition:
    filesize < 200KB and all of them
}

// A table of single letters, a list of numbers into it, and a process. Look-alikes: alphabets of encoders, which stand in one text or start
// nothing.
rule decode_exec_letter_table {
  meta:
    id = "decode-exec-letter-table"
    severity = "high"
    confidence = "likely"
    description = "Commands are spelled by numbers into a table of letters"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-29"
  strings:
    $t = /[\[{(]\s*(("[^"\\\n]"|'[^'\\\n]'|"\\."|'\\.'),\s*){16,80}("[^"\\\n]"|'[^'\\\n]')/
    $n = /[(\[{]\s*(\d{1,2},\s*){16,400}\d{1,2}\s*[)\]}]/
    $x = /\bexec\.Command\(|Runtime\.getRuntime\(\)\.exec|new ProcessBuilder\(|Process\.Start\(|Command::new\(|\bsystem\(|\bos\.execute\(|\bio\.popen\(|\bpopen\(|\bexecvp?\(/
  condition:
    filesize < 200KB and $t and $n and $x
}
