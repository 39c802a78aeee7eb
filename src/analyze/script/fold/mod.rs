//! Folding: what functions of the languages' libraries yield when their arguments are known. Everything is bounded by
//! the length of what goes in, and expanding decoders by a fixed limit.

pub(crate) mod builtin;
pub(crate) mod cipher;
pub(crate) mod codec;
pub(crate) mod number;
pub(crate) mod pattern;
pub(crate) mod text;
