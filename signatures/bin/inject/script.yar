// Functions of Windows that turn readable identifiers or addresses back into bytes, beside functions that get memory and
// functions that call back whatever they are given: machine code is kept as a list of UUIDs, of IPv4 or of MAC addresses and
// started as a callback. Look-alikes: readers of COM identifiers parse one UUID at a time and get no memory for it; lists of
// fonts, windows and locales are asked for with a callback of the program's own and parse no identifiers.
rule inject_identifier_shellcode {
  meta:
    id = "inject-identifier-shellcode"
    severity = "critical"
    confidence = "certain"
    description = "Machine code is kept as identifiers or addresses, put into memory and started as a callback"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-28"
  strings:
    $turn1 = "UuidFromString"
    $turn2 = "RtlIpv4StringToAddress"
    $turn3 = "RtlIpv6StringToAddress"
    $turn4 = "RtlEthernetStringToAddress"
    $get1 = "HeapAlloc"
    $get2 = "VirtualAlloc"
    $get3 = "VirtualProtect"
    $get4 = "NtAllocateVirtualMemory"
    $get5 = "HeapCreate"
    $call1 = "EnumSystemLocales"
    $call2 = "EnumUILanguages"
    $call3 = "EnumCalendarInfo"
    $call4 = "EnumDateFormats"
    $call5 = "EnumTimeFormats"
    $call6 = "EnumLanguageGroupLocales"
    $call7 = "EnumSystemGeoID"
    $call8 = "EnumChildWindows"
    $call9 = "EnumFontFamilies"
    $call10 = "CreateThread"
    $call11 = "QueueUserAPC"
    $call12 = "CreateTimerQueueTimer"
    $call13 = "CertEnumSystemStore"
    $call14 = "CreateFiber"
    $call15 = "CFUNCTYPE"
  condition:
    filesize < 300KB and any of ($turn*) and any of ($get*) and any of ($call*)
}
