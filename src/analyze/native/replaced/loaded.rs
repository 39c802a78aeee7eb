//! What runs when Windows loads a file, before anybody asked for it: the entry of a DLL, and the callbacks of thread-local
//! storage, which run before the entry of a program too; and what whoever loads a module calls at once.

use super::{Follow, holds_fetch, is_entry, reached};
use crate::analyze::Notes;
use crate::analyze::native::placed;
use crate::model::{Gap, GapReason};
use crate::parse::Parsed;
use crate::parse::native::{INITIAL_MAX, Image};
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// What runs when a DLL is loaded, or before a program's entry, fetches something and starts a program. Known uses:
    /// side-loaded DLLs, trojanised extension modules, programs that act before a debugger stops them. Honest
    /// look-alikes: none is known; installers and updaters do it when they are asked to.
    pub(in crate::analyze::native) DROPS = "native-load-fetches-and-starts-windows" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "Fetches a program and starts it while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// What runs when a DLL is loaded, or before a program's entry, starts a program. Known uses: side-loaded DLLs. Honest
    /// look-alikes: a few libraries of desktop programs that start a helper, which is for a person to look at.
    pub(in crate::analyze::native) STARTS = "native-load-starts-program-windows" in "bin/ctor-abuse";
    severity: High, confidence: Likely,
    title: "Starts a program while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1574/002/",
}

rule! {
    /// What runs when a DLL is loaded, or before a program's entry, starts a program, and the file holds a command that
    /// fetches or sends, in the open or under one byte. Known uses: side-loaded DLLs. Honest look-alikes: none is known.
    pub(in crate::analyze::native) COMMAND = "native-load-starts-fetched-windows" in "bin/ctor-abuse";
    severity: Critical, confidence: Certain,
    title: "Runs a command that fetches or sends while it is loaded",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

const RUNS: &[&str] =
    &["CreateProcess", "WinExec", "ShellExecute", "CreateProcessAsUser", "system", "_wsystem", "_popen"];
const FETCHES: &[&str] =
    &["URLDownloadToFile", "InternetReadFile", "WinHttpReadData", "URLDownloadToCacheFile", "recv", "WSARecv"];
const THREADS: &[&str] =
    &["CreateThread", "_beginthreadex", "_beginthread", "QueueUserWorkItem", "CreateTimerQueueTimer"];

/// How far what runs at load is followed. The runtime of the compiler lies between the entry and the program's part.
const MOST: (usize, usize) = (48, 8000);
/// The callbacks of a runtime are followed only as far as they do something themselves.
const CALLBACK_MOST: (usize, usize) = (12, 2500);

pub(super) fn check(file: &Parsed<'_>, pe: &Pe<'_>, out: &mut Notes) {
    let Some(image) = file.images().first() else { return };
    let has = |names: &[&str]| !image.imported(names).is_empty();
    if !has(RUNS) {
        return;
    }
    let entry = (pe.is_dll && pe.entry != 0).then_some((u64::from(pe.entry), MOST));
    let modules = pe.exports.iter().filter(|e| e.forward.is_none() && e.address != 0 && is_entry(e.name));
    let modules = modules.map(|e| (u64::from(e.address), MOST)).take(INITIAL_MAX);
    let callbacks = pe.tls_callbacks.iter().filter_map(|c| Some((c.checked_sub(pe.image_base)?, CALLBACK_MOST)));
    let mut follow = Follow::new(file, image, file.bytes());
    for (start, most) in callbacks.chain(modules).chain(entry) {
        let mut open = vec![start];
        let mut done = 0;
        while let Some(function) = open.pop() {
            // Threads that start threads; each is followed by itself.
            done += 1;
            if done > THREADS_MAX {
                out.gaps.push(Gap::new(GapReason::Limit, "more threads that start at load than are followed"));
                break;
            }
            let Some(reach) = follow.within(function, most, out) else { return };
            if tell(file, image, start, &reach, out) {
                return;
            }
            if function == start && !reached(&reach, THREADS).is_empty() {
                open.extend(reach.taken.iter().filter(|t| **t != start));
            }
        }
    }
}

/// Most functions that threads may begin with.
const THREADS_MAX: usize = 64;

fn tell(file: &Parsed<'_>, image: &Image<'_>, start: u64, reach: &super::Reach<'_>, out: &mut Notes) -> bool {
    let [runs, fetches] = [RUNS, FETCHES].map(|names| reached(reach, names));
    if runs.is_empty() {
        return false;
    }
    let rule = match fetches.is_empty() {
        false => &DROPS,
        true if holds_fetch(file.bytes()) => &COMMAND,
        true => &STARTS,
    };
    let note = format!("what runs at load, at {start:#x}, reaches {}", [fetches, runs].concat().join(", "));
    out.findings.push(rule.finding(placed(image.start, 0, note)));
    true
}
