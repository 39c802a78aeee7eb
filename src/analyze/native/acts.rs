//! What single functions of a program do: calls and texts that stand close together in code.
//!
//! A whole program has everything somewhere; a function has one purpose. The rows of [`ROWS`] name what must stand
//! within one window of code: imported functions (called through stubs, slots or system calls, see
//! [`super::code`]) and texts that the code points at.
//!
//! References: ATT&CK T1059, T1620, T1055.

mod brought;
mod deeds;
mod gates;
mod given;
mod harm;
mod joined;
mod looked_up;
mod loops;
mod own;
mod planted;
mod rows;
mod taken;
mod unasked;
mod wrapped;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use brought::BROUGHT;
use deeds::DEEDS;
use given::GIVEN;
use harm::HARM;
use planted::PLANTED;
use rows::What::{Calls, Names};
use rows::{
    CARRIED_FILELESS, DEVICE_KEYS, DROPPED_KEPT, FETCHED_SERVICE, FILELESS, HIDDEN_FETCH, HOOKED, KEYS_SENT,
    LIBRARY_FILELESS, LIBRARY_SHELL, MODULE_CARRIED, NUMBERS, PRELOAD_WRITTEN, ROOT_SHELL, ROWS, RUNNER, Row,
    SCREEN_SENT, SHELL, SHELL_EARLY, STAGER, TOLD, TOLD_BY_DNS, TRACES, VICTIM_NAMED,
};
use taken::TAKEN;
use unasked::UNASKED;

use super::code::{BY_NUMBER, Event, Wanted, events, in_order, together};
use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{ByteView, FileKind, Gap, GapReason, Rule, Severity};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::finder::{Finder, Hit};
use crate::parse::native::{Image, Machine, SLOTS_MAX, stem};
use crate::parse::outline;
use crate::parse::parts::{Part, Places};

/// All functions and texts of the table, each with its mark, and searches for the texts.
struct Vocabulary {
    functions: HashMap<&'static str, u16>,
    /// The longest first: of texts that begin alike, that one is meant.
    texts: Vec<(&'static str, u16)>,
    /// All texts in one byte a letter, and behind them all in two.
    search: Finder,
    /// The marks of each need of each row; last of what must not be there.
    rows: Vec<Vec<Vec<u16>>>,
}

/// All rows.
fn table() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().chain(HARM).chain(DEEDS).chain(PLANTED).chain(UNASKED).chain(BROUGHT).chain(GIVEN).chain(TAKEN)
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut functions: HashMap<&'static str, u16> = HashMap::new();
    let mut texts: Vec<(&'static str, u16)> = Vec::new();
    let mut rows = Vec::new();
    let mut next = 0u16;
    for row in table() {
        let mut needs = Vec::new();
        for need in row.needs.iter().copied().chain([row.without]) {
            let mut marks = Vec::new();
            for what in need {
                let known = match what {
                    Calls(name) => functions.get(name).copied(),
                    Names(text) => texts.iter().find(|(t, _)| t == text).map(|(_, m)| *m),
                };
                let mark = known.unwrap_or_else(|| {
                    next += 1;
                    match what {
                        Calls(name) => drop(functions.insert(name, next)),
                        Names(text) => texts.push((text, next)),
                    }
                    next
                });
                marks.push(mark);
            }
            needs.push(marks);
        }
        rows.push(needs);
    }
    texts.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
    let narrow = texts.iter().map(|(t, _)| t.as_bytes().to_vec());
    let wide = texts.iter().map(|(t, _)| t.bytes().flat_map(|b| [b, 0]).collect());
    let search = Finder::new(narrow.chain(wide));
    Vocabulary { functions, texts, search, rows }
});

impl Vocabulary {
    /// Of what was found in these bytes, the texts that are asked for, with their places.
    fn asked_for<'b>(
        &'b self,
        hits: impl Iterator<Item = Hit> + 'b,
        bytes: &'b [u8],
        asked: &'b HashSet<u16>,
    ) -> impl Iterator<Item = (usize, u16)> + 'b {
        hits.filter_map(move |hit| {
            let (text, mark) = self.texts.get(hit.word % self.texts.len().max(1))?;
            // The half of a key that is meant for everybody is no secret.
            let public = || {
                let behind = bytes.get(hit.end..).unwrap_or_default();
                let name = behind.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
                text.ends_with("/id_") && behind.get(name..).is_some_and(|rest| rest.starts_with(b".pub"))
            };
            (asked.contains(mark) && !public()).then_some((hit.start, *mark))
        })
    }
}

