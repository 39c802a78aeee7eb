//! Decisions that others can check: an in-toto statement with the SLSA verification summary predicate, in a DSSE envelope,
//! signed with Ed25519.
//!
//! References: <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>,
//! <https://slsa.dev/spec/v1.1/verification_summary>, <https://github.com/secure-systems-lab/dsse>, RFC 8032, RFC 8410.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Digest as _;

use super::ledger::{Decision, Entry};
use crate::model::{ContentId, Error};

/// What is signed.
const PAYLOAD: &str = "application/vnd.in-toto+json";
/// What an Ed25519 public key begins with in DER (RFC 8410).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A DSSE envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The statement in base64.
    pub payload: String,
    /// `application/vnd.in-toto+json`.
    pub payload_type: String,
    /// One signature for each key.
    pub signatures: Vec<Signature>,
}

/// A signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// SHA-256 of the public key in DER, in hex.
    pub keyid: String,
    /// The signature in base64.
    pub sig: String,
}

/// A key to sign with.
pub struct Key(Ed25519KeyPair);

/// A key to check with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl Key {
    /// A new key in PKCS #8, as PEM.
    ///
    /// # Errors
    /// [`Error::Internal`] when the system has no randomness.
    pub fn generate() -> Result<String, Error> {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .map_err(|_| Error::Internal("no random numbers".to_owned()))?;
        Ok(pem("PRIVATE KEY", document.as_ref()))
    }

    /// Reads a key as `openssl genpkey -algorithm ed25519` and [`Key::generate`] write it.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is none.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let der = unpem("PRIVATE KEY", text).ok_or_else(|| Error::Usage("no PEM block PRIVATE KEY".to_owned()))?;
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der)
            .map(Self)
            .map_err(|e| Error::Usage(format!("no Ed25519 key in PKCS #8: {e}")))
    }

    /// The key to check with.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        if let Some(own) = self.0.public_key().as_ref().get(..32) {
            bytes.copy_from_slice(own);
        }
        PublicKey(bytes)
    }

    /// Signs a statement.
    #[must_use]
    pub fn sign(&self, statement: &Value) -> Envelope {
        let payload = statement.to_string();
        let sig = self.0.sign(&encoded(PAYLOAD, payload.as_bytes()));
        Envelope {
            payload: STANDARD.encode(&payload),
            payload_type: PAYLOAD.to_owned(),
            signatures: vec![Signature { keyid: self.public().id(), sig: STANDARD.encode(sig.as_ref()) }],
        }
    }
}

impl PublicKey {
    /// Reads a public key in PEM.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is none.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let der = unpem("PUBLIC KEY", text);
        let key = der.as_deref().and_then(|d| d.strip_prefix(&SPKI)).and_then(|k| <[u8; 32]>::try_from(k).ok());
        key.map(Self).ok_or_else(|| Error::Usage("no Ed25519 public key in PEM".to_owned()))
    }

    /// The key in PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        pem("PUBLIC KEY", &self.der())
    }

    fn der(&self) -> Vec<u8> {
        [SPKI.as_slice(), &self.0].concat()
    }

    /// How envelopes name it.
    #[must_use]
    pub fn id(&self) -> String {
        ContentId(sha2::Sha256::digest(self.der()).into()).to_string()
    }

    /// The statement of an envelope, when this key signed it.
    ///
    /// # Errors
    /// [`Error::Integrity`] when it did not.
    pub fn verify(&self, envelope: &Envelope) -> Result<Value, Error> {
        let wrong = |why: &str| Error::Integrity(why.to_owned());
        if envelope.payload_type != PAYLOAD {
            return Err(wrong("the envelope holds no in-toto statement"));
        }
        let payload = STANDARD.decode(&envelope.payload).map_err(|_| wrong("the envelope's payload is no base64"))?;
        let signed = encoded(PAYLOAD, &payload);
        let key = UnparsedPublicKey::new(&ED25519, &self.0);
        let good = envelope
            .signatures
            .iter()
            .any(|s| STANDARD.decode(&s.sig).is_ok_and(|sig| key.verify(&signed, &sig).is_ok()));
        if !good {
            return Err(wrong("no signature of the envelope is by this key"));
        }
        serde_json::from_slice(&payload).map_err(|_| wrong("the signed payload is no JSON"))
    }
}

