//! Bytes without copies: a cheap clone of a mapped, owned or borrowed buffer, or of a range of one.
//!
//! This is the only file with `unsafe`, so what the system is told of memory and of threads stands here too. A mapped file
//! that another process truncates makes the kernel send `SIGBUS` on the next touch; the handler below puts a zero page there
//! instead and marks the mapping, so that
//! the file becomes a gap ("shrank while it was read") and not the end of the run.

use std::any::Any;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

/// Files up to this size are read, larger ones are mapped. Reading small files is faster than mapping them and
/// cannot fault.
pub const MAP_FROM: u64 = 32 << 20;

/// Bytes that are gone over at once.
pub const STRETCH: usize = 16 << 20;

enum Backing {
    Owned { bytes: Vec<u8>, _token: Option<Box<dyn Any + Send + Sync>> },
    Mapped(mapping::Mapping),
}

impl Backing {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Owned { bytes, .. } => bytes,
            Self::Mapped(map) => map.bytes(),
        }
    }
}

/// A shared view of bytes.
#[derive(Clone)]
pub struct ByteView {
    backing: Arc<Backing>,
    range: Range<usize>,
}

impl ByteView {
    /// A view of owned bytes.
    #[must_use]
    pub fn from_vec(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { backing: Arc::new(Backing::Owned { bytes, _token: None }), range }
    }

    /// A view of owned bytes that keeps `token` (a memory reservation) until its last clone is gone.
    #[must_use]
    pub fn with_token(bytes: Vec<u8>, token: impl Any + Send + Sync) -> Self {
        let range = 0..bytes.len();
        Self { backing: Arc::new(Backing::Owned { bytes, _token: Some(Box::new(token)) }), range }
    }

    /// Opens a regular file: reads a small one, maps a large one.
    ///
    /// # Errors
    /// What the system said, or `InvalidInput` for what is not a regular file.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut options = std::fs::OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            // A FIFO put in the file's place after it was listed must not block the run.
            std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_CLOEXEC);
        }
        let file = options.open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Self::of_file(&file, meta.len())
    }

    fn of_file(mut file: &File, len: u64) -> io::Result<Self> {
        if len >= MAP_FROM
            && let Some(map) = mapping::Mapping::new(file, len)?
        {
            let range = 0..map.bytes().len();
            return Ok(Self { backing: Arc::new(Backing::Mapped(map)), range });
        }
        let expected = usize::try_from(len).unwrap_or(0).min(MAP_FROM as usize);
        let mut bytes = Vec::with_capacity(expected.saturating_add(1));
        file.read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < len {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!("shrank from {len} to {} bytes while it was read", bytes.len()),
            ));
        }
        Ok(Self::from_vec(bytes))
    }

    /// The part of this view in `range` (relative to it), or `None` when it reaches outside.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Option<Self> {
        if range.start > range.end || range.end > self.len() {
            return None;
        }
        let start = self.range.start + range.start;
        Some(Self { backing: Arc::clone(&self.backing), range: start..start + range.len() })
    }

    /// Whether a mapped file under this view lost bytes since it was opened.
    #[must_use]
    pub fn shrank(&self) -> bool {
        match &*self.backing {
            Backing::Owned { .. } => false,
            Backing::Mapped(map) => map.shrank(),
        }
    }

    /// The parts of `range` from front to back, of 16 MiB at most, with the pages of a mapped file given back behind each: to
    /// go over a large file once takes the memory of one part. Where `range` reaches outside, it ends with the view.
    pub fn stretches(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let end = range.end.min(self.len());
        let mut behind = range.start;
        let mut at = range.start;
        std::iter::from_fn(move || {
            self.leave(&mut behind, at);
            let start = at;
            at = at.saturating_add(STRETCH).min(end);
            (start < at).then_some(start..at)
        })
    }

    /// Gives the pages of a mapped file back that lie between `behind` and `at`, once they are a stretch or more, and moves
    /// `behind` up to `at`.
    pub fn leave(&self, behind: &mut usize, at: usize) {
        if at.saturating_sub(*behind) >= STRETCH {
            self.slice(*behind..at).into_iter().for_each(|gone_over| gone_over.release_pages());
            *behind = at;
        }
    }

    /// The places of a text, none within another, with the memory of one stretch.
    pub fn places_of<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let finder = memchr::memmem::Finder::new(text);
        let mut stretches = self.stretches(0..self.len());
        let (mut from, mut end) = (0, 0_usize);
        std::iter::from_fn(move || {
            loop {
                // A text that begins in this stretch may reach into the next one.
                let until = end.saturating_add(text.len()).saturating_sub(1).min(self.len());
                if let Some(found) = self.get(from..until).and_then(|window| finder.find(window)) {
                    let at = from + found;
                    from = at + text.len().max(1);
                    return Some(at);
                }
                from = from.max(end);
                end = stretches.next()?.end;
            }
        })
    }

    /// Whether a text stands in it.
    #[must_use]
    pub fn holds(&self, text: &[u8]) -> bool {
        self.places_of(text).next().is_some()
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for part in self.stretches(0..self.len()) {
            hasher.update(self.get(part).unwrap_or_default());
        }
        hasher.finalize().into()
    }

    /// Tells the system that the pages of this range of a mapped file are not needed for now; they come back when they
    /// are touched. Keeps the peak of a large archive near its unpacked content.
    pub fn release_pages(&self) {
        if let Backing::Mapped(map) = &*self.backing {
            map.release_pages(&self.range);
        }
    }
}

