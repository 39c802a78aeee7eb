AC_DEFUN([ax_PATHS],[
  ax_found=`grep -l "^dnl ax" ${top_srcdir}/m4/*.m4`
  ax_out=`eval "echo $prefix" | sed -e 's,//*,/,g'`
  dnl The archive of tests is unpacked with gzip -d by the tests themselves.
  AC_CONFIG_COMMANDS([ax], [echo "$ax_out" > ax.h])
])
