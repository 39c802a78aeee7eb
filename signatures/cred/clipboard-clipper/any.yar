// cred/clipboard-clipper: scripts of AutoHotkey and AutoIt

// What is copied is compared with the forms of addresses, and set to something else. Look-alikes: tidiers of links, which know no address; tools
// that check an address and say so.
rule clipboard_clipper_hotkey {
  meta:
    id = "clipboard-clipper-hotkey"
    severity = "high"
    confidence = "likely"
    description = "A hotkey script sets the clipboard where it finds the address of a wallet in it"
    reference = "https://attack.mitre.org/techniques/T1115/"
    date = "2026-12-01"
  strings:
    $watch = /\bOnClipboardChange\b|\bClipWait\b|\bClipGet\s?\(/ nocase
    $set = /\n[ \t]{0,40}(A_)?Clipboard\s?:?=\s?\w|\bClipPut\s?\(/ nocase
    $bitcoin = /\(?bc1[\[|)]|\[13\]\[[A-Za-z]-/
    $ether = /0x\[(0-9|a-f|A-F)[^\]\n]{0,12}\]\{40\}/
    $other = /\^T\[[A-Z]|\[48\]\[0-9AB\]|\(?ltc1[\[|)]|\^L\[/
    $match = /RegExMatch\s?\(|StringRegExp\s?\(|~=/
  condition:
    filesize < 400KB and $watch and $set and $match and 2 of ($bitcoin, $ether, $other)
}
