//! One record a line, each complete in itself, written as it comes.

use std::io::{self, Write};

use super::json::escape;
use super::json::v1::Record;

/// Writes one record and its line feed.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    escape::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
