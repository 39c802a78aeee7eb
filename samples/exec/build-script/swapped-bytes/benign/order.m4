dnl Builds the list of words: letters outside ASCII are replaced, the list is compressed.
AC_DEFUN([WV_WORDS], [
  wv_plain="tr '\200-\377' '?' < $srcdir/words.txt | gzip -9 > words.gz"
  wv_show="gzip -dc words.gz | tr a-z A-Z | head -n 3"
  AC_SUBST([wv_plain])
  AC_SUBST([wv_show])
])
