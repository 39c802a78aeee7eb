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