/// Has blocks from a MiB on mapped by themselves, and given back to the system when they are freed. glibc moves that bound up
/// with the first large block that is freed, to 32 MiB, and then what large scripts took stays with the process between
/// blocks that live: a sixth of the peak of a tree of packages. Does nothing where the C library is another.
#[allow(unsafe_code, reason = "the bound of the C library's allocator can be set in no other way")]
pub fn give_large_blocks_back() {
    // SAFETY: sets a number of the allocator, before any thread is started; both arguments are documented in mallopt(3).
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 1 << 20);
    }
}

/// Gives memory that is free, but lies between what is not, back to the system, where the C library can: after work that
/// took much, and before such work. Takes some milliseconds.
#[allow(unsafe_code, reason = "the allocator can be asked for it in no other way")]
pub fn give_free_memory_back() {
    // SAFETY: malloc_trim(3) may be called by any thread at any time, and touches free memory only.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Has this thread, and those that it starts from now on, step back where others want the processor: four steps of
/// `nice(1)`. Nothing where that cannot be said of one thread.
#[allow(unsafe_code, reason = "how urgent a thread is can be said in no other way")]
pub fn give_way() {
    // SAFETY: takes numbers only. On Linux these mean the thread that calls (setpriority(2)); a refusal changes nothing.
    #[cfg(target_os = "linux")]
    unsafe {
        let now = libc::getpriority(libc::PRIO_PROCESS, 0);
        libc::setpriority(libc::PRIO_PROCESS, 0, now.saturating_add(4));
    }
}

impl Deref for ByteView {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.backing.bytes().get(self.range.clone()).unwrap_or_default()
    }
}

impl std::fmt::Debug for ByteView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ByteView({} bytes)", self.len())
    }
}

#[cfg(unix)]
#[allow(unsafe_code, reason = "mapping a file, and surviving its truncation, cannot be said in safe Rust")]
mod mapping {
    use std::fs::File;
    use std::io;
    use std::ops::Range;
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    /// One mapping that the signal handler knows. `start == 0` means free.
    struct Slot {
        start: AtomicUsize,
        len: AtomicUsize,
        hit: AtomicBool,
    }

    const SLOTS: usize = 256;
    static TABLE: [Slot; SLOTS] =
        [const { Slot { start: AtomicUsize::new(0), len: AtomicUsize::new(0), hit: AtomicBool::new(false) } }; SLOTS];
    static INSTALL: Once = Once::new();
    static mut PREVIOUS: std::mem::MaybeUninit<libc::sigaction> = std::mem::MaybeUninit::uninit();
    static PAGE: AtomicUsize = AtomicUsize::new(4096);

