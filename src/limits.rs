//! THE one place for limits: what a run may spend ([`Limits`]), what one root has spent so far ([`Budget`]), and
//! the only output buffer that unwrapping may fill ([`Meter`]). There is no file size that skips a file.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::model::{ByteView, Gap, GapReason};

/// What a run may spend. The defaults open every honest package and end every bomb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many containers may lie inside one another.
    pub depth: u8,
    /// Entries of all containers of one root.
    pub entries: u64,
    /// Bytes unwrapped for one root.
    pub unwrapped: u64,
    /// Bytes of one entry.
    pub entry: u64,
    /// Unwrapped bytes for each packed byte, beyond `ratio_floor`.
    pub ratio: u64,
    /// Unwrapped bytes for which the ratio does not count yet.
    pub ratio_floor: u64,
    /// Wall-clock seconds for one root.
    pub seconds: u64,
    /// Bytes of unwrapped data that may be held at one time, over all roots.
    pub memory: u64,
    /// Bytes of analyses, roughly, that are kept in case the same content is met again. Cuts nothing off.
    pub kept: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 16,
            entries: 200_000,
            unwrapped: 8 << 30,
            entry: 2 << 30,
            ratio: 1000,
            ratio_floor: 64 << 20,
            seconds: 120,
            memory: available_memory() / 2,
            kept: 24 << 20,
        }
    }
}

impl Limits {
    /// The limits by name, for the report's first record.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("depth", u64::from(self.depth)),
            ("entries", self.entries),
            ("unwrapped_bytes", self.unwrapped),
            ("entry_bytes", self.entry),
            ("ratio", self.ratio),
            ("seconds", self.seconds),
            ("memory_bytes", self.memory),
        ]
    }
}

/// What fetching from registries may spend. Everything that a server says is bounded by these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchLimits {
    /// Bytes of one document that describes packages, unpacked.
    pub metadata: u64,
    /// Bytes of one archive.
    pub archive: u64,
    /// Bytes of all archives of one request.
    pub total: u64,
    /// Packages of one request.
    pub packages: usize,
    /// Redirections that are followed for one address.
    pub redirects: usize,
    /// How often a request that failed on the way is made.
    pub attempts: u32,
    /// Seconds until a connection must stand.
    pub connect_seconds: u64,
    /// Seconds that a server may be silent.
    pub silent_seconds: u64,
    /// Seconds for one document or archive, with all attempts.
    pub seconds: u64,
    /// Requests at one time.
    pub parallel: usize,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            metadata: 256 << 20,
            archive: 4 << 30,
            total: 64 << 30,
            packages: 4000,
            redirects: 5,
            attempts: 4,
            connect_seconds: 15,
            silent_seconds: 30,
            seconds: 1800,
            parallel: 8,
        }
    }
}

