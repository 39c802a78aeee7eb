//! The only way by which text gets onto the page.

use crate::model::finding::is_invisible;

/// A page that is being written. Own markup goes in with [`Page::raw`], which takes only what is written in this program,
/// and everything else with [`Page::text`].
pub(super) struct Page {
    out: String,
}

impl Page {
    pub(super) fn new() -> Self {
        Self { out: String::new() }
    }

    /// Markup of our own.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Text, whoever wrote it: escaped, and every character that a browser does not draw drawn as its code point.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        // Evidence has its invisible characters written out already (`<U+202E>`); they are drawn alike.
        while let Some(at) = rest.find("<U+") {
            let (before, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.plain(before);
            let digits: String = tail.chars().skip(3).take_while(char::is_ascii_hexdigit).take(6).collect();
            let len = digits.len().saturating_add(4);
            match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                Some(c) if tail.get(len.saturating_sub(1)..len) == Some(">") && is_invisible(c) => {
                    self.drawn(c);
                    rest = tail.get(len..).unwrap_or_default();
                }
                _ => {
                    self.plain("<U+");
                    rest = tail.get(3..).unwrap_or_default();
                }
            }
        }
        self.plain(rest);
    }

    fn plain(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                '\n' => self.out.push('\n'),
                c if is_invisible(c) => self.drawn(c),
                c => self.out.push(c),
            }
        }
    }

    /// An invisible character, as a box with its number and its name.
    fn drawn(&mut self, c: char) {
        let number = format!("U+{:04X}", c as u32);
        self.out.push_str(&format!("<span class=\"inv\" title=\"{}\">{number}</span>", name(c)));
    }

    /// Text for a place where no markup may stand (the title): what is invisible is written out.
    pub(super) fn flat(&mut self, text: &str) {
        for c in crate::report::text::clean(text).chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                c => self.out.push(c),
            }
        }
    }

    /// An element with nothing but text in it.
    pub(super) fn element(&mut self, tag: &str, class: &str, text: &str) {
        match class {
            "" => self.raw(&format!("<{tag}>")),
            class => self.raw(&format!("<{tag} class=\"{class}\">")),
        }
        self.text(text);
        self.raw(&format!("</{tag}>"));
    }

    /// A row of cells.
    pub(super) fn row(&mut self, cells: &[&str]) {
        self.raw("<tr>");
        for cell in cells {
            self.element("td", "", cell);
        }
        self.raw("</tr>\n");
    }

    /// The head of a table.
    pub(super) fn head(&mut self, cells: &[&str]) {
        self.raw("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"table\"><table><thead><tr>");
        for cell in cells {
            self.raw("<th scope=\"col\">");
            self.text(cell);
            self.raw("</th>");
        }
        self.raw("</tr></thead><tbody>\n");
    }

    pub(super) fn end_table(&mut self) {
        self.raw("</tbody></table></div>\n");
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// What a character that is not drawn is called.
fn name(c: char) -> &'static str {
    match c as u32 {
        0x00AD => "SOFT HYPHEN",
        0x200B => "ZERO WIDTH SPACE",
        0x200C => "ZERO WIDTH NON-JOINER",
        0x200D => "ZERO WIDTH JOINER",
        0x200E => "LEFT-TO-RIGHT MARK",
        0x200F => "RIGHT-TO-LEFT MARK",
        0x202A => "LEFT-TO-RIGHT EMBEDDING",
        0x202B => "RIGHT-TO-LEFT EMBEDDING",
        0x202C => "POP DIRECTIONAL FORMATTING",
        0x202D => "LEFT-TO-RIGHT OVERRIDE",
        0x202E => "RIGHT-TO-LEFT OVERRIDE",
        0x2060 => "WORD JOINER",
        0x2066 => "LEFT-TO-RIGHT ISOLATE",
        0x2067 => "RIGHT-TO-LEFT ISOLATE",
        0x2068 => "FIRST STRONG ISOLATE",
        0x2069 => "POP DIRECTIONAL ISOLATE",
        0x3164 => "HANGUL FILLER",
        0xFEFF => "BYTE ORDER MARK",
        0xFE00..=0xFE0F | 0xE0100..=0xE01EF => "VARIATION SELECTOR",
        0xE0000..=0xE007F => "TAG CHARACTER",
        0..=0x1F | 0x7F..=0x9F => "CONTROL CHARACTER",
        _ => "INVISIBLE CHARACTER",
    }
}
