//! What stands in the brackets behind a word that loads code, makes it, or holds what is global: whether a name that is
//! not written there can come of it.

/// Bytes behind an opening bracket, or before a word, in which its end or beginning is looked for.
const NEAR: usize = 256;
/// Brackets within the brackets of a name; a run of closing ones is no name.
const MAX_NESTED: usize = 8;

/// What is made of what stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// What stands there, or nothing: a string, a number, a declaration, text about code.
    Nothing,
    /// Hardly ever a name that is hidden: a path of a file, code that stands there, one more of a class.
    Hardly,
    /// It can be any name.
    Name,
}

/// What `require(…)`, `import(…)` or `Function(…)` is given, by the place of the bracket.
pub(super) fn argument(bytes: &[u8], word: &[u8], open: usize) -> Made {
    let Some((first, at)) = past_notes(bytes, open + 1) else { return Made::Name };
    let rest = near(bytes, at);
    let is_text_about_code = match first {
        // In a text the quotes are escaped, what is filled in has its signs, and dots stand for whatever it is.
        b'\\' => matches!(rest.get(1), Some(b'"' | b'\'' | b'`')),
        b'$' => rest.get(1) == Some(&b'{'),
        b'.' => rest.starts_with(b"...)"),
        // Bundles have numbers for their modules. `import` makes text of whatever it is given.
        b'0'..=b'9' => is_closed(rest, |b| b.is_ascii_digit()),
        b'[' | b'{' => word == b"require" && is_flat(rest),
        _ => false,
    };
    if is_text_about_code || first == b')' || is_declared(near(bytes, open + 1)) {
        return Made::Nothing;
    }
    // Code that stands there, `Function("return this")`, has its words there; behind a comma there is more.
    if word == b"Function" {
        let is_all = string_of(rest).is_some_and(|text| skip_blanks(bytes, at + text.len() + 2).0 == b')');
        return if is_all && is_plain(bytes, at, b')') { Made::Hardly } else { Made::Name };
    }
    if is_plain(bytes, at, b')') {
        Made::Nothing
    } else if is_path(rest) {
        Made::Hardly
    } else {
        Made::Name
    }
}

/// What is asked for behind something global, by the place of the bracket.
pub(super) fn index(bytes: &[u8], open: usize) -> Made {
    let (first, at) = skip_blanks(bytes, open + 1);
    let rest = near(bytes, at);
    let is_number = first.is_ascii_digit()
        && rest.iter().position(|b| !b.is_ascii_digit()).is_some_and(|n| rest.get(n) == Some(&b']'));
    let is_symbol = rest.strip_prefix(b"Symbol.").is_some_and(|rest| {
        let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
        match rest.get(end) {
            Some(b']') => true,
            Some(b'(') => rest.starts_with(b"for(") && closes_a_string(rest.get(end + 1..).unwrap_or_default(), b")]"),
            _ => false,
        }
    });
    if is_number || is_symbol || is_plain(bytes, open + 1, b']') { Made::Nothing } else { Made::Name }
}

/// Whether what is in the brackets is one string that stands there, or nothing.
pub(super) fn is_plain(bytes: &[u8], at: usize, close: u8) -> bool {
    let Some((first, at)) = past_notes(bytes, at) else { return false };
    if first == close {
        return true;
    }
    let rest = near(bytes, at);
    let Some(text) = string_of(rest) else { return false };
    let (next, _) = skip_blanks(bytes, at + text.len() + 2);
    (next == close || next == b',') && !(first == b'`' && text.contains(&b'$')) && !text.contains(&b'\\')
}

/// Whether a word that stands behind one quote and before another is what an expression is asked for: `f["constructor"]`,
/// not one of a list, nor the name of a field.
pub(super) fn is_asked_for(bytes: &[u8], quote: usize) -> bool {
    let open = blanks_before(bytes, quote);
    if open.last() != Some(&b'[') {
        return false;
    }
    is_behind_an_expression(bytes, open.len() - 1)
}

