//! Commands of shells that need no look at their options; the others are in the machine.

use super::Arg::{At, From, Named};
use super::{Does, Word, word};
use crate::analyze::script::value::Labels as L;

const NONE: &[super::Arg] = &[];
const ALL: &[super::Arg] = &[From(0)];

/// The table.
pub(super) const WORDS: &[Word] = &[
    word("hostname", Does::Source, NONE, NONE, L::HOSTNAME),
    word("whoami id logname users who", Does::Source, NONE, NONE, L::USER),
    word("pwd cd", Does::Source, NONE, NONE, L::DIRECTORY),
    word("uname lsb_release sw_vers systeminfo ver arch lscpu", Does::Source, NONE, NONE, L::PLATFORM),
    word("ifconfig ip ipconfig arp netstat ss", Does::Source, NONE, NONE, L::ADDRESS),
    word("ps tasklist top", Does::Source, NONE, NONE, L::PROCESSES),
    word("printenv set", Does::Source, NONE, NONE, L::ENV_ALL),
    word("date", Does::Source, NONE, NONE, L::TIME),
    word("read-host", Does::Source, NONE, NONE, L::ANSWER),
    word("pbpaste xclip get-clipboard xsel wl-paste", Does::Spy, NONE, NONE, L::CLIPBOARD),
    word("pbcopy clip wl-copy set-clipboard", Does::SetClipboard, NONE, &[Named("stdin"), From(0)], L::NONE),
    word("screencapture scrot", Does::Spy, NONE, NONE, L::SCREEN),
    word("security", Does::Source, NONE, NONE, L::CREDENTIALS),
    word("rm rmdir del erase rd shred remove-item srm", Does::Delete, ALL, NONE, L::NONE),
    word("nslookup dig host ping resolve-dnsname drill", Does::Lookup, ALL, ALL, L::NONE),
    word("scp rsync sftp ftp", Does::Send, ALL, ALL, L::NONE),
    word(
        "crontab at schtasks launchctl systemctl reg new-itemproperty set-itemproperty register-scheduledtask new-service sc",
        Does::Persist,
        ALL,
        NONE,
        L::NONE,
    ),
    word(
        "rundll32 regsvr32 mshta wscript cscript start-process osascript open xdg-open installutil msiexec",
        Does::Run,
        ALL,
        NONE,
        L::OUTPUT,
    ),
    word("sleep timeout start-sleep", Does::Sleep, ALL, NONE, L::NONE),
    word("exit", Does::Exit, NONE, NONE, L::NONE),
    word("claude gemini codex q cursor-agent aider goose", Does::Prompt, ALL, ALL, L::MODEL),
    word("command", Does::Run, &[At(0)], NONE, L::OUTPUT),
    word("new-object", Does::Handle, &[At(0)], NONE, L::NONE),
    word(
        "*.downloadstring *.downloaddata *.openread *.getstringasync *.getbytearrayasync *.downloadstringtaskasync",
        Does::Fetch,
        &[At(0)],
        NONE,
        L::DOWNLOADED,
    ),
    word("*.downloadfile", Does::Save, &[At(0)], &[At(1)], L::DOWNLOADED),
    // The store of credentials of Windows.
    word("*.retrieveall *.retrievepassword", Does::Source, NONE, NONE, L::CREDENTIALS),
    word("*.uploadstring *.uploaddata *.uploadfile", Does::Send, &[At(0)], &[At(1), At(2)], L::NONE),
    word("*.readallbytes *.readalltext", Does::Read, &[At(0)], NONE, L::FILE),
    word("*.writeallbytes *.writealltext", Does::Write, &[At(0)], &[At(1)], L::NONE),
    word("*.transformfinalblock", Does::Encrypt, &[At(0)], &[At(0)], L::ENCRYPTED),
    word("rename-item", Does::Copy, &[At(1)], &[At(0)], L::NONE),
    word("system.diagnostics.process.start", Does::Run, ALL, NONE, L::OUTPUT),
    word(
        "system.reflection.assembly.load [reflection.assembly].load reflection.assembly.load",
        Does::Load,
        &[At(0)],
        NONE,
        L::NONE,
    ),
    word("expand-archive unzip", Does::Pass, NONE, NONE, L::NONE),
];
