//! Functions that a program brings along, by what they are of the vocabulary: those of Go, those of Rust's library under
//! their mangled names, and those of the C library in programs that are linked without the loader.

use crate::parse::Parsed;
use crate::parse::native::stem;
use crate::parse::outline;

/// Functions of Rust's library and of its commonest clients: parts of the mangled name in their order (both ways of
/// mangling write the length before each part), and the word of the vocabulary.
const RUST: &[(&[&str], &str)] = &[
    (&["3net3tcp9TcpStream7connect"], "TcpStream::connect"),
    (&["9TcpStream7connect"], "TcpStream::connect"),
    (&["3net10connection9each_addr"], "TcpStream::connect"),
    (&["9TcpStream15connect_timeout"], "TcpStream::connect"),
    (&["9TcpStream", "2io4Read4read"], "TcpStream::read"),
    (&["TcpStream$u20$as$u20$std..io..Read$GT$", "4read"], "TcpStream::read"),
    (&["9TcpStream", "2io5Write5write"], "TcpStream::write"),
    (&["9UdpSocket7send_to"], "TcpStream::write"),
    (&["7process", "7Command3new"], "Command::new"),
    (&["7process", "7Command5spawn"], "Command::run"),
    (&["7process", "7Command6output"], "Command::run"),
    (&["7process", "7Command6status"], "Command::run"),
    (&["2fs5write5inner"], "fs::write"),
    (&["2fs5write"], "fs::write"),
    (&["2fs4read5inner"], "fs::read"),
    (&["2fs14read_to_string5inner"], "fs::read"),
    (&["2fs11OpenOptions5_open"], "fs::open"),
    (&["2fs", "15set_permissions"], "fs::set_permissions"),
    (&["2fs", "11remove_file"], "fs::remove_file"),
    (&["2fs", "6rename"], "fs::rename"),
    (&["3env11current_exe"], "env::current_exe"),
    (&["7reqwest", "RequestBuilder4send"], "reqwest::send"),
    (&["7reqwest", "14RequestBuilder4send"], "reqwest::send"),
    (&["4ureq", "7Request4send"], "reqwest::send"),
];

/// The word for a function of Rust's library.
fn rust(name: &str) -> Option<&'static str> {
    if !name.starts_with("_R") && !name.starts_with("_ZN") {
        return None;
    }
    let has = |parts: &[&str]| {
        parts.iter().try_fold(name, |rest, part| rest.split_once(part).map(|(_, behind)| behind)).is_some()
    };
    RUST.iter().find(|(parts, _)| has(parts)).map(|(_, word)| *word)
}

/// The word for a function of a C library that is linked into the program.
fn linked(name: &[u8]) -> &[u8] {
    let name = name.iter().position(|b| *b != b'_').and_then(|at| name.get(at..)).unwrap_or(name);
    stem(name.strip_prefix(b"libc_").or_else(|| name.strip_prefix(b"IO_new_")).unwrap_or(name))
}

/// The functions of a program by address, each with its word, and whether it names more than are kept. `bare` programs
/// import nothing.
pub(super) fn functions<'a>(file: &Parsed<'a>, bare: bool) -> (Vec<(u64, &'a [u8])>, bool) {
    if file.images().len() != 1 {
        return (Vec::new(), false);
    }
    let go = outline::go_functions(file);
    if !go.is_empty() {
        return (go.into_iter().map(|(at, name)| (at, stem(name))).collect(), false);
    }
    let (kept, cut) = outline::symbol_functions(file);
    let word = |name: &'a [u8]| match std::str::from_utf8(name).ok().and_then(rust) {
        Some(word) => Some(word.as_bytes()),
        None => bare.then(|| linked(name)),
    };
    (kept.into_iter().filter_map(|(at, name)| Some((at, word(name)?))).collect(), cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_mangling_are_read() {
        let word = |name| rust(name);
        assert_eq!(word("_RNvMsk_NtCsjrHSEGnQ3l9_3std7processNtB5_7Command6output"), Some("Command::run"));
        assert_eq!(word("_ZN3std7process7Command6output17h5aa23ad1f5706405E"), Some("Command::run"));
        assert_eq!(
            word("_RNvXs_NtNtCsjrHSEGnQ3l9_3std3net3tcpNtB4_9TcpStreamNtNtB8_2io4Read4read"),
            Some("TcpStream::read")
        );
        assert_eq!(word("_ZN4core3ptr42drop_in_place$LT$std..process..Command$GT$17h5aa23ad1f5706405E"), None);
        assert_eq!(word("Command6output"), None);
    }

    #[test]
    fn a_linked_library_has_more_than_one_name_for_a_function() {
        assert_eq!(linked(b"__libc_connect"), b"connect");
        assert_eq!(linked(b"_IO_new_popen"), b"popen");
        assert_eq!(linked(b"memfd_create"), b"memfd_create");
        assert_eq!(linked(b"__"), b"__");
    }
}
