//! Peephole looks into the programs and packages that people are about to let in, as they are really shipped, and
//! says what it saw, how sure it is, and what it could not see. It never runs anything that it looks at.
//!
//! The rooms stand in one order, and each imports only from rooms before it:
//! `model < limits < source < identify < parse < unwrap < analyze < package < known < correlate < assess < report < store < engine < cli`.
//! Reading them in that order is following the bytes: a *source* yields roots, *identify* says what they are, *unwrap*
//! opens them, *analyze* looks at each content once, *package* and *correlate* join what was seen, *assess* decides,
//! *report* writes it down, *store* keeps what people decided, what was seen on a machine and what the machines of a fleet
//! reported. The *engine* drives all of it in parallel, and the *cli* is the only room that prints.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")
)]

pub mod analyze;
pub mod assess;
pub mod cli;
pub mod correlate;
pub mod engine;
pub mod identify;
pub mod known;
pub mod limits;
pub mod model;
pub mod package;
pub mod parse;
pub mod report;
pub mod source;
pub mod store;
pub mod unwrap;
