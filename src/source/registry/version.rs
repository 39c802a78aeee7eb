//! Which version a range means, as npm and pip read it.

pub(super) mod npm;
pub(super) mod pep440;
