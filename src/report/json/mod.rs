//! The JSON contract. Its structs are its own and versioned: domain types may change, these may not.

pub(crate) mod escape;
#[cfg(test)]
mod schema;
pub mod subject;
pub mod tree;
pub mod v1;