fn is_behind_an_expression(bytes: &[u8], open: usize) -> bool {
    let holder = blanks_before(bytes, open);
    holder.last().is_some_and(|b| is_of_name(*b) || matches!(b, b')' | b']' | b'.' | b'"' | b'\'' | b'`' | b'/' | b'}'))
}

/// What the name of a method that is called in brackets is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// One that stands there, the place in a list, or no method.
    ByName,
    /// That of a variable: `f[name](x)`.
    ByVariable,
    /// Worked out of places and other variables: `f[a + b](x)`, `f[names[1]](x)`.
    WorkedOut,
    /// Worked out by functions, or of texts: `f[g(1)](x)`, `f["a" + b](x)`.
    OfText,
}

/// How a method is called that is asked for in brackets, by the place of the closing one.
pub(super) fn called(bytes: &[u8], close: usize) -> Called {
    let start = close.saturating_sub(NEAR);
    let before = bytes.get(start..close).unwrap_or_default();
    let mut deep = 0usize;
    for (n, byte) in before.iter().enumerate().rev() {
        match byte {
            b']' if deep >= MAX_NESTED => return Called::ByName,
            b']' => deep += 1,
            b'[' if deep > 0 => deep -= 1,
            b'[' => {
                let inner = before.get(n + 1..).unwrap_or_default();
                // What is taken out of an object is named before a colon.
                let is_taken = bytes.get(close + 1) == Some(&b':');
                return if !is_taken && !is_behind_an_expression(bytes, start + n) {
                    Called::ByName
                } else if inner.iter().skip(1).any(|b| matches!(b, b'(' | b'"' | b'\'' | b'`'))
                    && !is_plain(bytes, start + n + 1, b']')
                {
                    Called::OfText
                } else if inner.iter().any(|b| matches!(b, b'[' | b'+')) {
                    Called::WorkedOut
                } else if matches!(inner.first(), None | Some(b'"' | b'\'' | b'0'..=b'9')) {
                    Called::ByName
                } else {
                    Called::ByVariable
                };
            }
            b';' => return Called::ByName,
            _ => {}
        }
    }
    Called::ByName
}

/// Of what `getattr` asks, by the place of the bracket, and whether it is for something that is worked out there: `(os,
/// "metsys"[::-1])`, `(os, f(1))`. Text with a name in it, `f"visit_{name}"`, is so often of one's own that only modules are not
/// asked for it.
pub(super) fn attribute(bytes: &[u8], open: usize, is_module: impl Fn(&[u8]) -> bool) -> bool {
    let rest = near(bytes, open + 1);
    let Some(comma) = rest.iter().position(|b| *b == b',') else { return false };
    let (first, at) = skip_blanks(rest, comma + 1);
    let is_template = matches!(first, b'f' | b'F') && matches!(rest.get(at + 1), Some(b'"' | b'\''));
    if is_template {
        // Nobody fills a text with a text that stands there.
        let text = rest.get(at + 2..).unwrap_or_default();
        let mut pairs = text.windows(2).take_while(|pair| !matches!(pair, [b')' | b'\n', _]));
        return pairs.any(|pair| matches!(pair, [b'{', b'"' | b'\'']))
            || rest.get(..comma).is_some_and(|holder| is_module(holder.trim_ascii()));
    }
    let mut deep = 0usize;
    let asked = rest.get(comma + 1..).unwrap_or_default();
    let end = asked.iter().position(|b| {
        match b {
            b'(' | b'[' => deep += 1,
            b')' | b']' if deep > 0 => deep -= 1,
            b')' | b',' if deep == 0 => return true,
            _ => {}
        }
        false
    });
    asked.get(..end.unwrap_or(asked.len())).unwrap_or_default().iter().any(|b| matches!(b, b'(' | b'[' | b'%' | b'`'))
}

