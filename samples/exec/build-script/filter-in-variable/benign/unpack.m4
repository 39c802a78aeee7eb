AC_DEFUN([AX_UNPACK], [
  ax_out=`tail -c +17 "$srcdir/data/table.gz" | gzip -dc | wc -l`
  AC_SUBST([ROWS], [$ax_out])
])
