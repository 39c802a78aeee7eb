// Thread.new around eval, open-uri or Net::HTTP at load time: the shape of the strong_password and rest-client incidents.
// What an object was given as its address (`@dsn`) is its caller's, and no method runs at load.
rule import_time_rb_thread {
  meta:
    id = "import-time-rb-thread"
    severity = "high"
    confidence = "likely"
    description = "A Ruby library starts a thread that evaluates or sends data at load"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-23"
  strings:
    $a = /Thre\Bad\.new ?(\{|do)[^}]{0,200}(eval ?\(? ?(open|URI|Net::HTTP|Base64)|Net::HTTP\.(post|get)\w{0,12}[ (]{1,2}[^@ (]|`curl)/
    $b = /\beval ?\(? ?(Base64\.(urlsafe_)?decode64|Zlib|Net::HTTP|URI\.open|open\(['"]http|Faraday|RestClient)/
  condition:
    any of them
}