/// Whether what ends at a place is made anew: `new a.b`, `new (a.b)`.
pub(super) fn is_made_anew(bytes: &[u8], end: usize) -> bool {
    let before = bytes.get(end.saturating_sub(NEAR)..end).unwrap_or_default();
    let ahead = match before.last() {
        Some(b')') => {
            let mut deep = 0usize;
            let open = before.iter().rposition(|b| {
                match b {
                    b')' => deep += 1,
                    b'(' => deep = deep.saturating_sub(1),
                    _ => {}
                }
                deep == 0
            });
            open.and_then(|open| before.get(..open))
        }
        _ => before.iter().rposition(|b| !is_of_name(*b) && *b != b'.').and_then(|n| before.get(..=n)),
    };
    let Some(word) = ahead.map(<[u8]>::trim_ascii_end).and_then(|ahead| ahead.strip_suffix(b"new")) else {
        return false;
    };
    !word.last().is_some_and(|b| is_of_name(*b) || *b == b'.')
}

/// Whether a place is in a comment that has its line for itself. A sign with which something else could end there, and
/// the comment be none, makes it code.
pub(super) fn is_in_comment(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
    let line = match before.iter().rposition(|b| *b == b'\n') {
        Some(end) => before.get(end + 1..).unwrap_or_default(),
        None if before.len() == at => before,
        None => return false,
    };
    line.trim_ascii_start().starts_with(b"//")
        && line.iter().all(|b| b.is_ascii() && !matches!(b, b'"' | b'\'' | b'`' | b'$' | b'{' | b'*' | b'\r'))
}

/// The next byte that is no blank, and where it stands.
pub(super) fn skip_blanks(bytes: &[u8], mut at: usize) -> (u8, usize) {
    while let Some(byte) = bytes.get(at).copied() {
        if !byte.is_ascii_whitespace() {
            return (byte, at);
        }
        at += 1;
    }
    (0, at)
}

/// The next byte behind blanks and the notes that bundlers write there; `None` if they do not end.
fn past_notes(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let (mut first, mut at) = skip_blanks(bytes, at);
    let mut left = 4;
    while first == b'/' && bytes.get(at + 1) == Some(&b'*') {
        left -= 1;
        let end = memchr::memmem::find(near(bytes, at), b"*/").filter(|_| left > 0)?;
        (first, at) = skip_blanks(bytes, at + end + 2);
    }
    Some((first, at))
}

/// What stands between the quotes with which bytes begin.
fn string_of(bytes: &[u8]) -> Option<&[u8]> {
    let quote = bytes.first().filter(|b| matches!(b, b'"' | b'\'' | b'`'))?;
    let rest = bytes.get(1..)?;
    rest.get(..rest.iter().position(|b| b == quote)?)
}

/// Whether bytes begin with a string without escapes, and that with these.
fn closes_a_string(bytes: &[u8], with: &[u8]) -> bool {
    string_of(bytes).is_some_and(|text| {
        !text.contains(&b'\\')
            && !text.contains(&b'$')
            && bytes.get(text.len() + 2..).is_some_and(|b| b.starts_with(with))
    })
}

/// Whether such bytes are all up to the closing bracket.
fn is_closed(rest: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let end = rest.iter().position(|b| !is(*b)).unwrap_or(rest.len());
    skip_blanks(rest, end).0 == b')'
}

/// Whether a list or an object holds nothing but names and strings and is the whole argument. One kind of quotes, so that
/// it is told which bracket stands in a string.
fn is_flat(rest: &[u8]) -> bool {
    let close = if rest.first() == Some(&b'[') { b']' } else { b'}' };
    let Some(end) = rest.iter().position(|b| *b == close) else { return false };
    let inner = rest.get(1..end).unwrap_or_default();
    let quotes = |quote: u8| inner.iter().filter(|b| **b == quote).count();
    let (double, single) = (quotes(b'"'), quotes(b'\''));
    double % 2 == 0
        && single % 2 == 0
        && (double == 0 || single == 0)
        && !inner.iter().any(|b| matches!(b, b'`' | b'\\' | b'(' | b'[' | b'{' | b'/'))
        && matches!(skip_blanks(rest, end + 1).0, b')' | b',')
}

