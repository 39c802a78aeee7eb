//! Just enough XML for the tables of contents that containers carry (xar, Apple disk images) and for manifests (NuGet):
//! tags and texts in order.
//! No entities but the five of XML and numbers, so nothing expands; nothing is checked.

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A start tag's name and all that follows it. An empty tag is one that is closed at once.
    Open(&'a [u8], &'a [u8]),
    /// An end tag's name.
    Close(&'a [u8]),
    /// Text between tags, as it stands.
    Text(&'a [u8]),
}

/// Goes through a document.
pub(crate) struct Tokens<'a> {
    rest: &'a [u8],
    /// The name of an empty tag that is to be closed.
    empty: Option<&'a [u8]>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, empty: None }
    }

    fn skip(&mut self, len: usize) {
        self.rest = self.rest.get(len..).unwrap_or_default();
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.empty.take() {
            return Some(Token::Close(name));
        }
        loop {
            let open = memchr::memchr(b'<', self.rest).unwrap_or(self.rest.len());
            let text = self.rest.get(..open).unwrap_or_default();
            self.skip(open);
            if !text.trim_ascii().is_empty() {
                return Some(Token::Text(text.trim_ascii()));
            }
            if self.rest.is_empty() {
                return None;
            }
            let ends: [(&[u8], &[u8]); 2] = [(b"<!--", b"-->"), (b"<?", b"?>")];
            if let Some((_, end)) = ends.iter().find(|(start, _)| self.rest.starts_with(start)) {
                let len = memchr::memmem::find(self.rest, end).map_or(self.rest.len(), |at| at + end.len());
                self.skip(len);
                continue;
            }
            let close = memchr::memchr(b'>', self.rest).unwrap_or(self.rest.len());
            let tag = self.rest.get(1..close).unwrap_or_default();
            self.skip(close.saturating_add(1));
            if tag.starts_with(b"!") {
                continue;
            }
            if let Some(name) = tag.strip_prefix(b"/") {
                return Some(Token::Close(name.trim_ascii()));
            }
            let (tag, empty) = tag.strip_suffix(b"/").map_or((tag, false), |t| (t, true));
            let end = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
            let (name, attributes) = tag.split_at_checked(end).unwrap_or((tag, &[]));
            self.empty = empty.then_some(name);
            return Some(Token::Open(name, attributes));
        }
    }
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(attributes: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mark = format!("{name}=\"");
    let at = memchr::memmem::find(attributes, mark.as_bytes())?;
    attributes.get(at.checked_add(mark.len())?..)?.split(|b| *b == b'"').next()
}

/// Text with its entities replaced.
pub(crate) fn text(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw);
    let mut out = String::with_capacity(raw.len());
    let mut rest = &*raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((entity, behind)) = after.split_once(';').filter(|(e, _)| e.len() <= 8) else {
            out.push('&');
            rest = after;
            continue;
        };
        let number = entity.strip_prefix('#').and_then(|n| match n.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        match (entity, number.and_then(char::from_u32)) {
            ("lt", _) => out.push('<'),
            ("gt", _) => out.push('>'),
            ("amp", _) => out.push('&'),
            ("quot", _) => out.push('"'),
            ("apos", _) => out.push('\''),
            (_, Some(c)) => out.push(c),
            _ => {
                out.push('&');
                out.push_str(entity);
                out.push(';');
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_come_in_order() {
        let xml = b"<?xml version='1.0'?><!DOCTYPE a [<!-- > -->]><a x=\"1\"> b <c/><!-- <d> -->e</a>";
        let tokens: Vec<Token<'_>> =
            Tokens::new(xml).filter(|t| !matches!(t, Token::Text(t) if t.contains(&b']'))).collect();
        assert_eq!(
            tokens,
            [
                Token::Open(b"a", b" x=\"1\""),
                Token::Text(b"b"),
                Token::Open(b"c", b""),
                Token::Close(b"c"),
                Token::Text(b"e"),
                Token::Close(b"a"),
            ]
        );
        assert_eq!(attribute(b" x=\"1\" style=\"y\"", "style"), Some(&b"y"[..]));
        for cut in 0..xml.len() {
            assert!(Tokens::new(&xml[..cut]).count() < 20);
        }
    }

    #[test]
    fn entities_are_replaced_once() {
        assert_eq!(text(b"a&amp;lt;&#65;&#x42;&nope;& b &"), "a&lt;AB&nope;& b &");
    }
}