    pub(super) struct Mapping {
        map: memmap2::Mmap,
        file: File,
        slot: &'static Slot,
    }

    impl Mapping {
        /// Maps `len` bytes, or says `None` when the handler's table is full (the caller then reads).
        pub(super) fn new(file: &File, len: u64) -> io::Result<Option<Self>> {
            INSTALL.call_once(install);
            let Ok(len) = usize::try_from(len) else { return Ok(None) };
            // SAFETY: the mapping is private and read-only. Another process may still truncate the file, which the
            // SIGBUS handler turns into zero pages and a mark; or change bytes, which our parsers must survive anyway.
            let map = unsafe { memmap2::MmapOptions::new().len(len).map(file)? };
            let start = map.as_ptr() as usize;
            let Some(slot) =
                TABLE.iter().find(|s| s.start.compare_exchange(0, start, Ordering::AcqRel, Ordering::Relaxed).is_ok())
            else {
                return Ok(None);
            };
            slot.hit.store(false, Ordering::Release);
            slot.len.store(map.len(), Ordering::Release);
            // A large file takes memory while it is gone over.
            super::give_free_memory_back();
            Ok(Some(Self { map, file: file.try_clone()?, slot }))
        }

        pub(super) fn bytes(&self) -> &[u8] {
            &self.map
        }

        pub(super) fn shrank(&self) -> bool {
            self.slot.hit.load(Ordering::Acquire) || self.file.metadata().is_ok_and(|m| m.len() < self.map.len() as u64)
        }

        pub(super) fn release_pages(&self, range: &Range<usize>) {
            // Only whole pages inside the range; memmap2 would widen it to its first page.
            let page = PAGE.load(Ordering::Relaxed).max(1);
            let start = range.start.next_multiple_of(page);
            let Some(len) = (range.end / page * page).checked_sub(start).filter(|len| *len > 0) else { return };
            // SAFETY: the mapping is file-backed and private without writes, so dropped pages are read again from the file.
            let _ = unsafe { self.map.unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, start, len) };
        }
    }

    impl Drop for Mapping {
        fn drop(&mut self) {
            self.slot.len.store(0, Ordering::Release);
            self.slot.start.store(0, Ordering::Release);
        }
    }

    fn install() {
        // SAFETY: sysconf and sigaction are called with valid arguments, once, before any mapping exists; the previous
        // action is stored before the new one can run because `sigaction` writes it before returning.
        unsafe {
            if let Ok(page) = usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)) {
                PAGE.store(page.max(1), Ordering::Release);
            }
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = on_sigbus as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigemptyset(&raw mut action.sa_mask);
            libc::sigaction(libc::SIGBUS, &raw const action, (&raw mut PREVIOUS).cast());
        }
    }

    extern "C" fn on_sigbus(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
        // SAFETY: runs on the faulting thread; only atomics, mmap and sigaction are used, all async-signal-safe.
        unsafe {
            let address = (*info).si_addr() as usize;
            for slot in &TABLE {
                let start = slot.start.load(Ordering::Acquire);
                let len = slot.len.load(Ordering::Acquire);
                if start != 0 && address >= start && address - start < len {
                    let page = PAGE.load(Ordering::Relaxed);
                    let at = address / page * page;
                    let got = libc::mmap(
                        at as *mut libc::c_void,
                        page,
                        libc::PROT_READ,
                        libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED,
                        -1,
                        0,
                    );
                    if got != libc::MAP_FAILED {
                        slot.hit.store(true, Ordering::Release);
                        return;
                    }
                }
            }
            let previous = &*(&raw const PREVIOUS).cast::<libc::sigaction>();
            if previous.sa_sigaction == libc::SIG_DFL || previous.sa_sigaction == libc::SIG_IGN {
                libc::signal(libc::SIGBUS, libc::SIG_DFL);
            } else if previous.sa_flags & libc::SA_SIGINFO != 0 {
                let next: extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void) =
                    std::mem::transmute(previous.sa_sigaction);
                next(signal, info, context);
            } else {
                let next: extern "C" fn(libc::c_int) = std::mem::transmute(previous.sa_sigaction);
                next(signal);
            }
        }
    }
}

