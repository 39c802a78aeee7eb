//! What outlives a run: decisions of people, in a ledger that shows when somebody changed it, and their signatures; and
//! what passed an examination before.

pub mod attest;
pub mod ledger;
pub mod passed;
