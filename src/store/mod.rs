//! What outlives a run: decisions of people, in a ledger that shows when somebody changed it, and their signatures; what
//! passed an examination before; what was seen on this machine; and what the machines of a fleet reported.

pub mod attest;
pub mod fleet;
pub mod ledger;
pub mod passed;
mod private;
pub mod seen;
mod sqlite;
