//! Databases in one file: opened, checked and brought to the newest form in one way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::private::private;
use crate::model::Error;

/// How long one process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a database holds: its mark in the file (`application_id`) and the statements that bring it from one form to the
/// next, the first from nothing.
pub(super) struct Form {
    /// What it is, for messages.
    pub(super) name: &'static str,
    /// Stands in the file's head, so that no other database is written to.
    pub(super) mark: i32,
    /// `forms[n]` makes form `n + 1` of form `n`.
    pub(super) forms: &'static [&'static str],
}

impl Form {
    /// Opens a database, or makes one when `create` says so, for the owner's eyes only.
    ///
    /// # Errors
    /// [`Error::Input`] when the file cannot be had or belongs to somebody else, [`Error::Integrity`] when it is damaged,
    /// [`Error::Usage`] when it is something else or of a newer program.
    pub(super) fn open(&self, path: &Path, create: bool) -> Result<Connection, Error> {
        let input = |source: io::Error| Error::Input { path: path.to_owned(), source };
        if create && !path.exists() {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
            if let Some(folder) = folder {
                private(fs::DirBuilder::new().recursive(true)).create(folder).map_err(input)?;
            }
            private(fs::OpenOptions::new().write(true).create(true).truncate(false)).open(path).map_err(input)?;
        }
        fs::metadata(path).map_err(input).and_then(|meta| own(&meta).map_err(input))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let said = |e: rusqlite::Error| self.say(path, &e);
        let mut db = Connection::open_with_flags(path, flags).map_err(said)?;
        db.busy_timeout(PATIENCE).map_err(said)?;
        // What stands in the file is not to call functions or write to its own tables of tables.
        db.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;")
            .map_err(said)?;
        self.bring_up(&mut db, path)?;
        Ok(db)
    }

    fn bring_up(&self, db: &mut Connection, path: &Path) -> Result<(), Error> {
        let said = |e: rusqlite::Error| self.say(path, &e);
        let number = |db: &Connection, name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let stands = |db: &Connection| Ok((number(db, "application_id")?, number(db, "user_version")?));
        // Who only asks does not wait for who writes.
        if stands(db).map_err(said)? == (i64::from(self.mark), self.forms.len() as i64) {
            return Ok(());
        }
        let change = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(said)?;
        let (mark, version) = stands(&change).map_err(said)?;
        let tables: i64 = change.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(said)?;
        let is_new = mark == 0 && version == 0 && tables == 0;
        if !is_new && mark != i64::from(self.mark) {
            return Err(Error::Usage(format!("{}: this is no {}", path.display(), self.name)));
        }
        let at = usize::try_from(version).unwrap_or(usize::MAX);
        let Some(steps) = self.forms.get(at..) else {
            return Err(Error::Usage(format!("{}: a newer program has written this {}", path.display(), self.name)));
        };
        for step in steps {
            change.execute_batch(step).map_err(said)?;
        }
        change.pragma_update(None, "application_id", self.mark).map_err(said)?;
        change.pragma_update(None, "user_version", self.forms.len() as i64).map_err(said)?;
        change.commit().map_err(said)
    }

    /// What SQLite said, as an error of the run.
    pub(super) fn say(&self, path: &Path, error: &rusqlite::Error) -> Error {
        let text = format!("{}: {}: {error}", path.display(), self.name);
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => Error::Integrity(text),
            _ => Error::Input { path: PathBuf::from(path), source: io::Error::other(error.to_string()) },
        }
    }
}

/// A file that belongs to somebody else, or that others may write, says what others want it to say.
#[cfg(unix)]
fn own(meta: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    if meta.mode() & 0o022 != 0 {
        return Err(io::Error::other("others than its owner may write it"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn own(_: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = Form { name: "test database", mark: 77, forms: &["CREATE TABLE a(x INTEGER) STRICT"] };
    const NEXT: Form = Form {
        name: "test database",
        mark: 77,
        forms: &["CREATE TABLE a(x INTEGER) STRICT", "ALTER TABLE a ADD y TEXT"],
    };

    #[test]
    fn a_database_is_brought_up_to_date_and_never_down() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("in/a.db");
        assert!(FORM.open(&path, false).is_err(), "it is not there");
        let db = FORM.open(&path, true).unwrap();
        db.execute("INSERT INTO a VALUES(1)", []).unwrap();
        drop(db);
        let db = NEXT.open(&path, false).unwrap();
        let kept: (i64, Option<String>) =
            db.query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        assert_eq!(kept, (1, None));
        drop(db);
        assert!(matches!(FORM.open(&path, false), Err(Error::Usage(_))));
    }

    #[test]
    fn what_is_another_database_or_none_is_not_touched() {
        let top = tempfile::tempdir().unwrap();
        let other = top.path().join("other.db");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE theirs(x)").unwrap();
        assert!(matches!(FORM.open(&other, true), Err(Error::Usage(_))));
        let text = top.path().join("text");
        fs::write(&text, "this is a text, and has been one for a long time\n".repeat(40)).unwrap();
        assert!(matches!(FORM.open(&text, true), Err(Error::Integrity(_))));
    }

    #[cfg(unix)]
    #[test]
    fn what_others_may_write_is_not_believed() {
        use std::os::unix::fs::PermissionsExt as _;
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("a.db");
        drop(FORM.open(&path, true).unwrap());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
        assert!(matches!(FORM.open(&path, true), Err(Error::Input { .. })));
    }
}