/// How far before a word in two bytes a letter the text begins that holds it.
const WIDE_WITHIN: usize = 160;
/// How far before a word the script begins that holds it.
const SCRIPT_WITHIN: usize = 512;
/// Most meanings of one text, besides the last.
const MEANINGS_MAX: usize = 8;
/// Bytes of code from which on a program without names is too large for calls that stand near one another to belong
/// together for certain.
const NAMELESS_MAX: u64 = 4 << 20;
/// Bytes up to which a program that imports nothing was written by hand.
const BY_HAND: u64 = 16 << 10;
/// Bytes of data up to which addresses of sockets in it are no accident.
const SOCKETS_WITHIN: u64 = 64 << 10;
/// Most places that are kept of one text, and of all that code puts together.
const TEXTS_MAX: usize = 1 << 14;
const BUILT_MAX: usize = 1 << 16;

/// Reads functions.
pub(super) struct Acts;

impl Heuristic for Acts {
    fn rules(&self) -> &'static [&'static Rule] {
        const {
            &[
                &SHELL,
                &LIBRARY_SHELL,
                &SHELL_EARLY,
                &FILELESS,
                &LIBRARY_FILELESS,
                &STAGER,
                &TOLD_BY_DNS,
                &RUNNER,
                &HOOKED,
                &DEVICE_KEYS,
                &KEYS_SENT,
                &PRELOAD_WRITTEN,
                &MODULE_CARRIED,
                &DROPPED_KEPT,
                &ROOT_SHELL,
                &VICTIM_NAMED,
                &TOLD,
                &HIDDEN_FETCH,
                &CARRIED_FILELESS,
                &FETCHED_SERVICE,
                &SCREEN_SENT,
                &TRACES,
                &harm::KEY_PLANTED,
                &harm::KEY_PLANTED_ALL,
                &harm::KEYS_TO_NETWORK,
                &harm::SECRET_SENT,
                &harm::SECRETS_SENT,
                &harm::SECRET_BY_DNS,
                &harm::BROWSER_SENT,
                &harm::CLIPBOARD,
                &harm::WIPES,
                &harm::UNWATCHED,
                &harm::DECODED,
                &harm::DROPPED,
                &harm::CLOUD_SENT,
                &harm::ZONE,
                &harm::HIDDEN_KEPT,
                &harm::TASKED,
                &harm::GUARDED,
                &harm::REQUESTED,
                &harm::SNIFFED,
                &harm::SHED,
                &harm::SPREADS,
                &harm::HIDDEN_STARTED,
                &harm::ADDRESS_GIVEN,
                &harm::ADDRESS_EXCHANGED,
                &harm::MODULE_UNWATCHED,
                &deeds::STAGER_CALLED,
                &deeds::HIDDEN_SHELL,
                &deeds::SECRET_RINGED,
                &deeds::KEPT_TWICE,
                &deeds::FETCHED_STARTED,
                &deeds::STORES_SENT,
                &deeds::CODE_PUT,
                &deeds::HOLLOWED,
                &deeds::NAMED_PUT,
                &deeds::MACHINE_CODE_PUT,
                &deeds::ENCODED_STARTED,
                &deeds::TOKEN_TAKEN,
                &deeds::EXTORTS,
                &planted::SHELL_GIVEN,
                &planted::BACKDATED,
                &planted::BACKDATED_FILE,
                &planted::LOADED_ONCE,
                &planted::KERNEL_NAMED,
                &planted::HEADERS_COPIED,
                &planted::CHOSEN_FETCHED,
                &planted::NAMED_FETCHED,
                &unasked::FETCHED_UNWATCHED,
                &unasked::LIBRARY_OBEYS,
                &unasked::LIBRARY_TELLS,
                &unasked::LIBRARY_RECEIVES,
                &unasked::PICTURE,
                &unasked::RESOURCE_STARTED,
                &unasked::RESOURCE_HIDDEN,
                &unasked::TURNED_STARTED,
                &unasked::FILE_AS_CODE,
                &unasked::BY_NAMES,
                &unasked::ASKS_AGAIN,
                &unasked::WRITTEN_PASSWORD,
                &unasked::PASSWORD_RUNS,
                &brought::MODULE_KEPT,
                &brought::MODULE_DECODED,
                &brought::DECODED_HIDDEN,
                &brought::DECRYPTED_FILELESS,
                &brought::LIBRARY_FETCHES,
                &brought::PASSWORD_KEPT,
                &brought::HIDDEN_UNWATCHED,
                &given::TAIL_RUN,
                &given::ENVIRONMENT_SENT,
                &given::NAMES_CARRY,
                &given::DATAGRAM,
                &given::KEYBOARD_FETCH,
                &given::OBEYS,
                &taken::LOGIN_SENT,
                &taken::LOGIN_KEPT,
                &taken::SHELL_FED,
                &taken::SHELL_FED_UNWATCHED,
                &taken::FETCHED_KEPT,
                &taken::FETCHED_KEPT_EARLY,
                &taken::DEAD_DROP,
                &taken::DATED,
                &taken::BEACON,
                &taken::WAITING_PUT,
                &taken::WAITING_PUT_SYSTEM,
                &taken::DEVICE_SENT,
                &taken::PROFILED,
            ]
        }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images() {
            check_image(file, image, out);
        }
    }
}

