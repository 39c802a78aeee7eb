//! Where hosts are, looked up once a minute and not for every request: an installer behind the gate makes hundreds, and
//! a question to a name server that gets lost costs five seconds.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How long an address is believed.
const BELIEVED: Duration = Duration::from_mins(1);

type Place = Arc<Mutex<Option<(Instant, ResolvedSocketAddrs)>>>;

/// A resolver that remembers.
pub(super) struct Remembering<R = DefaultResolver> {
    inner: R,
    /// By scheme and authority. Who asks for the same host waits for the first one's answer.
    places: Mutex<HashMap<String, Place>>,
}

impl<R: Resolver> Remembering<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, places: Mutex::default() }
    }
}

impl<R> fmt::Debug for Remembering<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Remembering")
    }
}

impl<R: Resolver> Resolver for Remembering<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let key = format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |a| a.as_str()));
        let place = Arc::clone(self.places.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let mut known = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, addresses)) = known.as_ref()
            && at.elapsed() < BELIEVED
        {
            return Ok(addresses.clone());
        }
        let found = self.inner.resolve(uri, config, timeout)?;
        *known = Some((Instant::now(), found.clone()));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug)]
    struct Counting(Arc<AtomicUsize>);

    impl Resolver for Counting {
        fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let n = self.0.fetch_add(1, Ordering::Relaxed);
            if uri.host() == Some("lost.invalid") && n == 0 {
                return Err(ureq::Error::HostNotFound);
            }
            let mut all = self.empty();
            all.push(([192, 0, 2, u8::try_from(n).unwrap()], 443).into());
            Ok(all)
        }
    }

    #[test]
    fn a_host_is_looked_up_once_and_a_failure_is_not_remembered() {
        let asked = Arc::new(AtomicUsize::new(0));
        let resolver = Remembering::new(Counting(Arc::clone(&asked)));
        let config = Config::default();
        let timeout = NextTimeout::default();
        let at = |uri: &str| resolver.resolve(&uri.parse().unwrap(), &config, timeout);
        assert!(at("https://lost.invalid/a").is_err());
        let first = at("https://lost.invalid/b").unwrap();
        assert_eq!(*at("https://lost.invalid/c").unwrap(), *first);
        assert_eq!(asked.load(Ordering::Relaxed), 2);
        assert_ne!(*at("https://other.invalid/").unwrap(), *first);
        assert_ne!(*at("http://lost.invalid/").unwrap(), *first, "another port is another place");
    }
}