/// Whether names of parameters stand in the brackets, and a body behind them on the same line: no call is written so.
fn is_declared(rest: &[u8]) -> bool {
    let Some(end) = rest.iter().position(|b| *b == b')') else { return false };
    let inner = rest.get(..end).unwrap_or_default();
    let behind = rest.get(end + 1..).unwrap_or_default();
    let is_of_parameters =
        |b: &u8| is_of_name(*b) || matches!(b, b',' | b' ' | b':' | b'?' | b'.' | b'<' | b'>' | b'|');
    inner.iter().all(is_of_parameters) && behind.trim_ascii_start().first() == Some(&b'{') && {
        let gap = behind.iter().take_while(|b| **b != b'{');
        gap.copied().all(|b| b == b' ' || b == b'\t')
    }
}

/// Whether text begins as a path does, or functions that make one are asked for it.
fn is_path(rest: &[u8]) -> bool {
    const OF_PATHS: [&[u8]; 7] =
        [b"path.join(", b"path.resolve(", b"join(", b"resolve(", b"require.resolve(", b"pathToFileURL(", b"(0, _path."];
    if OF_PATHS.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    let Some(text) = string_of(rest) else { return false };
    [&b"./"[..], b"../", b"/"].iter().any(|start| text.starts_with(start))
        || text.starts_with(b"${") && text.ends_with(b"/package.json")
}

fn blanks_before(bytes: &[u8], end: usize) -> &[u8] {
    bytes.get(..end).unwrap_or_default().trim_ascii_end()
}