fn check_image(file: &Parsed<'_>, image: &Image<'_>, out: &mut Notes) {
    if image.machine == Machine::Other {
        return;
    }
    let words = &*VOCABULARY;
    // Programs that import nothing make their system calls themselves.
    let bare = image.imports.is_empty();
    let (of_its_own, mut calls_cut) = own::functions(file, bare);
    let mut own: HashMap<u64, u16> =
        of_its_own.iter().filter_map(|(at, of)| Some((*at, *words.functions.get(name(of))?))).collect();
    if own.is_empty() {
        let (functions, cut) = wrapped::functions(file, image);
        own.extend(functions.iter().filter_map(|(at, of)| Some((*at, *words.functions.get(name(of))?))));
        calls_cut |= cut;
    }
    // Nothing tells what the functions of such a program are but what they ask of the kernel: what else they call, which
    // rows may ask to be absent, is not known.
    let mut nameless = false;
    if own.is_empty() && bare {
        let functions = gates::functions(file, image);
        own.extend(functions.iter().filter_map(|(at, of)| Some((*at, *words.functions.get(name(of))?))));
        nameless = !own.is_empty();
    }
    let imported = image.imports.iter().filter_map(|i| words.functions.get(name(stem(i.name))));
    let mut known: HashSet<u16> = own.values().chain(imported).copied().collect();
    let digests = looked_up::digests(file, image, &words.functions);
    known.extend(digests.iter().map(|e| e.mark));
    let named = looked_up::names(file, image, &words.functions);
    known.extend(named.iter().map(|(_, mark)| *mark));
    file.release_pages();
    let is_text = |mark: &u16| words.texts.iter().any(|(_, m)| m == mark);
    // `syscall` of the C library makes any call by its number.
    let caller = of_its_own.iter().find(|(_, of)| bare && *of == b"syscall").map(|(at, _)| *at);
    let numbers = !image.imported(&["syscall"]).is_empty() || caller.is_some() || gates::calls_itself(file, image);
    let by_number = |need: &[u16]| {
        let of = |name: &str| words.functions.get(name).is_some_and(|m| need.contains(m));
        numbers && NUMBERS.iter().any(|(name, _)| of(name))
    };
    let is_of_kernel = |what: &rows::What| matches!(what, Calls(of) if NUMBERS.iter().any(|(name, _)| name == of));
    // What was linked in stands close together, and a large program has all of it.
    let is_large = nameless
        && image
            .parts(file.bytes().len() as u64, |r| r.execute)
            .0
            .iter()
            .fold(0_u64, |all, p| all.saturating_add(p.len))
            > NAMELESS_MAX;
    // A row whose functions are not all imported cannot be met.
    let possible: Vec<(&Row, &Vec<Vec<u16>>)> = table()
        .zip(&words.rows)
        .filter(|(row, needs)| {
            let asked = needs.get(..row.needs.len()).unwrap_or_default();
            (row.only)(image)
                && !(nameless && (std::ptr::eq(row.rule, &ROOT_SHELL) || !row.without.iter().all(is_of_kernel)))
                && !(is_large && row.rule.severity == Severity::Critical)
                && asked
                    .iter()
                    .all(|need| bare || need.iter().any(|m| is_text(m) || known.contains(m)) || by_number(need))
        })
        .collect();
    if possible.is_empty() {
        return;
    }
    // Nothing but what these rows ask for is kept, or other calls would use up what can be kept.
    let mut asked: HashSet<u16> = possible.iter().flat_map(|(_, needs)| needs.iter().flatten().copied()).collect();
    let sockets = words.functions.get("socket").copied();
    asked.extend(sockets);
    let mut wanted = Wanted::default();
    wanted.own.extend(own.iter().filter(|(_, mark)| asked.contains(mark)).map(|(at, mark)| (*at, *mark)));
    wanted.own.extend(caller.map(|at| (at, BY_NUMBER)));
    // A library of another language is called through words that the loader fills.
    if let Some(Ok(elf)) = file.elf()
        && !wanted.own.is_empty()
    {
        let inner = elf.relative().filter_map(|(at, to)| Some((at, *wanted.own.get(&to)?)));
        wanted.slots.extend(inner.take(SLOTS_MAX));
    }
    let functions = words.functions.iter().filter(|(_, mark)| asked.contains(mark));
    wanted.functions.extend(functions.map(|(name, mark)| (name.as_bytes(), *mark)));
    let column = match image.machine {
        Machine::X64 => 0,
        Machine::X86 => 1,
        _ => 2,
    };
    if bare || numbers {
        for (name, numbers) in NUMBERS {
            let number = numbers.get(column).copied().filter(|n| *n != u32::MAX);
            let mark = words.functions.get(name).filter(|m| asked.contains(m));
            if let Some((number, mark)) = number.zip(mark) {
                wanted.calls.insert(number, *mark);
            }
        }
    }
    let texts_cut = find_texts(file, image, words, &asked, &mut wanted);
    file.release_pages();
    looked_up::note(&named, &asked, &mut wanted);
    let (mut found, events_cut) = events(image, file.bytes(), &wanted);
    looked_up::resolve(&mut found);
    let by_digest: HashSet<u64> = digests.iter().map(|e| e.at).collect();
    found.extend(digests.into_iter().filter(|e| asked.contains(&e.mark)));
    found.sort_unstable_by_key(|e| (e.at, e.mark));
    let built_cut = built_texts(file, image, words, &asked, &mut found);
    if texts_cut || calls_cut || events_cut || built_cut || image.slots.len().max(wanted.slots.len()) >= SLOTS_MAX {
        let detail = "more calls and texts of interest, or overlapping parts of code, than are looked at";
        out.gaps.push(Gap::new(GapReason::Limit, detail));
    }
    let places = Places::new(image.parts(file.bytes().len() as u64, |_| true).0);
    // A program that opens no sockets but those of this machine talks to nobody else.
    let local = sockets.is_some_and(|mark| {
        let mut opened = found.iter().filter(|e| e.mark == mark).peekable();
        opened.peek().is_some() && opened.all(|e| is_local(file, image, &places, e.at))
    });
    let (tree, starts) = (OnceCell::new(), OnceCell::new());
    let present: HashSet<u16> = found.iter().map(|e| e.mark).collect();
    for (row, needs) in possible {
        if local && row.elsewhere {
            continue;
        }
        let groups: Vec<&[u16]> = needs.iter().take(row.needs.len()).map(Vec::as_slice).collect();
        let without = needs.get(row.needs.len()).map(Vec::as_slice).unwrap_or_default();
        let first = groups.first().copied().unwrap_or_default();
        let second = groups.get(1).copied().unwrap_or_default();
        let stands = |e: &Event| {
            // Behind a number that stands for a function, its arguments are still to come, and often behind the load
            // of what is called.
            let within = match image.machine {
                _ if by_digest.contains(&e.at) => (64, 96),
                Machine::Arm64 => (64, 48),
                _ => (64, 0),
            };
            let set =
                row.before.is_empty() || !first.contains(&e.mark) || code_near(file, &places, e.at, within, row.before);
            let first = first.contains(&e.mark);
            set && !(row.decodes && first && !loops::is_decoded(file, image, &places, e.at, row.decodes_by_call))
                && !(row.turned && first && !loops::is_turned_near(file, image, &places, e.at, row.decodes_by_call))
                && !(row.letters && first && !loops::makes_letters(file, image, &places, e.at))
                && !(row.called && first && !calls_register(file, image, &places, e.at))
                && !(row.variable && second.contains(&e.mark) && is_given_text(file, image, &places, e.at))
        };
        let all = row.before.is_empty() && !row.variable && !row.decodes && !row.turned && !row.called && !row.letters;
        let kept: Cow<'_, [Event]> =
            if all { Cow::Borrowed(&found) } else { found.iter().copied().filter(stands).collect() };
        let in_library = row.in_library.filter(|_| image.library);
        let meet = if in_library.is_some() { in_order } else { together };
        let met = if row.alone {
            let starts = starts.get_or_init(|| match outline::go_functions(file) {
                go if go.is_empty() => outline::told_starts(file),
                go => go.into_iter().map(|(start, _)| start).collect(),
            });
            let of = |e: &Event| starts.partition_point(|start| *start <= e.at);
            kept.chunk_by(|a, b| of(a) == of(b)).find_map(|one| meet(one, row.window, &groups, without))
        } else {
            meet(&kept, row.window, &groups, without)
        };
        let joined = || {
            let in_one = row.joins.filter(|_| groups.iter().all(|g| g.iter().any(|mark| present.contains(mark))))?;
            let tree = tree.get_or_init(|| joined::tree(file, image, &found)).as_ref()?;
            tree.meet(&groups, without, in_one)
        };
        let Some(met) = met.or_else(joined) else { continue };
        let early = row.early.filter(|_| met.first().is_some_and(|e| runs_before_main(file, image, e.at)));
        let rule = in_library.or(early).unwrap_or(row.rule);
        let said: Vec<&str> = met.iter().map(|e| word(words, e.mark)).collect();
        let at = met.first().map_or(0, |e| e.at);
        let note = format!("code at {at:#x}: {}", said.join(", "));
        let mut finding = rule.finding(placed(places.at(at).map_or(0, |(offset, _)| offset), 0, note));
        if row.decodes_by_call && are_apart(&outline::told_starts(file), met.iter().map(|e| e.at)) {
            // Libraries whose functions are each a call to the system have them side by side. The table is the file's own word,
            // so a person still looks.
            finding.severity = Severity::High;
            finding.message.push_str(", in several functions as its tables say");
        }
        out.findings.push(finding);
    }
}

