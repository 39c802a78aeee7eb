//! Addresses of wallets that a script puts in the place of others: in text that it goes over with a pattern, and in the
//! payment that somebody hands to it.
//!
//! Known uses: clippers in libraries that format or send (npm, PyPI), skimmers of wallets in pages, agents that write other
//! addresses than they show. Honest look-alikes: scripts that put the address of a contract which was just deployed into a
//! file take it from there; texts that are made anonymous get dots or stars.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::analyze::script::wallets;
use crate::parse::script::{Id, Language};

/// Most that are told of one script.
const MOST: usize = 4;
/// Members of a payment that say who gets it.
const RECIPIENTS: &[&str] = &["to", "recipient", "toAddress", "to_address", "destination", "payTo", "pay_to"];
/// What is asked of a wallet to pay.
const PAYMENTS: &[&str] = &["eth_sendTransaction", "signAndSendTransaction", "sendTransfer"];

/// An address that is put in the place of another.
#[derive(Debug, Clone)]
pub(crate) struct Exchanged {
    /// Where, in bytes.
    pub(crate) at: u32,
    /// Whether it had to be decoded first.
    pub(crate) hidden: bool,
    /// What was seen, in words.
    pub(crate) note: &'static str,
}

impl Machine {
    /// Sees `text.replace(/0x[0-9a-f]{40}/g, own)`.
    pub(super) fn see_replaced(&mut self, this: Option<&(Value, Rc<str>)>, function: &Value, args: &Args, at: Id) {
        let is_replacing = match (self.language, this, &function.known) {
            (Language::JavaScript, Some((_, name)), _) => matches!(&**name, "replace" | "replaceAll"),
            (Language::Python, _, Known::Path(path)) => matches!(self.paths.text(*path), "re.sub" | "re.subn"),
            _ => false,
        };
        let (true, Some(pattern), Some(own)) = (is_replacing, args.at(0), args.at(1)) else { return };
        let hidden = own.labels.any(Labels::CONCEALED);
        if !own.as_str().is_some_and(|own| wallets::is_address(own) || hidden && own.len() > 20 && !own.contains(' ')) {
            return;
        }
        if self.plain(pattern).as_str().is_some_and(wallets::finds_addresses) {
            self.note_exchanged(
                at,
                hidden,
                "what a pattern for addresses of wallets finds is replaced by another address",
            );
        }
    }

    /// Sees `payment.to = "0x…"` of a payment that a caller hands over, in what asks a wallet to pay and keeps its errors to
    /// itself.
    pub(super) fn see_paid(&mut self, object: &Value, name: &str, value: &Value, at: Id) {
        if self.tries == 0 && !object.labels.any(Labels::HOOKED)
            || !RECIPIENTS.contains(&name)
            || !matches!(object.known, Known::Unknown)
            || !object.labels.any(Labels::PARAMETER.with(Labels::HOOKED))
            || !value.as_str().is_some_and(wallets::is_address)
        {
            return;
        }
        if PAYMENTS.iter().any(|asked| self.tree.holds(asked)) {
            let hidden = value.labels.any(Labels::CONCEALED.with(Labels::BUILT));
            self.note_exchanged(at, hidden, "a payment of its caller is given another recipient");
        }
    }

    fn note_exchanged(&mut self, at: Id, hidden: bool, note: &'static str) {
        let at = self.place(at).0;
        let known = &mut self.out.exchanged;
        if let Some(before) = known.iter_mut().find(|e| e.at == at) {
            before.hidden |= hidden;
        } else if known.len() < MOST {
            known.push(Exchanged { at, hidden, note });
        }
    }
}
