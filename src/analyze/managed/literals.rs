//! The text that compiled code holds, as a child of its own: one literal a line. What is not plain text (control
//! characters, characters that are not drawn or that reorder others) is written as an escape, so that a table of such
//! characters is not taken for text that hides something.

use std::io::{self, Write};

use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap, Step};
use crate::unwrap::{Child, Content, Produced};

/// Least text that is worth a look of its own, in bytes.
pub(super) const WORTH: usize = 16;

/// A child whose text `write` makes out of a range of the file.
pub(super) fn child(
    recipe: &'static str,
    offset: u64,
    view: ByteView,
    write: fn(&ByteView, &mut Writer<'_, '_>) -> io::Result<()>,
) -> Child {
    Child {
        name: format!("{recipe}.txt"),
        step: Step::Decoded { recipe: recipe.to_owned(), offset },
        content: Content::Deferred(Box::new(move |budget| produce(&view, budget, write))),
    }
}

fn produce(view: &ByteView, budget: &Budget, write: fn(&ByteView, &mut Writer<'_, '_>) -> io::Result<()>) -> Produced {
    let mut meter = budget.meter();
    let mut writer = Writer { meter: &mut meter, line: Vec::new() };
    let done = write(view, &mut writer).and_then(|()| writer.flush());
    let stopped = meter.stopped();
    match done {
        Ok(()) => Produced::whole(meter.finish()),
        Err(e) => Produced::partial(meter.finish(), stopped.unwrap_or_else(|| Gap::malformed(e.to_string()))),
    }
}

/// Writes literals through the budget, some of them at a time.
pub(super) struct Writer<'m, 'b> {
    meter: &'m mut Meter<'b>,
    line: Vec<u8>,
}

impl Writer<'_, '_> {
    /// One literal, as its characters.
    pub(super) fn literal(&mut self, chars: impl Iterator<Item = char>) -> io::Result<()> {
        for c in chars {
            if is_plain(c) {
                self.line.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                write!(self.line, "\\u{{{:x}}}", u32::from(c))?;
            }
        }
        self.line.push(b'\n');
        if self.line.len() >= 16 << 10 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.meter.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }
}

fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\t' | '\n') || !c.is_ascii() && c.is_alphanumeric()
}
