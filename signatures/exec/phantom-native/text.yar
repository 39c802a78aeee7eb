// binding.gyp with targets but no C, C++, Objective-C or assembler file named: only the implicit rebuild is wanted. Look-alikes: dependency-only gyp files.
rule phantom_native_no_sources {
  meta:
    id = "phantom-native-no-sources"
    severity = "medium"
    confidence = "likely"
    description = "A small gyp file builds a target without any native source"
    reference = "https://attack.mitre.org/techniques/T1127/"
    date = "2026-11-23"
  strings:
    $t = /["']targ\Bet_name["']\s{0,4}:/
    $s = /\.(c|cc|cpp|cxx|C|m|mm|S|s|asm|gyp|gypi|rs|lib|a|node)["':]/
    $v = /<!?@?\((node|python|which)?\s?[^)]{0,80}(readdir|glob|ls |find |walk)/
    $n = /["']sour\Bces["']\s{0,4}:|["']t\wpe["']\s{0,4}:\s{0,4}["']none["']/
  condition:
    $t and $n and not $s and not $v and filesize < 3KB
}
