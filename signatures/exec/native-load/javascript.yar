// process.dlopen or require on a path under os.tmpdir(), or an add-on named as data. Look-alike: pkg and nexe unpack add-ons to a cache folder, not to tmp.
rule native_load_js_temp {
  meta:
    id = "native-load-js-temp"
    severity = "high"
    confidence = "likely"
    description = "A native add-on is loaded from a temporary or disguised file"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /process\.dlopen\([^;\n]{0,80}(tmpdir|\/tmp\/|\.(png|txt|dat|jpg|ico|css)['"`])/
    $b = /(ffi|koffi|ffi_napi)\.(Library|load)\([^;\n]{0,80}(tmpdir|\/tmp\/|\.(png|txt|dat|jpg|ico|css|tmp)['"`])/
  condition:
    any of them
}
