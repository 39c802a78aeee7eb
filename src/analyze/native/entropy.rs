//! Shannon entropy, by samples, so that a 300 MB section costs what a small one costs.

/// Bytes of one sample, and how many are taken.
const SAMPLE: usize = 4096;
const SAMPLES: usize = 64;

/// Bits per byte (0 to 8) of up to 64 samples of 4 KiB, spread evenly.
pub(super) fn sampled(bytes: &[u8]) -> f64 {
    let mut counts = [0u32; 256];
    let step = (bytes.len() / SAMPLES).max(SAMPLE);
    let mut total = 0u32;
    for start in (0..bytes.len()).step_by(step).take(SAMPLES) {
        for byte in bytes.get(start..bytes.len().min(start + SAMPLE)).unwrap_or_default() {
            if let Some(count) = counts.get_mut(usize::from(*byte)) {
                *count += 1;
            }
            total += 1;
        }
    }
    let total = f64::from(total.max(1));
    let bits = counts.iter().filter(|c| **c > 0).map(|c| {
        let share = f64::from(*c) / total;
        -share * share.log2()
    });
    bits.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_has_none_and_noise_has_all() {
        assert!(sampled(&[7; 10_000]) < 0.01);
        assert!(sampled(b"") < 0.01);
        let noise: Vec<u8> = (0..1_000_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(sampled(&noise) > 7.9);
    }
}
