//! One artifact on standard input.

use std::io::Read as _;

use crate::model::{ByteView, Error};

/// Reads standard input to its end, at most `limit` bytes.
///
/// # Errors
/// [`Error::Input`] when it cannot be read or is longer than `limit`.
pub fn read_stdin(limit: u64) -> Result<ByteView, Error> {
    let input = |source| Error::Input { path: "-".into(), source };
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(input)?;
    if bytes.len() as u64 > limit {
        return Err(input(std::io::Error::other(format!(
            "more than {limit} bytes on standard input; give a file instead"
        ))));
    }
    Ok(ByteView::from_vec(bytes))
}