/// Whether code stands in what runs before the program begins: a constructor, or in Go `init` of any of its files.
fn runs_before_main(file: &Parsed<'_>, image: &Image<'_>, at: u64) -> bool {
    let functions = outline::go_functions(file);
    if functions.is_empty() {
        return around(&outline::told_starts(file), at).is_some_and(|start| image.initial.contains(&start));
    }
    let index = functions.partition_point(|(start, _)| *start <= at).checked_sub(1);
    index.and_then(|i| functions.get(i)).is_some_and(|(_, name)| is_init(name))
}

/// Where the function begins that a place is in, by the beginnings in order.
fn around(starts: &[u64], at: u64) -> Option<u64> {
    starts.get(starts.partition_point(|start| *start <= at).checked_sub(1)?).copied()
}

/// Whether a function of Go runs before the program: `main.init.0`, and what it holds.
fn is_init(name: &[u8]) -> bool {
    let Some(at) = memchr::memmem::rfind(name, b".init.") else { return false };
    name.get(at + 6..).is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit))
}

/// Whether a function begins between places that were met, by the beginnings in order.
fn are_apart(starts: &[u64], met: impl Iterator<Item = u64>) -> bool {
    let functions: HashSet<usize> = met.map(|at| starts.partition_point(|start| *start <= at)).collect();
    functions.len() > 1
}