fn near(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.get(..rest.len().min(NEAR)).unwrap_or_default()
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(script: &str) -> Made {
        let open = script.find('(').unwrap();
        argument(script.as_bytes(), script[..open].trim().as_bytes(), open)
    }

    #[test]
    fn text_about_code_numbers_and_declarations_make_no_names() {
        for script in [
            "require('fs')",
            "require (\"fs\", x)",
            "import(/* a */ /* b */ './a.js')",
            "require(25)",
            "require({2})' or a default import",
            "require(...)",
            "require(\\'../lib\\')",
            "import(${JSON.stringify(id)});",
            "require([\"a\", id], done)",
            "import(params, options, callback) {",
            "Function(a?: string, b: any) {",
            "Function()",
        ] {
            assert_eq!(made(script), Made::Nothing, "{script}");
        }
    }

    #[test]
    fn whatever_can_be_a_name_is_one() {
        for script in [
            "require(a)",
            "require('child' + '_process')",
            "require(['child', 'process'].join('_'))",
            "require(['child_process'][0])",
            "require([\"'\", '])'][1])",
            "require({ a: b }.a)",
            "require(...a)",
            "import([a])",
            "import({ toString })",
            "require(`${a}_process`)",
            "require(2 + a)",
            "require('\\x66s')",
            "import(a)\n{ b }",
            "require(a);{ b }",
            "require(/* a */ b)",
            "require(/* a */ /* b */ /* c */ /* d */ 'fs')",
            "Function('a', b)",
            "Function('a', 'b' + c)",
            "Function(`a${b}`)",
        ] {
            assert_eq!(made(script), Made::Name, "{script}");
        }
        for script in [
            "require('./' + a)",
            "require(`../${a}.js`)",
            "require(path.join(a, b))",
            "import(`${a}/package.json`)",
            "Function('return this')",
        ] {
            assert_eq!(made(script), Made::Hardly, "{script}");
        }
    }

    #[test]
    fn numbers_and_symbols_are_no_names_of_what_is_global() {
        let made = |script: &str| index(script.as_bytes(), 0);
        for script in ["[0]", "['a']", "[Symbol.iterator]", "[Symbol.for('a')]", "[]"] {
            assert_eq!(made(script), Made::Nothing, "{script}");
        }
        for script in
            ["[a]", "[0 + a]", "['a' + b]", "[Symbol.for('a').description]", "[Symbol.for('a' + b)]", "[Symbol.a.b]"]
        {
            assert_eq!(made(script), Made::Name, "{script}");
        }
    }

    #[test]
    fn a_quoted_word_is_asked_for_behind_an_expression() {
        let asked = |script: &str| is_asked_for(script.as_bytes(), script.rfind("\"c\"").unwrap());
        for script in ["f[\"c\"]", "f() [ \"c\" ]", "[][\"c\"]", "''[\"c\"]", "f?.[\"c\"]", "f/**/[\"c\"]"] {
            assert!(asked(script), "{script}");
        }
        for script in ["({ [\"c\"]: 1 })", "a = [\"c\"]", "f(\"c\")", "[\"b\", \"c\"]"] {
            assert!(!asked(script), "{script}");
        }
    }

    #[test]
    fn what_is_made_anew_is_told_by_the_word_before_it() {
        let anew = |script: &str| is_made_anew(script.as_bytes(), script.find(".constructor").unwrap());
        for script in ["new a.constructor(b)", "x = new a.b.constructor(c)", "new(t = e.f(g)).constructor(t)"] {
            assert!(anew(script), "{script}");
        }
        for script in
            ["a.constructor(b)", "renew a.constructor(b)", "f(a).constructor(b)", ".constructor", ")).constructor"]
        {
            assert!(!anew(script), "{script}");
        }
    }

    #[test]
    fn a_name_is_worked_out_where_more_than_a_name_stands() {
        let how = |script: &str| called(script.as_bytes(), script.rfind("](").unwrap());
        for script in ["a[b(1)](c)", "a()['b' + c](d)", "a[`b${c}`](d)", "a[b + 'c'](d)"] {
            assert_eq!(how(script), Called::OfText, "{script}");
        }
        for script in ["a[b[1]](c)", "a[b + 1](c)"] {
            assert_eq!(how(script), Called::WorkedOut, "{script}");
        }
        assert_eq!(how("a[b](c)"), Called::ByVariable);
        for script in ["a[0](c)", "a['b'](c)", "[b(1)](c)", "a[b; c(1)](d)", "b(1)](c)"] {
            assert_eq!(how(script), Called::ByName, "{script}");
        }
        let asked = |script: &str| attribute(script.as_bytes(), script.find('(').unwrap(), |name| name == b"os");
        for script in [
            "getattr(a, 'b'[::-1])",
            "getattr(a, f(b, c), d)",
            "getattr(a, '%s' % b)",
            "getattr(os, f'{a}b')",
            "getattr(a, f'{\"b\"}c')",
        ] {
            assert!(asked(script), "{script}");
        }
        for script in ["getattr(a, b)", "getattr(a, 'b' + c, f())", "getattr(a, f'b{c}')", "getattr(a)"] {
            assert!(!asked(script), "{script}");
        }
    }

    #[test]
    fn only_a_line_that_is_a_comment_for_sure_is_one() {
        let comment = |script: &str| is_in_comment(script.as_bytes(), script.rfind("require").unwrap());
        for script in ["// a require(b)", "a\n  // a require(b)"] {
            assert!(comment(script), "{script}");
        }
        for script in [
            "a // require(b)",
            "/*\n// */ require(b)",
            "`\n// ${require(b)}`",
            "'\\\n// ' + require(b)",
            "// a\rrequire(b)",
            "<a>\n// {require(b)}</a>",
            "// a\u{2028}require(b)",
            "require(b)",
        ] {
            assert!(!comment(script), "{script}");
        }
        assert!(!comment(&format!("//{} require(b)", " ".repeat(300))));
    }
}
