pub fn verify(a: &[u8], b: &[u8]) -> Result<(), &'static str> {
    debug_assert!(a.len() == b.len());
    if a != b {
        return Err("mac");
    }
    Ok(())
}
