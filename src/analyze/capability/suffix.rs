//! Where the name of a host ends, by the public-suffix list.
//!
//! Compilers of Rust and Go store texts by their length, one behind the other, so that `https://auth.openai.com` is
//! followed by whatever text comes next: `https://auth.openai.comjson`. The list of domains that there are
//! (<https://publicsuffix.org>, compiled in) says which part of `comjson` can end a name. Texts of scripts have ends of
//! their own and are left as they are, or the names of somebody's own network would be cut.

/// Endings of names that are looked up in the own network, in overlays, or nowhere (RFC 2606, 6761, 6762, 7686, 8375;
/// names that RFC 6762 appendix G and common software use). The list does not hold them.
const OWN: &[&str] = &[
    "alt",
    "arpa",
    "bit",
    "consul",
    "corp",
    "eth",
    "example",
    "home",
    "i2p",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "svc",
    "test",
];

/// Whether a label ends names of hosts. In lower case.
fn ends_names(label: &str) -> bool {
    // Some suffixes exist only below their label (`*.ck`), so that the label alone does not tell.
    let below = format!("a.b.{label}");
    OWN.contains(&label) || psl::suffix(below.as_bytes()).is_some_and(|s| s.is_known())
}

/// No label that ends names is longer, in bytes.
const LONGEST: usize = 48;

/// The longest beginning of a label that ends names.
fn longest(label: &str) -> Option<&str> {
    let ends = label.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST);
    let mut ends = ends.filter(|end| *end >= 2).collect::<Vec<_>>();
    ends.reverse();
    ends.into_iter().filter_map(|end| label.get(..end)).find(|part| ends_names(&part.to_lowercase()))
}

/// The part of a text that is the name of a host, where nothing says where the text ends: what comes behind may be the
/// beginning of another text. `None` when no part of it can be one.
pub(super) fn unglued(text: &str) -> Option<&str> {
    let stop = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let (name, whole) = text.find(stop).map_or((text, true), |at| (text.get(..at).unwrap_or_default(), false));
    let name = if whole { name } else { name.trim_end_matches(['-', '_']) }.trim_end_matches('.');
    let first = name.find('.')?;
    let last = name.rfind('.')? + 1;
    let ending = name.get(last..)?;
    // `comJSON`: a word in small letters and what begins with a large one.
    if let Some(large) = ending.find(char::is_uppercase).filter(|at| *at > 0)
        && let Some(small) = ending.get(..large).filter(|part| ends_names(part))
    {
        return name.get(..last + small.len());
    }
    if ends_names(&ending.to_lowercase()) {
        return Some(name);
    }
    // `io0.1.2`, `com_version`, `com-gzip.bin`: domains have no digits, nor anything but letters. Only behind a label
    // of letters that ends names is there one; `10.0.0.1.x` is none.
    let mut at = first + 1;
    for label in name.get(at..)?.split('.') {
        let letters = label.find(|c: char| !c.is_alphabetic()).unwrap_or(label.len());
        let is_last = at == last;
        if let Some(part) = label.get(..letters).filter(|_| letters < label.len() || is_last)
            && !label.starts_with("xn--")
        {
            let part = if is_last { longest(part) } else { Some(part).filter(|p| ends_names(&p.to_lowercase())) };
            if let Some(part) = part.filter(|p| p.len() >= 2) {
                return name.get(..at + part.len());
            }
        }
        at += label.len() + 1;
    }
    None
}

/// Whether `name` is `known`, another name of the same file, and a text that was glued to it: it goes on with a letter
/// or digit, and with more labels, where the other has its end.
pub(super) fn continues(name: &str, known: &str) -> bool {
    name.strip_prefix(known).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.contains('.') && known.contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_says_where_a_name_ends() {
        for (glued, name) in [
            ("auth.openai.comjson", "auth.openai.com"),
            ("github.comhttps", "github.com"),
            ("x.comms", "x.com"),
            ("example.com.aux", "example.com.au"),
            ("example.com.auhttp", "example.com.au"),
            ("crates.iodebug", "crates.io"),
            ("openai.comJSON", "openai.com"),
            ("example.comPany", "example.com"),
            ("crates.io0.1.2", "crates.io"),
            ("example.com_name", "example.com"),
            ("example.com{}", "example.com"),
            ("api.invalidtext", "api.invalid"),
            ("пример.рфтекст", "пример.рф"),
        ] {
            assert_eq!(unglued(glued), Some(name), "{glued}");
        }
    }

    #[test]
    fn names_that_end_as_the_list_says_stay_whole() {
        for name in [
            "foo.community",
            "example.com.au",
            "foo.zip",
            "foo.dev",
            "a.b.ck",
            "foo.travel",
            "a.github.io",
            "xn--e1afmkfd.xn--p1ai",
            "пример.рф",
            "Example.COM",
            "service.internal",
            "abcdef.onion",
            "c2.invalid",
            "www.comcast.net",
            "api.network.org",
        ] {
            assert_eq!(unglued(name), Some(name));
        }
    }

    #[test]
    fn what_can_be_no_name_is_none() {
        let long = format!("x.q{}", "q".repeat(300));
        for text in [long.as_str(), "", "x", "host", "{}.example.com", "api.{}.example.com", "a.q", "foo.zzzz", "1.2.3"]
        {
            assert_eq!(unglued(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_that_goes_on_behind_another_of_the_file_is_glued() {
        assert!(continues("github.comsrc.rs", "github.com"));
        assert!(!continues("github.com.au", "github.com"));
        assert!(!continues("foo.com", "foo.co"));
        assert!(!continues("github.community", "github.com"));
    }
}
