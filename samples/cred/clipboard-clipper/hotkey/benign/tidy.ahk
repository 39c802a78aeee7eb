; Takes parameters that follow people out of links.
OnClipboardChange("Tidy")
return
Tidy(kind) {
    s := Trim(Clipboard)
    if RegExMatch(s, "i)^https?://")
        Clipboard := RegExReplace(s, "[?&](utm_[a-z]+|fbclid)=[^&#]*")
}