fn name(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

fn word(words: &Vocabulary, mark: u16) -> &'static str {
    let function = words.functions.iter().find(|(_, m)| **m == mark).map(|(n, _)| *n);
    function.or_else(|| words.texts.iter().find(|(_, m)| *m == mark).map(|(t, _)| *t)).unwrap_or("")
}

/// Addresses at which texts of the table begin, be it in the middle of a longer text. Says whether there are more.
fn find_texts(
    file: &Parsed<'_>,
    image: &Image<'_>,
    words: &Vocabulary,
    asked: &HashSet<u16>,
    wanted: &mut Wanted<'_>,
) -> bool {
    let fields = Fields::new(file.bytes(), true);
    // A few hundred bytes that were written by hand have their texts where they fall.
    let by_hand = image.imports.is_empty() && fields.len() <= BY_HAND;
    let apart = image.apart() && !by_hand;
    let (parts, mut cut) = image.parts(fields.len(), |r| !(apart && r.execute && !r.write));
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for part in parts {
        let bytes = part.of(file.view());
        for (start, mark) in words.asked_for(words.search.find_over(&bytes, 0..bytes.len()), &bytes, asked) {
            let count = counts.entry(mark).or_default();
            *count += 1;
            // Each text has its own bound: any number of one says nothing about another.
            if *count > TEXTS_MAX {
                cut = true;
                continue;
            }
            wanted.texts.insert(part.address.saturating_add(start as u64), mark);
            // A command line that goes on behind it begins before it.
            let before = bytes.get(start.saturating_sub(64)..start).unwrap_or_default();
            let is_wide = bytes.get(start + 1) == Some(&0) && start % 2 == 0;
            let back = if is_wide {
                // The same in two bytes a letter, of which paths have more.
                let wide = bytes.get(start.saturating_sub(WIDE_WITHIN)..start).unwrap_or_default().as_rchunks::<2>().1;
                2 * wide.iter().rev().take_while(|w| matches!(w, [0x20..=0x7e, 0])).count()
            } else {
                before.iter().rev().take_while(|b| matches!(b, 0x20..=0x7e)).count()
            };
            if back > 0 {
                mean(wanted, part.address.saturating_add((start - back) as u64), mark);
            }
            // Go and Rust set no end between texts: an address begins with its scheme, a path with what separates it.
            let paths = before.iter().rev().take(3).take_while(|b| b"/\\~.".contains(b)).count();
            let address = memchr::memmem::rfind(before, b"http").map_or(0, |at| before.len() - at);
            // A script is pointed at where it begins, or a few letters behind it where code copies those as a number.
            let lines = bytes.get(start.saturating_sub(SCRIPT_WITHIN)..start).unwrap_or_default();
            let script = memchr::memmem::rfind(lines, b"#!/").map_or(0, |at| lines.len() - at);
            let is_text = |b: &u8| matches!(b, b'\n' | b'\t' | b' '..=b'~');
            if script > back && lines.iter().rev().take(script).all(is_text) {
                let first = part.address.saturating_add((start - script) as u64);
                (0..8).for_each(|letter| mean(wanted, first.saturating_add(letter), mark));
            }
            let starts = (1..=paths).chain([address]).filter(|n| (1..=back).contains(n));
            wanted.texts.extend(starts.map(|n| (part.address.saturating_add((start - n) as u64), mark)));
        }
    }
    let money = words.texts.iter().find(|(text, _)| *text == harm::OF_MONEY).map(|(_, mark)| *mark);
    if let Some(mark) = money.filter(|m| asked.contains(m)) {
        let all = image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0;
        let places = all.into_iter().flat_map(|part| {
            let bytes = part.of(file.view());
            let places = harm::money_in(&bytes).take(TEXTS_MAX);
            places.map(move |at| part.address.saturating_add(at as u64)).collect::<Vec<u64>>()
        });
        wanted.texts.extend(places.take(TEXTS_MAX).map(|at| (at, mark)));
    }
    let hosts = words.texts.iter().find(|(text, _)| *text == given::OF_HOST).map(|(_, mark)| *mark);
    if let Some(mark) = hosts.filter(|m| asked.contains(m)) {
        for part in image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0 {
            let bytes = part.of(file.view());
            let sockets = given::sockets_in(&bytes).filter(|_| part.len <= SOCKETS_WITHIN);
            for at in given::hosts_in(&bytes).chain(sockets).take(TEXTS_MAX) {
                mean(wanted, part.address.saturating_add(at as u64), mark);
            }
        }
    }
    let numbers = words.texts.iter().find(|(text, _)| *text == planted::OF_NUMBERS).map(|(_, mark)| *mark);
    if let Some(mark) = numbers.filter(|m| asked.contains(m)) {
        for part in image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0 {
            let bytes = part.of(file.view());
            for at in planted::numbers_in(&bytes).take(TEXTS_MAX) {
                mean(wanted, part.address.saturating_add(at as u64), mark);
            }
        }
    }
    let digests = words.texts.iter().find(|(text, _)| *text == unasked::OF_DIGEST).map(|(_, mark)| *mark);
    if let Some(mark) = digests.filter(|m| asked.contains(m)) {
        for part in image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0 {
            for at in unasked::digests_in(&part.of(file.view())) {
                mean(wanted, part.address.saturating_add(at as u64), mark);
            }
        }
    }
    cut |= find_tables(file, image, wanted);
    // What code compares with eight letters, or with four, it holds as one number. Texts that begin alike come first when
    // they are longer; the shortest is meant.
    for (text, mark) in words.texts.iter().filter(|(_, mark)| asked.contains(mark)) {
        let bytes = text.as_bytes();
        let eight = bytes.first_chunk().map(|eight| u64::from_le_bytes(*eight));
        let four = bytes.try_into().ok().map(|four| u64::from(u32::from_le_bytes(four)));
        wanted.numbers.extend(eight.or(four).map(|number| (number, *mark)));
    }
    cut
}