/// The smaller of the cgroup's limit and the machine's memory, in bytes; 4 GiB when neither can be read.
fn available_memory() -> u64 {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let group = read("/sys/fs/cgroup/memory.max")
        .or_else(|| read("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
        .and_then(|s| s.trim().parse::<u64>().ok());
    let machine = read("/proc/meminfo").and_then(|s| {
        let line = s.lines().find(|l| l.starts_with("MemTotal:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib.saturating_mul(1024))
    });
    match (group, machine) {
        (Some(a), Some(b)) => a.min(b),
        (Some(a), None) | (None, Some(a)) => a,
        (None, None) => 4 << 30,
    }
}

/// The memory that unwrapped data of all roots may take together.
#[derive(Debug)]
pub struct MemoryPool {
    limit: u64,
    used: AtomicU64,
}

impl MemoryPool {
    /// A pool of `limit` bytes.
    #[must_use]
    pub fn new(limit: u64) -> Arc<Self> {
        Arc::new(Self { limit, used: AtomicU64::new(0) })
    }

    /// Bytes reserved now.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// Bytes that may be reserved in all.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

/// Memory of the pool, given back on drop.
#[derive(Debug)]
struct Reservation {
    pool: Arc<MemoryPool>,
    bytes: u64,
}

impl Reservation {
    fn grow(&mut self, bytes: u64) -> bool {
        let before = self.pool.used.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.pool.limit {
            self.pool.used.fetch_sub(bytes, Ordering::Relaxed);
            return false;
        }
        self.bytes += bytes;
        true
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.pool.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// What one root has spent. Shared by all its descendants.
#[derive(Debug)]
pub struct Budget {
    limits: Arc<Limits>,
    pool: Arc<MemoryPool>,
    entries: AtomicU64,
    unwrapped: AtomicU64,
    packed: u64,
    deadline: Instant,
}

impl Budget {
    /// The budget of a root of `packed` bytes; its clock starts now.
    #[must_use]
    pub fn new(limits: Arc<Limits>, pool: Arc<MemoryPool>, packed: u64) -> Self {
        let deadline = Instant::now() + Duration::from_secs(limits.seconds);
        Self { limits, pool, entries: AtomicU64::new(0), unwrapped: AtomicU64::new(0), packed, deadline }
    }

    /// The limits of the run.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether more than half of the memory pool is taken: children are then worked off before others are made.
    #[must_use]
    pub fn memory_is_tight(&self) -> bool {
        self.pool.used() > self.pool.limit() / 2
    }

    /// Time left for this root.
    #[must_use]
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// A gap when the root's time is over.
    ///
    /// # Errors
    /// [`GapReason::Timeout`].
    pub fn check_time(&self) -> Result<(), Gap> {
        if self.time_left().is_zero() {
            return Err(Gap::new(
                GapReason::Timeout,
                format!("the time limit of {} s for one root is used up", self.limits.seconds),
            ));
        }
        Ok(())
    }

    /// Counts one entry of a container.
    ///
    /// # Errors
    /// [`GapReason::Limit`] when there are too many, [`GapReason::Timeout`] when time is over.
    pub fn admit_entry(&self) -> Result<(), Gap> {
        self.admit_entries(1)
    }

    /// Counts `n` entries at once: those of a container whose analysis is shared.
    ///
    /// # Errors
    /// As [`Budget::admit_entry`].
    pub fn admit_entries(&self, n: u64) -> Result<(), Gap> {
        if self.entries.fetch_add(n, Ordering::Relaxed).saturating_add(n) > self.limits.entries {
            return Err(Gap::new(GapReason::Limit, format!("more than {} entries in one root", self.limits.entries)));
        }
        self.check_time()
    }

    /// A buffer for the output of one decoder.
    #[must_use]
    pub fn meter(&self) -> Meter<'_> {
        Meter {
            budget: self,
            bytes: Vec::new(),
            reservation: Reservation { pool: Arc::clone(&self.pool), bytes: 0 },
            stopped: None,
        }
    }

    fn spend(&self, bytes: u64, in_entry: u64) -> Result<(), Gap> {
        // What is refused is not spent: a smaller entry may still fit.
        let limit = |what: String| {
            self.unwrapped.fetch_sub(bytes, Ordering::Relaxed);
            Err(Gap::new(GapReason::Limit, what))
        };
        let total = self.unwrapped.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if in_entry > self.limits.entry {
            return limit(format!("one entry unwraps to more than {} bytes", self.limits.entry));
        }
        if total > self.limits.unwrapped {
            return limit(format!("one root unwraps to more than {} bytes", self.limits.unwrapped));
        }
        if total > self.limits.ratio_floor && total / self.packed.max(1) > self.limits.ratio {
            return limit(format!(
                "{} bytes unwrap to more than {total}: over {} times as much",
                self.packed, self.limits.ratio
            ));
        }
        self.check_time()
    }
}

/// The only buffer that a decoder may write to: it grows as data comes, never by what a header promises, and
/// refuses when a limit is reached.
#[derive(Debug)]
pub struct Meter<'a> {
    budget: &'a Budget,
    bytes: Vec<u8>,
    reservation: Reservation,
    stopped: Option<Gap>,
}

impl Meter<'_> {
    /// Asks for room for `bytes` more, when a header promises them; believed up to 16 MiB.
    pub fn expect(&mut self, bytes: u64) {
        let room = usize::try_from(bytes.min(16 << 20)).unwrap_or(0);
        self.bytes.reserve_exact(room);
    }

    /// What was written so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What was written so far, to be changed in place.
    #[must_use]
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// The limit that stopped the writing, if one did.
    pub fn stopped(&mut self) -> Option<Gap> {
        self.stopped.take()
    }

    /// The written bytes as a view that holds its memory reservation.
    #[must_use]
    pub fn finish(mut self) -> ByteView {
        self.bytes.shrink_to_fit();
        ByteView::with_token(self.bytes, self.reservation)
    }

    /// Copies everything that `reader` gives.
    ///
    /// # Errors
    /// The limit that stopped it, or [`GapReason::Malformed`] with the decoder's words. What came before is kept in
    /// the meter.
    pub fn fill(&mut self, reader: &mut impl io::Read) -> Result<(), Gap> {
        match io::copy(reader, self) {
            Ok(_) => Ok(()),
            Err(e) => Err(self.stopped().unwrap_or_else(|| Gap::malformed(e.to_string()))),
        }
    }
}

impl Write for Meter<'_> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let add = data.len() as u64;
        let admitted = self.budget.spend(add, (self.bytes.len() as u64).saturating_add(add)).and_then(|()| {
            if self.reservation.grow(add) {
                Ok(())
            } else {
                Err(Gap::new(
                    GapReason::Limit,
                    format!("unwrapped data would take more than {} bytes of memory", self.budget.pool.limit()),
                ))
            }
        });
        if let Err(gap) = admitted {
            let text = gap.detail.clone();
            self.stopped = Some(gap);
            return Err(io::Error::other(text));
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(limits: Limits) -> Budget {
        let pool = MemoryPool::new(limits.memory);
        Budget::new(Arc::new(limits), pool, 10)
    }

    #[test]
    fn a_meter_stops_at_the_entry_limit_and_keeps_what_came_before() {
        let budget = budget(Limits { entry: 100, ..Limits::default() });
        let mut meter = budget.meter();
        assert!(meter.write_all(&[1; 90]).is_ok());
        assert!(meter.write_all(&[1; 20]).is_err());
        assert_eq!(meter.stopped().map(|g| g.reason), Some(GapReason::Limit));
        assert_eq!(meter.bytes().len(), 90);
    }

    #[test]
    fn a_ratio_counts_only_beyond_its_floor() {
        let budget = budget(Limits { ratio: 5, ratio_floor: 1000, ..Limits::default() });
        let mut meter = budget.meter();
        assert!(meter.write_all(&[0; 1000]).is_ok());
        assert!(meter.write_all(&[0; 1]).is_err());
    }

    #[test]
    fn memory_comes_back_when_the_view_is_dropped() {
        let pool = MemoryPool::new(1000);
        let budget = Budget::new(Arc::new(Limits::default()), Arc::clone(&pool), 10);
        let mut meter = budget.meter();
        meter.write_all(&[0; 600]).unwrap();
        let view = meter.finish();
        assert_eq!(pool.used(), 600);
        assert!(budget.meter().write_all(&[0; 600]).is_err());
        drop(view);
        assert_eq!(pool.used(), 0);
    }

    #[test]
    fn entries_are_counted() {
        let budget = budget(Limits { entries: 2, ..Limits::default() });
        assert!(budget.admit_entry().is_ok());
        assert!(budget.admit_entry().is_ok());
        assert_eq!(budget.admit_entry().unwrap_err().reason, GapReason::Limit);
    }
}