#[cfg(not(unix))]
mod mapping {
    use std::fs::File;
    use std::io;

    /// Elsewhere files are read: nothing is mapped without the handler that survives a truncation.
    pub(super) enum Mapping {}

    impl Mapping {
        pub(super) fn new(_: &File, _: u64) -> io::Result<Option<Self>> {
            Ok(None)
        }
        pub(super) fn bytes(&self) -> &[u8] {
            match *self {}
        }
        pub(super) fn shrank(&self) -> bool {
            match *self {}
        }
        pub(super) fn release_pages(&self, _: &std::ops::Range<usize>) {
            match *self {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far back this thread stands, as the system says it.
    #[cfg(target_os = "linux")]
    fn niceness() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        // Fields are counted from behind the name, which may hold anything.
        stat.rsplit_once(')').unwrap().1.split_whitespace().nth(16).unwrap().parse().unwrap()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thread_gives_way_and_those_it_starts_with_it() {
        let here = niceness();
        let (it, its) = std::thread::spawn(|| {
            give_way();
            (niceness(), std::thread::spawn(niceness).join().unwrap())
        })
        .join()
        .unwrap();
        let back = (here + 4).min(19);
        assert_eq!((it, its), (back, back));
        assert_eq!(niceness(), here);
    }

    #[test]
    fn slices_stay_inside() {
        let view = ByteView::from_vec(b"0123456789".to_vec());
        let part = view.slice(2..8).unwrap();
        assert_eq!(&*part, b"234567");
        assert_eq!(&*part.slice(1..3).unwrap(), b"34");
        assert!(part.slice(0..7).is_none());
        #[allow(clippy::reversed_empty_ranges)]
        let reversed = part.slice(3..2);
        assert!(reversed.is_none());
    }

    #[test]
    fn stretches_cover_the_range_and_end_with_the_view() {
        let view = ByteView::from_vec((0..2 * STRETCH + 3).map(|i| i as u8).collect());
        let parts: Vec<Range<usize>> = view.stretches(5..usize::MAX).collect();
        assert_eq!(parts, [5..STRETCH + 5, STRETCH + 5..2 * STRETCH + 3]);
        assert_eq!(view.stretches(7..7).count() + view.stretches(view.len()..view.len() + 1).count(), 0);
        let whole: [u8; 32] = Sha256::digest(&*view).into();
        assert_eq!(view.sha256(), whole);
    }

    #[test]
    fn texts_are_found_across_stretches() {
        let mut bytes = vec![b'-'; 2 * STRETCH + 7];
        let places = [0, 3, STRETCH - 1, STRETCH + 2, 2 * STRETCH - 3, 2 * STRETCH + 4];
        places.iter().for_each(|at| drop(bytes.splice(at..&(at + 3), *b"aba")));
        let view = ByteView::from_vec(bytes);
        assert_eq!(view.places_of(b"aba").collect::<Vec<usize>>(), places);
        assert!(view.holds(b"aba") && !view.holds(b"abab") && view.holds(b"ba-"));
        assert_eq!(ByteView::from_vec(b"aaaaa".to_vec()).places_of(b"aa").collect::<Vec<usize>>(), [0, 2]);
    }

    #[cfg(unix)]
    #[test]
    fn released_pages_come_back_with_their_content() {
        use std::io::Write as _;
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&vec![7; MAP_FROM as usize + 100]).unwrap();
        let view = ByteView::open(file.path()).unwrap();
        view.slice(5..MAP_FROM as usize).unwrap().release_pages();
        assert!(view.iter().all(|b| *b == 7));
        assert!(!view.shrank());
    }

    #[cfg(unix)]
    #[test]
    fn a_mapped_file_that_shrinks_is_noticed_and_survived() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(MAP_FROM + 4096).unwrap();
        let view = ByteView::open(file.path()).unwrap();
        assert!(!view.shrank());
        file.as_file().set_len(4096).unwrap();
        assert_eq!(view.iter().map(|b| u64::from(*b)).sum::<u64>(), 0, "touches every page");
        assert!(view.shrank());
    }
}