/// Notes what a text means that begins at an address. One text may hold several of these.
fn mean(wanted: &mut Wanted<'_>, whole: u64, mark: u16) {
    if let Some(other) = wanted.texts.insert(whole, mark).filter(|other| *other != mark) {
        let more = wanted.tables.entry(whole).or_default();
        if more.len() < MEANINGS_MAX && !more.contains(&other) {
            more.push(other);
        }
    }
}

/// Tables of pointers that lead to texts of the table: code points at the beginning of such a one, or at its middle.
/// Says whether there are more than are kept.
fn find_tables(file: &Parsed<'_>, image: &Image<'_>, wanted: &mut Wanted<'_>) -> bool {
    /// Words of a table before the one that is meant, and most words that lead to a text.
    const BEFORE: u64 = 12;
    const WORDS_MAX: usize = 1 << 14;
    let (Some(low), Some(high)) = (wanted.texts.keys().min().copied(), wanted.texts.keys().max().copied()) else {
        return false;
    };
    let narrow = image.machine == Machine::X86;
    let width: u64 = if narrow { 4 } else { 8 };
    let mut leads: Vec<(u64, u16)> = Vec::new();
    if let Some(Ok(elf)) = file.elf() {
        let rows = elf.relative().filter(|(_, to)| (low..=high).contains(to));
        leads.extend(rows.filter_map(|(at, to)| Some((at, *wanted.texts.get(&to)?))).take(WORDS_MAX + 1));
    }
    for part in image.parts(file.bytes().len() as u64, |r| !r.execute).0 {
        let skip = part.address.wrapping_neg() & (width - 1);
        let (offset, len) = (part.offset.saturating_add(skip), part.len.saturating_sub(skip));
        let view = Part { offset, len, ..part }.of(file.view());
        // No word lies across two stretches, which are whole numbers of words long.
        for stretch in view.stretches(0..view.len()) {
            let first = part.address.saturating_add(skip).saturating_add(stretch.start as u64);
            let bytes = view.get(stretch).unwrap_or_default();
            let mut lead = |i: usize, word: u64| {
                let to = word.wrapping_sub(image.base);
                if !(low..=high).contains(&to) {
                    return;
                }
                if let Some(mark) = wanted.texts.get(&to).filter(|_| leads.len() <= WORDS_MAX) {
                    leads.push((first.saturating_add(i as u64 * width), *mark));
                }
            };
            if narrow {
                let words = bytes.as_chunks::<4>().0.iter().map(|w| u32::from_le_bytes(*w).into());
                words.enumerate().for_each(|(i, word)| lead(i, word));
            } else {
                let words = bytes.as_chunks::<8>().0.iter().map(|w| u64::from_le_bytes(*w));
                words.enumerate().for_each(|(i, word)| lead(i, word));
            }
        }
    }
    let is_cut = leads.len() > WORDS_MAX;
    let is_few = (1..=HEADERS_FOR).contains(&leads.len()) && !narrow;
    for (at, mark) in leads {
        wanted.words.insert(at, mark);
        for back in 0..=BEFORE {
            let marks = wanted.tables.entry(at.saturating_sub(back * width)).or_default();
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    if is_few && file.view().holds(b"\xff Go buildinf:") {
        find_headers(file, image, wanted);
    }
    is_cut
}

/// Texts in tables for which lists of Go are looked for that hold them.
const HEADERS_FOR: usize = 256;
/// Most elements of a list that stands in a program.
const ELEMENTS_MAX: u64 = 4096;

/// Lists of Go: a place, a length and a capacity, which code takes up instead of the table that they lead to.
fn find_headers(file: &Parsed<'_>, image: &Image<'_>, wanted: &mut Wanted<'_>) {
    let mut found: Vec<(u64, u16)> = Vec::new();
    for part in image.parts(file.bytes().len() as u64, |r| !r.execute && r.write).0 {
        let skip = part.address.wrapping_neg() & 7;
        let view = Part { offset: part.offset.saturating_add(skip), len: part.len.saturating_sub(skip), ..part };
        let bytes = view.of(file.view());
        let words: &[[u8; 8]] = bytes.as_chunks().0;
        let number = |i: usize| words.get(i).map(|w| u64::from_le_bytes(*w));
        for i in 0..words.len() {
            let (Some(to), Some(len), Some(room)) = (number(i), number(i + 1), number(i + 2)) else { break };
            if !(1..=ELEMENTS_MAX).contains(&len) || room < len || room > ELEMENTS_MAX {
                continue;
            }
            if let Some(mark) = wanted.tables.get(&to.wrapping_sub(image.base)).and_then(|marks| marks.first()) {
                found.push((part.address.saturating_add(skip).saturating_add(i as u64 * 8), *mark));
            }
        }
    }
    for (at, mark) in found.into_iter().take(HEADERS_FOR) {
        wanted.words.entry(at).or_insert(mark);
    }
}

/// Texts of the table that code puts together instead of pointing at them. Says whether there are more than are kept.
fn built_texts(
    file: &Parsed<'_>,
    image: &Image<'_>,
    words: &Vocabulary,
    asked: &HashSet<u16>,
    found: &mut Vec<Event>,
) -> bool {
    // Programs for other processors in the same file have their code at the same addresses.
    let own = |offset: u64| file.images().len() == 1 || (image.start..image.end).contains(&offset);
    let pieces = file.built().0.iter().filter(|p| own(p.offset));
    let money = words.texts.iter().find(|(text, _)| *text == harm::OF_MONEY).map(|(_, mark)| *mark);
    let money = money.filter(|m| asked.contains(m));
    let mut texts = pieces.flat_map(|p| {
        let known = words.asked_for(words.search.find_iter(&p.bytes), &p.bytes, asked).map(|(_, mark)| mark);
        let of_money = money.filter(|_| harm::money_in(&ByteView::from_vec(p.bytes.clone())).next().is_some());
        known.chain(of_money).map(|mark| Event { at: p.at, mark })
    });
    // What code decodes is named by it as well.
    let made = file.made().iter().flat_map(|m| {
        words.asked_for(words.search.find_iter(&m.bytes), &m.bytes, asked).map(|(_, mark)| Event { at: m.at, mark })
    });
    let before = found.len();
    found.extend(made.take(BUILT_MAX));
    found.extend(texts.by_ref().take(BUILT_MAX));
    if found.len() > before {
        found.sort_unstable_by_key(|e| (e.at, e.mark));
    }
    texts.next().is_some()
}

/// Whether the call at an address is given `AF_UNIX` as its first argument: what is put last into edi, or into w0.
fn is_local(file: &Parsed<'_>, image: &Image<'_>, places: &Places, address: u64) -> bool {
    const AF_UNIX: u32 = 1;
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let before = file.bytes().get(at.saturating_sub(24)..at).unwrap_or_default();
    let given = match image.machine {
        Machine::X64 => gates::number_in(before, 0xbf),
        // push n, right before the call
        Machine::X86 => match before {
            [.., 0x6a, n] => Some(u32::from(*n)),
            _ => None,
        },
        // movz w0, n
        Machine::Arm64 => before
            .as_rchunks::<4>()
            .1
            .iter()
            .rev()
            .map(|w| u32::from_le_bytes(*w))
            .find_map(|word| (word & 0xffe0_001f == 0x5280_0000).then_some(word >> 5 & 0xffff)),
        _ => None,
    };
    given == Some(AF_UNIX)
}

/// Whether one of these bytes stands within so many bytes of code before and behind an address.
fn code_near(file: &Parsed<'_>, places: &Places, address: u64, within: (usize, usize), any: &[&[u8]]) -> bool {
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let end = at.saturating_add(within.1).min(file.bytes().len());
    let near = file.bytes().get(at.saturating_sub(within.0)..end).unwrap_or_default();
    any.iter().any(|bytes| memchr::memmem::find(near, bytes).is_some())
}

/// Whether code behind an address calls or jumps to what a register holds.
fn calls_register(file: &Parsed<'_>, image: &Image<'_>, places: &Places, address: u64) -> bool {
    const WITHIN: usize = 400;
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let behind = file.bytes().get(at..).unwrap_or_default();
    let behind = behind.get(..WITHIN).unwrap_or(behind);
    match image.machine {
        // call reg, jmp reg, call [rsp or rbp + n]
        Machine::X64 | Machine::X86 => behind
            .windows(3)
            .any(|w| matches!(w, [0xff, 0xd0..=0xd7 | 0xe0..=0xe7, _] | [0xff, 0x54, 0x24] | [0xff, 0x55 | 0x95, _])),
        // blr
        Machine::Arm64 => behind.as_chunks::<4>().0.iter().any(|w| u32::from_le_bytes(*w) & 0xffff_fc1f == 0xd63f_0000),
        Machine::Other => false,
    }
}

/// Whether the last thing that is done to the first argument before a call is to point it at a place in the program.
fn is_given_text(file: &Parsed<'_>, image: &Image<'_>, places: &Places, address: u64) -> bool {
    const WITHIN: usize = 24;
    let Some(at) = places.at(address).and_then(|(at, _)| usize::try_from(at).ok()) else { return false };
    let before = file.bytes().get(at.saturating_sub(WITHIN)..at).unwrap_or_default();
    match image.machine {
        // lea rdi or rcx, [rip + n]; mov edi or ecx, n; push n
        Machine::X64 | Machine::X86 => {
            let has = |bytes: &[u8]| memchr::memmem::find(before, bytes).is_some();
            let place =
                |from: usize| before.get(from..from + 4).and_then(|v| v.first_chunk().copied()).map(u32::from_le_bytes);
            let whole = (0..before.len()).filter(|i| matches!(before.get(*i), Some(0xbf | 0xb9 | 0x68)));
            // By way of rax, as code that is not optimised does it.
            let by_way = before.windows(10).any(|w| {
                w.starts_with(b"\x48\x8d\x05") && (w.ends_with(b"\x48\x89\xc7") || w.ends_with(b"\x48\x89\xc1"))
            });
            // By its distance from the global offset table, in 32 bits: lea reg, [reg + n].
            let by_table = image.got.filter(|_| image.machine == Machine::X86).is_some_and(|got| {
                let far = |i: &usize| matches!(before.get(*i..), Some([0x8d, m, ..]) if m & 0xc0 == 0x80 && m & 7 != 4);
                let targets = (0..before.len()).filter(far).filter_map(|i| place(i + 2));
                targets
                    .map(|v| got.wrapping_add_signed(i64::from(v.cast_signed())) & 0xffff_ffff)
                    .any(|t| places.at(t).is_some())
            });
            by_way
                || by_table
                || has(b"\x48\x8d\x3d")
                || has(b"\x48\x8d\x0d")
                || whole
                    .filter_map(|i| place(i + 1))
                    .any(|v| places.at(u64::from(v).wrapping_sub(image.base)).is_some())
        }
        // add x0, xn, #n, where xn is not the stack
        Machine::Arm64 => {
            let words = before.as_chunks::<4>().0.iter().map(|w| u32::from_le_bytes(*w));
            words.into_iter().any(|w| w & 0xffc0_001f == 0x9100_0000 && w >> 5 & 31 != 31)
        }
        Machine::Other => false,
    }
}

#[cfg(test)]
mod tests;
