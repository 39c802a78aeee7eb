; Says whether an address was copied as a whole.
OnClipboardChange("Check")
return
Check(kind) {
    if RegExMatch(Clipboard, "^(bc1[a-z0-9]{25,60}|[13][A-HJ-NP-Za-km-z1-9]{25,34})$") or RegExMatch(Clipboard, "^0x[0-9a-fA-F]{40}$")
        TrayTip, Address, It is a whole one.
}
