//! Noise for tests: the same broken inputs in every run.

/// Deterministic noise (xorshift64).
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    /// Changes, cuts, doubles or overwrites something.
    pub(crate) fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(6) {
            if bytes.is_empty() {
                return;
            }
            let at = self.below(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => bytes[at] = [0, 0xff, 0x7f, 0x80, b'P'][self.below(5)],
                2 => {
                    let end = (at + self.below(64)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
                3 => {
                    let end = (at + self.below(64)).min(bytes.len());
                    bytes.drain(at..end);
                }
                4 => bytes[at..].iter_mut().take(4).for_each(|b| *b = 0xff),
                5 => bytes[at..].iter_mut().take(8).for_each(|b| *b = 0),
                _ => bytes[at] ^= 1 << self.below(8),
            }
        }
    }
}
