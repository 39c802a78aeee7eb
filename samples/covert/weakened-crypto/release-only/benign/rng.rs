#[cfg(test)]
pub fn fill(b: &mut [u8]) {
    b.fill(7);
}

#[cfg(not(test))]
pub fn fill(b: &mut [u8]) {
    getrandom::getrandom(b).unwrap();
}
