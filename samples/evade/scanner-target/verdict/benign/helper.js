// Note to reviewers: the regular expression below looks slow but its input is bounded to 64 characters.
// A security scanner may point at eval() in the test folder; it checks our own template output.
module.exports = (s) => /^[a-z]{1,64}$/.test(s);
