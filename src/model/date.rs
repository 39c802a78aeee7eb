//! Days and moments, as policies, decisions and reports write them: `2026-11-26` and `2026-11-26T17:05:00Z`
//! (RFC 3339, always in UTC).

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar, as days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(pub i64);

impl Date {
    /// Today in UTC.
    #[must_use]
    pub fn today() -> Self {
        Self(i64::try_from(now() / 86_400).unwrap_or(0))
    }

    /// Reads `2026-11-26`, also with a time after it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = text.get(..10).filter(|_| matches!(text.as_bytes().get(10), None | Some(b'T')))?;
        let mut parts = day.split('-');
        let (year, month, dayn) = (parts.next()?, parts.next()?, parts.next()?);
        let shape = [year, month, dayn].map(str::len) == [4, 2, 2];
        if !shape
            || parts.next().is_some()
            || ![year, month, dayn].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        let (year, month, dayn): (i64, i64, i64) = (year.parse().ok()?, month.parse().ok()?, dayn.parse().ok()?);
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1..=length).contains(&dayn) {
            return None;
        }
        // Years that begin in March and eras of 400 years, so that leap days stand at the end of a year.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + dayn - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Some(Self(era * 146_097 + days - 719_468))
    }

    /// The day so many days later.
    #[must_use]
    pub fn after(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shifted = self.0.saturating_add(719_468);
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era.saturating_mul(400) + i64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

/// A moment as RFC 3339 writes it.
#[must_use]
pub fn moment(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let date = Date(i64::try_from(days).unwrap_or(0));
    format!("{date}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        for (text, days) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-26", 20_783), ("1969-12-31", -1)] {
            assert_eq!(Date::parse(text), Some(Date(days)), "{text}");
            assert_eq!(Date(days).to_string(), text);
        }
        assert_eq!(Date::parse("2026-11-26T10:00:00Z"), Date::parse("2026-11-26"));
        for bad in ["2026-13-01", "2025-02-29", "2026-11", "26-11-2026", "2026/11/26", "", "2026-1-011"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert_eq!(moment(1_795_712_700), "2026-11-26T17:05:00Z");
        assert!(Date::today() > Date(20_000));
    }
}
