//! Files and folders that are made for nobody but the user who runs this.

/// What only this user may read and write.
pub(super) trait Private {
    /// Closes to everybody else what is about to be made.
    fn only_for_this_user(&mut self);
}

/// The same, for nobody but this user.
pub(super) fn private<P: Private>(made: &mut P) -> &mut P {
    made.only_for_this_user();
    made
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};

    impl super::Private for std::fs::DirBuilder {
        fn only_for_this_user(&mut self) {
            self.mode(0o700);
        }
    }

    impl super::Private for std::fs::OpenOptions {
        fn only_for_this_user(&mut self) {
            self.mode(0o600);
        }
    }
}

#[cfg(not(unix))]
mod other {
    // A user's own folders are closed to others there.
    impl super::Private for std::fs::DirBuilder {
        fn only_for_this_user(&mut self) {}
    }

    impl super::Private for std::fs::OpenOptions {
        fn only_for_this_user(&mut self) {}
    }
}
