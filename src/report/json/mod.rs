//! The JSON contract. Its structs are its own and versioned: domain types may change, these may not.

pub(crate) mod escape;
pub mod fleet;
#[cfg(test)]
mod schema;
pub mod snapshot;
pub mod subject;
pub mod tree;
pub mod v1;
