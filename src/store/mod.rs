//! What outlives a run: decisions of people, in a ledger that shows when somebody changed it, and their signatures.

pub mod attest;
pub mod ledger;
