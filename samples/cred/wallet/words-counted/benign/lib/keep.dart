String? check(String v) {
  final n = v.split(' ').length;
  return n == 12 || n == 24 ? null : 'A mnemonic has 12 or 24 words';
}