/// The text that is signed (DSSE, "PAE").
fn encoded(kind: &str, payload: &[u8]) -> Vec<u8> {
    let mut out = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    out.extend_from_slice(payload);
    out
}

/// What is signed of a review, for which SLSA has no word: it neither passed nor failed.
const REVIEW: &str = "urn:peephole:review:v1";

/// The verification summary of a decision, with its place in the ledger: a line that is taken out, moved or put in again
/// shows.
#[must_use]
pub fn statement(entry: &Entry, verifier: &str) -> Value {
    let result = match entry.decision {
        Decision::Approve => "PASSED",
        Decision::Block => "FAILED",
        Decision::Review => "REVIEW",
    };
    let subject: Vec<Value> =
        entry.subjects.iter().map(|s| json!({"name": s.name, "digest": {"sha256": s.sha256}})).collect();
    let resource = entry.purl.clone().or_else(|| entry.subjects.first().map(|s| s.name.clone())).unwrap_or_default();
    let mut policy = json!({"uri": "urn:peephole:policy:standard"});
    if let Some((name, digest)) = &entry.policy {
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        policy = json!({"uri": format!("urn:peephole:policy:{name}"), "digest": {"sha256": digest}});
    }
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subject,
        "predicateType": if result == "REVIEW" { REVIEW } else { "https://slsa.dev/verification_summary/v1" },
        "predicate": {
            "verifier": {"id": verifier},
            "timeVerified": entry.time,
            "resourceUri": resource,
            "policy": policy,
            "inputAttestations": [{"uri": "urn:peephole:report", "digest": {"sha256": entry.report}}],
            "verificationResult": result,
            "verifiedLevels": if result == "PASSED" {
                json!(["SLSA_BUILD_LEVEL_UNEVALUATED", "PEEPHOLE_STATIC_REVIEW_1"])
            } else {
                json!([result])
            },
            "slsaVersion": "1.1",
            "urn:peephole:decision:v1": {
                "tool": format!("peephole {}", env!("CARGO_PKG_VERSION")),
                "reviewer": entry.who,
                "reason": entry.reason,
                "validUntil": entry.expires,
                "complete": entry.complete,
                "verdict": entry.verdict,
                "ruleset": entry.ruleset,
                "findings": entry.findings,
                "ticket": entry.ticket,
                "gaps": entry.gaps,
                "approvers": entry.approvers,
                "seq": entry.seq,
                "prev": entry.prev,
            },
        },
    })
}

/// Checks the signature of an entry, and that the statement says what the entry says.
///
/// # Errors
/// [`Error::Integrity`] with the difference.
pub fn verify(entry: &Entry, keys: &[PublicKey]) -> Result<(), Error> {
    let wrong = |why: String| Error::Integrity(format!("entry {}: {why}", entry.seq));
    let envelope = entry.attestation.as_ref().ok_or_else(|| wrong("is not signed".to_owned()))?;
    let signed = keys.iter().find_map(|k| k.verify(envelope).ok());
    let signed = signed.ok_or_else(|| wrong("no signature by a key that was given".to_owned()))?;
    let verifier = signed.pointer("/predicate/verifier/id").and_then(Value::as_str).unwrap_or_default();
    let tool = signed.pointer("/predicate/urn:peephole:decision:v1/tool").cloned();
    let mut own = statement(entry, verifier);
    // An older version of this program wrote its own number.
    if let (Some(slot), Some(tool)) = (own.pointer_mut("/predicate/urn:peephole:decision:v1/tool"), tool) {
        *slot = tool;
    }
    if own == signed {
        Ok(())
    } else {
        Err(wrong("the signed statement says something else than the entry".to_owned()))
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at_checked(64).unwrap_or((rest, ""));
        out.push_str(line);
        out.push('\n');
        rest = tail;
    }
    out.push_str(&format!("-----END {label}-----\n"));
    out
}

fn unpem(label: &str, text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once("-----END")?;
    let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    STANDARD.decode(body).ok()
}
